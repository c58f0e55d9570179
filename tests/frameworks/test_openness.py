import pytest

from provenance.frameworks.openness import (
    OPEN_LICENSES,
    is_open,
    openness,
    spdx_id,
    terms_of,
)
from provenance.values.component import Content
from provenance.values.license import Terms
from provenance.values.openness import LicenseSet, Standing

OPEN, NOT_OPEN, JUDGE = Standing.OPEN, Standing.NOT_OPEN, Standing.FOR_A_PERSON


def test_the_set_holds_software_and_data_licences_by_their_exact_ids() -> None:
    assert {"MIT", "Apache-2.0", "CC-BY-4.0", "OGL-UK-3.0", "OpenMDW-1.0"} <= OPEN_LICENSES
    assert not is_open("mit")
    assert not is_open("CC-BY-NC-4.0")


@pytest.mark.parametrize(
    ("license_id", "content", "answers"),
    [
        ("MIT", Content.CODE, [OPEN, OPEN, OPEN, OPEN]),
        ("CC-BY-4.0", Content.CODE, [NOT_OPEN, OPEN, OPEN, JUDGE]),
        ("CDLA-Permissive-2.0", Content.CODE, [NOT_OPEN, NOT_OPEN, OPEN, NOT_OPEN]),
        ("CDLA-Permissive-2.0", Content.DATA, [NOT_OPEN, NOT_OPEN, OPEN, JUDGE]),
        ("OpenMDW-1.0", Content.CODE, [NOT_OPEN, NOT_OPEN, OPEN, JUDGE]),
        ("OpenMDW-1.1", Content.DATA, [NOT_OPEN, NOT_OPEN, NOT_OPEN, JUDGE]),
        ("LicenseRef-llama3", Content.DATA, [NOT_OPEN] * 4),
        ("CC-BY-NC-4.0", Content.DATA, [NOT_OPEN] * 4),
    ],
)
def test_the_four_lists_answer_each_for_itself(
    license_id: str, content: Content, answers: list[Standing]
) -> None:
    found = openness(license_id, content)

    assert [found.by(one) for one in LicenseSet] == answers


@pytest.mark.parametrize(
    ("claimed", "spdx"),
    [
        ("mit", "MIT"),
        ("cc0-1.0", "CC0-1.0"),
        ("other", "other"),
        ("bsd", "bsd"),
        ("gpl-3.0", "GPL-3.0"),
        ("llama3.1", "LicenseRef-llama3.1"),
        ("blueoak-1.0.0", "BlueOak-1.0.0"),
        ("my own", "my own"),
    ],
)
def test_a_hub_s_id_is_mapped_where_it_is_known_and_kept_where_it_is_not(
    claimed: str, spdx: str
) -> None:
    assert spdx_id(claimed) == spdx


def test_terms_follow_the_text_and_never_the_id_alone() -> None:
    assert terms_of("MIT", "mit") is terms_of("MIT", "apache-2.0") is Terms.OPEN
    assert terms_of("MIT", "a name of my own") is terms_of("MIT", "other") is Terms.OPEN
    assert terms_of("CC-BY-NC-4.0", "mit") is Terms.RESTRICTED
    assert terms_of(None, "mit") is Terms.UNKNOWN
    assert terms_of(None, None) is Terms.NONE


@pytest.mark.parametrize("claimed", ["llama3", "cc-by-nc-4.0", "CC-BY-NC-4.0", "openrail++"])
def test_an_open_text_beside_an_id_that_restricts_leaves_the_terms_unknown(claimed: str) -> None:
    assert terms_of("MIT", claimed) is Terms.UNKNOWN


def test_a_licence_that_nobody_has_judged_yet_is_neither_open_nor_restricted() -> None:
    assert terms_of("OpenMDW-1.1", None) is Terms.UNKNOWN
