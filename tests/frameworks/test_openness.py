import pytest

from provenance.frameworks.openness import OPEN_LICENSES, is_open, spdx_id, terms_of
from provenance.values.license import Terms


def test_the_set_holds_software_and_data_licences_by_their_exact_ids() -> None:
    assert {"MIT", "Apache-2.0", "CC-BY-4.0", "OGL-UK-3.0", "OpenMDW-1.0"} <= OPEN_LICENSES
    assert not is_open("mit")
    assert not is_open("CC-BY-NC-4.0")


@pytest.mark.parametrize(
    ("claimed", "spdx"), [("mit", "MIT"), ("cc0-1.0", "CC0-1.0"), ("other", "other")]
)
def test_a_hub_s_id_is_mapped_where_it_is_known_and_kept_where_it_is_not(
    claimed: str, spdx: str
) -> None:
    assert spdx_id(claimed) == spdx


def test_terms_follow_the_text_and_never_the_id_alone() -> None:
    assert terms_of("MIT", "llama3") is Terms.OPEN
    assert terms_of("CC-BY-NC-4.0", "mit") is Terms.RESTRICTED
    assert terms_of(None, "mit") is Terms.UNKNOWN
    assert terms_of(None, None) is Terms.NONE
