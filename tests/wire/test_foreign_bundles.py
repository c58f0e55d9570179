import json
from base64 import b64encode
from collections.abc import Mapping

import pytest

from provenance.errors import VerificationError
from provenance.text.canonical_json import Encodable
from provenance.values.bundle import Bundle, Envelope, KeyHint
from provenance.wire.bundle import encode_bundle, parse_bundle
from provenance.wire.foreign_bundles import by_predicate, foreign
from provenance.wire.in_toto import PAYLOAD_TYPE
from provenance.wire.manifest_v1 import PREDICATE_TYPE, encode_predicate
from provenance.wire.material import MEDIA_TYPE
from provenance.wire.oms_bundle import encode_model_bundle, parse_model_bundle
from provenance.wire.oms_statement import LEGACY_PREDICATE_TYPE, parse_model
from provenance.wire.oms_statement import PREDICATE_TYPE as OMS_PREDICATE_TYPE
from provenance.wire.statement import encode_statement, parse_statement
from tests.building import MANIFEST

SLSA = "https://slsa.dev/provenance/v1"


def statement(predicate: str) -> Mapping[str, Encodable]:
    kind = "https://in-toto.io/Statement/v1"
    return {"_type": kind, "predicate": {}, "predicateType": predicate, "subject": []}


def envelope(predicate: str) -> Mapping[str, Encodable]:
    payload = b64encode(json.dumps(statement(predicate)).encode()).decode()
    return {"payload": payload, "payloadType": PAYLOAD_TYPE, "signatures": [{"sig": "AA=="}]}


def bundle(predicate: str) -> Mapping[str, Encodable]:
    """Return a bundle as other signers write it: keyless, with an entry of a log."""
    material: Mapping[str, Encodable] = {
        "certificate": {"rawBytes": "AA=="},
        "tlogEntries": [{"logIndex": "1"}],
    }
    return {
        "mediaType": MEDIA_TYPE,
        "verificationMaterial": material,
        "dsseEnvelope": envelope(predicate),
    }


def text(value: object) -> bytes:
    return json.dumps(value).encode()


BLOB = {"messageSignature": {"messageDigest": {}, "signature": "AA=="}, "mediaType": MEDIA_TYPE}
FOREIGN: dict[str, tuple[bytes, str, str]] = {
    "slsa": (text(bundle(SLSA)), "SLSA provenance", "cosign verify-blob-attestation"),
    "slsa indented": (json.dumps(bundle(SLSA), indent=2).encode(), "SLSA", "gh attestation"),
    "several": (text(bundle(SLSA)) + b"\n" + text(bundle(SLSA)) + b"\n", "SLSA", "gh attestation"),
    "github's answer": (text({"attestations": [{"bundle": bundle(SLSA)}]}), "SLSA", "gh"),
    "envelope alone": (text(envelope(SLSA)), "SLSA", "cosign verify-blob-attestation"),
    "statement alone": (text(statement(SLSA)), "SLSA", "cosign"),
    "another predicate": (text(bundle("https://x.org/y/v1")), "'https://x.org/y/v1'", "cosign"),
    "cosign blob": (text(BLOB), "over one file's bytes", "cosign verify-blob --bundle"),
    "cosign old": (text({"base64Signature": "AA==", "cert": "x"}), "one file's", "cosign"),
    "pgp": (b"-----BEGIN PGP SIGNATURE-----\n\niQE\n", "OpenPGP", "gpg --verify"),
    "ssh": (b"-----BEGIN SSH SIGNATURE-----\nU1N\n", "SSH", "ssh-keygen -Y verify"),
    "cms": (b"-----BEGIN PKCS7-----\nMII\n", "CMS", "openssl cms -verify"),
    "minisign": (b"untrusted comment: signature\nRUQf\n", "minisign", "minisign -V"),
    "key": (b"-----BEGIN PUBLIC KEY-----\nMFk\n", "a key", "--public-key"),
    "certificate": (b"-----BEGIN CERTIFICATE-----\nMII\n", "a certificate", "--certificate-roots"),
    "in-toto link": (text({"signed": {"_type": "link"}, "signatures": []}), "in-toto", "in-toto-v"),
    "jws": (text({"payload": "AA", "signatures": [{"protected": "AA"}]}), "JSON Web Sig", "tool"),
    "sbom": (text({"bomFormat": "CycloneDX"}), "a bill of materials", "tool"),
}


BUNDLES = {"slsa", "slsa indented", "another predicate"}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_foreign_file_is_called_what_it_is_with_the_command_that_reads_it(name: str) -> None:
    data, what, command = FOREIGN[name]

    # A model's bundle may be written as these are: there the predicate tells, once it is verified.
    for read in (parse_bundle,) if name in BUNDLES else (parse_bundle, parse_model_bundle):
        with pytest.raises(VerificationError) as caught:
            read(data)

        assert what in caught.value.what
        assert command in caught.value.hint


def test_a_model_signature_in_place_of_a_recipe_is_called_one() -> None:
    with pytest.raises(VerificationError) as caught:
        parse_bundle(text(bundle(OMS_PREDICATE_TYPE)))

    assert "a model signature (OMS)" in caught.value.what
    assert "provenance oms verify" in caught.value.hint


def test_a_recipe_in_place_of_a_model_signature_is_called_one() -> None:
    with pytest.raises(VerificationError) as caught:
        parse_model_bundle(text({**bundle(PREDICATE_TYPE), "mediaType": "x"}))

    assert "the signed manifest of a release" in caught.value.what
    assert "provenance verify" in caught.value.hint


@pytest.mark.parametrize("predicate", [OMS_PREDICATE_TYPE, LEGACY_PREDICATE_TYPE])
def test_a_statement_of_a_model_is_no_recipe_even_where_its_signature_holds(
    predicate: str,
) -> None:
    with pytest.raises(VerificationError) as caught:
        parse_statement(text(statement(predicate)))

    assert "provenance oms verify" in caught.value.hint


@pytest.mark.parametrize(
    ("data", "command"),
    [(encode_statement(MANIFEST), "provenance verify"), (text(statement(SLSA)), "cosign verify")],
)
def test_another_statement_is_no_model_even_where_its_signature_holds(
    data: bytes, command: str
) -> None:
    with pytest.raises(VerificationError) as caught:
        parse_model(data)

    assert command in caught.value.hint


def test_a_manifest_that_nobody_signed_is_called_one() -> None:
    found = foreign(text(encode_predicate(MANIFEST)))

    assert found
    assert "nobody signed" in found.what


def test_bundles_of_ours_are_read_and_not_talked_about() -> None:
    ours = Bundle(Envelope(PAYLOAD_TYPE, encode_statement(MANIFEST), b"s"), KeyHint("ab" * 32))

    assert parse_bundle(encode_bundle(ours)) == ours
    assert parse_model_bundle(encode_model_bundle(ours)).bundle == ours


def test_a_name_out_of_a_payload_is_shortened_and_escaped() -> None:
    found = by_predicate("https://x/\x1b[2K\u202e" + "a" * 500)

    assert found.what.isascii()
    assert found.what.isprintable()
    assert len(found.what) < 200


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"7", b"{}", b'{"dsseEnvelope": {"payload": 1}}']
)
def test_what_nobody_knows_is_called_nothing(data: bytes) -> None:
    assert foreign(data) is None
