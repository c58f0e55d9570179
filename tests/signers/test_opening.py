import attrs
import pytest

from provenance.errors import Code, VerificationError
from provenance.ports.verifier import Verifier
from provenance.signers.certificate import CertificateTrust, load_certificates
from provenance.signers.key import KeyTrust, generate, load_private, load_public
from provenance.signers.opening import open_by
from provenance.values.bundle import Bundle, KeyHint
from provenance.values.certificate_name import CertificateName
from tests.signers.authorities import EMAIL, NOW, authority

PRIVATE, PUBLIC = generate()
OWN: Verifier = KeyTrust(load_public(PUBLIC))
OTHER: Verifier = KeyTrust(load_public(generate()[1]))
HOLDER: Verifier = CertificateTrust(
    load_certificates(authority().pem), CertificateName.parse(EMAIL), lambda: NOW
)
BUNDLE = load_private(PRIVATE).seal("a", b"b")
# As older signers wrote it.
UNNAMED = attrs.evolve(BUNDLE, material=KeyHint(None))


@pytest.mark.parametrize("bundle", [BUNDLE, UNNAMED])
def test_whoever_signed_is_found_among_others(bundle: Bundle) -> None:
    assert open_by(bundle, (HOLDER, OTHER, OWN)).payload == b"b"


@pytest.mark.parametrize(
    ("trust", "code"),
    [
        ((HOLDER,), Code.BUNDLE_METHOD),
        ((HOLDER, OTHER), Code.KEY_UNTRUSTED),
        ((OTHER, HOLDER), Code.KEY_UNTRUSTED),
    ],
)
def test_the_refusal_of_one_whom_it_concerns_is_told(
    trust: tuple[Verifier, ...], code: Code
) -> None:
    with pytest.raises(VerificationError) as caught:
        open_by(BUNDLE, trust)

    assert caught.value.code is code


def test_what_nobody_signed_is_no_other_s() -> None:
    changed = attrs.evolve(BUNDLE, envelope=attrs.evolve(BUNDLE.envelope, payload=b"c"))
    unnamed = attrs.evolve(changed, material=KeyHint(None))

    for bundle in (changed, unnamed):
        with pytest.raises(VerificationError) as caught:
            open_by(bundle, (OWN, OTHER))
        assert caught.value.code is Code.SIGNATURE
