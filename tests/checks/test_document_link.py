import attrs
import pytest

from provenance.checks.document_link import judge_document
from provenance.checks.ladder import reach
from provenance.values.artefact import Kind, StatedValue
from provenance.values.component import Component
from provenance.values.facts import ConfigFacts, Facts, LinkedPage, PageFacts, Setting
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen
from provenance.values.ref import Ref
from provenance.values.rung import Reach, Rung
from tests.building import COMMIT, EMPTY, WHERE, artefact, claim, own_with, stated, unseen

PAPER, REPORT = Component.RESEARCH_PAPER, Component.TECHNICAL_REPORT
ARXIV = Locator(LocatorKind.ARXIV, "2304.01373")
TOY = Ref.parse(f"org/toy-7b-instruct@{COMMIT}")


def linked(look: Look[PageFacts], component: Component = PAPER) -> Facts:
    return attrs.evolve(
        EMPTY, ref=TOY, claims=(claim(component, ARXIV),), pages=(LinkedPage(ARXIV, look),)
    )


def titled(title: str | None) -> Look[PageFacts]:
    return Seen(PageFacts(title, WHERE))


THERE = Reach(Rung.RETRIEVED, Rung.RETRIEVED)
OPEN = Reach(Rung.LOCATED, Rung.RETRIEVED)
NOT = Reach(Rung.LOCATED, Rung.LOCATED)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (linked(titled("Toy: a model for play")), THERE),
        # Whose a page is that does not name the model, a person must judge.
        (linked(titled("Attention is all you need")), OPEN),
        (linked(titled(None)), OPEN),
        (linked(Missing("gone")), NOT),
        (linked(unseen()), OPEN),
        (attrs.evolve(linked(unseen()), pages=()), OPEN),
        (attrs.evolve(EMPTY, claims=(claim(PAPER),)), Reach(Rung.CLAIMED, Rung.CLAIMED)),
        (attrs.evolve(EMPTY, claims=(claim(PAPER, denied=True),)), Reach(Rung(0), Rung(0))),
        (
            own_with(artefact(PAPER, "toy.pdf", "Toy, a model"), ref=TOY),
            Reach(Rung.BOUND, Rung.REPRODUCED),
        ),
        (own_with(artefact(PAPER, "toy.pdf"), ref=TOY), Reach(Rung.BOUND, Rung.REPRODUCED)),
        (
            own_with(artefact(PAPER, "paper.pdf"), ref=TOY),
            Reach(Rung.LOCATED, Rung.REPRODUCED),
        ),
        (own_with(artefact(REPORT, "report.pdf"), ref=TOY), Reach(Rung.ABSENT, Rung.ABSENT)),
        (EMPTY, Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
)
def test_a_document_stands_when_it_is_there_and_names_the_model(
    facts: Facts, expected: Reach
) -> None:
    assert reach(judge_document("check", PAPER, "paper", facts)) == expected


def test_one_page_is_not_the_report_and_the_paper() -> None:
    page = linked(titled("Toy"), REPORT)
    both = attrs.evolve(page, claims=(*page.claims, claim(PAPER, ARXIV)))

    assert reach(judge_document("check", REPORT, "report", page)) == THERE
    assert reach(judge_document("check", REPORT, "report", both)) == NOT
    assert reach(judge_document("check", PAPER, "paper", both)) == THERE


SHAPE = ConfigFacts(
    WHERE,
    "toy",
    settings=(Setting("num_hidden_layers", 2, WHERE), Setting("num_attention_heads", 4, WHERE)),
)
RIGHT = (stated(Kind.LAYERS, "2", "toy.pdf"), stated(Kind.HEADS, "4", "toy.pdf"))
WRONG = (stated(Kind.LAYERS, "3", "toy.pdf"), stated(Kind.HEADS, "5", "toy.pdf"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (RIGHT, Reach(Rung.CONSISTENT, Rung.REPRODUCED)),
        (WRONG, Reach(Rung.BOUND, Rung.BOUND)),
        ((), Reach(Rung.BOUND, Rung.REPRODUCED)),
        ((attrs.evolve(RIGHT[0], path="other.pdf"),), Reach(Rung.BOUND, Rung.REPRODUCED)),
    ],
)
def test_the_text_of_a_document_is_held_against_the_files(
    said: tuple[StatedValue, ...], expected: Reach
) -> None:
    held = own_with(artefact(PAPER, "toy.pdf", "Toy"), ref=TOY, config=Seen(SHAPE), written=said)

    assert reach(judge_document("check", PAPER, "paper", held)) == expected


def test_a_page_whose_text_differs_is_told_and_stays_what_it_is() -> None:
    facts = attrs.evolve(linked(Seen(PageFacts("Toy", WHERE, WRONG))), config=Seen(SHAPE))

    found = judge_document("check", PAPER, "paper", facts)

    assert reach(found) == THERE
    assert "layers is 3 in its text and 2" in found[-1].outcome.reason
