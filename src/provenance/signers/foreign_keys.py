"""Keys in other kinds of files: called what they are, with what turns them into PEM."""

import re

import attrs

_PEM = "openssl pkey -in FILE -out key.pem"
_OTHER_TOOL = "a key of ours is made with: provenance key generate"


@attrs.frozen
class ForeignKey:
    """What a file is, where it is no key in PEM of ours, and what to do with it."""

    what: str
    hint: str


_SSH_PUBLIC = ForeignKey(
    "a public key of SSH",
    "write it as PEM: ssh-keygen -e -m PKCS8 -f FILE > key.pem (for ecdsa keys; others stay SSH's)",
)
_SSH_PRIVATE = ForeignKey(
    "a private key of SSH",
    "rewrite a copy of it as PEM: ssh-keygen -p -m PKCS8 -f COPY (for ecdsa keys)",
)
_PGP = ForeignKey(
    "a key of OpenPGP", f"signatures of OpenPGP are held by: gpg --verify; {_OTHER_TOOL}"
)
_MINISIGN = ForeignKey(
    "a key of minisign or signify",
    f"their signatures are held by: minisign -V, or signify -V; {_OTHER_TOOL}",
)
_COSIGN = ForeignKey(
    "a private key of cosign, in its own encryption",
    f"only cosign opens it, and signs with it; {_OTHER_TOOL}",
)
_JWK = ForeignKey("a JSON Web Key", "write it as PEM, with the tool that made it")
_PKCS12 = ForeignKey(
    "a PKCS #12 file",
    "take the key out of it: openssl pkcs12 -in FILE -nocerts -out key.pem; or the certificates: "
    "openssl pkcs12 -in FILE -nokeys -out chain.pem",
)
_DER = ForeignKey("in DER, which is binary", f"write it as PEM: {_PEM} -inform DER (-pubin)")
_CERTIFICATE = ForeignKey(
    "a certificate, not a key",
    "trust its root with --certificate-roots, or take the key out of it: "
    "openssl x509 -in FILE -pubkey -noout > key.pem",
)
_REQUEST = ForeignKey("a request for a certificate", "give the key's own file")
_JSON = ForeignKey("JSON, and no key", "give the key's own file, in PEM")

# The first that fits is meant; what stands before a block is for people, and may be long.
_SHAPES: tuple[tuple[re.Pattern[bytes], ForeignKey], ...] = (
    (re.compile(rb"\s*(?:\S+ )?(?:sk-)?(?:ssh-|ecdsa-sha2-)[a-z0-9@.-]+ AAAA"), _SSH_PUBLIC),
    (re.compile(rb"\s*---- BEGIN SSH2 PUBLIC KEY ----"), _SSH_PUBLIC),
    (re.compile(rb"(?s).*-----BEGIN OPENSSH PRIVATE KEY-----"), _SSH_PRIVATE),
    (re.compile(rb"(?s).*-----BEGIN PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----"), _PGP),
    (re.compile(rb"\s*untrusted comment:"), _MINISIGN),
    (re.compile(rb"\s*RW[QRT][A-Za-z0-9+/]{50,200}={0,2}\s*\Z"), _MINISIGN),
    (re.compile(rb"(?s).*-----BEGIN ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY-----"), _COSIGN),
    (re.compile(rb"(?s).*-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----"), _REQUEST),
    (re.compile(rb'(?s)\s*\{.*"(?:kty|keys)"\s*:'), _JWK),
    (re.compile(rb"\s*[\[{]"), _JSON),
    # The first bytes of a public and of a secret key in a keyring of OpenPGP.
    (re.compile(rb"[\x98\x99\x95\x94\xc5\xc6].{0,3}\x04", re.DOTALL), _PGP),
)
_SEQUENCE = 0x30
_SMALLEST = 8
_CERTIFICATES = re.compile(rb"(?s).*-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----")


def foreign_key(data: bytes) -> ForeignKey | None:
    """Return what a key's file is, if it is of another kind than this package reads.

    >>> found = foreign_key(b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI me@here")
    >>> found.what if found else None
    'a public key of SSH'
    """
    if (inside := _sequence(data)) is not None:
        # RFC 7292, section 4: what begins with version 3.
        return _PKCS12 if inside.startswith(b"\x02\x01\x03\x30") else _DER
    found = next((what for shape, what in _SHAPES if shape.match(data)), None)
    if found is None and b" KEY-----" not in data and _CERTIFICATES.match(data):
        return _CERTIFICATE
    return found


def _sequence(data: bytes) -> bytes | None:
    """Return what is inside the one sequence of DER or BER that a file is, or ``None``."""
    if data[:2] == b"\x30\x80":
        return data[2:]
    if len(data) < _SMALLEST or data[0] != _SEQUENCE:
        return None
    long = data[1] & 0x7F if data[1] & 0x80 else 0
    size = int.from_bytes(data[2 : 2 + long]) if long else data[1]
    return data[2 + long :] if len(data) == 2 + long + size else None
