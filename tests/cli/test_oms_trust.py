from pathlib import Path

import click
import pytest

from provenance.cli.method_options import Typed
from provenance.cli.oms_trust import TrustOptions
from provenance.errors import UsageError
from provenance.ports.verifier import Verifier
from provenance.signers.certificate import CertificateTrust
from provenance.signers.key import KeyTrust
from provenance.signers.keyless import KeylessTrust
from provenance.values.certificate_name import UNSAFE_ANY_NAME, CertificateName
from provenance.values.identity import Oidc
from provenance.values.terms import Terms
from tests.charlm import noon
from tests.model_signatures import KEYS

KEY = {"--public-key": KEYS / "signing-key-pub.pem"}
CHAIN = {"--certificate-chain": (KEYS / "ca-cert.pem",)}
NAME = {"--certificate-identity": "a@example.org"}
ANYBODY = {"--unsafe-any-certificate-identity": True}
IDENTITY = {"--identity": "a"}
ISSUER = {"--issuer": "https://b"}
CONFIG = {"--trust-config": Path("a")}


def trusted(*options: dict[str, object]) -> Verifier:
    typed = Typed.of({flag: value for one in options for flag, value in one.items()})
    (found,) = TrustOptions(typed).trust().verifiers(Terms(noon))
    return found


def test_a_key_is_one_way_to_trust() -> None:
    assert isinstance(trusted({**KEY}), KeyTrust)


def test_roots_and_a_name_are_another() -> None:
    named, anybody = trusted({**CHAIN, **NAME}), trusted({**CHAIN, **ANYBODY})

    assert isinstance(named, CertificateTrust)
    assert isinstance(anybody, CertificateTrust)
    assert named.name == CertificateName.parse("a@example.org")
    assert anybody.name is UNSAFE_ANY_NAME


def test_an_identity_and_its_issuer_are_the_third() -> None:
    assert trusted({**IDENTITY, **ISSUER}) == KeylessTrust(Oidc("a", "https://b"))
    assert trusted({**IDENTITY, **ISSUER, **CONFIG}) == KeylessTrust(
        Oidc("a", "https://b"), Path("a")
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "say whom you trust in one way: --public-key, or --certificate-chain with"),
        ({**KEY, **CHAIN, **ANYBODY}, "in one way"),
        ({**KEY, **IDENTITY, **ISSUER}, "in one way"),
        ({**KEY, **NAME}, "--certificate-identity goes with --certificate-chain"),
        ({**KEY, **ANYBODY}, "--unsafe-any-certificate-identity goes with --certificate-chain"),
        ({**KEY, **CONFIG}, "--trust-config goes with --identity"),
        ({**ISSUER, **CONFIG}, "--trust-config goes with --identity"),
        ({**CHAIN}, "say whose the certificate has to be"),
        ({**CHAIN, **NAME, **ANYBODY}, "say whose the certificate has to be"),
        ({**NAME}, "in one way"),
    ],
)
def test_no_trust_is_guessed(options: dict[str, object], said: str) -> None:
    with pytest.raises(click.UsageError, match=said):
        trusted(options)


@pytest.mark.parametrize("half", [IDENTITY, ISSUER])
def test_half_an_identity_is_none(half: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="together"):
        trusted(half)
