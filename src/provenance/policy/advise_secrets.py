"""Advice about the secrets of one file, and advice that repeats none of them."""

from collections.abc import Collection, Iterable, Iterator

import attrs

from provenance.policy.secrets import MOST, secrets_in, without_secrets
from provenance.values.advice import Advice, Rule

_MANY = "more that look like secrets follow, and are not told one by one"


@attrs.frozen
class Searched:
    """What the search of some files found: advice, and the secrets themselves, to hide them."""

    advice: tuple[Advice, ...] = ()
    secrets: frozenset[str] = attrs.field(default=frozenset(), repr=False)


def search(path: str, data: bytes) -> Searched:
    """Return what looks like a secret in a text, at most ``MOST`` and a word about the rest."""
    found = secrets_in(path, data)
    told = []
    line, last = 1, 0
    for one in found[:MOST]:
        line, last = line + data.count(b"\n", last, one.start), one.start
        what = f"{one.shown}: it looks like a secret"
        todo = f"take it out, and have it revoked by {one.revoke}: who has the repository has it"
        told.append(Advice(Rule.SECRET, path, line, what, todo))
    if len(found) > MOST:
        told.append(Advice(Rule.SECRET, path, line, _MANY, Rule.SECRET.mend))
    return Searched(tuple(told), frozenset(one.text for one in found if one.text))


def hidden(advice: Iterable[Advice], secrets: Collection[str]) -> Iterator[Advice]:
    """Yield advice that repeats no secret, be it in a quote or an address."""
    for one in advice:
        if one.rule is Rule.SECRET or not secrets:
            yield one
            continue
        what, todo = without_secrets(one.what, secrets), without_secrets(one.todo, secrets)
        yield attrs.evolve(one, what=what, todo=todo)
