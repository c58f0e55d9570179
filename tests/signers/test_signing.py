import pytest

from provenance.errors import Code, UsageError
from provenance.signers.certificate import CertificateSigner
from provenance.signers.key import PrivateKey, generate
from provenance.signers.signing import Signing
from tests.flows.signed import PRIVATE, PUBLIC
from tests.model_signatures import SIGNER
from tests.signers.authorities import NOW, authority, signer

ISSUED = signer(authority())


def test_a_key_signs_with_its_password() -> None:
    private, public = generate(password=b"password")

    found = Signing.by_key(private, password=b"password").signer(lambda: NOW)

    assert isinstance(found, PrivateKey)
    assert found.public.pem == public


def test_a_certificate_signs_with_those_above_it() -> None:
    root = authority()
    middle = authority("Middle", root)
    own = signer(middle)

    found = Signing.by_certificate(own.key_pem, own.pem, [middle.pem]).signer(lambda: NOW)

    assert isinstance(found, CertificateSigner)
    assert len(found.chain) == 2


def test_a_signer_of_the_caller_s_own_is_taken_as_it_is() -> None:
    assert Signing.by_signer(SIGNER).signer(lambda: NOW) is SIGNER


@pytest.mark.parametrize(
    ("signing", "code"),
    [
        (Signing.by_key(PUBLIC), Code.KEY_FILE),
        (Signing.by_key(PRIVATE, password=b"password"), Code.KEY_FILE),
        (Signing.by_certificate(PUBLIC, ISSUED.pem), Code.KEY_FILE),
        (Signing.by_certificate(PRIVATE, ISSUED.pem), Code.CERTIFICATE_FILE),
    ],
)
def test_what_cannot_sign_is_refused_when_it_should(signing: Signing, code: Code) -> None:
    with pytest.raises(UsageError) as caught:
        signing.signer(lambda: NOW)

    assert caught.value.code is code


def test_nothing_secret_is_shown() -> None:
    for signing in (
        Signing.by_key(b"secret", password=b"secret"),
        Signing.by_certificate(b"secret", b"secret", [b"secret"], password=b"secret"),
    ):
        assert "secret" not in repr(signing)
