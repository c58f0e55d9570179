import pytest

from provenance.errors import Code, VerificationError
from provenance.text.shape import Reader
from provenance.values.digest import Algorithm, Digest
from provenance.values.model_signature import Resource, Serialization
from provenance.values.path import RelPath
from provenance.values.tolerance import Tolerance
from provenance.wire.oms_resources import (
    parse_digest_text,
    parse_path,
    parse_resources,
    require_distinct,
)
from tests.model_signatures import resource

EMPTY = Reader({}, "resources[0]")


def test_resources_are_read_in_their_order() -> None:
    listed = Reader({"resources": [resource("a", b"a"), resource("b", b"b")]})

    found, noted = parse_resources(listed, Serialization(), "model")

    assert [one.name for one in found] == ["a", "b"]
    assert noted == ()


def test_a_lone_dot_is_the_subject() -> None:
    found, noted = parse_resources(
        Reader({"resources": [resource(".")]}), Serialization(), "model.bin"
    )

    assert [one.path for one in found] == [RelPath("model.bin")]
    assert noted == (Tolerance.SINGLE_FILE_DOT,)


@pytest.mark.parametrize("algorithm", [Algorithm.SHA256, Algorithm.BLAKE2B, Algorithm.BLAKE3])
def test_a_digest_is_as_long_as_its_algorithm_says(algorithm: Algorithm) -> None:
    whole = "ab" * algorithm.size

    assert parse_digest_text(Reader({"digest": whole}), "digest", algorithm).hex == whole
    for text in (whole[:-1], whole[:-2], whole + "ab", whole.upper(), ""):
        with pytest.raises(VerificationError) as caught:
            parse_digest_text(Reader({"digest": text}), "digest", algorithm)
        assert caught.value.code is Code.OMS_DIGEST


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("a\\b", Code.OMS_NAME), ("/a", Code.OMS_NAME), ("a/../b", Code.OMS_NAME)),
        *(("a\0b", Code.NAME_CTRL), ("e\u0301", Code.NAME_NFC)),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, code: Code) -> None:
    with pytest.raises(VerificationError) as caught:
        parse_path(EMPTY, name)

    assert caught.value.code is code


@pytest.mark.parametrize("name", ["a b", "..a", "a..", "模型.bin", "a:0:1", "*", ".config"])
def test_an_odd_name_is_one_all_the_same(name: str) -> None:
    assert parse_path(EMPTY, name).text == name


@pytest.mark.parametrize(
    ("names", "code"),
    [(("a", "a"), Code.OMS_DUPLICATE), (("a", "A"), Code.OMS_TWIN), (("ß", "SS"), Code.OMS_TWIN)],
)
def test_no_two_files_are_one(names: tuple[str, ...], code: Code) -> None:
    digest = Digest.sha256("ab" * 32)

    with pytest.raises(VerificationError) as caught:
        require_distinct([Resource(RelPath(name), digest) for name in names])

    assert caught.value.code is code
