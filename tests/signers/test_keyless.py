import base64
import json
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, UsageError, VerificationError
from provenance.signers.keyless import KeylessTrust
from provenance.values.bundle import Chain, EmbeddedKey, KeyHint, Keyless
from provenance.values.identity import Oidc
from provenance.wire.oms_bundle import parse_model_bundle
from tests.model_signatures import IDENTITY, ISSUER, SIGNED, VECTORS, Step, edited

WHO = Oidc(IDENTITY, ISSUER)
ERAS = ("v1.0.0-sigstore", "v1.1.0-sigstore")
OLD, NEW = ((SIGNED / era / "model.sig").read_bytes() for era in ERAS)
MATERIAL = ("verificationMaterial",)
ENTRY = (*MATERIAL, "tlogEntries", 0)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library unpack its trusted root where nobody else looks."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def changed(path: tuple[Step, ...], to: object, data: bytes = NEW) -> bytes:
    return json.dumps(edited(json.loads(data), path, to)).encode()


@pytest.mark.parametrize(
    ("data", "moment"),
    [
        (OLD, "2025-05-03 01:34:46+00:00"),
        (NEW, "2025-10-10 02:12:20+00:00"),
        ((VECTORS / "valid" / "sigstore.bundle.json").read_bytes(), "2025-10-10 02:12:20+00:00"),
    ],
)
def test_an_identity_is_verified_offline(data: bytes, moment: str) -> None:
    opened = KeylessTrust(WHO).open(parse_model_bundle(data).bundle)

    assert opened.signer == WHO
    assert str(opened.signed_at) == moment
    assert b"https://model_signing/signature/v1.0" in opened.payload


def test_no_log_says_that_nothing_was_verified(caplog: pytest.LogCaptureFixture) -> None:
    KeylessTrust(WHO).open(parse_model_bundle(NEW).bundle)

    assert "no verification" not in caplog.text


def root_file(folder: Path, kind: str = "trustedroot") -> Path:
    """Write the public instance's root as a caller who pins it has it."""
    from importlib.resources import files  # noqa: PLC0415 - one test needs it

    store = files("sigstore._store") / "https%3A%2F%2Ftuf-repo-cdn.sigstore.dev"
    root = json.loads((store / "trusted_root.json").read_bytes())
    signing = json.loads((store / "signing_config.v0.2.json").read_bytes())
    config = {
        "mediaType": "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json",
        "trustedRoot": root,
        "signingConfig": signing,
    }
    place = folder / "root.json"
    place.write_text(json.dumps(root if kind == "trustedroot" else config))
    return place


@pytest.mark.parametrize("kind", ["trustedroot", "clienttrustconfig"])
def test_a_root_may_come_from_the_caller(tmp_path: Path, kind: str) -> None:
    trust = KeylessTrust(WHO, root_file(tmp_path, kind))

    opened = trust.open(parse_model_bundle(NEW).bundle)

    assert opened.remarks[0].startswith("trusted root: sha256:")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"mediaType":"a"}', '{"mediaType":1}'])
def test_what_is_no_trust_configuration_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "root.json").write_text(text)

    with pytest.raises(UsageError) as caught:
        KeylessTrust(WHO, tmp_path / "root.json").open(parse_model_bundle(NEW).bundle)

    assert caught.value.code is Code.TRUST_CONFIG


def test_another_instance_s_root_does_not_vouch(tmp_path: Path) -> None:
    root = json.loads(root_file(tmp_path).read_text())
    root["certificateAuthorities"] = root["certificateAuthorities"][:1]
    (tmp_path / "other.json").write_text(json.dumps(root))

    with pytest.raises(VerificationError) as caught:
        KeylessTrust(WHO, tmp_path / "other.json").open(parse_model_bundle(NEW).bundle)

    assert caught.value.code is Code.CERTIFICATE_UNTRUSTED


@pytest.mark.parametrize(
    "who",
    [
        Oidc("other@us.ibm.com", ISSUER),
        Oidc(IDENTITY, "https://accounts.google.com"),
        Oidc(IDENTITY.upper(), ISSUER),
        Oidc("stefanb", ISSUER),
    ],
)
def test_somebody_else_is_refused(who: Oidc) -> None:
    with pytest.raises(VerificationError) as caught:
        KeylessTrust(who).open(parse_model_bundle(NEW).bundle)

    assert caught.value.code is Code.KEYLESS_IDENTITY


def other_entry() -> bytes:
    """Put the log entry of one signature beside another signature."""
    old = json.loads(OLD)["verificationMaterial"]["tlogEntries"][0]
    return changed(ENTRY, old)


def with_certificate(before: bytes, after: bytes) -> bytes:
    """Change the certificate's DER."""
    der = base64.b64decode(json.loads(NEW)["verificationMaterial"]["certificate"]["rawBytes"])
    assert before in der
    text = base64.b64encode(der.replace(before, after)).decode()
    return changed((*MATERIAL, "certificate", "rawBytes"), text)


BAD: dict[str, tuple[bytes, Code]] = {
    "another payload": (changed(("dsseEnvelope", "payload"), "e30="), Code.SIGNATURE),
    "another signature": (
        changed(("dsseEnvelope", "signatures", 0, "sig"), "AA=="),
        Code.SIGNATURE,
    ),
    "another's certificate": (
        changed((*MATERIAL, "certificate"), json.loads(OLD)["verificationMaterial"]["certificate"]),
        Code.SIGNATURE,
    ),
    "the entry of another artefact": (other_entry(), Code.LOG_ENTRY),
    "before its certificate": (changed((*ENTRY, "integratedTime"), "1760000000"), Code.LOG_TIME),
    "after its certificate": (changed((*ENTRY, "integratedTime"), "1760072340"), Code.LOG_TIME),
    "another time inside": (changed((*ENTRY, "integratedTime"), "1760062341"), Code.KEYLESS),
    "an empty promise": (
        changed((*ENTRY, "inclusionPromise"), {"signedEntryTimestamp": ""}),
        Code.KEYLESS,
    ),
    "a promise without words": (changed((*ENTRY, "inclusionPromise"), {}), Code.BUNDLE_MATERIAL),
    "a time that nobody promised": (
        changed(
            (*ENTRY, "inclusionPromise"),
            None,
            changed((*MATERIAL, "timestampVerificationData"), None),
        ),
        Code.BUNDLE_MATERIAL,
    ),
    "another index": (changed((*ENTRY, "logIndex"), "1"), Code.KEYLESS),
    "another root of the log": (
        changed((*ENTRY, "inclusionProof", "rootHash"), base64.b64encode(b"a" * 32).decode()),
        Code.KEYLESS,
    ),
    "no proof": (changed((*ENTRY, "inclusionProof"), None), Code.BUNDLE_MATERIAL),
    "no time": (
        changed(
            (*ENTRY, "integratedTime"),
            None,
            changed((*MATERIAL, "timestampVerificationData"), None),
        ),
        Code.LOG_TIME,
    ),
    "a time of no kind": (changed((*ENTRY, "integratedTime"), "x"), Code.BUNDLE_MATERIAL),
    "no certificate": (
        changed((*MATERIAL, "certificate", "rawBytes"), "AA=="),
        Code.BUNDLE_MATERIAL,
    ),
    "a certificate of version 4": (
        with_certificate(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x03"),
        Code.BUNDLE_MATERIAL,
    ),
    "a key on a curve of nobody": (
        with_certificate(b"\x2a\x86\x48\xce\x3d\x03\x01\x07", b"\x2a\x86\x48\xce\x3d\x03\x01\x7f"),
        Code.BUNDLE_MATERIAL,
    ),
    "a body of no kind": (changed((*ENTRY, "canonicalizedBody"), "e30="), Code.BUNDLE_MATERIAL),
    "an entry of another kind": (
        changed((*ENTRY, "kindVersion", "kind"), "intoto"),
        Code.KEYLESS,
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_does_not_hold_together_is_refused(case: str) -> None:
    data, code = BAD[case]

    with pytest.raises(VerificationError) as caught:
        KeylessTrust(WHO).open(parse_model_bundle(data).bundle)

    assert caught.value.code is code


def test_a_log_s_time_counts_only_when_the_log_promised_it() -> None:
    later = changed((*ENTRY, "integratedTime"), "1760062700")
    without = changed((*ENTRY, "inclusionPromise"), None, later)

    opened = KeylessTrust(WHO).open(parse_model_bundle(without).bundle)

    # The time stamp's word, and not the entry's, which nobody signed.
    assert str(opened.signed_at) == "2025-10-10 02:12:20+00:00"


def test_another_stamp_makes_a_signature_no_fresher() -> None:
    stamps = json.loads(NEW)["verificationMaterial"]["timestampVerificationData"]
    (stamp,) = stamps["rfc3161Timestamps"]
    raw = base64.b64decode(stamp["signedTimestamp"])
    later = base64.b64encode(raw.replace(b"20251010021220Z", b"20251010021600Z")).decode()
    both = [{"signedTimestamp": later}, stamp]
    without = changed((*ENTRY, "inclusionPromise"), None)
    data = changed((*MATERIAL, "timestampVerificationData", "rfc3161Timestamps"), both, without)

    opened = KeylessTrust(WHO).open(parse_model_bundle(data).bundle)

    assert str(opened.signed_at) == "2025-10-10 02:12:20+00:00"


@pytest.mark.parametrize("material", [KeyHint("ab" * 32), EmbeddedKey(b""), Chain((b"",))])
def test_another_method_is_told_apart(material: KeyHint | EmbeddedKey | Chain) -> None:
    bundle = attrs.evolve(parse_model_bundle(NEW).bundle, material=material)

    with pytest.raises(VerificationError) as caught:
        KeylessTrust(WHO).open(bundle)

    assert caught.value.code is Code.BUNDLE_METHOD


def test_the_envelope_that_is_checked_is_the_one_that_is_opened() -> None:
    bundle = parse_model_bundle(NEW).bundle
    other = parse_model_bundle(OLD).bundle
    assert isinstance(bundle.material, Keyless)

    with pytest.raises(VerificationError):
        KeylessTrust(WHO).open(attrs.evolve(bundle, envelope=other.envelope))


@pytest.mark.parametrize("home", ["file", "none/here"])
def test_no_home_has_to_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "none").symlink_to("nowhere")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / home))

    opened = KeylessTrust(WHO).open(parse_model_bundle(NEW).bundle)

    assert "trusted root: the public instance's, offline" in opened.remarks


@pytest.mark.parametrize("seconds", ["9" * 18, "9" * 5000])
def test_a_moment_that_cannot_be_is_refused(seconds: str) -> None:
    with pytest.raises(VerificationError):
        KeylessTrust(WHO).open(
            parse_model_bundle(changed((*ENTRY, "integratedTime"), seconds)).bundle
        )
