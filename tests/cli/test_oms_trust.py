from pathlib import Path

import click
import pytest

from provenance.cli.oms_trust import TrustOptions, trust_of
from provenance.errors import UsageError
from provenance.signers.certificate import CertificateTrust
from provenance.signers.key import KeyTrust, Legacy
from provenance.signers.keyless import KeylessTrust
from provenance.values.certificate_name import UNSAFE_ANY_NAME, CertificateName
from provenance.values.identity import Oidc
from tests.model_signatures import KEYS

KEY = KEYS / "signing-key-pub.pem"
ROOTS = (KEYS / "ca-cert.pem",)


def test_a_key_is_one_way_to_trust() -> None:
    trust = trust_of(TrustOptions(public_key=KEY))

    assert isinstance(trust, KeyTrust)
    assert trust.legacy is Legacy.REFUSED


def test_roots_and_a_name_are_another() -> None:
    trust = trust_of(TrustOptions(chain=ROOTS, name="a@example.org", legacy=True))
    anybody = trust_of(TrustOptions(chain=ROOTS, any_name=True))

    assert isinstance(trust, CertificateTrust)
    assert isinstance(anybody, CertificateTrust)
    assert (trust.name, trust.legacy) == (CertificateName.parse("a@example.org"), Legacy.ALLOWED)
    assert anybody.name is UNSAFE_ANY_NAME


def test_an_identity_and_its_issuer_are_the_third() -> None:
    trust = trust_of(TrustOptions(identity="a", issuer="https://b"))

    assert trust == KeylessTrust(Oidc("a", "https://b"))


@pytest.mark.parametrize(
    "options",
    [
        TrustOptions(),
        TrustOptions(public_key=KEY, chain=ROOTS, any_name=True),
        TrustOptions(public_key=KEY, identity="a", issuer="b"),
        TrustOptions(public_key=KEY, name="a"),
        TrustOptions(public_key=KEY, config=Path("a")),
        TrustOptions(chain=ROOTS),
        TrustOptions(chain=ROOTS, name="a", any_name=True),
        TrustOptions(name="a"),
    ],
)
def test_no_trust_is_guessed(options: TrustOptions) -> None:
    with pytest.raises(click.UsageError):
        trust_of(options)


@pytest.mark.parametrize("half", [TrustOptions(identity="a"), TrustOptions(issuer="b")])
def test_half_an_identity_is_none(half: TrustOptions) -> None:
    with pytest.raises(UsageError, match="together"):
        trust_of(half)
