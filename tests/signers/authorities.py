"""Certificate authorities for tests, what stands under them, and all that can be wrong with it."""

import warnings
from datetime import UTC, datetime
from itertools import count

import attrs
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime(2026, 6, 1, tzinfo=UTC)
START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2027, 1, 1, tzinfo=UTC)

CODE_SIGNING = (ExtendedKeyUsageOID.CODE_SIGNING,)
TLS_SERVER = (ExtendedKeyUsageOID.SERVER_AUTH,)
EMAIL = "release@example.org"

_secrets = count(1000)


def usage(*, digital_signature: bool = False, key_cert_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=not (digital_signature or key_cert_sign),
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


SIGNING = usage(digital_signature=True)


def new_key(curve: ec.EllipticCurve | None = None) -> ec.EllipticCurvePrivateKey:
    """Make a key that is another one at every call, and the same ones in every run."""
    return ec.derive_private_key(next(_secrets), curve or ec.SECP256R1())


@attrs.frozen
class Issued:
    """A certificate, its key, and the authorities above it but for the root."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    above: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def chain(self) -> tuple[bytes, ...]:
        return (self.der, *(one.public_bytes(Encoding.DER) for one in self.above))


def authority(
    name: str = "Root",
    above: Issued | None = None,
    *,
    ca: bool = True,
    key_usage: x509.KeyUsage | None = usage(key_cert_sign=True),  # noqa: B008 - frozen
    extended: tuple[x509.ObjectIdentifier, ...] = (),
    constraints: x509.NameConstraints | None = None,
    start: datetime = START,
    end: datetime = END,
) -> Issued:
    """Make a root, or an authority under another one."""
    key = new_key()
    builder = _builder(name, key, above, start, end)
    builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    if key_usage:
        builder = builder.add_extension(key_usage, critical=True)
    if extended:
        builder = builder.add_extension(x509.ExtendedKeyUsage(extended), critical=False)
    if constraints:
        builder = builder.add_extension(constraints, critical=True)
    issuer = above.key if above else key
    return Issued(builder.sign(issuer, hashes.SHA256()), key, _above(above))


def signer(
    above: Issued,
    name: str = "Release",
    *,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None = None,
    key_usage: x509.KeyUsage | None = SIGNING,
    extended: tuple[x509.ObjectIdentifier, ...] = CODE_SIGNING,
    names: tuple[x509.GeneralName, ...] = (x509.RFC822Name(EMAIL),),
    mail: str | None = None,
    start: datetime = START,
    end: datetime = END,
) -> Issued:
    """Make a signer's certificate under an authority; ``mail`` stands in its subject."""
    own = key or new_key()
    builder = _builder(name, own, above, start, end, mail)
    if key_usage:
        builder = builder.add_extension(key_usage, critical=True)
    if extended:
        builder = builder.add_extension(x509.ExtendedKeyUsage(extended), critical=False)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return Issued(builder.sign(above.key, hashes.SHA256()), own, _above(above))


def _builder(
    name: str,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    above: Issued | None,
    start: datetime,
    end: datetime,
    mail: str | None = None,
) -> x509.CertificateBuilder:
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            *([x509.NameAttribute(NameOID.EMAIL_ADDRESS, mail)] if mail else []),
        ]
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above.certificate.subject if above else subject)
        .public_key(key.public_key())
        .serial_number(next(_secrets))
        .not_valid_before(start)
        .not_valid_after(end)
    )


def _above(above: Issued | None) -> tuple[x509.Certificate, ...]:
    """Return the authorities above; the root at the end belongs to who verifies."""
    if above is None or above.certificate.issuer == above.certificate.subject:
        return ()
    return (above.certificate, *above.above)


def with_serial_zero(issued: Issued, issuer: Issued) -> Issued:
    """Return the certificate under a serial number that its builder would not write."""
    serial = issued.certificate.serial_number.to_bytes(2)
    whole = issued.certificate.tbs_certificate_bytes
    # Behind the tag and the long form of a length.
    content = whole[2 + (whole[1] & 0x7F) :]
    tbs = _der(0x30, content.replace(b"\x02\x02" + serial, b"\x02\x01\x00", 1))
    assert isinstance(issuer.key, ec.EllipticCurvePrivateKey)
    signature = issuer.key.sign(tbs, ec.ECDSA(hashes.SHA256()))
    # ecdsa-with-SHA256, RFC 5758.
    algorithm = bytes.fromhex("300a06082a8648ce3d040302")
    der = _der(0x30, tbs + algorithm + _der(0x03, b"\0" + signature))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return attrs.evolve(issued, certificate=x509.load_der_x509_certificate(der))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content
