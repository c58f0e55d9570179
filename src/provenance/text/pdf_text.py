"""The text of a PDF, as far as it is written in letters; no picture is read, nothing is run.

Only what pages show with the operators of text (ISO 32000-1, 9.4) in fonts whose codes are ASCII:
glyph numbers of other fonts stay unread. Text in the invisible mode is left out; text in the
colour of the paper is not told from any other.
"""

import base64
import re
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

import attrs

from provenance.text.span import Span

#: Of one document: its streams, what comes out of their filters in bytes, and what is then read.
MOST_STREAMS = 2000
MOST_DECODED = 4 * 2**20
MOST_TOKENS = 500_000
# Of one stream; nobody packs a page more often.
_MOST_FILTERS = 4
_STEP = 2**14
_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 600
_FILTER = re.compile(rb"/(ASCII85Decode|A85|FlateDecode|Fl)(?![A-Za-z0-9])")
_OTHER = re.compile(
    rb"/(?:LZW|RunLength|CCITTFax|JBIG2|DCT|JPX|ASCIIHex)Decode|/Crypt|/Type\s*/ObjStm|/FontFile"
    rb"|/Subtype\s*/Image"
)
_TOKEN = re.compile(
    # One that nothing closes is taken too, and shows nothing: sought again from each bracket in
    # it, its end would cost the square of its size.
    rb"\((?P<text>(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+)(?P<closed>\))?"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*+)>"
    rb"|(?P<number>[-+]?[0-9]{0,20}\.?[0-9]{1,20})"
    rb"|(?P<word>[A-Za-z'\"*]++)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b" ", b"f": b" "}
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]+")
# In thousandths of the size of the letters: more than kerning, and as much as a space.
_GAP = -180
_INVISIBLE = b"3"
# Operators whose last operand is how far up the line stands, or how far up it moves.
_MOVES = frozenset({b"Td", b"TD", b"Tm"})
_ENDS = frozenset({*_MOVES, b"T*", b"'", b'"', b"ET"})


@attrs.frozen
class PdfText:
    """What a page shows, line by line, and the bytes of the stream that it is packed in."""

    lines: tuple[str, ...]
    span: Span


def pdf_text(data: bytes) -> Iterator[PdfText]:
    """Yield the text of a PDF's pages, in the order of the file."""
    left, at = MOST_DECODED, 0
    tokens = MOST_TOKENS
    for _ in range(MOST_STREAMS):
        start = _STREAM.search(data, at)
        end = data.find(b"endstream", start.end()) if start else -1
        if start is None or end < 0 or left <= 0:
            return
        about = data[max(at, start.start() - _DICTIONARY) : start.start()]
        content, spent = _unpacked(data[start.end() : end], about.rpartition(b"obj")[2], left)
        left -= spent
        if b"BT" in content and tokens > 0:
            writer = _Writer()
            tokens -= _write(content, writer, tokens)
            yield PdfText(tuple(filter(None, writer.lines)), Span(start.end(), end))
        at = end + len(b"endstream")


def _unpacked(packed: bytes, about: bytes, most: int) -> tuple[bytes, int]:
    """Return what a stream holds, and how many bytes its filters gave on the way.

    Nothing for a picture, a font, or what does not unpack.
    """
    if _OTHER.search(about):
        return b"", 0
    content, spent = packed, 0
    filters = _FILTER.findall(about)
    for one in filters[:_MOST_FILTERS]:
        if one.startswith(b"A"):
            content = _from_ascii(content, most)
        else:
            content, given = _inflated(content, most - spent)
            spent += given
    whole = content[:most] if len(filters) <= _MOST_FILTERS else b""
    return whole, max(spent, len(whole))


def _from_ascii(packed: bytes, most: int) -> bytes:
    """Return what ASCII85 stands for: a letter of it for up to four bytes."""
    try:
        return base64.a85decode(packed.strip().removesuffix(b"~>")[: most // 4])
    except ValueError:
        return b""


def _inflated(packed: bytes, most: int) -> tuple[bytes, int]:
    """Return what was packed, and how much was unpacked, also of what proves to be broken."""
    unpacker = zlib.decompressobj()
    found = bytearray()
    try:
        for at in range(0, len(packed), _STEP):
            waiting = packed[at : at + _STEP]
            while waiting and len(found) < most:
                found += unpacker.decompress(waiting, most - len(found))
                waiting = unpacker.unconsumed_tail
            if unpacker.eof or len(found) >= most:
                break
    except zlib.error:
        return b"", len(found)
    return bytes(found), len(found)


@attrs.define
class _Writer:
    """The lines that text operators write, one after the other; the last in parts."""

    lines: list[str] = attrs.field(factory=list)
    parts: list[str] = attrs.field(factory=list)
    visible: bool = True
    height: bytes = b""

    def show(self, shown: bytes) -> None:
        if self.visible:
            self.parts.append(_UNPRINTABLE.sub(" ", shown.decode("latin-1")))

    def move(self, operator: bytes, numbers: Sequence[bytes]) -> None:
        """Begin a new line, or go on in this one, some way to the right."""
        up = numbers[-1] if operator in _MOVES and numbers else b""
        if operator == b"Tm":
            stays, self.height = up == self.height, up
        else:
            stays = bool(up) and float(up) == 0
            self.height = self.height if stays else b""
        if stays:
            self.parts.append(" ")
        else:
            self.end()

    def end(self) -> None:
        """Write the line, without the space that nobody sees."""
        self.lines.append(" ".join("".join(self.parts).split()))
        self.parts.clear()


def _write(content: bytes, writer: _Writer, most: int) -> int:
    """Let a stream write, and return how many of its tokens were read: at most so many."""
    # No operator that is read looks further back.
    numbers: deque[bytes] = deque(maxlen=1)
    count = 0
    for token in islice(_TOKEN.finditer(content), most):
        count += 1
        number, word = token["number"], token["word"]
        if number is not None:
            numbers.append(number)
            if float(number) < _GAP:
                writer.show(b" ")
        elif word is None:
            text, hexadecimal = token["text"], token["hex"]
            if hexadecimal is not None:
                writer.show(_from_hex(hexadecimal))
            elif token["closed"]:
                writer.show(_letters(text))
            numbers.clear()
        else:
            if word in _ENDS:
                writer.move(word, numbers)
            elif word == b"Tr":
                writer.visible = list(numbers) != [_INVISIBLE]
            numbers.clear()
    writer.end()
    return count


def _letters(raw: bytes) -> bytes:
    return _ESCAPE.sub(_unescaped, raw) if b"\\" in raw else raw


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code.isdigit():
        return bytes([int(code, 8) & 255])
    return _ESCAPED.get(code, b"" if code in {b"\n", b"\r\n", b"\r"} else code)


def _from_hex(digits: bytes) -> bytes:
    """Return the letters that are written as digits; two bytes for each are numbers of glyphs."""
    whole = b"".join(digits.split())
    found = bytes.fromhex((whole + b"0" * (len(whole) % 2)).decode())
    return b"" if b"\0" in found else found
