import pytest

from provenance.errors import Code, UsageError
from provenance.signers.certificate import CertificateTrust
from provenance.signers.key import KeyTrust
from provenance.signers.keyless import KeylessTrust
from provenance.signers.trust import Trust
from provenance.values.certificate_name import UNSAFE_ANY_NAME, CertificateName, UnsafeAnyName
from provenance.values.terms import Legacy, Terms
from tests.flows.signed import PUBLIC
from tests.model_signatures import VERIFIER
from tests.signers.authorities import NOW, authority

ROOT = authority().pem
TERMS = Terms(lambda: NOW)
NAMING = Terms(lambda: NOW, policy_names_signers=True)


def test_keys_holders_and_identities_are_trusted_together() -> None:
    trust = (
        Trust.by_key(PUBLIC)
        | Trust.by_certificate(ROOT, "email:release@example.org")
        | Trust.by_identity("a", "https://b")
    )

    first, second, third = trust.verifiers(TERMS)

    assert isinstance(first, KeyTrust)
    assert isinstance(second, CertificateTrust)
    assert second.name == CertificateName.parse("email:release@example.org")
    assert isinstance(third, KeylessTrust)


def test_verifiers_of_the_caller_s_own_are_taken_as_they_are() -> None:
    assert Trust.by_verifiers(VERIFIER).verifiers(TERMS) == (VERIFIER,)


@pytest.mark.parametrize("legacy", Legacy)
def test_signatures_of_old_are_taken_as_the_terms_say(legacy: Legacy) -> None:
    trust = Trust.by_key(PUBLIC) | Trust.by_certificate([ROOT], "a")

    first, second = trust.verifiers(Terms(lambda: NOW, legacy=legacy))

    assert isinstance(first, KeyTrust)
    assert isinstance(second, CertificateTrust)
    assert first.legacy is second.legacy is legacy


@pytest.mark.parametrize(
    ("name", "terms"), [(UNSAFE_ANY_NAME, TERMS), (None, NAMING), (UNSAFE_ANY_NAME, NAMING)]
)
def test_anybody_under_the_roots_only_by_the_policy_or_by_choice(
    name: UnsafeAnyName | None, terms: Terms
) -> None:
    (found,) = Trust.by_certificate([ROOT], name).verifiers(terms)

    assert isinstance(found, CertificateTrust)
    assert found.name is UNSAFE_ANY_NAME


@pytest.mark.parametrize(
    ("trust", "terms", "said"),
    [
        (Trust(), TERMS, "nobody is trusted"),
        (Trust(), NAMING, "nobody is trusted"),
        (Trust.by_key(), TERMS, "nobody is trusted"),
        (Trust.by_key(ROOT), TERMS, "not a key"),
        (Trust.by_certificate([], "email:a@b"), TERMS, "no root"),
        (Trust.by_certificate(ROOT), TERMS, "not whose certificate"),
        (Trust.by_certificate(ROOT, ""), TERMS, "names nobody"),
        (Trust.by_certificate(PUBLIC, "email:a@b"), TERMS, "no file of certificates"),
        (Trust.by_identity("a", ""), TERMS, "together"),
        (Trust.by_identity("", "b"), TERMS, "together"),
    ],
)
def test_trust_in_nobody_is_refused(trust: Trust, terms: Terms, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        trust.verifiers(terms)

    assert caught.value.hint
    assert caught.value.code in {Code.USAGE, Code.CERTIFICATE_FILE, Code.KEY_FILE}
