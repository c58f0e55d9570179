import attrs
import pytest

from provenance.checks.searching.searched import doubt, given, nowhere, publishers, searched
from provenance.errors import Code
from provenance.values.component import Component
from provenance.values.facts import Facts, LinkedSource
from provenance.values.finding import Absent, Unknown
from provenance.values.inventory import Inventory
from provenance.values.look import Missing, Seen
from provenance.values.unread import Unread
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

CODE_KIND = Component.TRAINING_CODE
IN_C = Unread(Code.NOT_COVERED, "1 files in C: a.c", "only Python is", frozenset({CODE_KIND}))


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
        attrs.evolve(EMPTY, unread=(IN_C,)),
        linked(Seen(attrs.evolve(CODE, unread=(IN_C,)))),
    ],
    ids=[
        "listing",
        "card",
        "prose",
        "files",
        "repository",
        "part of it",
        "link not followed",
        "own C",
        "C",
    ],
)
def test_what_could_not_be_searched_is_no_absence(facts: Facts) -> None:
    assert isinstance(doubt(facts, CODE_KIND), Unknown)
    assert nowhere(facts, CODE_KIND, "thing") == doubt(facts, CODE_KIND)


def test_a_file_that_was_not_read_leaves_nothing_open_that_it_could_not_hold() -> None:
    facts = attrs.evolve(EMPTY, unread=(IN_C,))

    assert doubt(facts, Component.CHAT_TEMPLATE) is None


def test_what_was_searched_everywhere_is_absent_and_says_where_it_was_looked_for() -> None:
    other = attrs.evolve(FACTS.sources[0], locator=attrs.evolve(SOURCE, uri="https://e.org/o/r"))
    two = attrs.evolve(FACTS, sources=(*FACTS.sources, other))

    assert nowhere(FACTS, CODE_KIND, "thing") == Absent(
        "no thing in 4 files of the release, its card, its repository", searched(FACTS)
    )
    assert "2 linked repositories" in nowhere(two, CODE_KIND, "thing").reason
    assert nowhere(attrs.evolve(EMPTY, card=Missing("no card")), CODE_KIND, "thing") == Absent(
        "no thing in 1 files of the release", (LISTING,)
    )
    assert isinstance(nowhere(linked(Missing("a dead link")), CODE_KIND, "thing"), Absent)


def test_a_denial_gives_nothing() -> None:
    denied = claim(Component.TRAINING_CODE, SOURCE, denied=True)

    assert given((denied, DATA_CLAIM)) == (DATA_CLAIM,)
    assert (
        publishers(attrs.evolve(EMPTY, sources=(LinkedSource(SOURCE, (denied,), unseen()),))) == ()
    )
