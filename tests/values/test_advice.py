import pytest

from provenance.errors import InvalidValueError
from provenance.values.advice import Advice, Rule, Severity


def test_every_rule_has_a_title_and_a_severity() -> None:
    assert len({rule.finds for rule in Rule}) == len(Rule)
    assert {rule.severity for rule in Rule} == set(Severity)
    assert Rule.SECRET.severity.word == "error"


@pytest.mark.parametrize(("path", "line"), [("a", -1), ("", 1)])
def test_a_place_that_cannot_be_is_refused(path: str, line: int) -> None:
    with pytest.raises(InvalidValueError):
        Advice(Rule.HAZARD, path, line, "what", "todo")
