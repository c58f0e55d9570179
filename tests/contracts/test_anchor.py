"""Every anchor keeps the port's promises: it is named without being read, and refused then."""

import pytest

from provenance.errors import UsageError
from provenance.ports.anchor import Anchor
from provenance.ports.verifier import Verifier
from provenance.signers.by_certificate import TrustedHolder
from provenance.signers.by_identity import TrustedIdentity
from provenance.signers.by_key import TrustedKey
from provenance.values.terms import Terms
from tests.flows.signed import PUBLIC
from tests.signers.authorities import EMAIL, NOW, authority

TERMS = Terms(lambda: NOW)


@pytest.mark.parametrize(
    "anchor",
    [
        TrustedKey(PUBLIC),
        TrustedHolder((authority().pem,), EMAIL),
        TrustedIdentity("a", "https://b"),
    ],
)
def test_an_anchor_comes_to_verifiers(anchor: Anchor) -> None:
    assert isinstance(anchor, Anchor)
    assert all(isinstance(one, Verifier) for one in anchor.verifiers(TERMS))


@pytest.mark.parametrize(
    "anchor", [TrustedKey(b""), TrustedHolder((b"",), EMAIL), TrustedIdentity("", "")]
)
def test_what_is_no_anchor_is_refused_when_it_is_read(anchor: Anchor) -> None:
    with pytest.raises(UsageError) as caught:
        anchor.verifiers(TERMS)

    assert caught.value.hint
