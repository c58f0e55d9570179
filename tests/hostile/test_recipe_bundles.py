"""Recipe bundles that are validly signed and malformed: each refused by its code, beside a twin.

The signer is the one who is trusted, so nothing here is caught by the signature. Every row holds a
benign twin that goes the same way and is verified.
"""

import base64
import copy
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

from provenance.errors import Code, VerificationError
from provenance.flows.sign import dump_manifest
from provenance.flows.silence import Silence
from provenance.flows.verify import decide, require_passed
from provenance.ports.signer import Signer
from provenance.ports.verifier import Verifier
from provenance.signers.certificate import CertificateSigner, CertificateTrust, load_certificates
from provenance.signers.key import KeyTrust, load_private, load_public
from provenance.text.canonical_json import encode
from provenance.values.bundle import Chain
from provenance.values.certificate_name import CertificateName
from provenance.values.hazard import Hazard
from provenance.values.manifest import Manifest
from provenance.values.ref import Ref
from provenance.values.revision import Commit
from provenance.values.verified import Verified
from provenance.wire.bundle import encode_bundle
from provenance.wire.statement import PAYLOAD_TYPE
from tests.building import REF
from tests.flows.signed import PRIVATE, PUBLIC, SETTINGS, local, release
from tests.flows.signed import manifest as manifest_of
from tests.signers.authorities import EMAIL, END, NOW, START, TLS_SERVER, Issued, authority
from tests.signers.authorities import signer as certified

Statement = dict[str, Any]
Edit = Callable[[Statement], Statement | bytes]

KEY = load_private(PRIVATE)
BY_KEY: Verifier = KeyTrust(load_public(PUBLIC))
ROOT = authority()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a release with names that look odd and are none of the attacks."""
    made = release(tmp_path)
    for name in (".hidden", "a:b", "with space", "\u00fcber", "..double", "x/..y/z"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(name.encode())
    return made


def checked(
    bundle: bytes, folder: Path, *trust: Verifier, expected: Ref = REF
) -> Verified[Manifest]:
    return require_passed(
        decide(
            bundle,
            trust=trust or (BY_KEY,),
            source=local(folder),
            expected=expected,
            settings=SETTINGS,
            progress=Silence(),
        )
    )


def sealed(payload: bytes, signer: Signer = KEY, payload_type: str = PAYLOAD_TYPE) -> bytes:
    return encode_bundle(signer.seal(payload_type, payload))


def payload_of(edit: Edit, folder: Path) -> bytes:
    statement: Statement = json.loads(dump_manifest(manifest_of(folder)))
    found = edit(copy.deepcopy(statement))
    return found if isinstance(found, bytes) else encode(found)


def same(statement: Statement) -> Statement:
    return statement


def predicate(**changes: object) -> Callable[[Statement], Statement]:
    return lambda statement: {
        **statement,
        "predicate": {**statement["predicate"], **changes},
    }


def entry(**changes: object) -> Callable[[Statement], Statement]:
    """Return the edit of the first file that is listed."""

    def edit(statement: Statement) -> Statement:
        statement["predicate"]["inventory"][0] |= changes
        return statement

    return edit


def inventory(change: Callable[[list[Any]], list[Any]]) -> Callable[[Statement], Statement]:
    def edit(statement: Statement) -> Statement:
        statement["predicate"]["inventory"] = change(statement["predicate"]["inventory"])
        return statement

    return edit


def subjects(change: Callable[[list[Any]], list[Any]]) -> Edit:
    return lambda statement: {**statement, "subject": change(statement["subject"])}


def both(first: Callable[[Statement], Statement], second: Edit) -> Edit:
    return lambda statement: second(first(statement))


def text(change: Callable[[bytes], bytes]) -> Edit:
    """Return the edit of the canonical bytes themselves."""

    def edit(statement: Statement) -> bytes:
        before = encode(statement)
        after = change(before)
        assert after != before
        return after

    return edit


def twice(where: bytes) -> Edit:
    """Return the edit that writes a key a second time, somewhere in the statement."""
    return text(lambda data: data.replace(where + b":", where + b":0," + where + b":", 1))


DEEP = b"[" * 200 + b"]" * 200

PAYLOADS: dict[str, tuple[Edit, Code, Edit]] = {
    # Nothing, or not everything, is signed.
    "no file": (
        both(inventory(lambda _: []), subjects(lambda _: [])),
        Code.MANIFEST_NO_SUBJECT,
        same,
    ),
    "no digest": (
        both(entry(sha256=None, how="unread"), subjects(lambda _: [])),
        Code.MANIFEST_NO_SUBJECT,
        same,
    ),
    "incomplete": (
        both(predicate(inventory_complete=False), subjects(lambda _: [])),
        Code.INVENTORY_INCOMPLETE,
        same,
    ),
    "no subject": (subjects(lambda _: []), Code.STATEMENT_SUBJECT, same),
    "a subject less": (subjects(lambda all_: all_[:-1]), Code.STATEMENT_SUBJECT, same),
    "a subject more": (subjects(lambda all_: [*all_, all_[0]]), Code.STATEMENT_SUBJECT, same),
    "subjects out of order": (subjects(lambda all_: all_[::-1]), Code.STATEMENT_SUBJECT, same),
    "another root": (
        subjects(lambda all_: [{**all_[0], "digest": {"sha256": "ab" * 32}}, *all_[1:]]),
        Code.STATEMENT_SUBJECT,
        same,
    ),
    "another name of the root": (
        subjects(lambda all_: [{**all_[0], "name": "hf:org/other"}, *all_[1:]]),
        Code.STATEMENT_SUBJECT,
        same,
    ),
    "another digest of weights": (
        subjects(lambda all_: [*all_[:-1], {**all_[-1], "digest": {"sha256": "ab" * 32}}]),
        Code.STATEMENT_SUBJECT,
        same,
    ),
    "a digest of another algorithm": (
        subjects(lambda all_: [{**all_[0], "digest": {"sha1": "ab" * 20}}, *all_[1:]]),
        Code.MANIFEST_SHAPE,
        same,
    ),
    # Names.
    "a name with a dot": (entry(path="./.gitattributes"), Code.NAME, same),
    "a name that climbs": (entry(path="../.gitattributes"), Code.NAME, same),
    "a name that climbs inside": (entry(path="a/../.gitattributes"), Code.NAME, same),
    "an absolute name": (entry(path="/etc/passwd"), Code.NAME, same),
    "an empty name": (entry(path=""), Code.NAME, same),
    "a name with an empty part": (entry(path="a//b"), Code.NAME, same),
    "a name with a line end": (entry(path="a\nb"), Code.NAME_CTRL, same),
    "a name in another normal form": (entry(path="u\u0308ber"), Code.NAME_NFC, same),
    "a name twice": (
        inventory(lambda files: [files[0], *files]),
        Code.MANIFEST_ORDER,
        same,
    ),
    "names out of order": (inventory(lambda files: files[::-1]), Code.MANIFEST_ORDER, same),
    # Digests and numbers.
    "capital digits": (entry(sha256="AB" * 32), Code.DIGEST, same),
    "a short digest": (entry(sha256="ab" * 31), Code.DIGEST, same),
    "a long digest": (entry(sha256="ab" * 33), Code.DIGEST, same),
    "a digest with its algorithm": (entry(sha256="sha256:" + "ab" * 32), Code.DIGEST, same),
    "another digest": (entry(sha256="ab" * 32), Code.STATEMENT_SUBJECT, same),
    "another size": (entry(size=1), Code.STATEMENT_SUBJECT, same),
    "a negative size": (entry(size=-1), Code.MANIFEST_SHAPE, same),
    "a size that is a text": (entry(size="16"), Code.MANIFEST_SHAPE, same),
    "a size that is true": (entry(size=True), Code.MANIFEST_SHAPE, same),
    "a huge size": (
        text(lambda data: data.replace(b'"size":25', b'"size":' + b"9" * 19)),
        Code.JSON_INT,
        same,
    ),
    "a size of a million digits": (
        text(lambda data: data.replace(b'"size":25', b'"size":' + b"9" * 10**6)),
        Code.JSON_INT,
        same,
    ),
    "an endless number": (
        text(lambda data: data.replace(b'"size":25', b'"size":1e999')),
        Code.JSON_NONFINITE,
        same,
    ),
    "no number": (
        text(lambda data: data.replace(b'"size":25', b'"size":NaN')),
        Code.JSON_NONFINITE,
        same,
    ),
    "a number written otherwise": (
        text(lambda data: data.replace(b'"size":25', b'"size":25.0')),
        Code.JSON_NOT_CANONICAL,
        same,
    ),
    # The text.
    "a key twice at the top": (twice(b'"_type"'), Code.JSON_DUP_KEY, same),
    "a key twice in the predicate": (twice(b'"inventory"'), Code.JSON_DUP_KEY, same),
    "a key twice in a file": (twice(b'"path"'), Code.JSON_DUP_KEY, same),
    "a key twice in a subject": (twice(b'"name"'), Code.JSON_DUP_KEY, same),
    "keys out of order": (
        text(lambda data: json.dumps(json.loads(data), indent=0).encode()),
        Code.JSON_NOT_CANONICAL,
        same,
    ),
    "a byte order mark": (text(lambda data: b"\xef\xbb\xbf" + data), Code.JSON_BOM, same),
    "UTF-16": (text(lambda data: data.decode().encode("utf-16-le")), Code.JSON_ENCODING, same),
    "Latin-1": (text(lambda data: data.decode().encode("latin-1")), Code.JSON_ENCODING, same),
    "trailing data": (text(lambda data: data + b"{}"), Code.JSON_TRAILING, same),
    "a trailing space": (text(lambda data: data + b" "), Code.JSON_NOT_CANONICAL, same),
    "deep": (
        text(lambda data: data.replace(b'"runs":[]', b'"runs":' + DEEP)),
        Code.JSON_DEPTH,
        same,
    ),
    "nothing": (text(lambda _: b""), Code.JSON_SYNTAX, same),
    "half": (text(lambda data: data[: len(data) // 2]), Code.JSON_SYNTAX, same),
    # What it says it is.
    "another statement": (
        lambda statement: {**statement, "_type": "https://in-toto.io/Statement/v0.1"},
        Code.STATEMENT_TYPE,
        same,
    ),
    "another predicate": (
        lambda statement: {**statement, "predicateType": "https://model_signing/signature/v1.0"},
        Code.STATEMENT_TYPE,
        same,
    ),
    "another version": (predicate(schema="recipe/v9"), Code.MANIFEST_SHAPE, same),
    "an unknown key": (predicate(ignore_paths=["model.safetensors"]), Code.MANIFEST_SHAPE, same),
    "an unknown key at the top": (
        lambda statement: {**statement, "ignore_paths": ["."]},
        Code.MANIFEST_SHAPE,
        same,
    ),
    "a run that nobody can read": (predicate(runs=[{}]), Code.MANIFEST_SHAPE, same),
    "a list in place of the statement": (
        text(lambda data: b"[" + data + b"]"),
        Code.MANIFEST_SHAPE,
        same,
    ),
    # What is said besides the files is the signer's to say: another label is another statement.
    "no such label": (predicate(label="very open"), Code.MANIFEST_SHAPE, predicate(label="closed")),
}


@pytest.mark.parametrize("method", ["key", "certificate"])
@pytest.mark.parametrize(("bad", "code", "good"), PAYLOADS.values(), ids=PAYLOADS)
def test_a_malformed_payload_is_refused_though_its_signature_holds(
    bad: Edit, code: Code, good: Edit, method: str, folder: Path
) -> None:
    signer, trust = (KEY, BY_KEY) if method == "key" else (by(RELEASE), holder())

    with pytest.raises(VerificationError) as caught:
        checked(sealed(payload_of(bad, folder), signer), folder, trust)

    assert caught.value.code is code
    assert caught.value.refused_at == "subject"
    assert caught.value.held == ("signature", "identity")
    assert caught.value.hint
    assert checked(sealed(payload_of(good, folder), signer), folder, trust).checked.files == 13


def by(issued: Issued) -> CertificateSigner:
    """Return the signer that holds a certificate, whatever is wrong with it."""
    return CertificateSigner(load_private(issued.key_pem), issued.chain)


def holder(name: str = f"email:{EMAIL}", at: datetime = NOW, root: Issued = ROOT) -> Verifier:
    return CertificateTrust(
        load_certificates(root.pem), CertificateName.parse(name), clock=lambda: at
    )


RELEASE = certified(ROOT)
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
    assert (caught.value.refused_at, caught.value.held) == ("signature", ())
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
