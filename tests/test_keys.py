import pytest

from provenance import VerificationError, generate_key, keys


def test_a_pair_that_was_made_signs_and_is_trusted() -> None:
    private, public = generate_key(keys.KeyKind.ED25519)
    signer: keys.Signer = keys.load_private(private)
    trust: keys.Verifier = keys.KeyTrust(keys.load_public(public))

    opened = trust.open(signer.seal("text/plain", b"words"))

    assert opened.payload == b"words"
    assert isinstance(opened.signer, keys.Key)


def test_another_key_is_not_trusted() -> None:
    private, _ = generate_key()
    _, other = generate_key()
    bundle = keys.load_private(private).seal("text/plain", b"words")

    with pytest.raises(VerificationError):
        keys.KeyTrust(keys.load_explained_public(other)).open(bundle)
