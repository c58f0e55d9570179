import attrs
import pytest

from provenance.checks.ladder import reach
from provenance.checks.searching.holding import Found, Holding, Quest, bound_by, files_of, holdings
from provenance.values.component import Component
from provenance.values.facts import Facts, LinkedSource
from provenance.values.finding import Absent, Confirmed, Contradicted, Outcome
from provenance.values.inventory import Inventory
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen
from provenance.values.revision import Named
from provenance.values.rung import Reach, Rung
from tests.building import (
    CODE,
    CODE_CLAIM,
    EMPTY,
    FACTS,
    SOURCE,
    artefact,
    claim,
    code_with,
    own_with,
    read,
    unseen,
)

C = Component.INFERENCE_CODE
RUN = artefact(C, "generate.py", "org/name")
OPEN = Reach(Rung.LOCATED, Rung.REPRODUCED)
OTHER = Locator(LocatorKind.GIT, "https://example.org/org/other")


def agree(found: Found, _: Holding, __: Facts) -> Outcome:
    holds = "bad" not in found.names
    return Confirmed("it agrees") if holds else Contradicted("it differs")


QUEST = Quest("q", C, "inference code", files_of(C), agree)


def stands(facts: Facts) -> Reach:
    return reach(QUEST.judge(facts))


def seen(look: object, *claims: object) -> Facts:
    linked = LinkedSource(SOURCE, tuple(claims), look)  # type: ignore[arg-type]
    return attrs.evolve(FACTS, sources=(linked,), claims=tuple(claims))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (own_with(RUN), Reach(Rung.CONSISTENT, Rung.REPRODUCED)),
        (
            attrs.evolve(own_with(RUN), publisher_bound=False),
            Reach(Rung.RETRIEVED, Rung.RETRIEVED),
        ),
        (code_with(RUN), Reach(Rung.CONSISTENT, Rung.REPRODUCED)),
        (code_with(attrs.evolve(RUN, names=("bad",))), Reach(Rung.BOUND, Rung.BOUND)),
        # The repository is the publisher's by another claim, and was searched whole.
        (FACTS, Reach(Rung.ABSENT, Rung.ABSENT)),
        (seen(Seen(CODE), claim(C, SOURCE)), Reach(Rung.LOCATED, Rung.LOCATED)),
        (seen(Seen(attrs.evolve(CODE, truncated=True)), claim(C, SOURCE)), OPEN),
        (seen(unseen(), claim(C, SOURCE)), OPEN),
        (seen(Missing("a dead link"), claim(C, SOURCE)), Reach(Rung.LOCATED, Rung.LOCATED)),
        # Nobody looked at what is linked: it may be there, said or not.
        (seen(unseen(), CODE_CLAIM), Reach(Rung.ABSENT, Rung.REPRODUCED)),
        (attrs.evolve(FACTS, claims=(claim(C, OTHER),)), OPEN),
        (
            attrs.evolve(EMPTY, claims=(claim(Component.TRAINING_CODE, OTHER),)),
            Reach(Rung.ABSENT, Rung.REPRODUCED),
        ),
        # Said, and leading nowhere.
        (attrs.evolve(FACTS, claims=(claim(C),)), Reach(Rung.CLAIMED, Rung.CLAIMED)),
        (
            attrs.evolve(FACTS, claims=(claim(C),), code_read=False),
            Reach(Rung.CLAIMED, Rung.REPRODUCED),
        ),
        # A denial beats what is there.
        (attrs.evolve(own_with(RUN), claims=(claim(C, denied=True),)), Reach(Rung(0), Rung(0))),
    ],
)
def test_a_component_stands_as_far_as_the_best_place_carries_it(
    facts: Facts, expected: Reach
) -> None:
    assert stands(facts) == expected


def test_one_place_that_could_not_be_seen_leaves_open_what_another_does_not_hold() -> None:
    claims = (claim(C, SOURCE), claim(Component.DATA_PREPROCESSING_CODE, OTHER))
    empty = LinkedSource(SOURCE, claims[:1], Seen(CODE))
    facts = attrs.evolve(
        FACTS, claims=claims, sources=(empty, LinkedSource(OTHER, claims[1:], unseen()))
    )

    assert stands(facts) == OPEN


def test_a_place_that_differs_comes_after_one_that_does_not() -> None:
    decoy = attrs.evolve(RUN, names=("bad",))
    facts = code_with(RUN)
    facts = attrs.evolve(
        facts,
        artefacts=(decoy,),
        inventory=Inventory((*facts.inventory, read("generate.py"))),
        sources=(attrs.evolve(facts.sources[0], locator=attrs.evolve(SOURCE, revision=None)),),
    )

    assert stands(facts).shown is Rung.RETRIEVED
    assert not any(isinstance(one.outcome, Contradicted) for one in QUEST.judge(facts))


def test_a_repository_that_is_only_denied_is_not_the_publishers() -> None:
    denied = claim(Component.TRAINING_CODE, SOURCE, denied=True)
    source = LinkedSource(SOURCE, (denied,), Seen(attrs.evolve(CODE, artefacts=(RUN,))))

    assert len(holdings(attrs.evolve(EMPTY, sources=(source,)))) == 1


def test_a_repository_is_bound_by_a_commit_that_a_claim_names_and_by_no_name() -> None:
    moving = attrs.evolve(SOURCE, revision=Named("main"))
    linked = LinkedSource(moving, (claim(C, moving),), unseen())
    other = LinkedSource(SOURCE, (claim(C, moving),), unseen())

    assert isinstance(bound_by(linked.claims, linked), Absent)
    assert isinstance(bound_by(other.claims, other), Absent)


def test_several_files_are_counted_and_the_first_is_named() -> None:
    files = tuple(artefact(C, f"{name}.py") for name in "abc")
    (own,) = holdings(own_with(*files))

    found = files_of(C)(own)

    assert found
    assert found.what == "a.py is what it should be, and 2 more"
    assert found.paths == ("a.py", "b.py", "c.py")
