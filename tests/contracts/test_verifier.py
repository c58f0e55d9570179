"""Every verifier keeps the port's promises: it opens what its signer signed, and nothing else."""

import attrs
import pytest

from provenance.errors import Code, VerificationError
from provenance.ports.signer import Signer
from provenance.ports.verifier import Verifier
from provenance.signers.certificate import CertificateTrust, load_signer
from provenance.signers.key import KeyKind, KeyTrust, generate, load_private, load_public
from provenance.values.bundle import Bundle
from provenance.values.certificate_name import CertificateName
from provenance.values.terms import Legacy
from tests.signers.authorities import EMAIL, NOW, authority, signer

Pair = tuple[Signer, Verifier]

ROOT = authority()
ISSUED = signer(ROOT)
NAME = CertificateName.parse(EMAIL)


def by_key(kind: KeyKind, legacy: Legacy = Legacy.NONE) -> Pair:
    private, public = generate(kind)
    return load_private(private), KeyTrust(load_public(public), legacy)


def by_certificate() -> Pair:
    own = load_signer(load_private(ISSUED.key_pem), ISSUED.pem, [], at=NOW)
    return own, CertificateTrust((ROOT.certificate,), NAME, lambda: NOW)


PAIRS: dict[str, Pair] = {
    **{kind.value: by_key(kind) for kind in KeyKind},
    "legacy refused": by_key(KeyKind.P384, Legacy.REFUSED),
    "legacy allowed": by_key(KeyKind.P384, Legacy.ALLOWED),
    "certificate": by_certificate(),
}


def spoiled(bundle: Bundle) -> dict[str, Bundle]:
    envelope = bundle.envelope
    signature = envelope.signature
    changes = {
        "payload": attrs.evolve(envelope, payload=b"Payload"),
        "longer payload": attrs.evolve(envelope, payload=b"payload "),
        "type": attrs.evolve(envelope, payload_type="text/html"),
        "no signature": attrs.evolve(envelope, signature=b""),
        "short signature": attrs.evolve(envelope, signature=signature[:-1]),
        "long signature": attrs.evolve(envelope, signature=signature + b"\0"),
        "flipped signature": attrs.evolve(
            envelope, signature=signature[:-1] + bytes([signature[-1] ^ 1])
        ),
    }
    return {name: attrs.evolve(bundle, envelope=one) for name, one in changes.items()}


@pytest.mark.parametrize("name", PAIRS)
def test_what_the_trusted_signer_signed_is_opened(name: str) -> None:
    own, trust = PAIRS[name]

    opened = trust.open(own.seal("text/plain", b"payload"))

    assert isinstance(trust, Verifier)
    assert (opened.payload, opened.payload_type) == (b"payload", "text/plain")
    assert not opened.legacy


@pytest.mark.parametrize("change", sorted(spoiled(by_certificate()[0].seal("a", b"b"))))
@pytest.mark.parametrize("name", PAIRS)
def test_what_was_changed_is_refused(name: str, change: str) -> None:
    own, trust = PAIRS[name]

    with pytest.raises(VerificationError) as caught:
        trust.open(spoiled(own.seal("text/plain", b"payload"))[change])

    assert caught.value.code is Code.SIGNATURE


@pytest.mark.parametrize("name", PAIRS)
def test_what_another_signed_is_refused(name: str) -> None:
    _, trust = PAIRS[name]
    other = load_private(generate()[0])

    with pytest.raises(VerificationError) as caught:
        trust.open(other.seal("text/plain", b"payload"))

    assert caught.value.code in {Code.KEY_UNTRUSTED, Code.BUNDLE_METHOD}
