import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, InvalidValueError
from provenance.values.digest import Algorithm, Digest, DigestSet

digests = st.one_of(
    st.binary(min_size=32, max_size=32).map(lambda value: Digest(Algorithm.SHA256, value)),
    st.binary(min_size=20, max_size=20).map(lambda value: Digest(Algorithm.GIT_BLOB, value)),
)


@given(digests)
def test_parse_is_the_inverse_of_str(digest: Digest) -> None:
    assert Digest.parse(str(digest)) == digest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sha256",
        "sha256:",
        "sha256:" + "ab" * 31,
        "sha256:" + "ab" * 33,
        "sha256:" + "AB" * 32,
        "sha256: " + "ab" * 32,
        "sha256:" + "zz" * 32,
        "md5:" + "ab" * 16,
        "gitblob:" + "ab" * 32,
    ],
)
def test_a_text_that_is_no_digest_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Digest.parse(text)

    assert caught.value.code is Code.DIGEST


def test_hexadecimal_digits_alone_are_read_by_the_algorithm_that_is_named() -> None:
    assert str(Digest.sha256("ab" * 32)) == "sha256:" + "ab" * 32
    assert str(Digest.git_blob("cd" * 20)) == "gitblob:" + "cd" * 20
    assert Digest.git_blob("cd" * 20).hex == "cd" * 20


def test_a_set_is_sorted_and_found_by_algorithm() -> None:
    sha256, blob = Digest.sha256("ab" * 32), Digest.git_blob("cd" * 20)

    found = DigestSet((sha256, blob))

    assert tuple(found) == (blob, sha256)
    assert (found.sha256, found.git_blob) == (sha256, blob)
    assert DigestSet().sha256 is None
    assert DigestSet() == DigestSet(())


def test_a_set_holds_one_digest_per_algorithm() -> None:
    with pytest.raises(InvalidValueError) as caught:
        DigestSet((Digest.sha256("ab" * 32), Digest.sha256("cd" * 32)))

    assert caught.value.code is Code.DIGEST
