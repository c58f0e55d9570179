from pathlib import Path

from provenance.signers.by_identity import TrustedIdentity
from provenance.signers.keyless import KeylessTrust
from provenance.values.identity import Oidc
from provenance.values.terms import Terms
from tests.signers.authorities import NOW


def test_an_identity_is_trusted_as_its_issuer_says_under_a_configuration() -> None:
    trusted = TrustedIdentity("a", "https://b", Path("root.json"))

    assert trusted.verifiers(Terms(lambda: NOW)) == (
        KeylessTrust(Oidc("a", "https://b"), Path("root.json")),
    )
