import pytest

from provenance.checks.searching.looked import looked
from provenance.errors import Code
from provenance.values.finding import Absent, Confirmed, Contradicted, Outcome, Unknown
from provenance.values.look import Look, Missing, Seen, Unseen
from tests.building import WHERE


@pytest.mark.parametrize("missing", [Absent, Contradicted])
@pytest.mark.parametrize("code", [Code.HUB_GATED, Code.OFFLINE, Code.JSON_SYNTAX])
def test_what_was_not_seen_is_unknown_whatever_missing_means(
    missing: type[Absent] | type[Contradicted], code: Code
) -> None:
    look: Look[str] = Unseen("it was not looked at", code)

    assert looked(look, Confirmed, missing=missing) == Unknown("it was not looked at")


def test_what_is_missing_is_absent_where_nothing_else_is_said() -> None:
    look: Look[str] = Missing("nothing is there", (WHERE,))

    assert looked(look, Confirmed) == Absent("nothing is there", (WHERE,))
    assert looked(look, Confirmed, missing=Contradicted) == Contradicted(
        "nothing is there", (WHERE,)
    )


def test_what_was_seen_is_judged() -> None:
    def judge(value: str) -> Outcome:
        return Confirmed(value)

    assert looked(Seen("a card"), judge) == Confirmed("a card")
