import typing

from provenance.values.component import Component
from provenance.values.finding import Absent, Confirmed, Finding, Outcome, Unknown
from provenance.values.rung import Rung


def test_absent_and_unknown_are_never_equal() -> None:
    assert len({Absent("nothing there"), Unknown("nothing there")}) == 2
    assert len(typing.get_args(Outcome)) == 5


def test_a_finding_is_about_the_whole_component_unless_it_names_a_facet() -> None:
    finding = Finding("check", Component.DATASETS, Rung.CLAIMED, Confirmed("said"))

    assert finding.facet == ""
