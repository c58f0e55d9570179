"""Every credential keeps the port's promises: it is named without being read, and refused then."""

import pytest

from provenance.errors import UsageError
from provenance.ports.credential import Credential
from provenance.ports.signer import Signer
from provenance.signers.by_certificate import CertificateCredential
from provenance.signers.by_key import KeyCredential
from tests.flows.signed import PRIVATE
from tests.signers.authorities import NOW, authority, signer

ISSUED = signer(authority())


@pytest.mark.parametrize(
    "credential",
    [KeyCredential(PRIVATE), CertificateCredential(KeyCredential(ISSUED.key_pem), ISSUED.pem)],
)
def test_a_credential_comes_to_a_signer(credential: Credential) -> None:
    assert isinstance(credential, Credential)
    assert isinstance(credential.signer(lambda: NOW), Signer)


@pytest.mark.parametrize(
    "credential",
    [KeyCredential(b""), CertificateCredential(KeyCredential(ISSUED.key_pem), b"")],
)
def test_what_is_no_credential_is_refused_when_it_is_read(credential: Credential) -> None:
    with pytest.raises(UsageError) as caught:
        credential.signer(lambda: NOW)

    assert caught.value.hint
