import pytest

from provenance.frameworks.hub_licenses import HUB_LICENSES, hub_license


def test_an_id_is_read_in_any_case() -> None:
    assert hub_license(" Apache-2.0 ") == hub_license("apache-2.0")
    assert hub_license("no such id") is None


@pytest.mark.parametrize("hub_id", ["bsd", "cc", "gpl", "openrail", "other", "unknown"])
def test_an_id_that_fits_several_licences_stands_for_none_and_says_why(hub_id: str) -> None:
    found = hub_license(hub_id)

    assert found
    assert (found.id, bool(found.ambiguous)) == (None, True)


def test_a_version_without_a_word_on_later_ones_is_said_to_be_ambiguous() -> None:
    found = hub_license("gpl-3.0")

    assert found
    assert (found.id, bool(found.ambiguous)) == ("GPL-3.0", True)


def test_every_id_stands_for_one_licence_or_says_why_not() -> None:
    assert all(one.id or one.ambiguous for one in HUB_LICENSES)
    assert len({one.hub_id for one in HUB_LICENSES}) == len(HUB_LICENSES) > 80
