"""Bundles of a recipe that are none, and signers that are not the expected one, beside twins."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

from provenance.errors import Code, VerificationError
from provenance.flows.signing.sign import dump_manifest
from provenance.ports.signer import Signer
from provenance.ports.verifier import Verifier
from provenance.signers.certificate import CertificateSigner
from provenance.text.canonical_json import encode
from provenance.values.bundle import Chain
from provenance.values.hazard import Hazard
from provenance.values.ref import Ref
from provenance.values.revision import Commit
from provenance.wire.bundle import encode_bundle
from provenance.wire.in_toto import PAYLOAD_TYPE
from tests.building import REF
from tests.flows.signed import manifest as manifest_of
from tests.hostile.recipe_bundles import (
    BY_KEY,
    RELEASE,
    ROOT,
    Statement,
    by,
    checked,
    holder,
    odd_release,
    payload_of,
    same,
    sealed,
)
from tests.signers.authorities import EMAIL, END, START, TLS_SERVER, authority
from tests.signers.authorities import signer as certified


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return odd_release(tmp_path)


OTHER_ROOT = authority("Another")
DAY = timedelta(days=1)

CERTIFICATES: dict[str, tuple[CertificateSigner, Verifier, Code]] = {
    "expired": (by(RELEASE), holder(at=END + DAY), Code.CERTIFICATE_EXPIRED),
    "not yet valid": (by(RELEASE), holder(at=START - DAY), Code.CERTIFICATE_NOT_YET_VALID),
    "for servers": (
        by(certified(ROOT, extended=TLS_SERVER)),
        holder(),
        Code.CERTIFICATE_USAGE,
    ),
    "without key usage": (by(certified(ROOT, key_usage=None)), holder(), Code.CERTIFICATE_USAGE),
    "without extended usage": (by(certified(ROOT, extended=())), holder(), Code.CERTIFICATE_USAGE),
    "under another root": (by(certified(OTHER_ROOT)), holder(), Code.CERTIFICATE_UNTRUSTED),
    "of another holder": (
        by(RELEASE),
        holder("email:other@example.org"),
        Code.CERTIFICATE_IDENTITY,
    ),
    "of the same name elsewhere": (by(RELEASE), holder(f"uri:{EMAIL}"), Code.CERTIFICATE_IDENTITY),
    "that is none": (
        attrs.evolve(by(RELEASE), chain=(b"certificate",)),
        holder(),
        Code.CERTIFICATE_MALFORMED,
    ),
    "of another key": (
        attrs.evolve(by(RELEASE), chain=certified(ROOT).chain),
        holder(),
        Code.SIGNATURE,
    ),
    "where a key is trusted": (by(RELEASE), BY_KEY, Code.BUNDLE_METHOD),
}


@pytest.mark.parametrize(("signer", "trust", "code"), CERTIFICATES.values(), ids=CERTIFICATES)
def test_a_certificate_that_is_not_the_expected_one_is_refused(
    signer: Signer, trust: Verifier, code: Code, folder: Path
) -> None:
    payload = payload_of(same, folder)

    with pytest.raises(VerificationError) as caught:
        checked(sealed(payload, signer), folder, trust)

    assert caught.value.code is code
    assert checked(sealed(payload, by(RELEASE)), folder, holder()).checked.files == 13


def bundle(change: Callable[[Statement], object]) -> Callable[[bytes], bytes]:
    """Return the edit of a bundle that changes it in place."""

    def edit(data: bytes) -> bytes:
        found = json.loads(data)
        change(found)
        return encode(found)

    return edit


def material(**fields: object) -> Callable[[bytes], bytes]:
    return bundle(lambda found: found["verificationMaterial"].update(fields))


def signatures(change: Callable[[list[Any]], list[Any]]) -> Callable[[bytes], bytes]:
    return bundle(
        lambda found: found["dsseEnvelope"].update(
            signatures=change(found["dsseEnvelope"]["signatures"])
        )
    )


LOG = [{"logIndex": "1", "logId": {"keyId": base64.b64encode(b"log").decode()}}]
MODEL = sealed(b'{"predicateType":"https://model_signing/signature/v1.0"}')

BUNDLES: dict[str, tuple[Callable[[bytes], bytes], Code, Callable[[bytes], bytes]]] = {
    "two envelopes": (
        lambda data: data + b"\n" + data,
        Code.BUNDLE_SHAPE,
        lambda data: MODEL + b"\n" + data,
    ),
    "two signatures": (
        signatures(lambda all_: all_ * 2),
        Code.SIGNATURE_COUNT,
        signatures(lambda all_: all_),
    ),
    "no signature": (signatures(lambda _: []), Code.SIGNATURE_COUNT, signatures(lambda all_: all_)),
    "an empty signature": (
        signatures(lambda all_: [{**all_[0], "sig": ""}]),
        Code.SIGNATURE,
        lambda data: data,
    ),
    "a log entry of something else": (
        material(tlogEntries=LOG),
        Code.BUNDLE_MATERIAL,
        material(tlogEntries=[]),
    ),
    "two signers": (
        material(x509CertificateChain={"certificates": []}),
        Code.BUNDLE_MATERIAL,
        lambda data: data,
    ),
    "nobody": (
        bundle(lambda found: found.update(verificationMaterial={"tlogEntries": []})),
        Code.BUNDLE_MATERIAL,
        lambda data: data,
    ),
    "another media type": (
        bundle(lambda found: found.update(mediaType="application/json")),
        Code.BUNDLE_MEDIA_TYPE,
        lambda data: data,
    ),
    "a message signature": (
        bundle(lambda found: found.update(messageSignature=found.pop("dsseEnvelope"))),
        Code.BUNDLE_SHAPE,
        lambda data: data,
    ),
    "base64 of another alphabet": (
        lambda data: data.replace(b'"sig":"', b'"sig":"_'),
        Code.BUNDLE_BASE64,
        lambda data: data,
    ),
    "spread over lines": (
        lambda data: json.dumps(json.loads(data), indent=1).encode(),
        Code.JSON_NOT_CANONICAL,
        lambda data: data + b"\n",
    ),
}


@pytest.mark.parametrize(("bad", "code", "good"), BUNDLES.values(), ids=BUNDLES)
def test_a_malformed_bundle_is_refused(
    bad: Callable[[bytes], bytes], code: Code, good: Callable[[bytes], bytes], folder: Path
) -> None:
    data = sealed(payload_of(same, folder))

    with pytest.raises(VerificationError) as caught:
        checked(bad(data), folder)

    assert caught.value.code is code
    assert (caught.value.stopped_at, caught.value.held) == ("signature", ())
    assert checked(good(data), folder).checked.files == 13


def test_a_chain_of_certificates_is_no_longer_than_anybody_means(folder: Path) -> None:
    payload = payload_of(same, folder)
    signed = by(RELEASE).seal(PAYLOAD_TYPE, payload)
    long = attrs.evolve(signed, material=Chain(RELEASE.chain * 11))

    with pytest.raises(VerificationError) as caught:
        checked(encode_bundle(long), folder, holder())

    assert caught.value.code is Code.BUNDLE_MATERIAL


def test_another_payload_type_is_refused(folder: Path) -> None:
    payload = payload_of(same, folder)

    with pytest.raises(VerificationError) as caught:
        checked(sealed(payload, payload_type="application/json"), folder)

    assert caught.value.code is Code.STATEMENT_TYPE
    assert checked(sealed(payload), folder).checked.files == 13


def test_a_bundle_of_another_release_or_revision_is_not_replayed(folder: Path) -> None:
    data = sealed(payload_of(same, folder))
    later = REF.at(Commit("e" * 40))

    with pytest.raises(VerificationError) as other:
        checked(data, folder, expected=Ref.parse("org/other"))
    (folder / "README.md").write_bytes(b"# Another model\n")
    with pytest.raises(VerificationError) as changed:
        checked(data, folder, expected=later)

    assert other.value.code is Code.RELEASE_NAME
    assert changed.value.code is Code.RELEASE_REVISION
    (folder / "README.md").write_bytes(b"# A model\n")
    assert "later commit" in str(checked(data, folder, expected=later).checked.subject)


@pytest.mark.parametrize(
    ("name", "code"), [("readme.md", Code.NAME_CASEFOLD), ("a\\b", Code.NAME_PORTABLE)]
)
def test_names_that_are_others_elsewhere_are_told_of_or_refused(
    name: str, code: Code, folder: Path
) -> None:
    (folder / name).write_bytes(b"twin")
    silent = manifest_of(folder)
    told = attrs.evolve(silent, hazards=(Hazard(code, name, "told"),))

    with pytest.raises(VerificationError) as caught:
        checked(sealed(dump_manifest(silent)), folder)

    assert caught.value.code is code
    assert checked(sealed(dump_manifest(told)), folder).checked.files == 14
