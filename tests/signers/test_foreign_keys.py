import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs12,
)

from provenance.errors import Code, UsageError
from provenance.signers.foreign_keys import foreign_key
from provenance.signers.key import (
    generate,
    load_explained_private,
    load_explained_public,
    load_private,
    load_public,
)

KEY = ec.generate_private_key(ec.SECP256R1())
OTHER = ed25519.Ed25519PrivateKey.generate()
RSA = rsa.generate_private_key(65537, 2048)


def certificate() -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "m")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(KEY.public_key()).serial_number(1)
    made = made.not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
    made = made.not_valid_after(datetime(2034, 1, 1, tzinfo=UTC))
    return made.sign(KEY, hashes.SHA256())


def ssh(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)


SPKI = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
JWK = {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}
FOREIGN: dict[str, tuple[bytes, str]] = {
    "ssh ecdsa": (ssh(KEY) + b" me@here\n", "a public key of SSH"),
    "ssh ed25519": (ssh(OTHER), "a public key of SSH"),
    "ssh rsa": (b"\n" + ssh(RSA), "a public key of SSH"),
    "ssh security key": (b"sk-ssh-ed25519@openssh.com AAAAGnNr x", "a public key of SSH"),
    "authorized signers": (b"me@here " + ssh(OTHER), "a public key of SSH"),
    "ssh private": (
        OTHER.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()),
        "a private key of SSH",
    ),
    "pgp": (b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n", "a key of OpenPGP"),
    "pgp private": (b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlFgE\n", "a key of OpenPGP"),
    "pgp binary": (b"\x99\x01\x0d\x04" + bytes(40), "a key of OpenPGP"),
    "minisign": (
        b"untrusted comment: minisign public key 1\nRWQf6LRCGA9i53mlYecO4IzT51TGPpvW",
        "a key of minisign",
    ),
    "minisign bare": (b"RWQ" + b"a" * 53, "a key of minisign"),
    "cosign": (
        b"-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\neyJr\n",
        "a private key of cosign",
    ),
    "cosign old": (b"-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----\neyJr\n", "a private key of co"),
    "jwk": (json.dumps(JWK).encode(), "a JSON Web Key"),
    "jwks": (json.dumps({"keys": [JWK]}).encode(), "a JSON Web Key"),
    "bundle": (b'{"mediaType": "x"}', "JSON, and no key"),
    "pkcs12": (
        pkcs12.serialize_key_and_certificates(
            b"m", KEY, certificate(), None, BestAvailableEncryption(b"pw")
        ),
        "a PKCS #12 file",
    ),
    "pkcs12 ber": (b"\x30\x80\x02\x01\x03\x30\x80" + bytes(40), "a PKCS #12 file"),
    "der": (SPKI, "in DER"),
    "der private": (
        KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        "in DER",
    ),
    "certificate": (certificate().public_bytes(Encoding.PEM), "a certificate, not a key"),
    "request": (b"-----BEGIN CERTIFICATE REQUEST-----\nMII\n", "a request for a certificate"),
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize(
    "load",
    [load_public, load_private, load_explained_public, load_explained_private],
    ids=lambda it: it.__name__,
)
def test_a_key_of_another_kind_is_called_what_it_is(
    name: str, load: Callable[[bytes], object]
) -> None:
    data, what = FOREIGN[name]

    with pytest.raises(UsageError) as caught:
        load(data)

    assert caught.value.code is Code.KEY_FILE
    assert caught.value.what.startswith(f"this is {what}")
    assert caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        *generate(),
        b"some words before\n" + generate()[1],
        b"not a key at all",
        b"0x0123",
        b"",
        b"\x30",
    ],
)
def test_what_is_none_of_these_is_not_called_one(data: bytes) -> None:
    assert foreign_key(data) is None
