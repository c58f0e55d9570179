import attrs
import pytest

from provenance.checks.searching.holding import holdings
from provenance.checks.searching.stated_values import agree_with_other_files, by_file, file_with
from provenance.values.artefact import Kind, StatedValue
from provenance.values.component import Component
from provenance.values.facts import LinkedPage, PageFacts
from provenance.values.finding import Confirmed, Contradicted, Outcome, Unknown
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Seen
from tests.building import EMPTY, WHERE, claim, code_with, stated, unseen

SEED, RATE = Kind.SEED, Kind.LEARNING_RATE
URI = "git:x@c/config.toml"


def config(*values: StatedValue) -> tuple[StatedValue, ...]:
    return tuple(attrs.evolve(one, path="config.toml") for one in values)


def outcome(code: tuple[StatedValue, ...], own: tuple[StatedValue, ...]) -> Outcome:
    facts = attrs.evolve(code_with(stated=code), stated=own)
    holding = next(one for one in holdings(facts) if one.linked)
    found = file_with((SEED, RATE), 1)(holding)
    assert found
    return agree_with_other_files((SEED, RATE))(found, holding, facts)


def seed(value: str) -> StatedValue:
    return stated(SEED, value, "config.toml", uri=URI)


def rate(value: str) -> StatedValue:
    return stated(RATE, value, "config.toml", uri=URI)


@pytest.mark.parametrize(
    ("code", "own", "kind"),
    [
        ((seed("7"),), (stated(SEED, "7"),), Confirmed),
        ((seed("7"),), (stated(SEED, "7"), stated(SEED, "8")), Confirmed),
        ((seed("7"),), (stated(SEED, "8"),), Contradicted),
        ((seed("7"), rate("1")), (stated(SEED, "7"), stated(RATE, "2")), Contradicted),
        ((seed("7"),), (stated(RATE, "2"),), Unknown),
        ((seed("7"),), (), Unknown),
        # Settings of many models in one repository are no contradiction.
        ((seed("7"), stated(SEED, "8", "b.toml", uri="git:x@c/b.toml")), (), Unknown),
    ],
)
def test_a_file_is_held_against_others_of_the_publisher(
    code: tuple[StatedValue, ...], own: tuple[StatedValue, ...], kind: type
) -> None:
    assert isinstance(outcome(code, own), kind)


def test_a_file_does_not_agree_with_itself() -> None:
    facts = attrs.evolve(EMPTY, stated=(stated(RATE, "1"), stated(SEED, "7")))
    (own,) = holdings(facts)
    found = file_with((SEED,), 1)(own)

    assert found
    assert isinstance(agree_with_other_files((SEED,))(found, own, facts), Unknown)


def test_the_file_that_states_most_kinds_carries_them_if_it_states_enough() -> None:
    values = (stated(SEED, "7", "a.toml"), stated(SEED, "7", "b.toml"), stated(RATE, "1", "b.toml"))
    (own,) = holdings(attrs.evolve(EMPTY, stated=values))

    found = file_with((RATE, SEED), 2)(own)

    assert found
    assert found.paths == ("b.toml",)
    assert found.what == "b.toml states learning rate 1, seed 7"
    assert file_with((RATE, SEED), 3)(own) is None
    assert list(by_file(values)) == ["a.toml", "b.toml"]


def test_a_paper_of_the_publisher_may_state_the_same_and_contradicts_nothing() -> None:
    paper, other = (Locator(LocatorKind.ARXIV, f"2304.0{n}") for n in (1, 2))
    seen = Seen(PageFacts("Toy", WHERE, (stated(SEED, "7", "http:x", uri="http:x"),)))
    facts = attrs.evolve(EMPTY, stated=(stated(SEED, "7", "a.toml"),))
    (own,) = holdings(facts)
    found = file_with((SEED,), 1)(own)
    assert found
    about = (claim(Component.RESEARCH_PAPER, paper), claim(Component.RESEARCH_PAPER))

    for pages, written, kind in (
        ((LinkedPage(paper, seen),), (), Confirmed),
        ((LinkedPage(other, seen), LinkedPage(paper, unseen())), (), Unknown),
        ((LinkedPage(paper, Seen(PageFacts("Toy", WHERE))),), (), Unknown),
        ((), (stated(SEED, "7", "toy.pdf"),), Confirmed),
        ((), (stated(SEED, "8", "toy.pdf"),), Unknown),
    ):
        held = attrs.evolve(facts, claims=about, pages=pages, written=written)
        assert isinstance(agree_with_other_files((SEED,))(found, own, held), kind)
