"""SentencePiece models: protocol buffers, of which the pieces are counted and nothing else is read.

https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto
"""

from typing import Final

# ModelProto: field 1 holds a piece each time; 2 to 5 are the trainer, normalizers and self test.
_PIECE: Final = 1
_KNOWN: Final = frozenset({1, 2, 3, 4, 5})
_LENGTH: Final = 2
_LONGEST: Final = 10


def pieces_in(data: bytes) -> int | None:
    """Return how many pieces a model holds; ``None`` for what is none, or is not whole.

    >>> pieces_in(bytes([10, 3, 10, 1, 97, 10, 3, 10, 1, 98])), pieces_in(bytes([10, 3, 10]))
    (2, None)
    """
    found = at = 0
    while at < len(data):
        tag, at = _number(data, at)
        if tag is None or tag & 7 != _LENGTH or tag >> 3 not in _KNOWN:
            return None
        size, at = _number(data, at)
        if size is None or at + size > len(data):
            return None
        found += tag >> 3 == _PIECE
        at += size
    return found or None


def _number(data: bytes, at: int) -> tuple[int | None, int]:
    """Read a number in groups of seven bits, the lowest first; ``None`` where it does not end."""
    value = 0
    for count, byte in enumerate(data[at : at + _LONGEST]):
        value |= (byte & 127) << (7 * count)
        if byte < 128:  # noqa: PLR2004 - the last group has no eighth bit
            return value, at + count + 1
    return None, at
