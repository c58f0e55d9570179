"""What to mend in one text file: private paths, template text, a card that misleads."""

import re
from collections.abc import Iterator

from provenance.errors import Code, TextError
from provenance.policy.mending import mending
from provenance.policy.unreadable import advise_unreadable
from provenance.text.front_matter import split
from provenance.text.markdown import read as read_markdown
from provenance.text.restricted_yaml import parse as parse_yaml
from provenance.text.untrusted import character_notes
from provenance.values.advice import Advice, Rule

#: More are not told of one file; the first are enough to begin with.
MOST = 50

_PRIVATE = re.compile(
    rb"(?<![\w.:/-])(?:/(?:home|Users|scratch|mnt|data|workspace|gpfs|nfs)/[\w.-]{1,80}/"
    rb"|[A-Z]:\\\\?Users\\\\?[\w.-]{1,80}|(?:s3|gs|gcs|abfss?)://[\w.-]{1,80})"
)
_TEMPLATE = re.compile(
    rb"\[More Information Needed\]|\{\{ ?[a-z_]{1,60}(?: \| [^}\n]{1,80})? ?\}\}|\bTODO\b:?",
)
_MARKDOWN = ".md"
CARD = "README.md"


def line_of(data: bytes, place: int) -> int:
    """Return the number of the line that holds the byte at ``place``, counted from 1."""
    return data.count(b"\n", 0, place) + 1


def advise_text(path: str, data: bytes) -> Iterator[Advice]:
    """Yield what to mend in a file, at most ``MOST`` of each rule."""
    for start, text in _found(_PRIVATE, data):
        todo = "name what it stands for by an address that others can reach"
        yield Advice(
            Rule.PRIVATE_PATH, path, line_of(data, start), f"nobody else has {text!a}", todo
        )
    if path.endswith(_MARKDOWN):
        for start, text in _found(_TEMPLATE, data):
            what = f"text of a template: {text!a}"
            yield Advice(
                Rule.TEMPLATE_TEXT, path, line_of(data, start), what, "write it, or take it out"
            )
    if path == CARD:
        yield from _card(path, data)
    elif path.endswith(_MARKDOWN):
        for note in character_notes(data.decode(errors="replace")):
            yield Advice(
                Rule.CARD, path, _line_with(note.code, data), note.detail, _todo(note.code)
            )


def _todo(code: Code) -> str:
    return f"{mending(code)}; see `provenance explain {code}`"


def _found(pattern: re.Pattern[bytes], data: bytes) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for match in pattern.finditer(data):
        if len(found) == MOST:
            break
        found.append((match.start(), match[0].decode(errors="replace")))
    return found


def _line_with(code: Code, data: bytes) -> int:
    """Return the first line whose characters a code is about; 0 where none is."""
    lines = enumerate(data.decode(errors="replace").split("\n"), 1)
    return next(
        (at for at, line in lines if any(one.code is code for one in character_notes(line))), 0
    )


def _card(path: str, data: bytes) -> Iterator[Advice]:
    """Yield the oddities of a card's metadata and prose, each in its line."""
    try:
        card = split(data)
        inner = parse_yaml(card.front).notes if card.front is not None else ()
        prose = read_markdown(card.body, offset=card.body_start)
    except TextError as error:
        error.path = path
        yield advise_unreadable(error, data)
        return
    for note, base in (
        *((one, 0) for one in (*card.notes, *prose.notes)),
        *((one, card.front_start) for one in inner),
    ):
        line = line_of(data, base + note.span.start) if note.span else _line_with(note.code, data)
        yield Advice(Rule.CARD, path, line, note.detail, _todo(note.code))
