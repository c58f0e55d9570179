"""The path of a file inside a release."""

import unicodedata
from typing import Self

import attrs

from provenance.errors import Code, InvalidValueError

# Windows' limit on one name and Linux's are both 255; a path is bounded as a whole as well.
LONGEST_PATH = 4096


def _characters(text: str) -> tuple[Code, str] | None:
    """Return what is wrong with the characters of a name that is not plain ASCII."""
    categories = {unicodedata.category(char) for char in text}
    if "Cs" in categories:
        return Code.NAME_ENCODING, "is not valid Unicode"
    if categories & {"Cc", "Zl", "Zp"}:
        return Code.NAME_CTRL, "holds control characters"
    if not unicodedata.is_normalized("NFC", text):
        return Code.NAME_NFC, "is not in Unicode normal form C"
    return None


def _trouble(text: str) -> tuple[Code, str] | None:
    """Return the first rule that ``text`` breaks as a relative path, or ``None``."""
    if not text or len(text) > LONGEST_PATH:
        return Code.NAME, f"has {len(text)} characters, not 1 to {LONGEST_PATH}"
    if not (text.isascii() and text.isprintable()) and (trouble := _characters(text)):
        return trouble
    if any(part in {"", ".", ".."} for part in text.split("/")):
        return Code.NAME, "is absolute, or has an empty, '.' or '..' part"
    return None


def _relative(_: object, __: object, text: str) -> None:
    if trouble := _trouble(text):
        code, what = trouble
        raise InvalidValueError(
            f"the name {ascii(text)[:120]} {what}",
            hint="rename it: relative, '/' between parts, no '..', no control characters, NFC",
            code=code,
        )


@attrs.frozen(order=True)
class RelPath:
    """A relative POSIX path: NFC, no ``..``, no control characters; ordered by code points.

    >>> str(RelPath("data/train.txt").parent)
    'data'
    """

    text: str = attrs.field(validator=_relative)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a path; the inverse of ``str``."""
        return cls(text)

    @property
    def name(self) -> str:
        """Return the last part."""
        return self.text.rpartition("/")[2]

    @property
    def parent(self) -> str:
        """Return everything before the last part; empty at the top."""
        return self.text.rpartition("/")[0]

    @property
    def suffix(self) -> str:
        """Return the last ``.ending`` of the name in lowercase, or an empty string."""
        stem, dot, ending = self.name.rpartition(".")
        return f".{ending.lower()}" if dot and stem else ""

    def __str__(self) -> str:
        """Return the path as text."""
        return self.text
