"""What is text, told by its bytes and by no name: UTF-8 and its kin, UTF-16 and UTF-32."""

import codecs
import re
from typing import Final

#: So many bytes from the start tell whether a file is text.
SAMPLE: Final = 8192
# A header of lengths begins with zeros, a text does not.
_HEAD = 16
# A log may hold a few control characters, what is packed holds one in nine.
_RARE = 100
# A letter of the usual alphabets has one zero in UTF-16, and most characters are such letters.
_MOSTLY = 0.4
_CONTROL = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
# UTF-32 first: its mark begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(sample: bytes) -> str | None:
    r"""Return how a text is encoded by its first ``SAMPLE`` bytes; ``None`` for what is no text.

    Whatever keeps the letters of ASCII where they are is called ``ascii``: UTF-8 and its kin.

    >>> encoding_of(b"caf\xe9"), encoding_of("token".encode("utf-16-le")), encoding_of(bytes(99))
    ('ascii', 'utf-16-le', None)
    """
    sample = sample[:SAMPLE]
    marked = next((name for mark, name in _MARKS if sample.startswith(mark)), None)
    if marked or not sample:
        return marked or "ascii"
    if wide := _wide(sample):
        return wide
    if b"\0" in sample[:_HEAD] or len(_CONTROL.findall(sample)) * _RARE > len(sample):
        return None
    return "ascii"


def searchable(data: bytes) -> bytes | None:
    """Return a text's bytes with the letters of ASCII in one byte each; ``None`` for no text."""
    encoding = encoding_of(data)
    if encoding is None or encoding == "ascii":
        return data if encoding else None
    return data.decode(encoding, "replace").encode("utf-8", "replace")


def _wide(sample: bytes) -> str | None:
    """Return UTF-16 without a mark: nearly every second byte is zero, and the others are not."""
    first, second = sample[0::2], sample[1::2]
    least = len(second) * _MOSTLY
    if second.count(0) > least and not first.count(0):
        return "utf-16-le"
    return "utf-16-be" if first.count(0) > least and not second.count(0) else None
