import pytest

from provenance.errors import Code, InvalidValueError
from provenance.values.digest import Digest
from provenance.values.identity import Certificate, Identity, Key, Oidc
from provenance.values.name_pattern import NamePattern
from provenance.values.signer import (
    CertificateSigner,
    KeySigner,
    OidcSigner,
    Signer,
    Signers,
)

ROOT = Digest.sha256("0f" * 32)
ISSUER = "https://token.example.org"


def key(number: int) -> Key:
    return Key(Digest.sha256(f"{number:064x}"), "EC P-256")


def certificate(*names: str, root: Digest = ROOT, by: int = 7) -> Certificate:
    return Certificate(
        key(by), Digest.sha256("aa" * 32), root, "CN=Release,O=Org", names, ("Release",), ("Org",)
    )


def by_key(number: int) -> KeySigner:
    return KeySigner(key(number).fingerprint)


EMAIL = CertificateSigner("email:release@example.org")
ANY_EMAIL = CertificateSigner(NamePattern("email:*@example.org"))
WORKFLOW = OidcSigner("https://ci.example.org/release", ISSUER)


@pytest.mark.parametrize(
    ("signer", "identity", "admitted"),
    [
        (by_key(1), key(1), True),
        (by_key(1), key(2), False),
        (by_key(7), certificate(), False),
        (EMAIL, certificate("email:release@example.org"), True),
        (EMAIL, certificate("dns:a", "email:release@example.org"), True),
        (EMAIL, certificate("email:Release@example.org"), False),
        (EMAIL, certificate("uri:release@example.org"), False),
        (EMAIL, certificate(), False),
        (EMAIL, key(1), False),
        (ANY_EMAIL, certificate("email:me@example.org"), True),
        (ANY_EMAIL, certificate("email:me@example.org.evil"), False),
        (CertificateSigner("cn:Release"), certificate(), True),
        (CertificateSigner("organization:Org"), certificate(), True),
        (CertificateSigner("organization:Or"), certificate(), False),
        (CertificateSigner("subject:CN=Release,O=Org"), certificate(), True),
        (CertificateSigner(f"spki:{key(7).fingerprint}"), certificate(), True),
        (CertificateSigner("cn:Release", ROOT), certificate(), True),
        (CertificateSigner("cn:Release", ROOT), certificate(root=key(1).fingerprint), False),
        (WORKFLOW, Oidc("https://ci.example.org/release", ISSUER), True),
        (WORKFLOW, Oidc("https://ci.example.org/release", ISSUER + "/"), False),
        (WORKFLOW, Oidc("https://ci.example.org/releases", ISSUER), False),
        (WORKFLOW, key(1), False),
        (
            OidcSigner(NamePattern("https://ci.example.org/*"), ISSUER),
            Oidc("https://ci.example.org/x", ISSUER),
            True,
        ),
    ],
)
def test_a_signer_admits_its_own_identity_and_no_other(
    signer: Signer, identity: Identity, admitted: bool
) -> None:
    assert signer.admits(identity) is admitted


@pytest.mark.parametrize("name", ["release@example.org", "mail:a@b", "email:", "email: ", ""])
def test_the_name_of_a_certificate_says_where_it_stands(name: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        CertificateSigner(name)

    assert caught.value.code is Code.POLICY_FILE


@pytest.mark.parametrize("name", ["email:*", "cn:*", "uri:https://*/*", "email:*@*", "email:.*@a"])
def test_the_kind_of_a_name_is_no_part_of_its_pattern(name: str) -> None:
    with pytest.raises(InvalidValueError):
        CertificateSigner(NamePattern(name))


@pytest.mark.parametrize("name", ["email:*@example.org", "uri:https://example.org/*"])
def test_a_star_outside_of_a_pattern_is_told_of(name: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        CertificateSigner(name)
    with pytest.raises(InvalidValueError) as other:
        OidcSigner(name.partition(":")[2], ISSUER)
    with pytest.raises(InvalidValueError) as third:
        OidcSigner("me", "https://*.example.org")

    assert "certificate-pattern" in caught.value.hint
    assert "identity-pattern" in other.value.hint
    assert "in full" in third.value.hint
    # A certificate's host may be written with a star.
    assert CertificateSigner("dns:*.example.org").admits(certificate("dns:*.example.org"))


@pytest.mark.parametrize(("identity", "issuer"), [("", ISSUER), ("me", " ")])
def test_an_identity_needs_its_issuer(identity: str, issuer: str) -> None:
    with pytest.raises(InvalidValueError):
        OidcSigner(identity, issuer)


@pytest.mark.parametrize(
    ("accepted", "signed", "met"),
    [
        ((by_key(1), by_key(2)), (key(1),), 1),
        ((by_key(1), by_key(2)), (key(3),), 0),
        ((by_key(1), by_key(2)), (key(2), key(1)), 2),
        # One signer counts once, however often it signed and however many rules admit it.
        ((by_key(1), by_key(2)), (key(1), key(1)), 1),
        ((EMAIL, ANY_EMAIL), (certificate("email:release@example.org"),), 1),
        # The pairing is the best there is, in whatever order the signatures come.
        (
            (ANY_EMAIL, EMAIL, by_key(1)),
            (
                certificate("email:release@example.org"),
                certificate("email:me@example.org", by=8),
            ),
            2,
        ),
        (
            (EMAIL, ANY_EMAIL),
            (
                certificate("email:me@example.org"),
                certificate("email:you@example.org", by=8),
            ),
            1,
        ),
        # Two certificates of one name, and one key under two names, are one signer.
        (
            (EMAIL, ANY_EMAIL),
            (
                certificate("email:release@example.org"),
                certificate("email:release@example.org", by=8),
            ),
            1,
        ),
        (
            (EMAIL, ANY_EMAIL),
            (certificate("email:release@example.org"), certificate("email:me@example.org")),
            1,
        ),
        ((EMAIL, by_key(7)), (certificate("email:release@example.org"), key(7)), 1),
        ((EMAIL, by_key(8)), (certificate("email:release@example.org"), key(8)), 2),
        ((by_key(1),), (), 0),
    ],
)
def test_each_signature_stands_for_one_signer_at_most(
    accepted: tuple[Signer, ...], signed: tuple[Identity, ...], met: int
) -> None:
    assert Signers(accepted).met_by(signed) == met
    assert Signers(accepted).met_by(signed[::-1]) == met


@pytest.mark.parametrize(
    ("accepted", "needed"),
    [((), 1), ((by_key(1),), 0), ((by_key(1),), 2), ((by_key(1), by_key(1)), 1)],
)
def test_signers_that_nobody_could_meet_are_refused(
    accepted: tuple[Signer, ...], needed: int
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Signers(accepted, needed)

    assert caught.value.code is Code.POLICY_FILE


def test_a_signer_is_named_in_words() -> None:
    under = CertificateSigner("cn:Release", ROOT)

    assert str(by_key(1)).startswith("the key sha256:")
    assert str(EMAIL) == "a certificate of email:release@example.org"
    assert str(under).endswith(f" under the root {ROOT}")
    assert str(WORKFLOW) == f"https://ci.example.org/release by {ISSUER}"
