"""Text that somebody else wrote: shown with every character that hides or moves text escaped."""

import re

from provenance.errors import Code
from provenance.text.note import Note
from provenance.text.span import Span

# Tabs and line ends are text; every other control character is an instruction to a terminal.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Unicode standard annex 9, section 2: the explicit directional formatting characters.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Those, all line ends, and what takes no room: joiners, fillers, tags, lone surrogates.
_UNSHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CUT = "…"


def has_control(text: str) -> bool:
    """Tell whether a text holds control characters other than tabs and line ends."""
    return _CONTROL.search(text) is not None


def has_bidi(text: str) -> bool:
    """Tell whether a text holds characters that change the direction of writing."""
    return _BIDI.search(text) is not None


def printable(text: str, limit: int | None = None) -> str:
    r"""Return the text on one line, with whatever hides or moves text in visible form.

    Control and bidirectional characters, line ends, characters without width and lone surrogates
    become ``\n``, ``\x1b``, ``\u202e``, ``\U000e0041``. Doing it twice changes nothing more.

    Args:
        text: what was read.
        limit: the most characters of the result, at least 1; an ellipsis ends what was cut.

    >>> print(printable("mit\x1b[8m"))
    mit\x1b[8m
    """
    if limit is None:
        return _UNSHOWN.sub(_escaped, text)
    shown = [_UNSHOWN.sub(_escaped, one) for one in text[: limit + 1]]
    if sum(map(len, shown)) <= limit:
        return "".join(shown)
    room = limit - len(_CUT)
    while sum(map(len, shown)) > room:
        shown.pop()
    return "".join(shown) + _CUT


def character_notes(text: str, span: Span | None = None) -> tuple[Note, ...]:
    """Return a CTRL_CHARS note and a BIDI note, if decoded text holds such characters.

    ``span`` is where the text stands, and becomes the notes' own.
    """
    found = (
        (Code.CTRL_CHARS, "control characters", _CONTROL.findall(text)),
        (Code.BIDI, "characters that change the direction of writing", _BIDI.findall(text)),
    )
    return tuple(
        Note(code, f"{len(chars)} {what}, the first is U+{ord(chars[0]):04X}", span)
        for code, what, chars in found
        if chars
    )


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    point = ord(char)
    if char in _NAMED:
        return _NAMED[char]
    if point < 2**8:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 2**16 else f"\\U{point:08x}"
