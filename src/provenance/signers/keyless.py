"""Sigstore without keys: a certificate of minutes, held by an identity, and its entry in a log.

What is checked, and in which order, is the sigstore library's; nothing here opens a connection. A
few doubts are looked for beforehand, so that a refusal can say which of them it is.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

import attrs
from cryptography import x509

from provenance.doors.named_file import read_named
from provenance.errors import Code, TextError, UsageError, VerificationError
from provenance.signers.certificate import UNREADABLE
from provenance.signers.key import PublicKey, opened, public_key
from provenance.signers.opening import other_method
from provenance.text.shape import Reader
from provenance.text.strict_json import parse
from provenance.values.bundle import (
    Bundle,
    Chain,
    EmbeddedKey,
    Envelope,
    KeyHint,
    Keyless,
    OtherMaterial,
)
from provenance.values.identity import Oidc
from provenance.values.verified import Opened
from provenance.wire.dsse import parse_base64

if TYPE_CHECKING:
    from sigstore.models import Bundle as SigstoreBundle
    from sigstore.verify import Verifier as SigstoreVerifier

# The largest trust configuration there is has a fiftieth of it.
LARGEST_CONFIG = 4 * 2**20
# Where the library keeps the public instance's root that it came with.
_PUBLIC = "https%3A%2F%2Ftuf-repo-cdn.sigstore.dev"


@attrs.frozen
class KeylessTrust:
    """Trust in an identity, as long as its issuer is the one that the caller names.

    See :class:`provenance.ports.verifier.Verifier`.

    Attributes:
        who: the identity and its issuer, both compared character by character.
        config: a trust configuration or a trusted root of Sigstore's, as JSON; without one, the
            public instance's, as it came with the sigstore library.
    """

    who: Oidc
    config: Path | None = None

    def open(self, bundle: Bundle) -> Opened:
        """Return the bytes that the trusted identity signed.

        Raises:
            VerificationError: BUNDLE_METHOD, BUNDLE_MATERIAL; SIGNATURE; LOG_ENTRY for an entry
                about something else; LOG_TIME for one from outside the certificate's minutes;
                CERTIFICATE_UNTRUSTED; KEYLESS for all else that the library refuses;
                KEYLESS_IDENTITY.
            UsageError: TRUST_CONFIG.
        """
        match bundle.material:
            case Keyless(whole):
                return self._open(bundle.envelope, whole)
            case KeyHint() | EmbeddedKey():
                raise other_method("an identity", "a key")
            case Chain():
                raise other_method("an identity", "a certificate of its own authority")
            case OtherMaterial(kind):
                raise other_method("an identity", kind)
            case _:
                assert_never(bundle.material)

    def _open(self, envelope: Envelope, whole: bytes) -> Opened:
        verifier, root = _verifier(self.config)
        parsed = _bundle(whole)
        certificate = parsed.signing_certificate
        held = opened(envelope, _key(certificate), signer=self.who)
        _require_entry(whole, envelope)
        moment = _moment(whole, parsed)
        _require_minutes(certificate, moment)
        _require_all(verifier, parsed, envelope)
        _require_identity(certificate, self.who)
        return attrs.evolve(held, signed_at=moment, remarks=(root,))


def _verifier(config: Path | None) -> tuple["SigstoreVerifier", str]:
    from sigstore.errors import Error  # noqa: PLC0415 - a quarter of a second
    from sigstore.models import ClientTrustConfig, TrustedRoot  # noqa: PLC0415 - as above
    from sigstore.verify import Verifier  # noqa: PLC0415 - as above

    if config is None:
        return _public(), "trusted root: the public instance's, offline"
    data = read_named(config, limit=LARGEST_CONFIG)
    try:
        kind = Reader.of(parse(data)).text("mediaType")
        if "clienttrustconfig" in kind:
            root = ClientTrustConfig.from_json(data.decode()).trusted_root
        else:
            root = TrustedRoot.from_file(str(config))
        verifier = Verifier(trusted_root=root)
    except (TextError, ValueError, Error) as cause:
        raise UsageError(
            "the trust configuration cannot be read",
            hint="give a trust configuration or a trusted root of Sigstore's, as JSON",
            code=Code.TRUST_CONFIG,
        ) from cause
    return verifier, f"trusted root: sha256:{hashlib.sha256(data).hexdigest()}"


def _public() -> "SigstoreVerifier":
    from sigstore.models import TrustedRoot  # noqa: PLC0415 - as above
    from sigstore.verify import Verifier  # noqa: PLC0415 - as above

    try:
        return Verifier.production(offline=True)
    except (OSError, RuntimeError):
        # There is no home that the library could unpack its root to: it is read where it lies.
        with as_file(files("sigstore._store") / _PUBLIC / "trusted_root.json") as file:
            return Verifier(trusted_root=TrustedRoot.from_file(str(file)))


def _bundle(whole: bytes) -> "SigstoreBundle":
    from sigstore.errors import Error  # noqa: PLC0415 - as above
    from sigstore.models import Bundle as Parsed  # noqa: PLC0415 - as above

    try:
        return Parsed.from_json(whole)
    except (*UNREADABLE, Error) as cause:
        raise _malformed() from cause


def _key(certificate: x509.Certificate) -> PublicKey:
    try:
        return public_key(certificate.public_key())
    except (*UNREADABLE, UsageError) as cause:
        raise _malformed() from cause


def _entry(whole: bytes) -> Reader:
    material = Reader.of(parse(whole), code=Code.BUNDLE_MATERIAL).object("verificationMaterial")
    (entry,) = material.objects("tlogEntries")
    return entry


def _require_entry(whole: bytes, envelope: Envelope) -> None:
    """Refuse an entry whose words are about another payload; that they hold is checked later."""
    try:
        entry = _entry(whole)
        if entry.object("kindVersion").text("kind") != "dsse":
            return
        spec = Reader.of(parse(parse_base64(entry, "canonicalizedBody"))).object("spec")
        logged = spec.object("payloadHash").text("value")
    except TextError as cause:
        raise _malformed() from cause
    if logged != hashlib.sha256(envelope.payload).hexdigest():
        raise VerificationError(
            "the log entry is about another payload",
            hint="get the bundle again from its signer",
            code=Code.LOG_ENTRY,
        )


def _moment(whole: bytes, parsed: "SigstoreBundle") -> datetime:
    """Return when it was signed: by the log where it promised so, or else by the first stamp.

    Only its promise binds a log to its time; an inclusion proof says nothing of it. The library
    asks for one stamp that holds and overlooks others, so the earliest counts: one that somebody
    added can make a signature no fresher than it is.
    """
    try:
        entry = _entry(whole)
        seconds = int(entry.optional_text("integratedTime") or "0")
        if seconds and entry.optional_object("inclusionPromise"):
            return datetime.fromtimestamp(seconds, UTC)
    except (TextError, ValueError, OverflowError, OSError) as cause:
        raise _malformed() from cause
    stamps = parsed.verification_material.timestamp_verification_data
    if not stamps or not stamps.rfc3161_timestamps:
        raise VerificationError(
            "neither a log's promise nor a time stamp says when it was signed",
            hint="ask the signer for a bundle with one of them",
            code=Code.LOG_TIME,
        )
    return min(stamp.tst_info.gen_time for stamp in stamps.rfc3161_timestamps)


def _require_minutes(certificate: x509.Certificate, moment: datetime) -> None:
    if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
        raise VerificationError(
            f"it was signed at {moment:%Y-%m-%d %H:%M:%S} UTC, when its certificate was not valid",
            hint="do not trust this bundle",
            code=Code.LOG_TIME,
        )


class _Anybody:
    """The library's policy that admits all; its own one says aloud that nothing was verified."""

    # Whose certificate it is, `_require_identity` says. No function of ours: it verifies nothing.
    verify: Callable[[x509.Certificate], None] = staticmethod(lambda _: None)


def _require_all(
    verifier: "SigstoreVerifier", parsed: "SigstoreBundle", envelope: Envelope
) -> None:
    """Let the library check everything; whose identity it is comes after."""
    from sigstore.errors import CertValidationError, Error  # noqa: PLC0415 - as above

    try:
        kind, payload = verifier.verify_dsse(parsed, _Anybody())
    except CertValidationError as cause:
        raise VerificationError(
            "the certificate does not lead to the trusted root",
            hint="give the trust configuration of the signer's instance, or do not trust this",
            code=Code.CERTIFICATE_UNTRUSTED,
        ) from cause
    except (*UNREADABLE, Error, x509.ExtensionNotFound) as cause:
        raise VerificationError(
            f"certificate, log entry and signature do not hold together: {str(cause)[:200]!a}",
            hint="get the bundle again from its signer",
            code=Code.KEYLESS,
        ) from cause
    if (kind, payload) != (envelope.payload_type, envelope.payload):
        raise _malformed()  # pragma: no cover - both were read from the same bytes


def _require_identity(certificate: x509.Certificate, who: Oidc) -> None:
    from sigstore.errors import Error  # noqa: PLC0415 - as above
    from sigstore.verify.policy import Identity  # noqa: PLC0415 - as above

    try:
        Identity(identity=who.identity, issuer=who.issuer).verify(certificate)
    except Error as cause:
        raise VerificationError(
            f"the certificate is not one of {who}",
            hint="name the identity and the issuer that you expect, or do not trust this bundle",
            code=Code.KEYLESS_IDENTITY,
        ) from cause


def _malformed() -> VerificationError:
    return VerificationError(
        "the bundle is none of Sigstore's",
        hint="get the bundle again from its signer",
        code=Code.BUNDLE_MATERIAL,
    )
