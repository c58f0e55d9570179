"""Certificates (X.509): signing with one, and whom to trust by the roots that a caller gives.

The web's roots are never asked. A signer's certificate has to be for signing code
(RFC 5280, sections 4.2.1.3 and 4.2.1.12), and every certificate valid at the moment asked about.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import assert_never

import attrs
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
)
from cryptography.x509.verification import VerificationError as ChainError

from provenance.errors import Code, UsageError, VerificationError
from provenance.signers.key import PrivateKey, PublicKey, opened, public_key
from provenance.signers.name_constraints import require_names_within
from provenance.signers.opening import other_method
from provenance.text.quiet import be_quiet
from provenance.values.bundle import (
    Bundle,
    Chain,
    EmbeddedKey,
    Envelope,
    KeyHint,
    Keyless,
    OtherMaterial,
)
from provenance.values.certificate_name import CertificateName, UnsafeAnyName
from provenance.values.digest import Algorithm, Digest
from provenance.values.identity import Certificate
from provenance.values.terms import Legacy
from provenance.values.verified import Opened

# Room for a few hundred certificates of the usual size.
LARGEST_PEM = 2**20

# What cryptography raises for a certificate that is none; its own errors are no ValueErrors.
UNREADABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
    # Of a certificate that breaks a rule, where the caller makes errors of warnings.
    UserWarning,
)

_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----")
_HINT = (
    "give a certificate for signing code: key usage digitalSignature, extended usage codeSigning"
)


@attrs.frozen(eq=False)
class CertificateSigner:
    """A private key with the certificate for it: see :class:`provenance.ports.signer.Signer`."""

    key: PrivateKey
    # In DER: that of the key first, then those that lead to a root.
    chain: tuple[bytes, ...] = attrs.field(repr=False)

    def seal(self, payload_type: str, payload: bytes) -> Bundle:
        """Return the payload in a signed envelope, beside the certificates."""
        return attrs.evolve(self.key.seal(payload_type, payload), material=Chain(self.chain))


def load_signer(
    key: PrivateKey, certificate: bytes, chain: Iterable[bytes], *, at: datetime
) -> CertificateSigner:
    """Read the certificate for a key, and those that lead to its root, from PEM.

    Raises:
        UsageError: CERTIFICATE_FILE for what is no certificate in PEM, and for one of another key.
        VerificationError: CERTIFICATE_USAGE, CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID: nobody
            would accept what such a one signs.
    """
    own, *more = load_certificates(certificate)
    if _key_of(own).hint != key.public.hint:
        raise UsageError(
            "the certificate is for another key",
            hint="give the private key and the certificate that belong together",
            code=Code.CERTIFICATE_FILE,
        )
    _require_usage(own)
    _require_moment(own, at)
    found = [own, *more, *(one for pem in chain for one in load_certificates(pem))]
    unique = {one.public_bytes(Encoding.DER): None for one in found}
    return CertificateSigner(key, tuple(unique))


def load_certificates(pem: bytes) -> tuple[x509.Certificate, ...]:
    """Read one or more certificates from PEM, and nothing else.

    Raises:
        UsageError: CERTIFICATE_FILE.
    """
    labels = set(_BLOCK.findall(pem))
    if len(pem) > LARGEST_PEM or labels != {b"CERTIFICATE"}:
        raise _no_file("this is no file of certificates in PEM")
    be_quiet(__name__)
    try:
        return tuple(x509.load_pem_x509_certificates(pem))
    except UNREADABLE as cause:
        raise _no_file("a certificate in the file cannot be read") from cause


def _some(_: object, __: object, roots: tuple[x509.Certificate, ...]) -> None:
    if not roots:
        raise _no_file("no root is given, and the web's are never asked")


@attrs.frozen(eq=False)
class CertificateTrust:
    """Trust in a named holder of a certificate under given roots.

    See :class:`provenance.ports.verifier.Verifier`.

    Attributes:
        roots: the certificates that every chain has to end at.
        name: who has to hold the signer's certificate.
        clock: tells the moment at which certificates have to be valid: a bundle by certificate has
            no trusted time.
        legacy: what to make of signatures of model signing 0.2.0.
    """

    roots: tuple[x509.Certificate, ...] = attrs.field(repr=False, validator=_some)
    name: CertificateName | UnsafeAnyName
    clock: Callable[[], datetime] = attrs.field(repr=False)
    legacy: Legacy = Legacy.NONE

    def open(self, bundle: Bundle) -> Opened:
        """Return the bytes that a trusted holder of a certificate signed.

        Raises:
            VerificationError: BUNDLE_METHOD; CERTIFICATE_MALFORMED, CERTIFICATE_EXPIRED,
                CERTIFICATE_NOT_YET_VALID, CERTIFICATE_USAGE, CERTIFICATE_UNTRUSTED,
                CERTIFICATE_IDENTITY; SIGNATURE; LEGACY.
        """
        match bundle.material:
            case Chain(certificates):
                return self._open(bundle.envelope, certificates)
            case KeyHint() | EmbeddedKey():
                raise other_method("a certificate", "a key alone")
            case Keyless():
                raise other_method("a certificate", "an identity and a log")
            case OtherMaterial(kind):
                raise other_method("a certificate", kind)
            case _:
                assert_never(bundle.material)

    def _open(self, envelope: Envelope, certificates: tuple[bytes, ...]) -> Opened:
        own, *more = [_parsed(one) for one in certificates]
        moment = self.clock()
        _require_moment(own, moment)
        _require_usage(own)
        chain = _chain(own, more, self.roots, moment)
        holder = _identity(own, chain[-1])
        _require_name(holder, self.name)
        held = opened(envelope, _key_of(own), signer=holder, legacy=self.legacy)
        return attrs.evolve(held, remarks=(*held.remarks, *_remarks(chain)))


def _remarks(chain: list[x509.Certificate]) -> tuple[str, ...]:
    """Tell of what RFC 5280 has authorities avoid, and those who verify be prepared for."""
    # Section 4.1.2.2.
    return tuple(
        f"the certificate of {_shown(one)} has the serial number 0"
        for one in chain
        # One below it leads to no root at all.
        if one.serial_number == 0
    )


def _parsed(der: bytes) -> x509.Certificate:
    be_quiet(__name__)
    try:
        found = x509.load_der_x509_certificate(der)
        _ = found.extensions, found.subject, found.issuer, found.signature_hash_algorithm
    except UNREADABLE as cause:
        raise _malformed("a certificate in the bundle cannot be read") from cause
    return found


def _chain(
    own: x509.Certificate,
    more: list[x509.Certificate],
    roots: tuple[x509.Certificate, ...],
    moment: datetime,
) -> list[x509.Certificate]:
    """Return the certificates from the signer's to a root of the caller's."""
    above = ExtensionPolicy.permit_all()
    above = above.require_present(x509.BasicConstraints, Criticality.AGNOSTIC, _require_authority)
    above = above.may_be_present(x509.KeyUsage, Criticality.AGNOSTIC, _require_certificate_sign)
    above = above.may_be_present(
        x509.ExtendedKeyUsage, Criticality.AGNOSTIC, _require_code_signing_above
    )
    builder = PolicyBuilder().store(Store(list(roots))).time(moment.replace(tzinfo=None))
    builder = builder.extension_policies(ca_policy=above, ee_policy=ExtensionPolicy.permit_all())
    try:
        chain = builder.build_client_verifier().verify(own, more).chain
    except ChainError as cause:
        # One above the signer's is out of its time: say that, where nothing else is wrong.
        for one in (*more, *roots):
            _require_moment(one, moment)
        raise VerificationError(
            "the certificate does not lead to a root that you trust",
            hint="give the root of the signer's authority, or do not trust this bundle",
            code=Code.CERTIFICATE_UNTRUSTED,
        ) from cause
    require_names_within(chain)
    return chain


def _require_authority(_: Policy, __: x509.Certificate, extension: x509.BasicConstraints) -> None:
    if not extension.ca:
        raise ValueError("no authority")  # pragma: no cover - the library looks first


def _require_certificate_sign(
    _: Policy, __: x509.Certificate, extension: x509.KeyUsage | None
) -> None:
    if extension is not None and not extension.key_cert_sign:
        raise ValueError("it may not sign certificates")


def _require_code_signing_above(
    _: Policy, __: x509.Certificate, extension: x509.ExtendedKeyUsage | None
) -> None:
    allowed = {ExtendedKeyUsageOID.CODE_SIGNING, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}
    if extension is not None and not allowed.intersection(extension):
        raise ValueError("it is no authority for signing code")


def _require_moment(certificate: x509.Certificate, moment: datetime) -> None:
    if moment > certificate.not_valid_after_utc:
        what, code = "expired on", Code.CERTIFICATE_EXPIRED
        when = certificate.not_valid_after_utc
    elif moment < certificate.not_valid_before_utc:
        what, code = "is not valid before", Code.CERTIFICATE_NOT_YET_VALID
        when = certificate.not_valid_before_utc
    else:
        return
    raise VerificationError(
        f"the certificate of {_shown(certificate)} {what} {when:%Y-%m-%d %H:%M:%S} UTC",
        hint="ask the signer for a signature under a certificate that is valid now",
        code=code,
    )


def _require_usage(certificate: x509.Certificate) -> None:
    extensions = certificate.extensions
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
        extended = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound as cause:
        raise _unfit(certificate, "does not say what its key is for") from cause
    if not usage.digital_signature:
        raise _unfit(certificate, "is not for signatures")
    if ExtendedKeyUsageOID.CODE_SIGNING not in extended:
        raise _unfit(certificate, "is not for signing code")


def _require_name(holder: Certificate, name: CertificateName | UnsafeAnyName) -> None:
    if isinstance(name, CertificateName) and not name.is_of(holder):
        raise VerificationError(
            f"the certificate is one of {', '.join(holder.names) or holder.subject}, not of {name}",
            hint="name the signer that you expect, or do not trust this bundle",
            code=Code.CERTIFICATE_IDENTITY,
        )


def _identity(certificate: x509.Certificate, root: x509.Certificate) -> Certificate:
    return Certificate(
        key=_key_of(certificate).identity,
        fingerprint=_fingerprint(certificate),
        root=_fingerprint(root),
        subject=certificate.subject.rfc4514_string(),
        names=_names(certificate),
        common_names=_attributes(certificate, NameOID.COMMON_NAME),
        organizations=_attributes(certificate, NameOID.ORGANIZATION_NAME),
    )


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return (
        *(f"email:{one}" for one in found.get_values_for_type(x509.RFC822Name)),
        *(f"uri:{one}" for one in found.get_values_for_type(x509.UniformResourceIdentifier)),
        *(f"dns:{one}" for one in found.get_values_for_type(x509.DNSName)),
    )


def _attributes(certificate: x509.Certificate, kind: x509.ObjectIdentifier) -> tuple[str, ...]:
    found = (one.value for one in certificate.subject.get_attributes_for_oid(kind))
    return tuple(one for one in found if isinstance(one, str))


def _key_of(certificate: x509.Certificate) -> PublicKey:
    try:
        return public_key(certificate.public_key())
    except (UsageError, ValueError, UnsupportedAlgorithm) as cause:
        raise _malformed("the certificate's key is of no kind that signs models") from cause


def _fingerprint(certificate: x509.Certificate) -> Digest:
    return Digest(Algorithm.SHA256, hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest())


def _shown(certificate: x509.Certificate) -> str:
    return ascii(certificate.subject.rfc4514_string()[:120])


def _unfit(certificate: x509.Certificate, what: str) -> VerificationError:
    return VerificationError(
        f"the certificate of {_shown(certificate)} {what}", hint=_HINT, code=Code.CERTIFICATE_USAGE
    )


def _malformed(what: str) -> VerificationError:
    return VerificationError(
        what, hint="get the bundle again from its signer", code=Code.CERTIFICATE_MALFORMED
    )


def _no_file(what: str) -> UsageError:
    return UsageError(
        what,
        hint="give a PEM file of certificates, no key among them",
        code=Code.CERTIFICATE_FILE,
    )
