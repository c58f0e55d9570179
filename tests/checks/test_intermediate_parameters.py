import attrs
import pytest

from provenance.checks.intermediate_parameters import IntermediateParameters
from provenance.checks.ladder import reach
from provenance.values.component import Component
from provenance.values.facts import Checkpoint, Facts
from provenance.values.finding import Absent, Confirmed, Contradicted, Unknown
from provenance.values.inventory import Inventory
from provenance.values.locator import Locator, LocatorKind
from provenance.values.ref import Ref
from provenance.values.rung import Reach, Rung
from tests.building import EMPTY, FACTS, LISTING, SHA, claim, outcome_of, read

C = Component.INTERMEDIATE_PARAMETERS
OTHER = Locator(LocatorKind.HUB_MODEL, "org/steps")


def at(step: int, weights: str = "", name: str = "") -> Checkpoint:
    return Checkpoint(name or f"step{step}", step, LISTING, (weights,) if weights else ())


def kept(*found: Checkpoint, **other: object) -> Facts:
    return attrs.evolve(FACTS, checkpoints=found, **other)  # type: ignore[arg-type]


FOLDERS = kept(
    at(1, "aa", "c/step1"),
    at(2, "bb", "c/step2"),
    inventory=Inventory((read("c/step1/model.bin"), read("c/step2/model.bin"))),
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # Branches move; folders are fixed by the commit.
        (kept(at(1, "aa"), at(2, "bb")), Reach(Rung.RETRIEVED, Rung.RETRIEVED)),
        (FOLDERS, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (
            attrs.evolve(FOLDERS, publisher_bound=False),
            Reach(Rung.RETRIEVED, Rung.RETRIEVED),
        ),
        (kept(at(1, "aa"), at(2, "aa")), Reach(Rung.LOCATED, Rung.LOCATED)),
        (kept(at(1, "aa"), at(1, "", "other")), Reach(Rung.LOCATED, Rung.LOCATED)),
        (kept(at(1, "aa"), at(2)), Reach(Rung.LOCATED, Rung.RETRIEVED)),
        (kept(), Reach(Rung.ABSENT, Rung.ABSENT)),
        (kept(branches_read=False), Reach(Rung.ABSENT, Rung.REPRODUCED)),
        (attrs.evolve(EMPTY, code_read=False), Reach(Rung.ABSENT, Rung.REPRODUCED)),
        (kept(claims=(claim(C),), sources=()), Reach(Rung.CLAIMED, Rung.CLAIMED)),
        (kept(claims=(claim(C, OTHER),), sources=()), Reach(Rung.CLAIMED, Rung.REPRODUCED)),
        (kept(at(1, "aa"), claims=(claim(C, denied=True),)), Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
)
def test_two_steps_with_different_weights_are_more_than_one_moment(
    facts: Facts, expected: Reach
) -> None:
    assert reach(IntermediateParameters().judge(facts)) == expected


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ((at(1, "aa"), at(2, SHA.hex)), Confirmed),
        ((at(1, "aa"), at(2, "bb")), Unknown),
        ((at(1, "aa"), at(2, "aa")), Contradicted),
        ((at(1, "aa"), at(2)), Unknown),
    ],
)
def test_the_last_step_is_held_against_the_release(
    found: tuple[Checkpoint, ...], kind: type
) -> None:
    outcome = outcome_of(IntermediateParameters(), kept(*found), Rung.CONSISTENT)

    assert isinstance(outcome, kind)


def test_what_is_claimed_of_a_folder_may_be_branches_of_where_it_came_from() -> None:
    told = (claim(Component.INTERMEDIATE_PARAMETERS),)
    folder = attrs.evolve(EMPTY, claims=told, ref=Ref.parse("local:m"))
    check = IntermediateParameters()

    assert isinstance(outcome_of(check, folder, Rung.LOCATED), Unknown)
    assert isinstance(outcome_of(check, attrs.evolve(EMPTY, claims=told), Rung.LOCATED), Absent)
