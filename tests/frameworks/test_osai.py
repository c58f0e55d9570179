import attrs
import pytest

from provenance.errors import Code
from provenance.frameworks.osai import RUBRIC, assess
from provenance.values.access import Access
from provenance.values.assessment import Grade, OsaiAnswer, OsaiParameter
from provenance.values.citation import Citation
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.facts import Facts, LinkedPage, LinkedSource, PageFacts
from provenance.values.license import License, Terms
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen
from provenance.values.rung import Reach, Rung
from provenance.values.unread import Unread
from tests.building import (
    CARD,
    CODE,
    CODE_CLAIM,
    FACTS,
    LOOP,
    SOURCE,
    WHERE,
    claim,
    report,
    reports,
    unseen,
)

C, P = Component, OsaiParameter
PAPERS = frozenset({C.RESEARCH_PAPER})
BOUND = Rung.BOUND


def answer(
    parameter: OsaiParameter, facts: Facts = FACTS, /, **overrides: ComponentReport
) -> OsaiAnswer:
    answers = assess(reports(BOUND, **overrides), facts).answers
    return next(one for one in answers if one.parameter is parameter)


def with_pages(*paths: str) -> Facts:
    code = attrs.evolve(CODE, files=("train.py", *paths))
    return attrs.evolve(FACTS, sources=(LinkedSource(SOURCE, (CODE_CLAIM,), Seen(code)),))


def named(component: Component, kind: LocatorKind, uri: str) -> ComponentReport:
    said = claim(component, Locator(kind, uri))
    return attrs.evolve(report(component, BOUND, BOUND), claims=(said,))


def test_each_parameter_is_answered_and_the_rubric_is_named() -> None:
    found = assess(reports(BOUND), FACTS)

    assert [one.parameter for one in found.answers] == list(P)
    assert found.rubric == RUBRIC.digest


@pytest.mark.parametrize(
    ("weights", "grade"),
    [
        (report(C.FINAL_PARAMETERS, BOUND, BOUND), Grade.OPEN),
        (report(C.FINAL_PARAMETERS, Rung.LOCATED, BOUND), Grade.UNKNOWN),
        (report(C.FINAL_PARAMETERS, Rung.LOCATED, Rung.LOCATED), Grade.CLOSED),
    ],
)
def test_weights_are_open_when_they_are_there(weights: ComponentReport, grade: Grade) -> None:
    assert answer(P.END_WEIGHTS, final_parameters=weights).grade is grade


@pytest.mark.parametrize(
    ("access", "shown", "grade"),
    [
        (Access.AUTO_GATE, BOUND, Grade.PARTIAL),
        (Access.MANUAL_GATE, Rung.LOCATED, Grade.PARTIAL),
        (Access.PAID, BOUND, Grade.PARTIAL),
        (Access.PRIVATE, BOUND, Grade.CLOSED),
    ],
)
def test_gated_means_partial(access: Access, shown: Rung, grade: Grade) -> None:
    gated = attrs.evolve(report(C.FINAL_PARAMETERS, shown, BOUND), access=access)

    assert answer(P.END_WEIGHTS, final_parameters=gated).grade is grade


def test_the_base_is_the_model_that_is_named_and_the_release_itself_where_none_is() -> None:
    lost = report(C.FINAL_PARAMETERS, Rung.ABSENT, Rung.ABSENT)
    base = named(C.BASE_MODELS, LocatorKind.HUB_MODEL, "org/base")

    assert answer(P.BASE_WEIGHTS, final_parameters=lost).grade is Grade.CLOSED
    assert answer(P.BASE_WEIGHTS, final_parameters=lost, base_models=base).grade is Grade.OPEN
    assert answer(P.BASE_DATA).grade is Grade.OPEN
    assert answer(P.BASE_DATA, base_models=base).grade is Grade.UNKNOWN


@pytest.mark.parametrize(
    ("terms", "grade"),
    [
        (Terms.OPEN, Grade.OPEN),
        (Terms.RESTRICTED, Grade.PARTIAL),
        (Terms.NONE, Grade.PARTIAL),
        (Terms.UNKNOWN, Grade.OPEN),
    ],
)
def test_training_code_is_partial_under_terms_that_are_not_open(terms: Terms, grade: Grade) -> None:
    code = report(C.TRAINING_CODE, BOUND, BOUND, terms)

    assert answer(P.TRAINING_CODE, training_code=code).grade is grade


def test_code_is_documented_by_pages_beside_it() -> None:
    assert answer(P.CODE_DOCUMENTATION, with_pages("docs/a.md")).grade is Grade.OPEN
    assert answer(P.CODE_DOCUMENTATION, with_pages("README.md")).grade is Grade.PARTIAL
    assert (
        answer(P.CODE_DOCUMENTATION, with_pages("notes.txt", "a/README.md")).grade is Grade.CLOSED
    )


def test_code_in_the_release_itself_is_documented_by_its_own_pages() -> None:
    own = attrs.evolve(FACTS, loops=(LOOP,), sources=())

    assert answer(P.CODE_DOCUMENTATION, own).grade is Grade.PARTIAL


def test_code_that_is_not_there_has_no_documentation_and_unseen_code_may() -> None:
    gone, unseen = report(C.TRAINING_CODE), report(C.TRAINING_CODE, Rung.LOCATED, BOUND)

    assert answer(P.CODE_DOCUMENTATION, training_code=gone).grade is Grade.CLOSED
    assert answer(P.CODE_DOCUMENTATION, training_code=unseen).grade is Grade.UNKNOWN


@pytest.mark.parametrize(
    ("shown", "at_most", "grade"),
    [
        (Rung.RETRIEVED, Rung.RETRIEVED, Grade.OPEN),
        (Rung.CLAIMED, BOUND, Grade.PARTIAL),
        (Rung.CLAIMED, Rung.CLAIMED, Grade.PARTIAL),
        (Rung.ABSENT, BOUND, Grade.UNKNOWN),
        (Rung.ABSENT, Rung.ABSENT, Grade.CLOSED),
    ],
)
def test_hardware_that_is_only_mentioned_is_partial(
    shown: Rung, at_most: Rung, grade: Grade
) -> None:
    assert answer(P.HARDWARE, hardware=report(C.HARDWARE, shown, at_most)).grade is grade


def test_a_preprint_is_one_on_arxiv_or_a_report_and_a_paper_has_another_doi() -> None:
    arxiv = named(C.RESEARCH_PAPER, LocatorKind.ARXIV, "2211.05100")
    mirror = named(C.RESEARCH_PAPER, LocatorKind.DOI, "10.48550/arXiv.2211.05100")
    journal = named(C.RESEARCH_PAPER, LocatorKind.DOI, "10.1000/182")
    nothing = report(C.TECHNICAL_REPORT)

    assert answer(P.PREPRINT, research_paper=arxiv, technical_report=nothing).grade is Grade.OPEN
    assert answer(P.PREPRINT, technical_report=nothing).grade is Grade.CLOSED
    assert answer(P.PAPER, research_paper=arxiv).grade is Grade.CLOSED
    assert answer(P.PAPER, research_paper=mirror).grade is Grade.CLOSED
    assert answer(P.PAPER, research_paper=journal).grade is Grade.OPEN


def test_an_answer_is_in_the_publisher_s_words_where_there_are_any() -> None:
    found = answer(P.PAPER, research_paper=named(C.RESEARCH_PAPER, LocatorKind.DOI, "10.1000/182"))

    assert found.quote == "our Research paper"
    assert found.because == (WHERE,)
    assert answer(P.END_WEIGHTS).quote == ""


@pytest.mark.parametrize(
    ("licence", "grade"),
    [
        (License(Terms.OPEN, "mit", "MIT"), Grade.OPEN),
        (License(Terms.RESTRICTED, "llama3", "Llama-3"), Grade.PARTIAL),
        (License(Terms.NONE), Grade.CLOSED),
        (License(Terms.UNKNOWN, "mit"), Grade.UNKNOWN),
    ],
)
def test_licences_are_judged_by_those_of_the_weights(licence: License, grade: Grade) -> None:
    weights = attrs.evolve(report(C.FINAL_PARAMETERS, BOUND, BOUND), license=licence)

    found = answer(P.LICENSES, final_parameters=weights)

    assert (found.grade, found.quote) == (grade, licence.claimed or "")


@pytest.mark.parametrize("component", list(Component))
def test_what_could_not_be_looked_at_is_never_closed(component: Component) -> None:
    unknown = report(component, Rung.ABSENT, Rung.REPRODUCED)
    unknown = attrs.evolve(unknown, license=License(Terms.UNKNOWN), access=Access.UNKNOWN)
    made = {component.name.lower(): unknown}

    before, after = assess(reports(BOUND), FACTS), assess(reports(BOUND, **made), FACTS)

    newly = {one.parameter for one in after.answers if one.grade is Grade.CLOSED}
    assert newly <= {one.parameter for one in before.answers if one.grade is Grade.CLOSED}


DOI = Locator(LocatorKind.DOI, "10.1000/182")
ARXIV = Locator(LocatorKind.ARXIV, "2304.01373")
CITED = Citation("Name: a model", "10.1000/182", attrs.evolve(WHERE, start=3, end=9), DOI)
PREPRINT = attrs.evolve(CITED, doi=None, arxiv=ARXIV)
ACCEPTED = attrs.evolve(CITED, doi=None, venue="Meeting on Play", quote="Meeting on Play")
NO_PAPER = {
    "research_paper": report(C.RESEARCH_PAPER),
    "technical_report": report(C.TECHNICAL_REPORT),
}


def paged(locator: Locator, look: Look[PageFacts]) -> tuple[LinkedPage, ...]:
    return (LinkedPage(locator, look),)


@pytest.mark.parametrize(
    ("citation", "pages", "grade"),
    [
        (CITED, paged(DOI, Seen(PageFacts("Name: a model", WHERE))), Grade.OPEN),
        (CITED, paged(DOI, Seen(PageFacts("Of something else", WHERE))), Grade.UNKNOWN),
        (CITED, paged(DOI, Seen(PageFacts(None, WHERE))), Grade.UNKNOWN),
        (CITED, paged(DOI, unseen()), Grade.UNKNOWN),
        (CITED, (), Grade.UNKNOWN),
        (CITED, paged(DOI, Missing("gone")), Grade.CLOSED),
        (ACCEPTED, (), Grade.UNKNOWN),
        (PREPRINT, paged(ARXIV, Seen(PageFacts("Name", WHERE))), Grade.CLOSED),
        (attrs.evolve(CITED, doi=attrs.evolve(DOI, uri="10.5281/zenodo.1")), (), Grade.CLOSED),
        (
            attrs.evolve(ACCEPTED, doi=attrs.evolve(DOI, uri="10.5281/zenodo.1")),
            (),
            Grade.CLOSED,
        ),
    ],
)
def test_a_paper_is_what_a_citation_identifies_and_what_was_seen_of_it(
    citation: Citation, pages: tuple[LinkedPage, ...], grade: Grade
) -> None:
    facts = attrs.evolve(FACTS, citations=(citation,), pages=pages)

    found = answer(P.PAPER, facts, **NO_PAPER)

    assert found.grade is grade
    if grade is not Grade.CLOSED:
        assert (found.quote, found.because[0]) == (citation.quote, citation.where)


@pytest.mark.parametrize(
    ("pages", "grade"),
    [
        (paged(ARXIV, Seen(PageFacts("Name", WHERE))), Grade.OPEN),
        (paged(ARXIV, unseen()), Grade.UNKNOWN),
        (paged(ARXIV, Missing("gone")), Grade.CLOSED),
    ],
)
def test_a_preprint_may_be_cited_only(pages: tuple[LinkedPage, ...], grade: Grade) -> None:
    facts = attrs.evolve(FACTS, citations=(PREPRINT,), pages=pages)

    assert answer(P.PREPRINT, facts, **NO_PAPER).grade is grade


@pytest.mark.parametrize(
    "facts",
    [
        attrs.evolve(FACTS, card=unseen()),
        attrs.evolve(FACTS, card=Seen(attrs.evolve(CARD, complete=False))),
        attrs.evolve(FACTS, code_read=False),
        attrs.evolve(FACTS, unread=(Unread(Code.YAML_SYNTAX, "CITATION.cff", "no", PAPERS),)),
        attrs.evolve(FACTS, inventory=attrs.evolve(FACTS.inventory, complete=False)),
    ],
)
def test_no_paper_is_closed_only_where_everything_was_read(facts: Facts) -> None:
    for parameter in (P.PAPER, P.PREPRINT):
        assert answer(parameter, facts, **NO_PAPER).grade is Grade.UNKNOWN
        assert answer(parameter, FACTS, **NO_PAPER).grade is Grade.CLOSED


def test_a_claim_that_was_not_seen_gives_way_to_a_citation_that_was() -> None:
    claimed = attrs.evolve(
        named(C.RESEARCH_PAPER, LocatorKind.DOI, "10.1000/9"), reach=Reach(Rung.LOCATED, BOUND)
    )
    seen = attrs.evolve(FACTS, citations=(CITED,), pages=paged(DOI, Seen(PageFacts("Name", WHERE))))

    assert answer(P.PAPER, seen, research_paper=claimed).grade is Grade.OPEN
    assert answer(P.PAPER, research_paper=claimed).grade is Grade.UNKNOWN
