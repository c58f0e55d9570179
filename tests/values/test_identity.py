import attrs

from provenance.values.digest import Digest
from provenance.values.identity import Certificate, Key, Oidc


def test_two_keys_are_one_only_when_their_fingerprints_are() -> None:
    assert Key(Digest.sha256("0" * 64), "EC P-256") == Key(Digest.sha256("0" * 64), "EC P-256")
    assert Key(Digest.sha256("0" * 64), "EC P-256") != Key(Digest.sha256("1" * 64), "EC P-256")


def test_each_kind_of_identity_says_in_a_line_who_it_is() -> None:
    key = Key(Digest.sha256("0" * 64), "EC P-256")
    named = Certificate(key, Digest.sha256("1" * 64), Digest.sha256("2" * 64), "CN=a", ("dns:b",))

    assert str(key) == f"EC P-256 key sha256:{'0' * 64}"
    assert str(named) == f"certificate sha256:{'1' * 64} of dns:b, {key}"
    assert str(attrs.evolve(named, names=())) == f"certificate sha256:{'1' * 64} of CN=a, {key}"
    assert str(Oidc("a@b", "https://c")) == "a@b, says https://c"
