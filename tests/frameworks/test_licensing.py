import attrs
import pytest

from provenance.checks.table import CHECKS
from provenance.frameworks import licensing
from provenance.values.component import Component
from provenance.values.facts import (
    Ancestor,
    CardFacts,
    Facts,
    LicenseText,
    LinkedDataset,
    LinkedPage,
    LinkedSource,
    ModelFacts,
    PageFacts,
)
from provenance.values.inventory import Inventory
from provenance.values.license import License, Relation, Terms
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Look, Missing, Seen
from tests.building import (
    CODE,
    CODE_CLAIM,
    DATA,
    DATA_CLAIM,
    DATASET,
    FACTS,
    LOOP,
    SOURCE,
    WHERE,
    artefact,
    claim,
    code_with,
    own_with,
    unseen,
)

BASE = Locator(LocatorKind.HUB_MODEL, "org/base")
CODE_ID, DATA_ID, CARD_ID = Component.TRAINING_CODE, Component.DATASETS, Component.MODEL_CARD


def license_of(component: Component, facts: Facts) -> License:
    """Return the licence of a component where its findings say that it stands."""
    found = (one for check in CHECKS for one in check.judge(facts))
    facets = {one.facet for one in found if one.component is component}
    return licensing.license_of(component, facts, facets)


def with_source(source: LinkedSource) -> Facts:
    return attrs.evolve(FACTS, sources=(source,))


def test_each_artefact_stands_under_the_licence_of_its_own_repository() -> None:
    code = license_of(CODE_ID, FACTS)
    data = license_of(DATA_ID, FACTS)

    assert (code.evident, code.claimed) == ("Apache-2.0", None)
    assert (data.evident, data.claimed) == ("CC0-1.0", "cc0-1.0")
    assert license_of(CARD_ID, FACTS).claimed == "apache-2.0"


def test_code_that_the_release_itself_holds_stands_under_the_release_s_licence() -> None:
    own = attrs.evolve(FACTS, loops=(LOOP,), sources=())

    assert license_of(CODE_ID, own).claimed == "apache-2.0"
    assert license_of(CODE_ID, attrs.evolve(FACTS, sources=())).claimed == "apache-2.0"


def test_an_unrecognised_text_leaves_the_terms_unknown_whatever_the_id_says() -> None:
    odd = attrs.evolve(FACTS, license=Seen(LicenseText(WHERE, None)))
    odd_code = attrs.evolve(CODE, license=Seen(LicenseText(WHERE, None)))

    assert license_of(CARD_ID, odd).terms is Terms.UNKNOWN
    linked = with_source(LinkedSource(SOURCE, (CODE_CLAIM,), Seen(odd_code)))
    assert license_of(CODE_ID, linked).terms is Terms.UNKNOWN


def test_no_text_and_no_id_is_no_licence_and_an_unread_one_is_unknown() -> None:
    bare = attrs.evolve(FACTS, card=Missing("no card"), license=Missing("no licence"))
    unread = attrs.evolve(FACTS, card=unseen(), license=unseen())

    assert license_of(CARD_ID, bare) == License(Terms.NONE)
    assert license_of(CARD_ID, unread) == License(Terms.UNKNOWN)


def test_a_link_that_could_not_be_followed_has_no_known_licence() -> None:
    lost = with_source(LinkedSource(SOURCE, (CODE_CLAIM,), unseen()))
    lost_data = attrs.evolve(FACTS, datasets=(LinkedDataset(DATASET, (DATA_CLAIM,), unseen()),))

    assert license_of(CODE_ID, lost).terms is Terms.UNKNOWN
    assert license_of(DATA_ID, lost_data).terms is Terms.UNKNOWN


def test_several_datasets_stand_under_the_worst_licence_among_them() -> None:
    closed = attrs.evolve(DATA, license=Seen(LicenseText(WHERE, "CC-BY-NC-4.0")))
    both = attrs.evolve(
        FACTS, datasets=(*FACTS.datasets, LinkedDataset(DATASET, (DATA_CLAIM,), Seen(closed)))
    )

    assert license_of(DATA_ID, both).terms is Terms.RESTRICTED


def test_code_without_a_licence_file_stands_under_none() -> None:
    bare = attrs.evolve(CODE, license=None)

    found = license_of(CODE_ID, with_source(LinkedSource(SOURCE, (CODE_CLAIM,), Seen(bare))))

    assert found.terms is Terms.NONE


def _model(card: Look[CardFacts], text: Look[LicenseText]) -> ModelFacts:
    return ModelFacts(WHERE, Inventory(()), (), unseen(), card, text)


def from_base(look: Look[ModelFacts], own: LicenseText | None = None) -> License:
    facts = attrs.evolve(
        FACTS,
        ancestors=(Ancestor(BASE, 1, (WHERE,), look),),
        license=Seen(own or LicenseText(WHERE, "Apache-2.0")),
    )
    return license_of(Component.FINAL_PARAMETERS, facts)


def terms_of_base(license_id: str | None) -> Look[ModelFacts]:
    return Seen(_model(Missing("no card"), Seen(LicenseText(WHERE, license_id))))


@pytest.mark.parametrize(
    ("look", "terms"),
    [
        (terms_of_base("Apache-2.0"), Terms.OPEN),
        (terms_of_base("LicenseRef-llama3"), Terms.RESTRICTED),
        (terms_of_base(None), Terms.UNKNOWN),
        (unseen(), Terms.UNKNOWN),
        (Missing("it is gone"), Terms.UNKNOWN),
        (Seen(_model(Missing("no card"), Missing("no text"))), Terms.NONE),
        (Seen(_model(unseen(), Missing("no text"))), Terms.UNKNOWN),
    ],
)
def test_parameters_stand_under_the_most_restrictive_of_their_own_and_a_base_model_s_terms(
    look: Look[ModelFacts], terms: Terms
) -> None:
    found = from_base(look)

    assert (found.terms, found.evident) == (terms, "Apache-2.0")
    assert found.inherited
    assert (found.inherited.origin, found.inherited.terms) == (str(BASE), terms)


def test_an_open_base_model_opens_nothing() -> None:
    closed = from_base(terms_of_base("MIT"), LicenseText(WHERE, "CC-BY-NC-4.0"))

    assert closed.terms is Terms.RESTRICTED


def test_the_terms_of_a_dataset_are_told_and_change_nothing() -> None:
    nc = attrs.evolve(DATA, license=Seen(LicenseText(WHERE, "CC-BY-NC-4.0")))
    linked = (LinkedDataset(DATASET, (DATA_CLAIM,), Seen(nc)),)
    facts = attrs.evolve(FACTS, datasets=linked)

    found = license_of(Component.FINAL_PARAMETERS, facts)

    assert found.terms is Terms.OPEN
    assert found.inherited
    assert (found.inherited.relation, found.inherited.terms) == (Relation.DATASET, Terms.RESTRICTED)


def test_what_is_not_derived_inherits_nothing() -> None:
    facts = attrs.evolve(FACTS, ancestors=(Ancestor(BASE, 1, (), terms_of_base("X")),))

    assert license_of(CARD_ID, facts).inherited is None
    bare = attrs.evolve(FACTS, datasets=())
    assert license_of(Component.FINAL_PARAMETERS, bare).inherited is None


RECIPE = (
    Component.INFERENCE_CODE,
    Component.EVALUATION_CODE,
    Component.DATA_PREPROCESSING_CODE,
    Component.ENVIRONMENT,
)


@pytest.mark.parametrize("component", RECIPE)
def test_whatever_a_linked_repository_holds_stands_under_that_repository_s_licence(
    component: Component,
) -> None:
    closed = Seen(LicenseText(WHERE, "CC-BY-NC-4.0"))
    linked = code_with(artefact(component, "some.py"), license=closed)
    unlicensed = code_with(artefact(component, "some.py"), license=None)

    assert license_of(component, linked).terms is Terms.RESTRICTED
    assert license_of(component, unlicensed).terms is Terms.NONE
    assert license_of(component, own_with(artefact(component, "some.py"))).terms is Terms.OPEN


def test_the_release_s_licence_says_nothing_of_a_page_or_of_data_that_it_links() -> None:
    paper = Locator(LocatorKind.ARXIV, "1234.56789")
    page = LinkedPage(paper, Seen(PageFacts("A name for models", WHERE)))
    linked = attrs.evolve(
        FACTS, claims=(claim(Component.RESEARCH_PAPER, paper),), sources=(), pages=(page,)
    )
    closed = attrs.evolve(DATA, license=Seen(LicenseText(WHERE, "CC-BY-NC-4.0")))
    measured = attrs.evolve(
        FACTS,
        claims=(claim(Component.EVALUATION_DATA, DATASET),),
        evaluation_data=(LinkedDataset(DATASET, (), Seen(closed)),),
        datasets=(),
    )

    assert license_of(Component.RESEARCH_PAPER, linked).terms is Terms.UNKNOWN
    assert license_of(Component.RESEARCH_PAPER, linked).claimed == "apache-2.0"
    assert license_of(Component.EVALUATION_DATA, measured).terms is Terms.RESTRICTED


def test_what_stands_nowhere_that_was_seen_has_unknown_terms() -> None:
    facts = attrs.evolve(FACTS, ancestors=(Ancestor(BASE, 1, (), terms_of_base("MIT")),))

    found = licensing.license_of(CODE_ID, facts, {"hf:org/another"})

    assert found.terms is Terms.UNKNOWN
