from provenance.signers.by_certificate import CertificateCredential, TrustedHolder
from provenance.signers.by_key import KeyCredential
from provenance.values.identity import Certificate
from provenance.values.terms import Terms
from tests.signers.authorities import EMAIL, NOW, authority, signer


def test_what_a_holder_signs_is_opened_under_the_root() -> None:
    root = authority()
    own = signer(root)
    credential = CertificateCredential(KeyCredential(own.key_pem), own.pem)
    (holder,) = TrustedHolder((root.pem,), EMAIL).verifiers(Terms(lambda: NOW))

    opened = holder.open(credential.signer(lambda: NOW).seal("a", b"b"))

    assert isinstance(opened.signer, Certificate)
    assert f"email:{EMAIL}" in opened.signer.names
