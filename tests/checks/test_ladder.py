from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.checks.ladder import reach
from provenance.values.component import Component
from provenance.values.finding import (
    Absent,
    Confirmed,
    Contradicted,
    Finding,
    Inapplicable,
    Outcome,
    Unknown,
)
from provenance.values.rung import Reach, Rung

OUTCOMES: tuple[Callable[[str], Outcome], ...] = (
    Confirmed,
    Contradicted,
    Absent,
    Unknown,
    Inapplicable,
)


def finding(rung: int, outcome: Outcome, facet: str = "") -> Finding:
    return Finding("c", Component.DATASETS, Rung(rung), outcome, facet)


findings = st.builds(
    lambda rung, kind, facet: finding(rung, kind("because"), facet),
    st.integers(1, 6),
    st.sampled_from(OUTCOMES),
    st.sampled_from(["", "a", "b"]),
)


def test_without_any_finding_a_component_is_unknown_and_not_absent() -> None:
    assert reach([]) == Reach(Rung.ABSENT, Rung.REPRODUCED)


def test_a_rung_counts_only_if_all_lower_ones_hold() -> None:
    climbed = reach([finding(1, Confirmed("")), finding(3, Confirmed(""))])

    assert climbed == Reach(Rung.CLAIMED, Rung.REPRODUCED)


@pytest.mark.parametrize("adverse", [Contradicted, Absent, Inapplicable])
def test_what_is_adverse_ends_the_climb(adverse: Callable[[str], Outcome]) -> None:
    found = [finding(1, Confirmed("")), finding(2, Confirmed("")), finding(2, adverse(""))]

    assert reach(found) == Reach(Rung.CLAIMED, Rung.CLAIMED)


def test_what_is_unknown_ends_what_is_shown_and_leaves_the_rest_possible() -> None:
    found = [finding(1, Confirmed("")), finding(2, Unknown("")), finding(4, Absent(""))]

    assert reach(found) == Reach(Rung.CLAIMED, Rung.RETRIEVED)


def test_every_rung_can_be_reached() -> None:
    assert reach([finding(n, Confirmed("")) for n in range(1, 7)]).shown is Rung.REPRODUCED


def test_a_component_stands_no_higher_than_its_weakest_facet() -> None:
    strong = [finding(n, Confirmed(""), "a") for n in (1, 2, 3)]

    assert reach([*strong, finding(1, Absent(""), "b")]) == Reach(Rung.ABSENT, Rung.ABSENT)


@given(st.lists(findings, max_size=12), findings)
def test_an_adverse_finding_never_raises(found: list[Finding], one: Finding) -> None:
    adverse = Finding(one.check, one.component, one.rung, Contradicted("no"), one.facet)

    before, after = reach(found), reach([*found, adverse])

    if found:
        assert after.shown <= before.shown
        assert after.at_most <= before.at_most


@given(st.lists(findings, min_size=1, max_size=12))
def test_what_is_shown_is_never_above_what_is_possible(found: list[Finding]) -> None:
    assert reach(found).shown <= reach(found).at_most
