import hashlib
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)

from provenance.errors import Code, UsageError, VerificationError
from provenance.signers.key import (
    LARGEST_PEM,
    LONGEST_PASSWORD,
    KeyKind,
    KeyTrust,
    PublicKey,
    generate,
    is_encrypted,
    load_explained_private,
    load_explained_public,
    load_private,
    load_public,
    public_key,
    sign,
)
from provenance.values.bundle import Bundle, Chain, EmbeddedKey, Envelope, KeyHint, Keyless
from provenance.values.terms import Legacy
from provenance.wire.dsse import legacy_pae, pae

Raw = (
    ec.EllipticCurvePrivateKey
    | ed25519.Ed25519PrivateKey
    | ed448.Ed448PrivateKey
    | rsa.RSAPrivateKey
)

PRIVATE, PUBLIC = generate()
P256 = ec.derive_private_key(11, ec.SECP256R1())
RSA = rsa.generate_private_key(65537, 1024)  # noqa: S505 - refused whatever its size
KINDS: dict[str, Raw] = {
    "EC P-256": P256,
    "EC P-384": ec.derive_private_key(11, ec.SECP384R1()),
    "EC P-521": ec.derive_private_key(11, ec.SECP521R1()),
    "Ed25519": ed25519.Ed25519PrivateKey.from_private_bytes(b"\x07" * 32),
}


def private_pem(
    key: Raw,
    form: PrivateFormat = PrivateFormat.PKCS8,
    encryption: KeySerializationEncryption | None = None,
) -> bytes:
    return key.private_bytes(Encoding.PEM, form, encryption or NoEncryption())


def public_pem(key: Raw) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def bundle(signature: bytes, trusted: PublicKey, payload: bytes = b"payload") -> Bundle:
    return Bundle(Envelope("text/plain", payload, signature), KeyHint(trusted.hint))


def certificate() -> bytes:
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "a")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(P256.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2027, 1, 1, tzinfo=UTC))
        .sign(P256, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )


def test_a_new_key_signs_what_its_public_half_opens() -> None:
    trusted = load_public(PUBLIC)
    signature = sign("text/plain", b"payload", load_private(PRIVATE))

    opened = KeyTrust(trusted).open(bundle(signature, trusted))

    assert (opened.payload, opened.payload_type) == (b"payload", "text/plain")
    assert opened.signer == trusted.identity
    assert trusted.identity.kind == "EC P-256"


def test_no_two_new_keys_are_alike() -> None:
    assert generate() != generate()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_key_signs_and_opens(kind: str) -> None:
    trusted = load_public(public_pem(KINDS[kind]))
    signer = load_private(private_pem(KINDS[kind]))

    signature = sign("text/plain", b"payload", signer)

    assert KeyTrust(trusted).open(bundle(signature, trusted)).signer == trusted.identity
    assert trusted.identity.kind == kind
    assert signer.public.hint == trusted.hint
    assert sign("text/plain", b"payload", signer) == signature


@pytest.mark.parametrize(
    ("kind", "algorithm"),
    [("EC P-256", hashes.SHA256()), ("EC P-384", hashes.SHA384()), ("EC P-521", hashes.SHA512())],
)
def test_the_hash_goes_with_the_curve(kind: str, algorithm: hashes.HashAlgorithm) -> None:
    key = KINDS[kind]
    assert isinstance(key, ec.EllipticCurvePrivateKey)

    signature = sign("text/plain", b"payload", load_private(private_pem(key)))

    key.public_key().verify(signature, pae("text/plain", b"payload"), ec.ECDSA(algorithm))


def test_a_key_is_named_as_model_signing_names_it() -> None:
    trusted = load_public(PUBLIC)
    raw = load_pem_public_key(PUBLIC)
    der = raw.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    assert trusted.hint == hashlib.sha256(PUBLIC).hexdigest()
    assert trusted.identity.fingerprint.value == hashlib.sha256(der).digest()


def test_how_a_key_s_file_is_laid_out_does_not_change_its_name() -> None:
    assert load_public(b"\n" + PUBLIC.replace(b"\n", b"\r\n")).hint == load_public(PUBLIC).hint


@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_a_private_key_may_be_in_either_form(form: PrivateFormat) -> None:
    assert load_private(private_pem(P256, form)).public.hint == load_public(public_pem(P256)).hint


LOCKED = private_pem(P256, encryption=BestAvailableEncryption(b"password"))
LONGEST = b"x" * LONGEST_PASSWORD


@pytest.mark.parametrize(
    ("pem", "password", "said"),
    [
        (LOCKED, None, "is encrypted"),
        (LOCKED, b"", "the password is empty"),
        (LOCKED, b"another", "does not open with this password"),
        (LOCKED, LONGEST + b"x", "more than 1023 bytes"),
        (PRIVATE, b"password", "not encrypted"),
        (PRIVATE, b"", "not encrypted"),
        (PRIVATE.replace(b"MIGH", b"MIGX"), None, "cannot be read"),
    ],
)
def test_a_key_opens_with_its_password_only(pem: bytes, password: bytes | None, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        load_private(pem, password=password)

    assert caught.value.code is Code.KEY_FILE
    assert "password" in caught.value.hint or "PEM" in caught.value.hint
    assert load_private(LOCKED, password=b"password").public.identity.kind == "EC P-256"


NO_KEY = {
    "empty": b"",
    "text": b"key",
    "binary": bytes(range(256)),
    "truncated": PUBLIC[:-30],
    "two keys": PUBLIC + PUBLIC,
    "words before": b"my key\n" + PUBLIC,
    "spoiled": PUBLIC.replace(b"MFkw", b"MFkx"),
    "empty block": b"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
    "large": PUBLIC + b"\n" * LARGEST_PEM,
    "certificate": certificate(),
    "RSA": public_pem(RSA),
    "another curve": public_pem(ec.derive_private_key(11, ec.SECP256K1())),
    "Ed448": public_pem(ed448.Ed448PrivateKey.from_private_bytes(b"\x07" * 57)),
    "private": PRIVATE,
}


@pytest.mark.parametrize("pem", NO_KEY.values(), ids=NO_KEY)
def test_what_is_no_public_key_of_ours_is_refused(pem: bytes) -> None:
    with pytest.raises(UsageError) as caught:
        load_public(pem)

    assert caught.value.code is Code.KEY_FILE
    assert caught.value.hint


NO_PRIVATE_KEY = {
    "empty": b"",
    "spoiled": PRIVATE.replace(b"MIGH", b"MIGX"),
    "public": PUBLIC,
    "certificate": certificate(),
    "RSA": private_pem(RSA),
    "another curve": private_pem(ec.derive_private_key(11, ec.SECP256K1())),
    "Ed448": private_pem(ed448.Ed448PrivateKey.from_private_bytes(b"\x07" * 57)),
}


@pytest.mark.parametrize("pem", NO_PRIVATE_KEY.values(), ids=NO_PRIVATE_KEY)
def test_what_is_no_private_key_of_ours_is_refused(pem: bytes) -> None:
    with pytest.raises(UsageError) as caught:
        load_private(pem)

    assert caught.value.code is Code.KEY_FILE
    assert caught.value.hint


def test_the_wrong_half_is_called_what_it_is() -> None:
    with pytest.raises(UsageError, match="this is a private key, not a public key"):
        load_public(PRIVATE)
    with pytest.raises(UsageError, match="this is a public key, not a private key"):
        load_private(PUBLIC)


def test_no_error_and_no_repr_shows_a_secret() -> None:
    secret = PRIVATE.decode().splitlines()[1]
    spoiled = PRIVATE.replace(b"MIGH", b"MIGX")

    for pem, password in ((spoiled, b"hunter2"), (spoiled, None), (LOCKED, b"hunter2")):
        with pytest.raises(UsageError) as caught:
            load_private(pem, password=password)

        shown = f"{caught.value!r} {caught.value.hint} {caught.value.__cause__!r}"
        assert secret[8:] not in shown
        assert "hunter2" not in shown
    assert "_raw" not in repr(load_private(PRIVATE))


def test_the_bundle_of_another_key_is_not_opened() -> None:
    trusted = load_public(PUBLIC)
    signature = sign("text/plain", b"payload", load_private(PRIVATE))

    with pytest.raises(VerificationError) as caught:
        KeyTrust(load_public(public_pem(P256))).open(bundle(signature, trusted))

    assert caught.value.code is Code.KEY_UNTRUSTED


def test_another_key_s_signature_under_the_trusted_name_does_not_hold() -> None:
    trusted = load_public(PUBLIC)
    signature = sign("text/plain", b"payload", load_private(private_pem(P256)))

    with pytest.raises(VerificationError) as caught:
        KeyTrust(trusted).open(bundle(signature, trusted))

    assert caught.value.code is Code.SIGNATURE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("spoil", ["empty", "cut", "longer", "flipped", "payload", "type", "bare"])
def test_a_signature_covers_exactly_these_bytes(kind: str, spoil: str) -> None:
    trusted = load_public(public_pem(KINDS[kind]))
    signature = sign("text/plain", b"payload", load_private(private_pem(KINDS[kind])))
    flipped = bytes([signature[0] ^ 1]) + signature[1:]
    good = Envelope("text/plain", b"payload", signature)
    envelope = {
        "empty": Envelope("text/plain", b"payload", b""),
        "cut": Envelope("text/plain", b"payload", signature[:-1]),
        "longer": Envelope("text/plain", b"payload", signature + b"\0"),
        "flipped": Envelope("text/plain", b"payload", flipped),
        "payload": Envelope("text/plain", b"Payload", signature),
        "type": Envelope("text/html", b"payload", signature),
        "bare": Envelope("", pae("text/plain", b"payload"), signature),
    }[spoil]
    KeyTrust(trusted).open(Bundle(good, KeyHint(trusted.hint)))

    with pytest.raises(VerificationError) as caught:
        KeyTrust(trusted).open(Bundle(envelope, KeyHint(trusted.hint)))

    assert caught.value.code is Code.SIGNATURE


@pytest.mark.parametrize("kind", KeyKind)
def test_keys_of_every_kind_are_made(kind: KeyKind) -> None:
    private, public = generate(kind)

    assert load_private(private).public.hint == load_public(public).hint
    assert load_public(public).pem == public
    assert not is_encrypted(private)


@pytest.mark.parametrize("kind", KeyKind)
def test_a_key_made_with_a_password_needs_it(kind: KeyKind) -> None:
    private, public = generate(kind, password=b"secret")

    assert is_encrypted(private)
    assert load_private(private, password=b"secret").public.hint == load_public(public).hint
    with pytest.raises(UsageError, match="encrypted"):
        load_private(private)


def test_a_password_that_protects_nothing_or_cannot_be_used_is_refused() -> None:
    private, public = generate(password=LONGEST)

    assert load_private(private, password=LONGEST).public.pem == public
    for password, said in ((b"", "empty"), (LONGEST + b"x", "more than 1023 bytes")):
        with pytest.raises(UsageError, match=said):
            generate(password=password)


def test_an_old_form_of_encryption_is_recognized() -> None:
    pem = private_pem(P256, PrivateFormat.TraditionalOpenSSL, BestAvailableEncryption(b"secret"))

    assert is_encrypted(pem)


def legacy(key: ec.EllipticCurvePrivateKey) -> Bundle:
    """Sign as model signing 0.2.0 did."""
    signature = key.sign(legacy_pae("text/plain", b"payload"), ec.ECDSA(hashes.SHA256()))
    hint = load_public(public_pem(key)).hint
    return Bundle(Envelope("text/plain", b"payload", signature), KeyHint(hint))


def test_a_signature_over_the_old_encoding_is_opened_only_when_the_caller_allows_it() -> None:
    key = ec.derive_private_key(11, ec.SECP384R1())
    trusted = load_public(public_pem(key))

    found = KeyTrust(trusted, Legacy.ALLOWED).open(legacy(key))

    assert found.legacy
    assert found.payload == b"payload"
    for choice, code in ((Legacy.REFUSED, Code.LEGACY), (Legacy.NONE, Code.SIGNATURE)):
        with pytest.raises(VerificationError) as caught:
            KeyTrust(trusted, choice).open(legacy(key))
        assert caught.value.code is code


def test_a_key_that_came_inside_the_bundle_is_not_trusted_for_that() -> None:
    trusted = load_public(PUBLIC)
    good = load_private(PRIVATE).seal("text/plain", b"payload")
    other = Bundle(good.envelope, EmbeddedKey(generate()[1]))

    inside = KeyTrust(trusted).open(Bundle(good.envelope, EmbeddedKey(PUBLIC)))

    assert inside.payload == b"payload"
    for bundle, code in (
        (other, Code.KEY_UNTRUSTED),
        (Bundle(good.envelope, EmbeddedKey(b"key")), Code.BUNDLE_MATERIAL),
        (Bundle(good.envelope, Chain((b"",))), Code.BUNDLE_METHOD),
        (Bundle(good.envelope, Keyless(b"{}")), Code.BUNDLE_METHOD),
    ):
        with pytest.raises(VerificationError) as caught:
            KeyTrust(trusted).open(bundle)
        assert caught.value.code is code


def test_a_key_of_another_library_is_taken_as_ours() -> None:
    assert public_key(P256.public_key()).hint == load_public(public_pem(P256)).hint
    for other in (RSA.public_key(), "key"):
        with pytest.raises(UsageError):
            public_key(other)


EXPLAINED = b"Public Key Information:\n\tCurve: SECP256R1\n\n" + PUBLIC + b"\nthe end\n"
CURVE = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"


def test_a_file_may_explain_its_key() -> None:
    traditional = private_pem(P256, PrivateFormat.TraditionalOpenSSL)

    assert load_explained_public(EXPLAINED).hint == load_public(PUBLIC).hint
    assert load_explained_private(b"words\n" + PRIVATE).public.hint == load_public(PUBLIC).hint
    assert load_explained_private(CURVE + traditional).public.hint
    locked = private_pem(P256, PrivateFormat.TraditionalOpenSSL, BestAvailableEncryption(b"secret"))
    assert load_explained_private(CURVE + locked, password=b"secret").public.hint


@pytest.mark.parametrize(
    "text",
    [b"", b"words", PUBLIC + PUBLIC, PRIVATE + PUBLIC, CURVE, certificate(), public_pem(RSA)],
)
def test_a_file_that_explains_holds_one_key_all_the_same(text: bytes) -> None:
    with pytest.raises(UsageError) as caught:
        load_explained_public(text)

    assert caught.value.code is Code.KEY_FILE


def test_the_old_encoding_was_signed_by_curves_only() -> None:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
    trusted = load_public(public_pem(key))
    bundle = Bundle(Envelope("text/plain", b"payload", bytes(64)), KeyHint(trusted.hint))

    with pytest.raises(VerificationError) as caught:
        KeyTrust(trusted, Legacy.ALLOWED).open(bundle)

    assert caught.value.code is Code.SIGNATURE
