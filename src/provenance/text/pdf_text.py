"""The text of a PDF, as far as it is written in letters; no picture is read, nothing is run.

Only what pages show with the operators of text (ISO 32000-1, 9.4) in fonts whose codes are ASCII:
glyph numbers of other fonts stay unread. Text in the invisible mode is left out; text in the
colour of the paper is not told from any other.
"""

import base64
import re
import zlib
from collections.abc import Iterator

import attrs

from provenance.text.span import Span

#: Of one document: its streams, and what comes out of them in bytes.
MOST_STREAMS = 2000
MOST_DECODED = 4 * 2**20
_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 600
_FILTER = re.compile(rb"/(ASCII85Decode|A85|FlateDecode|Fl)(?![A-Za-z0-9])")
_OTHER = re.compile(
    rb"/(?:LZW|RunLength|CCITTFax|JBIG2|DCT|JPX|ASCIIHex)Decode|/Crypt|/Type\s*/ObjStm|/FontFile"
    rb"|/Subtype\s*/Image"
)
_TOKEN = re.compile(
    rb"\((?P<text>(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+)\)"
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
    for _ in range(MOST_STREAMS):
        start = _STREAM.search(data, at)
        end = data.find(b"endstream", start.end()) if start else -1
        if start is None or end < 0 or left <= 0:
            return
        about = data[max(at, start.start() - _DICTIONARY) : start.start()]
        content = _unpacked(data[start.end() : end], about.rpartition(b"obj")[2], left)
        left -= len(content)
        if b"BT" in content:
            lines = tuple(line for line in _lines(content) if line)
            yield PdfText(lines, Span(start.end(), end))
        at = end + len(b"endstream")


def _unpacked(packed: bytes, about: bytes, most: int) -> bytes:
    """Return what a stream holds; nothing for a picture, a font, or what does not unpack."""
    if _OTHER.search(about):
        return b""
    content = packed
    for one in _FILTER.findall(about):
        try:
            if one.startswith(b"A"):
                content = base64.a85decode(content.strip().removesuffix(b"~>")[: 2 * most])
            else:
                content = zlib.decompressobj().decompress(content, most)
        except (ValueError, zlib.error):
            return b""
    return content[:most]


@attrs.define
class _Writer:
    """The lines that text operators write, one after the other."""

    lines: list[str] = attrs.field(factory=lambda: [""])
    visible: bool = True
    height: bytes = b""

    def show(self, shown: bytes) -> None:
        if self.visible:
            self.lines[-1] += _UNPRINTABLE.sub(" ", shown.decode("latin-1"))

    def move(self, operator: bytes, numbers: list[bytes]) -> None:
        """Begin a new line, or go on in this one, some way to the right."""
        up = numbers[-1] if operator in _MOVES and numbers else b""
        if operator == b"Tm":
            stays, self.height = up == self.height, up
        else:
            stays = bool(up) and float(up) == 0
            self.height = self.height if stays else b""
        if stays:
            self.lines[-1] += " "
        else:
            self.end()
            self.lines.append("")

    def end(self) -> None:
        """Take out the space that nobody sees."""
        self.lines[-1] = " ".join(self.lines[-1].split())


def _lines(content: bytes) -> list[str]:
    writer = _Writer()
    numbers: list[bytes] = []
    for token in _TOKEN.finditer(content):
        number, word = token["number"], token["word"]
        if number is not None:
            numbers.append(number)
            if float(number) < _GAP:
                writer.show(b" ")
        elif word is None:
            text = token["text"]
            writer.show(_letters(text) if text is not None else _from_hex(token["hex"]))
            numbers.clear()
        else:
            if word in _ENDS:
                writer.move(word, numbers)
            elif word == b"Tr":
                writer.visible = numbers[-1:] != [_INVISIBLE]
            numbers.clear()
    writer.end()
    return writer.lines


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
