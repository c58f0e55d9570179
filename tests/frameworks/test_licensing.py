import attrs

from provenance.frameworks.licensing import license_of
from provenance.values.component import Component
from provenance.values.facts import Facts, LicenseText, LinkedDataset, LinkedSource
from provenance.values.license import License, Terms
from provenance.values.look import Missing, Seen
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
    unseen,
)

CODE_ID, DATA_ID, CARD_ID = Component.TRAINING_CODE, Component.DATASETS, Component.MODEL_CARD


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
