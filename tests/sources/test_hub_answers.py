import pytest

from provenance.errors import Code, ReleaseError
from provenance.sources.hub_answers import access_of, commit_of, other_id
from provenance.values.access import Access
from provenance.values.ref import Ref
from provenance.values.revision import Commit

HEX = "0123456789abcdef0123456789abcdef01234567"
REF = Ref.parse("hf:org/name")


def test_the_commit_is_the_one_that_was_asked_for_where_one_was() -> None:
    pinned = Ref.parse(f"hf:org/name@{HEX}")

    assert commit_of(HEX, REF) == commit_of(HEX, pinned) == Commit(HEX)
    for answer, ref in (("1" * 40, pinned), (HEX.upper(), REF), (HEX[:7], REF), (None, REF)):
        with pytest.raises(ReleaseError) as caught:
            commit_of(answer, ref)
        assert caught.value.code is Code.HUB_ANSWER


def test_an_id_is_told_only_where_it_is_another() -> None:
    assert other_id("org/name", REF, None) is None
    assert other_id("org/renamed", REF, "hf_token") == "org/renamed"
    for answer in ("a/b/c", "", 7, "org/hf_token"):
        with pytest.raises(ReleaseError) as caught:
            other_id(answer, REF, "hf_token")
        assert "hf_token" not in caught.value.what


@pytest.mark.parametrize(
    ("private", "gated", "access"),
    [
        *((False, False, Access.PUBLIC), (False, "auto", Access.AUTO_GATE)),
        *((False, "manual", Access.MANUAL_GATE), (True, "auto", Access.PRIVATE)),
        *((None, False, Access.UNKNOWN), (False, None, Access.UNKNOWN), (0, 0, Access.UNKNOWN)),
    ],
)
def test_access_is_public_only_where_the_hub_says_both(
    private: object, gated: object, access: Access
) -> None:
    assert access_of(private, gated) is access
