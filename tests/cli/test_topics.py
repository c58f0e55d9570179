import pytest

from provenance.checks.table import CHECKS
from provenance.cli.topics import as_key, near_topics, topics_of
from provenance.errors import Code
from provenance.values.component import Component
from provenance.values.label import Label


def test_one_name_may_have_several_things() -> None:
    assert Label.REPRODUCED in topics_of("reproduced")
    assert len(topics_of("reproduced")) > 1


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("3 retrieved", "retrieved"),
        ("rung 3", "retrieved"),
        ("mof 1.0", "MOF"),
        ("Next steps, cheapest first", "next-steps"),
        ("Model parameters (Final)", "final-parameters"),
    ],
)
def test_what_a_report_prints_is_found_as_it_stands_there(text: str, same: str) -> None:
    assert topics_of(text)
    assert topics_of(text) == topics_of(same)


def test_every_check_can_be_asked() -> None:
    assert all(topics_of(check.id) for check in CHECKS)


def test_what_is_no_name_has_no_topic() -> None:
    assert topics_of("magic") == ()
    assert topics_of("") == ()
    assert topics_of("---") == ()


def test_near_names_are_as_they_are_written() -> None:
    assert near_topics("trainingcoed", 1) == (Component.TRAINING_CODE.id,)
    assert Code.NETWORK.value in near_topics("netwrok", 3)
    assert near_topics("%" * 9999, 3) == ()
    assert as_key("ST_HOLE") == "sthole"
