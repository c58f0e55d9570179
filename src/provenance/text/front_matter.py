"""Cards: a block of YAML between lines of three dashes, then Markdown.

The rule for the block is that of the Hub's client, ``huggingface_hub.repocard``; where its readers
could come to see different blocks, a note says so.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import attrs

from provenance.errors import Code, TextError
from provenance.text.budget import Budget
from provenance.text.note import Note
from provenance.text.span import Span
from provenance.text.untrusted import character_notes

#: 5 MiB; a card has no depth and no items.
DEFAULT_BUDGET = Budget(bytes=5 * 2**20)

_BOM = b"\xef\xbb\xbf"
_OPENING = re.compile(rb"\s*---(?:\r\n|\r|\n)")
# A line of its own; the end of the line before it is not part of the block.
_CLOSING = re.compile(rb"(?:\r\n|\r|\n|(?<=\n)|(?<=\r))---[ \t]*(?:\r\n|\r|\n|\Z)")
# A block in another place: dashes, and one of the Hub's own keys among the lines that follow.
_DASHES = re.compile(rb"^[ \t]*---[ \t]*\r?$", re.MULTILINE)
_KEY = re.compile(
    rb"^[ \t]*(?:license(?:_name|_link)?|languages?|datasets?|base_model(?:_relation)?|tags"
    rb"|library_name|pipeline_tag|metrics|model-index|model_name|dataset_info|configs"
    rb"|task_categories|size_categories|source_datasets|pretty_name):(?:[ \t\r]|$)",
    re.MULTILINE,
)
_HINT = "write the card in UTF-8, with its metadata between two lines of three dashes at its start"


@attrs.frozen
class Card:
    """A card in two parts, each with the offset at which it starts in the file.

    ``front`` is ``None`` without a complete block at the start, and is then what a reader of the
    Hub sees: no metadata, and everything is Markdown.
    """

    front: bytes | None
    front_start: int
    body: bytes
    body_start: int
    notes: tuple[Note, ...] = ()


def split(data: bytes, *, budget: Budget = DEFAULT_BUDGET) -> Card:
    """Split a card's bytes.

    Notes: CARD_EMPTY without metadata; CARD_FRONT_MATTER for a block without an end;
    CARD_AMBIGUOUS for a byte order mark, and for what looks like metadata in another place;
    CTRL_CHARS and BIDI for characters anywhere in the file.

    Raises:
        TextError: RESOURCE over the budget; CARD_ENCODING for what is not UTF-8; CARD_CTRL for a
            zero byte.
    """
    budget.require_bytes(len(data), "the card")
    text = _decoded(data)
    start = len(_BOM) if data.startswith(_BOM) else 0
    opening = _OPENING.match(data, start)
    closing = _CLOSING.search(data, opening.end()) if opening else None
    if opening is None or closing is None:
        body_start = start
        front, front_start = None, start
    else:
        body_start = closing.end()
        front, front_start = data[opening.end() : closing.start()], opening.end()
    notes = (
        *_mark_notes(start),
        *_block_notes(front, unended=opening is not None and closing is None),
        # The Hub reads on where the second line already is the end.
        *_elsewhere(data, front_start if front == b"" else body_start),
        *character_notes(text),
    )
    return Card(front, front_start, data[body_start:], body_start, notes)


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        line = data.count(b"\n", 0, data.find(b"\0")) + 1
        raise TextError("the card holds a zero byte", hint=_HINT, code=Code.CARD_CTRL, line=line)
    try:
        return data.decode()
    except UnicodeDecodeError as cause:
        what = f"the card is not in UTF-8 at byte {cause.start}"
        line = data.count(b"\n", 0, cause.start) + 1
        raise TextError(what, hint=_HINT, code=Code.CARD_ENCODING, line=line) from cause


def _mark_notes(start: int) -> Iterator[Note]:
    if start:
        what = "a byte order mark comes first, and some readers see no metadata behind it"
        yield Note(Code.CARD_AMBIGUOUS, what, Span(0, start))


def _block_notes(front: bytes | None, *, unended: bool) -> Iterator[Note]:
    if unended:
        yield Note(Code.CARD_FRONT_MATTER, "the metadata block at the start has no end")
    elif front is None:
        yield Note(Code.CARD_EMPTY, "the card has no metadata")
    elif not front.strip():
        yield Note(Code.CARD_EMPTY, "the card's metadata block is empty")


def _elsewhere(data: bytes, start: int) -> Iterator[Note]:
    """Note the first block of metadata that is not the one at the start of the card."""
    dashes = [match.span() for match in _DASHES.finditer(data, start)]
    for (_, begin), (end, _) in pairwise(dashes):
        if key := _KEY.search(data, begin, end):
            what = "what looks like a block of metadata stands where no reader looks for one"
            yield Note(Code.CARD_AMBIGUOUS, what, Span(*key.span()))
            return
