import pytest

from provenance.errors import Code, TextError, VerificationError
from provenance.text.canonical_json import encode
from provenance.text.shape import Reader
from provenance.values.bundle import Chain, EmbeddedKey, KeyHint, Keyless, OtherMaterial
from provenance.wire.material import (
    LONGEST_CHAIN,
    encode_material,
    parse_chain,
    parse_hint,
    parse_other,
    require_one,
)


def test_a_key_is_named_by_its_hint() -> None:
    written = encode_material(KeyHint("ab" * 32))

    assert written == {"publicKey": {"hint": "ab" * 32}, "tlogEntries": []}
    assert parse_hint(Reader.of(written).object("publicKey")) == KeyHint("ab" * 32)


def test_certificates_are_written_in_their_order() -> None:
    chain = Chain((b"\xff\xfe", b""))

    written = Reader.of(encode_material(chain))

    assert parse_chain(written.object("x509CertificateChain")) == chain


def test_what_a_log_vouches_for_stays_as_it_came() -> None:
    bundle = encode({"verificationMaterial": {"certificate": {"rawBytes": "AA=="}}})

    assert encode_material(Keyless(bundle)) == {"certificate": {"rawBytes": "AA=="}}


@pytest.mark.parametrize("key", [EmbeddedKey(b"key"), KeyHint(None)])
def test_a_key_inside_or_without_a_name_is_not_written(key: EmbeddedKey | KeyHint) -> None:
    with pytest.raises(VerificationError) as caught:
        encode_material(key)

    assert caught.value.code is Code.BUNDLE_MATERIAL


@pytest.mark.parametrize("size", [0, LONGEST_CHAIN + 1])
def test_a_chain_has_an_end(size: int) -> None:
    with pytest.raises(TextError, match="expected 1 to"):
        parse_chain(Reader.of({"certificates": [{"rawBytes": "AA=="}] * size}))


@pytest.mark.parametrize("found", [(), ("a", "b")])
def test_one_signer_is_named_and_not_two(found: tuple[str, ...]) -> None:
    with pytest.raises(TextError, match="expected one of a, b"):
        require_one(Reader(dict.fromkeys(found), "material"), "a", "b")


def test_a_further_method_s_object_is_kept_as_it_is() -> None:
    other = OtherMaterial("moonlight", b'{"a":1,"b":[]}')

    written = encode_material(other)

    assert written == {"moonlight": {"a": 1, "b": []}, "tlogEntries": []}
    assert parse_other(Reader.of(written), "moonlight") == other
