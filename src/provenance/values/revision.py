"""A revision: a commit that cannot move, or a name that can."""

import re

import attrs

from provenance.errors import Code, InvalidValueError

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
# A ref that git itself would accept, less everything a server or a shell could misread.
_NAMED = re.compile(r"(?!-)[A-Za-z0-9._/+@#=,-]{1,250}")


def _is_commit(_: object, __: object, text: str) -> None:
    if not _COMMIT.fullmatch(text):
        raise InvalidValueError(
            f"{text!r} is not a commit", hint="give 40 lowercase hex digits", code=Code.REF
        )


def _is_name(_: object, __: object, text: str) -> None:
    if not _NAMED.fullmatch(text) or ".." in text or _COMMIT.fullmatch(text):
        raise InvalidValueError(
            f"{text!r} is not the name of a branch or tag",
            hint="use letters, digits and . _ / + @ # = , - only, or 40 hex digits for a commit",
            code=Code.REF,
        )


@attrs.frozen
class Commit:
    """A commit by its object id: 40 (SHA-1) or 64 (SHA-256) lowercase hex digits."""

    hex: str = attrs.field(validator=_is_commit)

    def __str__(self) -> str:
        """Return the object id."""
        return self.hex


@attrs.frozen
class Named:
    """A branch or tag by its name: it can move."""

    name: str = attrs.field(validator=_is_name)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


Revision = Commit | Named


def parse_revision(text: str) -> Revision:
    """Read a revision; the inverse of ``str``.

    Raises:
        InvalidValueError: when the text is neither a commit nor a well-formed name.
    """
    return Commit(text) if _COMMIT.fullmatch(text) else Named(text)
