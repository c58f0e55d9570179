import pytest

from provenance import VerificationError, generate_key, keys
from provenance.values.terms import Terms
from tests.charlm import noon

TERMS = Terms(noon)


def test_a_pair_that_was_made_signs_and_is_trusted() -> None:
    private, public = generate_key(keys.KeyKind.ED25519)
    signer: keys.Signer = keys.Signing.by_key(private).signer(noon)
    (verifier,) = keys.Trust.by_key(public).verifiers(TERMS)

    opened = verifier.open(signer.seal("text/plain", b"words"))

    assert isinstance(verifier, keys.Verifier)
    assert opened.payload == b"words"
    assert isinstance(opened.signer, keys.Key)


def test_another_key_is_not_trusted() -> None:
    private, _ = generate_key()
    _, other = generate_key()
    bundle = keys.load_private(private).seal("text/plain", b"words")
    (verifier,) = keys.Trust.by_key(other).verifiers(TERMS)

    with pytest.raises(VerificationError):
        verifier.open(bundle)
