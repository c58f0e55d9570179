"""Parties: identities that are one and the same signer, by a key or a name that they share."""

from collections.abc import Iterable
from typing import TypeAlias, assert_never

from provenance.values.identity import Certificate, Identity, Key, Oidc

Party: TypeAlias = tuple[Identity, ...]


def parties(identities: Iterable[Identity]) -> tuple[Party, ...]:
    """Return the identities, those of one signer together.

    Who has two certificates, or signs with one key by itself and under a certificate, is one
    signer; so is who bears one name before two issuers. What is in doubt counts as one.
    """
    found: list[tuple[frozenset[str], Party]] = []
    for identity in dict.fromkeys(identities):
        marks = _marks(identity)
        members: Party = (identity,)
        others: list[tuple[frozenset[str], Party]] = []
        for theirs, party in found:
            if theirs & marks:
                marks, members = marks | theirs, (*party, *members)
            else:
                others.append((theirs, party))
        found = [*others, (marks, members)]
    return tuple(party for _, party in found)


def _marks(identity: Identity) -> frozenset[str]:
    """Return what nobody else has: the key, and the names, whoever vouches for them."""
    match identity:
        case Key(fingerprint):
            return frozenset({str(fingerprint)})
        case Certificate():
            # An organization's members may share a subject; one without other names is a name.
            names = identity.names or (f"subject:{identity.subject}",)
            return frozenset({str(identity.key.fingerprint), *map(str.casefold, names)})
        case Oidc(name):
            return frozenset({f"email:{name.casefold()}", f"uri:{name.casefold()}"})
        case _:
            assert_never(identity)
