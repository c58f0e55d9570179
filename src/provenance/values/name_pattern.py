"""Patterns for the names of signers: anchored at both ends, matched in linear time."""

import re
from typing import Self

import attrs

from provenance.errors import Code, InvalidValueError

STAR = "*"
LONGEST = 512

# Where one part of an address or of a mail address ends: no star reaches over it.
_PARTS = re.compile(r"([/@])")
_LITERAL = re.compile(r"[A-Za-z0-9]")
# Every address begins with one: it says nothing about whose it is.
_SCHEME = re.compile(r"\A[a-z][a-z0-9+.-]{0,30}://")


def _require_name(pattern: str, name: str) -> None:
    """Refuse a pattern whose part that is a name would cover any, or was meant to be another."""
    if not _LITERAL.search(_SCHEME.sub("", name)):
        raise InvalidValueError(
            f"the pattern {pattern!r} admits everybody",
            hint="write the part of the name that the signer cannot choose",
            code=Code.POLICY_FILE,
        )
    if name.startswith(("^", ".*")) or name.endswith("$") or r"\." in name:
        raise InvalidValueError(
            f"the pattern {pattern!r} reads like a regular expression, and is none",
            hint=r"write it without ^, $ and \: * stands for characters, all else for itself",
            code=Code.POLICY_FILE,
        )


def _sensible(_: object, __: object, text: str) -> None:
    if not text or len(text) > LONGEST or not text.isprintable():
        raise InvalidValueError(
            f"a pattern of {len(text)} characters, or with some that cannot be printed",
            hint=f"give 1 to {LONGEST} printable characters",
            code=Code.POLICY_FILE,
        )
    _require_name(text, text)
    if STAR * 2 in text:
        raise InvalidValueError(
            f"the pattern {text!r} has two stars side by side",
            hint="one * stands for one or more characters, none of them / or @",
            code=Code.POLICY_FILE,
        )


@attrs.frozen
class NamePattern:
    """A whole name in which ``*`` stands for one or more characters, none of them ``/`` or ``@``.

    Everything else stands for itself, and the pattern covers the name from its first character to
    its last.

    >>> NamePattern("https://example.org/*/build").covers("https://example.org/team/build")
    True
    >>> NamePattern("https://example.org/*").covers("https://example.org/a/b")
    False
    """

    text: str = attrs.field(validator=_sensible)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a pattern; the inverse of ``str``."""
        return cls(text)

    def covers(self, name: str) -> bool:
        """Tell whether the pattern covers a name, the whole of it."""
        asked, found = _PARTS.split(self.text), _PARTS.split(name)
        return len(asked) == len(found) and all(map(_covers, asked, found))

    def require_name(self, name: str) -> None:
        """Refuse the pattern when ``name``, the part of it that is one, would cover any.

        Raises:
            InvalidValueError: POLICY_FILE.
        """
        _require_name(self.text, name)

    def __str__(self) -> str:
        """Return the pattern as it was written."""
        return self.text


def _covers(pattern: str, part: str) -> bool:
    """Match one part: the first piece at its start, the last at its end, the others in order."""
    first, *rest = pattern.split(STAR)
    if not rest:
        return pattern == part
    if not part.startswith(first):
        return False
    *between, last = rest
    at = len(first)
    for piece in between:
        # The star before the piece takes one character at least.
        place = part.find(piece, at + 1)
        if place < 0:
            return False
        at = place + len(piece)
    return part.endswith(last) and len(part) - len(last) > at
