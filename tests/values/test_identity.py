from provenance.values.digest import Digest
from provenance.values.identity import Key


def test_two_keys_are_one_only_when_their_fingerprints_are() -> None:
    assert Key(Digest.sha256("0" * 64), "EC P-256") == Key(Digest.sha256("0" * 64), "EC P-256")
    assert Key(Digest.sha256("0" * 64), "EC P-256") != Key(Digest.sha256("1" * 64), "EC P-256")
