"""Addresses that hold a password: ``scheme://user:password@host``."""

import re
from collections.abc import Iterator

from provenance.policy.placeholders import is_spoken
from provenance.values.secret import Secret

_FORM = re.compile(
    rb"://(?P<user>[^\s/?#@:\"'`<>()]{0,80}+):(?P<word>[^\s,/@\"'`<>()]{4,}+)@(?P<host>[A-Za-z0-9\[_-]+)"
)
_LONGEST = 300
_LEAST = 4
# A container's image by its digest has the same form.
_DIGEST = "sha256"
_USUAL = frozenset({"pass", "postgres", "root", "guest", "admin", "pwd", "user", "minioadmin"})
_WHAT = re.compile(rb"[A-Za-z]*pass(?:word|wd)?\Z|PASS\w*\Z", re.IGNORECASE)


def secret_addresses(data: bytes) -> Iterator[Secret]:
    """Yield the passwords in addresses; not what only names the place of one."""
    if b"://" not in data:
        return
    for match in _FORM.finditer(data):
        word, user = (
            match["word"].decode("utf-8", "replace"),
            match["user"].decode("utf-8", "replace"),
        )
        if len(word) > _LONGEST or _is_named(word, user, match["host"].decode()):
            continue
        start, end = match.span("word")
        yield Secret("a password in an address", start, end, word, "who runs that server")


def _is_named(word: str, user: str, host: str) -> bool:
    usual = word.casefold() in _USUAL or word.casefold() == user.casefold() or word.isdigit()
    spoken = is_spoken(word) or (is_spoken(user) and not any(one.isdigit() for one in word))
    return usual or spoken or host == _DIGEST or (word.islower() and len(word) < 2 * _LEAST)
