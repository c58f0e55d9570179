import hashlib
import random
import warnings
from collections.abc import Callable
from datetime import datetime, timedelta

import attrs
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from provenance.errors import Code, UsageError, VerificationError
from provenance.signers.certificate import (
    LARGEST_PEM,
    CertificateSigner,
    CertificateTrust,
    load_certificates,
    load_signer,
)
from provenance.signers.key import generate, load_private
from provenance.values.bundle import Bundle, Chain, EmbeddedKey, Envelope, KeyHint, Keyless
from provenance.values.certificate_name import UNSAFE_ANY_NAME, CertificateName
from provenance.values.identity import Certificate
from tests.hostile.mutations import mutated_bytes
from tests.signers.authorities import (
    EMAIL,
    END,
    NOW,
    SIGNING,
    START,
    TLS_SERVER,
    Issued,
    authority,
    new_key,
    signer,
    usage,
    with_serial_zero,
)

ROOT = authority()
MIDDLE = authority("Middle", ROOT)
RELEASE = signer(MIDDLE)
NAME = CertificateName.parse(EMAIL)
RSA = rsa.generate_private_key(65537, 2048)


def sealed(issued: Issued, payload: bytes = b"payload") -> Bundle:
    """Sign under any certificate, as a signer who checks nothing would."""
    if isinstance(issued.key, rsa.RSAPrivateKey):
        return Bundle(Envelope("text/plain", payload, b"signature"), Chain(issued.chain))
    return CertificateSigner(load_private(issued.key_pem), issued.chain).seal("text/plain", payload)


def trust(
    root: Issued = ROOT, *, at: datetime = NOW, name: CertificateName = NAME
) -> CertificateTrust:
    return CertificateTrust((root.certificate,), name, lambda: at)


def test_what_a_trusted_holder_signs_is_opened() -> None:
    opened = trust().open(sealed(RELEASE))

    assert opened.payload == b"payload"
    assert opened.signed_at is None
    signer_ = opened.signer
    assert isinstance(signer_, Certificate)
    assert signer_.names == (f"email:{EMAIL}",)
    assert signer_.subject == "CN=Release,O=Example"
    assert signer_.common_names == ("Release",)
    assert signer_.organizations == ("Example",)
    assert signer_.fingerprint.value == hashlib.sha256(RELEASE.der).digest()
    assert signer_.key == load_private(RELEASE.key_pem).public.identity


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()])
def test_every_curve_signs(curve: ec.EllipticCurve) -> None:
    issued = signer(ROOT, key=new_key(curve))

    assert trust().open(sealed(issued)).payload == b"payload"


def test_a_certificate_that_signed_itself_is_its_own_root() -> None:
    own = authority(key_usage=SIGNING, extended=(ExtendedKeyUsageOID.CODE_SIGNING,))

    opened = trust(own, name=CertificateName.parse("cn:Root")).open(sealed(own))

    assert opened.payload == b"payload"
    with pytest.raises(VerificationError) as caught:
        trust(ROOT, name=CertificateName.parse("cn:Root")).open(sealed(own))
    assert caught.value.code is Code.CERTIFICATE_UNTRUSTED


DAY = timedelta(days=1)
BAD: dict[str, tuple[Issued, Code]] = {
    "expired": (signer(MIDDLE, end=NOW - DAY), Code.CERTIFICATE_EXPIRED),
    "not yet valid": (signer(MIDDLE, start=NOW + DAY), Code.CERTIFICATE_NOT_YET_VALID),
    "for TLS servers": (signer(MIDDLE, extended=TLS_SERVER), Code.CERTIFICATE_USAGE),
    "for any purpose": (
        signer(MIDDLE, extended=(ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,)),
        Code.CERTIFICATE_USAGE,
    ),
    "without key usage": (signer(MIDDLE, key_usage=None), Code.CERTIFICATE_USAGE),
    "without extended key usage": (signer(MIDDLE, extended=()), Code.CERTIFICATE_USAGE),
    "for encryption": (signer(MIDDLE, key_usage=usage()), Code.CERTIFICATE_USAGE),
    "from another root": (signer(authority()), Code.CERTIFICATE_UNTRUSTED),
    "under an authority that is left out": (
        attrs.evolve(RELEASE, above=()),
        Code.CERTIFICATE_UNTRUSTED,
    ),
    "under what is no authority": (
        signer(authority("Middle", ROOT, ca=False)),
        Code.CERTIFICATE_UNTRUSTED,
    ),
    "under another signer": (signer(RELEASE), Code.CERTIFICATE_UNTRUSTED),
    "under one that may not sign certificates": (
        signer(authority("Middle", ROOT, key_usage=SIGNING)),
        Code.CERTIFICATE_UNTRUSTED,
    ),
    "under an authority for TLS servers": (
        signer(authority("Middle", ROOT, extended=TLS_SERVER)),
        Code.CERTIFICATE_UNTRUSTED,
    ),
    "under an authority that expired": (
        signer(authority("Middle", ROOT, end=NOW - DAY)),
        Code.CERTIFICATE_EXPIRED,
    ),
    "of somebody else": (
        signer(MIDDLE, names=(x509.RFC822Name("other@example.org"),)),
        Code.CERTIFICATE_IDENTITY,
    ),
    "without names": (signer(MIDDLE, names=()), Code.CERTIFICATE_IDENTITY),
    "of an RSA key": (signer(MIDDLE, key=RSA), Code.CERTIFICATE_MALFORMED),
}


@pytest.mark.parametrize("case", BAD)
def test_a_certificate_is_refused(case: str) -> None:
    issued, code = BAD[case]

    with pytest.raises(VerificationError) as caught:
        trust().open(sealed(issued))

    assert caught.value.code is code
    assert caught.value.hint


@pytest.mark.parametrize(
    "issued",
    [
        signer(ROOT),
        signer(authority("Middle", ROOT, key_usage=None)),
        signer(authority("Low", authority("Middle", ROOT))),
        signer(authority("Middle", ROOT, extended=(ExtendedKeyUsageOID.CODE_SIGNING,))),
        signer(MIDDLE, start=NOW, end=NOW),
        signer(MIDDLE, names=(x509.DNSName("example.org"), x509.RFC822Name(EMAIL))),
    ],
)
def test_a_certificate_with_all_that_it_takes_is_accepted(issued: Issued) -> None:
    assert trust().open(sealed(issued)).payload == b"payload"


@pytest.mark.parametrize("filters", ["error", "always"])
def test_a_serial_number_0_is_told_of_in_words_of_ours(filters: str) -> None:
    plain = authority("Odd")
    odd = with_serial_zero(plain, plain)
    release = signer(odd)
    bad = with_serial_zero(signer(odd), odd)

    with warnings.catch_warnings(record=True) as shown:
        warnings.resetwarnings()
        warnings.simplefilter("error" if filters == "error" else "always")
        (root_read,) = load_certificates(odd.pem)
        found = CertificateTrust((root_read,), UNSAFE_ANY_NAME, lambda: NOW)
        by_root, by_both = found.open(sealed(release)), found.open(sealed(bad))

    assert shown == []
    assert len(by_root.remarks) == 1
    assert [one.count("the serial number 0") for one in by_both.remarks] == [1, 1]
    assert trust().open(sealed(RELEASE)).remarks == ()


def test_a_moment_is_told_in_a_sentence() -> None:
    late, early = BAD["expired"][0], BAD["not yet valid"][0]

    with pytest.raises(VerificationError, match=r"' expired on 2026-05-31 00:00:00 UTC"):
        trust().open(sealed(late))
    with pytest.raises(VerificationError, match=r"' is not valid before 2026-06-02 00:00:00 UTC"):
        trust().open(sealed(early))


def test_a_root_that_expired_is_none() -> None:
    root = authority(end=NOW - DAY)

    with pytest.raises(VerificationError) as caught:
        trust(root).open(sealed(signer(root)))

    assert caught.value.code is Code.CERTIFICATE_EXPIRED


@pytest.mark.parametrize(("at", "fits"), [(START, True), (END, True), (END + DAY, False)])
def test_the_moment_is_the_clock_s(at: datetime, *, fits: bool) -> None:
    if fits:
        assert trust(at=at).open(sealed(RELEASE)).payload == b"payload"
        return
    with pytest.raises(VerificationError):
        trust(at=at).open(sealed(RELEASE))


@pytest.mark.parametrize(
    "name",
    [
        EMAIL,
        f"email:{EMAIL}",
        "subject:CN=Release,O=Example",
        "cn:Release",
        "organization:Example",
        f"spki:{load_private(RELEASE.key_pem).public.identity.fingerprint}",
    ],
)
def test_a_holder_is_named_in_several_ways(name: str) -> None:
    assert trust(name=CertificateName.parse(name)).open(sealed(RELEASE)).payload == b"payload"


def test_any_holder_is_trusted_only_when_the_caller_says_so() -> None:
    issued = signer(ROOT, names=(x509.DNSName("a.example"),))
    anybody = CertificateTrust((ROOT.certificate,), UNSAFE_ANY_NAME, lambda: NOW)

    assert anybody.open(sealed(issued)).payload == b"payload"


def test_a_signature_of_another_key_is_refused() -> None:
    bundle = attrs.evolve(sealed(RELEASE), material=Chain(signer(MIDDLE).chain))

    with pytest.raises(VerificationError) as caught:
        trust().open(bundle)

    assert caught.value.code is Code.SIGNATURE


@pytest.mark.parametrize("der", [b"", b"certificate", RELEASE.der[:-1], RELEASE.der + b"\0"])
def test_bytes_that_are_no_certificate_are_refused(der: bytes) -> None:
    for chain in ((der,), (RELEASE.der, der)):
        with pytest.raises(VerificationError) as caught:
            trust().open(attrs.evolve(sealed(RELEASE), material=Chain(chain)))

        assert caught.value.code is Code.CERTIFICATE_MALFORMED


# In DER: the version that is there, and two that X.509 never had; extensions 2.5.29.37 and .15.
ODD_DER = {
    "version 4": (b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x03"),
    "version 128": (b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x7f"),
    "an extension twice": (b"\x06\x03\x55\x1d\x25", b"\x06\x03\x55\x1d\x0f"),
    "a name of bits": (b"\x55\x04\x0a\x0c\x07Example", b"\x55\x04\x0a\x03\x07\0xample"),
    "a curve of nobody": (b"\x2a\x86\x48\xce\x3d\x03\x01\x07", b"\x2a\x86\x48\xce\x3d\x03\x01\x7f"),
}


@pytest.mark.parametrize("case", ODD_DER)
def test_a_certificate_that_only_looks_like_one_is_refused(case: str) -> None:
    before, after = ODD_DER[case]
    der = RELEASE.der.replace(before, after)

    assert der != RELEASE.der
    for chain in ((der,), (RELEASE.der, der)):
        with pytest.raises(VerificationError) as caught:
            trust().open(attrs.evolve(sealed(RELEASE), material=Chain(chain)))
        assert caught.value.hint


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
@pytest.mark.filterwarnings("ignore:Attribute's length")
def test_changed_certificates_end_in_a_typed_refusal(how_many: Callable[[int, int], int]) -> None:
    chance = random.Random(23)  # noqa: S311 - the same mutations in every run
    bundle, refused = sealed(RELEASE), 0
    count = how_many(1_000, 100_000)

    for _ in range(count):
        chain = [mutated_bytes(der, chance) for der in RELEASE.chain]
        try:
            opened = trust().open(attrs.evolve(bundle, material=Chain(tuple(chain))))
        except VerificationError:
            refused += 1
        else:
            # A bit that says how many bits of the signature count, for example.
            assert isinstance(opened.signer, Certificate)
            assert opened.signer.key == load_private(RELEASE.key_pem).public.identity

    assert refused > count * 0.9


@pytest.mark.parametrize("material", [KeyHint("ab" * 32), EmbeddedKey(b""), Keyless(b"{}")])
def test_another_method_is_told_apart(material: KeyHint | EmbeddedKey | Keyless) -> None:
    with pytest.raises(VerificationError) as caught:
        trust().open(attrs.evolve(sealed(RELEASE), material=material))

    assert caught.value.code is Code.BUNDLE_METHOD


def test_no_root_is_no_trust() -> None:
    with pytest.raises(UsageError, match="never asked") as caught:
        CertificateTrust((), NAME, lambda: NOW)

    assert caught.value.code is Code.CERTIFICATE_FILE


def test_a_signer_brings_its_certificates_once_each() -> None:
    middle = MIDDLE.pem

    own = load_signer(load_private(RELEASE.key_pem), RELEASE.pem + middle, [middle], at=NOW)

    assert own.chain == RELEASE.chain
    assert trust().open(own.seal("text/plain", b"payload")).payload == b"payload"


def test_a_certificate_of_another_key_does_not_sign() -> None:
    with pytest.raises(UsageError, match="another key") as caught:
        load_signer(load_private(generate()[0]), RELEASE.pem, [], at=NOW)

    assert caught.value.code is Code.CERTIFICATE_FILE


@pytest.mark.parametrize("case", ["expired", "not yet valid", "for TLS servers"])
def test_nobody_signs_what_nobody_would_accept(case: str) -> None:
    issued, code = BAD[case]

    with pytest.raises(VerificationError) as caught:
        load_signer(load_private(issued.key_pem), issued.pem, [], at=NOW)

    assert caught.value.code is code


NO_CERTIFICATES = {
    "empty": b"",
    "text": b"certificate",
    "key": generate()[0],
    "key beside it": RELEASE.pem + RELEASE.key_pem,
    "spoiled": RELEASE.pem.replace(b"MII", b"MIX", 1),
    "large": RELEASE.pem + b"\n" * LARGEST_PEM,
}


@pytest.mark.parametrize("case", NO_CERTIFICATES)
def test_what_is_no_file_of_certificates_is_refused(case: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_certificates(NO_CERTIFICATES[case])

    assert caught.value.code is Code.CERTIFICATE_FILE
    assert "PRIVATE" not in str(caught.value)


def test_who_is_no_authority_vouches_for_nobody() -> None:
    with pytest.raises(VerificationError) as caught:
        trust().open(sealed(signer(RELEASE)))

    assert caught.value.code is Code.CERTIFICATE_UNTRUSTED


def test_a_signer_is_refused_whose_authority_may_not_vouch_for_it() -> None:
    only = x509.NameConstraints([x509.RFC822Name("example.net")], None)
    root = authority()
    below = authority("Below", root, constraints=only)

    for issued in (signer(below, names=(), mail=EMAIL), signer(below, EMAIL, names=())):
        with pytest.raises(VerificationError) as caught:
            trust(root).open(sealed(issued))
        assert caught.value.code is Code.CERTIFICATE_UNTRUSTED
