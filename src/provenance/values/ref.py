"""A release reference: which release is meant, and at which revision."""

import re
from enum import Enum, StrEnum, auto, unique
from typing import Self

import attrs

from provenance.errors import InvalidValueError, RefError
from provenance.values.revision import Commit, Revision, parse_revision

# The Hub's rule for one part of an id: letters, digits, '.', '_', '-', and no leading '.' or '-'.
_PART = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,95}"
#: The pattern of a repository's name there.
HUB_NAME = rf"(?:{_PART}/)?{_PART}"
_HUB = re.compile(HUB_NAME)
_FOLDER = re.compile(r"[^/\x00-\x1f\x7f@]{1,255}")
_HINT = "write org/name, hf:org/name@<commit> or a folder that exists"


@unique
class Scheme(StrEnum):
    """Where the release lives."""

    HF = "hf"
    LOCAL = "local"


def _fits(ref: "Ref", _: object, name: str) -> None:
    shape = _HUB if ref.scheme is Scheme.HF else _FOLDER
    if not shape.fullmatch(name) or ".." in name or "--" in name or name.endswith((".git", ".")):
        raise RefError(f"{name!r} does not name a release", hint=_HINT)


@attrs.frozen
class Ref:
    """A scheme, a name and, when one is given, a revision.

    >>> str(Ref.parse("org/name@main"))
    'hf:org/name@main'
    """

    scheme: Scheme
    name: str = attrs.field(validator=_fits)
    revision: Revision | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``[scheme:]name[@revision]``; the scheme is ``hf`` when none is written.

        Raises:
            RefError: when the text names no release.
        """
        scheme, colon, rest = text.partition(":")
        if not colon:
            scheme, rest = Scheme.HF.value, text
        name, at, revision = rest.partition("@")
        try:
            pinned = parse_revision(revision) if at else None
            return cls(Scheme(scheme), name, pinned)
        except (InvalidValueError, ValueError) as cause:
            raise RefError(f"{text!r} does not name a release", hint=_HINT) from cause

    @property
    def uri(self) -> str:
        """Return the reference without its revision."""
        return f"{self.scheme}:{self.name}"

    @property
    def commit(self) -> Commit | None:
        """Return the commit, when the revision is one."""
        return self.revision if isinstance(self.revision, Commit) else None

    def at(self, revision: Revision) -> "Ref":
        """Return the same release at another revision."""
        return attrs.evolve(self, revision=revision)

    def __str__(self) -> str:
        """Return the whole reference; the inverse of ``parse``."""
        return f"{self.uri}@{self.revision}" if self.revision else self.uri


@unique
class AnyRelease(Enum):
    """The choice not to say which release is expected: unsafe, and every result says so."""

    ANY_RELEASE = auto()


ANY_RELEASE = AnyRelease.ANY_RELEASE
