import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from provenance.errors import Code, UsageError
from provenance.flows.trust import trusted
from provenance.signers.certificate import CertificateTrust
from provenance.signers.key import KeyTrust
from provenance.values.certificate_name import UNSAFE_ANY_NAME, CertificateName
from provenance.values.label import Label
from provenance.values.policy import Policy
from provenance.values.signer import KeySigner, Signers
from tests.building import SHA
from tests.flows.signed import PUBLIC
from tests.signers.authorities import NOW, authority

ROOT = authority().certificate.public_bytes(Encoding.PEM)
NAMING = Policy(signers=Signers((KeySigner(SHA),)))


def test_keys_and_the_holder_of_a_certificate_are_trusted() -> None:
    first, second = trusted(
        public_keys=[PUBLIC],
        certificate_roots=[ROOT],
        certificate_identity="email:release@example.org",
        clock=lambda: NOW,
    )

    assert isinstance(first, KeyTrust)
    assert isinstance(second, CertificateTrust)
    assert second.name == CertificateName.parse("email:release@example.org")


@pytest.mark.parametrize(
    ("identity", "policy"), [(UNSAFE_ANY_NAME, None), (None, NAMING), (UNSAFE_ANY_NAME, NAMING)]
)
def test_anybody_under_the_roots_only_by_the_policy_or_by_choice(
    identity: None, policy: Policy | None
) -> None:
    (found,) = trusted(
        certificate_roots=[ROOT], certificate_identity=identity, policy=policy, clock=lambda: NOW
    )

    assert isinstance(found, CertificateTrust)
    assert found.name is UNSAFE_ANY_NAME


@pytest.mark.parametrize(
    ("roots", "identity", "policy", "said"),
    [
        ([], None, None, "nobody is trusted"),
        ([], None, NAMING, "nobody is trusted"),
        ([], "email:a@b", None, "no root"),
        ([ROOT], None, None, "not whose certificate"),
        ([ROOT], None, Policy(Label.OPEN_WEIGHTS), "not whose certificate"),
        ([ROOT], "", None, "names nobody"),
        ([PUBLIC], "email:a@b", None, "no file of certificates"),
    ],
)
def test_trust_without_an_identity_is_refused(
    roots: list[bytes], identity: str | None, policy: Policy | None, said: str
) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        trusted(
            certificate_roots=roots,
            certificate_identity=identity,
            policy=policy,
            clock=lambda: NOW,
        )

    assert caught.value.hint
    assert caught.value.code in {Code.USAGE, Code.CERTIFICATE_FILE}
