import attrs
import pytest

from provenance.checks.searched import doubt, given, nowhere, publishers, searched
from provenance.values.component import Component
from provenance.values.facts import Facts, LinkedSource
from provenance.values.finding import Absent, Unknown
from provenance.values.inventory import Inventory
from provenance.values.look import Missing, Seen
from tests.building import (
    CARD,
    CODE,
    CODE_CLAIM,
    DATA_CLAIM,
    EMPTY,
    FACTS,
    LISTING,
    SOURCE,
    claim,
    read,
    unseen,
)


def linked(look: object) -> Facts:
    return attrs.evolve(
        FACTS,
        sources=(LinkedSource(SOURCE, (CODE_CLAIM,), look),),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    "facts",
    [
        attrs.evolve(EMPTY, inventory=Inventory((read("a"),), complete=False)),
        attrs.evolve(EMPTY, card=unseen()),
        attrs.evolve(EMPTY, card=Seen(attrs.evolve(CARD, complete=False))),
        attrs.evolve(EMPTY, code_read=False),
        linked(unseen()),
        linked(Seen(attrs.evolve(CODE, truncated=True))),
        attrs.evolve(FACTS, sources=()),
    ],
    ids=["listing", "card", "prose", "files", "repository", "part of it", "link not followed"],
)
def test_what_could_not_be_searched_is_no_absence(facts: Facts) -> None:
    assert isinstance(doubt(facts), Unknown)
    assert nowhere(facts, "thing") == doubt(facts)


def test_what_was_searched_everywhere_is_absent_and_says_where_it_was_looked_for() -> None:
    two = attrs.evolve(FACTS, sources=FACTS.sources * 2)

    assert nowhere(FACTS, "thing") == Absent(
        "no thing in 4 files of the release, its card, its repository", searched(FACTS)
    )
    assert "2 linked repositories" in nowhere(two, "thing").reason
    assert nowhere(attrs.evolve(EMPTY, card=Missing("no card")), "thing") == Absent(
        "no thing in 1 files of the release", (LISTING,)
    )
    assert isinstance(nowhere(linked(Missing("a dead link")), "thing"), Absent)


def test_a_denial_gives_nothing() -> None:
    denied = claim(Component.TRAINING_CODE, SOURCE, denied=True)

    assert given((denied, DATA_CLAIM)) == (DATA_CLAIM,)
    assert (
        publishers(attrs.evolve(EMPTY, sources=(LinkedSource(SOURCE, (denied,), unseen()),))) == ()
    )
