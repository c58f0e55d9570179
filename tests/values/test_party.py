import itertools

import pytest

from provenance.values.digest import Digest
from provenance.values.identity import Certificate, Identity, Key, Oidc
from provenance.values.party import parties

ROOT = Digest.sha256("0f" * 32)
OTHER_ROOT = Digest.sha256("0e" * 32)


def key(number: int) -> Key:
    return Key(Digest.sha256(f"{number:064x}"), "EC P-256")


def certificate(by: int, *names: str, subject: str = "O=Org", root: Digest = ROOT) -> Certificate:
    return Certificate(key(by), Digest.sha256(f"{by:064x}"), root, subject, names)


ME = "email:me@example.org"


@pytest.mark.parametrize(
    ("identities", "count"),
    [
        ((), 0),
        ((key(1), key(1)), 1),
        ((key(1), key(2)), 2),
        ((key(1), certificate(1, ME)), 1),
        ((key(2), certificate(1, ME)), 2),
        # A renewed certificate, another root, and another case are no other person.
        ((certificate(1, ME), certificate(2, ME)), 1),
        ((certificate(1, ME), certificate(2, ME, root=OTHER_ROOT)), 1),
        ((certificate(1, ME), certificate(2, "email:Me@Example.org")), 1),
        ((certificate(1, ME), certificate(2, "dns:a", ME)), 1),
        # Colleagues share a subject without being one; without names, the subject is the name.
        ((certificate(1, ME), certificate(2, "email:you@example.org")), 2),
        ((certificate(1), certificate(2)), 1),
        ((certificate(1), certificate(2, subject="O=Other")), 2),
        ((Oidc("me@example.org", "https://a"), Oidc("me@example.org", "https://b")), 1),
        ((Oidc("me@example.org", "https://a"), Oidc("you@example.org", "https://a")), 2),
        ((Oidc("me@example.org", "https://a"), certificate(1, ME)), 1),
        ((Oidc("https://a/b", "https://a"), certificate(1, "uri:https://a/b")), 1),
        # What joins two comes between them, or last.
        ((key(1), certificate(2, ME), certificate(1, ME)), 1),
    ],
)
def test_what_shares_a_key_or_a_name_is_one_party(
    identities: tuple[Identity, ...], count: int
) -> None:
    for order in itertools.permutations(identities):
        found = parties(order)

        assert len(found) == count
        assert {member for party in found for member in party} == set(identities)
