"""The prose of a card: headed sections, visible text and links, each with its place in the bytes.

Read as CommonMark with tables. Code blocks, badges, images and HTML comments are no prose.
"""

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

import attrs
from markdown_it import MarkdownIt
from markdown_it.token import Token

from provenance.errors import Code, TextError
from provenance.text.budget import Budget
from provenance.text.markdown_html import (
    INLINE,
    Anchor,
    Element,
    Unfit,
    Veil,
    Words,
    is_active,
    pieces,
)
from provenance.text.markdown_places import Places
from provenance.text.note import Note
from provenance.text.span import Span

#: 1 MiB; at most 1,000 links are kept (``items``). How deep blocks nest is the parser's own limit.
DEFAULT_BUDGET = Budget(bytes=2**20, items=1000)
MOST_LINES = 30_000
MOST_BRACKETS = 5000
MOST_EMPHASES = 50_000
#: Of tags, each of which is parsed and looked into; a page of tables has some thousands.
MOST_ANGLES = 50_000
LONGEST_RUN = 500
MOST_NOTES = 100

_COUNTED = (
    ((b"[",), MOST_BRACKETS, "opening brackets"),
    ((b"*", b"_"), MOST_EMPHASES, "marks of emphasis"),
    ((b"<",), MOST_ANGLES, "opening angle brackets"),
)
_LINE = re.compile(rb"\r\n|\r|\n")
_RUN = re.compile(rb"([*_`~<>\[\]()!&\\])\1{%d}" % LONGEST_RUN)
# What people write as an address, and what git takes for one; it ends where prose goes on.
_BARE = re.compile(
    r"(?<![\w.+-])(?:[a-zA-Z][a-zA-Z0-9.+-]{0,19}://|(?:ext|fd)::|git@(?=[^\s:]{1,80}:))[^\s<>\"`|]+"
)
_SENTENCE_END = ".,;:!?'*_~"
_PAIRS = {")": "(", "]": "[", "}": "{"}


@attrs.frozen
class Link:
    """An address that is visible or can be clicked: its target as written, and its text.

    ``span`` covers the target; where it is written with escapes or entities, or cannot be told
    from others, the whole block that it stands in.
    """

    target: str
    text: str
    span: Span


@attrs.frozen
class Paragraph:
    """The visible text of one block (a paragraph, a list item, a cell), and the lines it spans.

    ``under`` are the headings that it stands under, the nearest last.
    """

    text: str
    span: Span
    under: tuple[str, ...] = ()


@attrs.frozen
class Section:
    """A heading, and the visible text from there to the next heading of any level.

    The text before the first heading is a section of level 0 without a title.
    """

    title: str
    level: int
    span: Span
    text: str


@attrs.frozen
class Prose:
    """What a card's Markdown shows; ``complete`` is false when some of it was not read.

    Notes: RESOURCE for what was not read, MARKUP for what is active or hides text.
    """

    sections: tuple[Section, ...] = ()
    links: tuple[Link, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    notes: tuple[Note, ...] = ()
    complete: bool = True


def read(body: bytes, *, offset: int = 0, budget: Budget = DEFAULT_BUDGET) -> Prose:
    """Read the Markdown of a card; ``offset`` is where it starts in the file, for the spans.

    What is too large, or made to be slow, is not parsed: the prose is empty and not complete.

    Raises:
        TextError: CARD_ENCODING for what is not UTF-8.
    """
    text = decoded(body)
    if trouble := trouble_of(body, budget):
        return Prose(notes=(Note(Code.RESOURCE, f"not read: {trouble}"),), complete=False)
    return prose_of(parser().parse(text), body, offset=offset, budget=budget)


def decoded(body: bytes) -> str:
    """Return the Markdown as text.

    Raises:
        TextError: CARD_ENCODING for what is not UTF-8.
    """
    try:
        return body.decode()
    except UnicodeDecodeError as cause:
        what = f"the Markdown is not in UTF-8 at byte {cause.start}"
        hint = "write the card in UTF-8"
        raise TextError(what, hint=hint, code=Code.CARD_ENCODING) from cause


def prose_of(
    tokens: Iterable[Token], body: bytes, *, offset: int = 0, budget: Budget = DEFAULT_BUDGET
) -> Prose:
    """Return what tokens show that were parsed out of this Markdown."""
    reading = _Reading(Places(body, offset), budget.items, offset)
    for token in tokens:
        reading.take(token)
    return reading.prose()


def trouble_of(body: bytes, budget: Budget = DEFAULT_BUDGET) -> str | None:
    """Return why the Markdown is not worth parsing, if it is not."""
    if len(body) > budget.bytes:
        return f"it has {len(body)} bytes, more than {budget.bytes}"
    for marks, most, what in _COUNTED:
        if sum(body.count(mark) for mark in marks) > most:
            return f"it has more than {most} {what}"
    if sum(1 for _ in _LINE.finditer(body)) >= MOST_LINES:
        return f"it has more than {MOST_LINES} lines"
    if _RUN.search(body):
        return f"it repeats one mark more than {LONGEST_RUN} times"
    return None


def parser() -> MarkdownIt:
    """Return a parser that keeps every link, as it was written: judging them is not its task."""
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    parser.validateLink = _keeps  # type: ignore[method-assign]
    parser.normalizeLink = _as_written  # type: ignore[method-assign]
    return parser


def _keeps(url: str) -> bool:
    return bool(url)


def _as_written(url: str) -> str:
    return url


def _bare(text: str) -> Iterator[str]:
    for match in _BARE.finditer(text):
        url = _without_sentence(match[0])
        if not url.endswith(("://", "::")):
            yield url


def _without_sentence(url: str) -> str:
    """Return the address without the punctuation of the sentence around it."""
    spare = {close: url.count(close) - url.count(start) for close, start in _PAIRS.items()}
    end = len(url)
    while url[end - 1] in _SENTENCE_END or spare.get(url[end - 1], 0) > 0:
        end -= 1
        spare[url[end]] = spare.get(url[end], 0) - 1
    return url[:end]


@attrs.define
class _Reading:
    """What was read so far, token by token."""

    places: Places
    most_links: int
    start: int
    title: str = ""
    level: int = 0
    heading: bool = False
    lines: tuple[int, int] = (0, 0)
    sections: list[Section] = attrs.field(factory=list)
    links: list[Link] = attrs.field(factory=list)
    paragraphs: list[Paragraph] = attrs.field(factory=list)
    first: int = 0
    notes: list[Note] = attrs.field(factory=list)
    complete: bool = True
    target: str | None = None
    words: list[str] = attrs.field(factory=list)
    linked: list[str] = attrs.field(factory=list)
    above: list[tuple[int, str]] = attrs.field(factory=list)
    veil: Veil = attrs.field(factory=Veil)

    def prose(self) -> Prose:
        """Return what was read."""
        self._end_section(self.places.end)
        return Prose(
            tuple(self.sections),
            tuple(self.links),
            tuple(self.paragraphs),
            tuple(self.notes),
            self.complete,
        )

    def take(self, token: Token) -> None:
        """Add a block, or the beginning or end of one."""
        if token.map:
            self.lines = (token.map[0], token.map[1])
        match token.type:
            case "heading_open":
                self._end_section(self.places.line(self.lines[0]))
                self.level, self.heading = int(token.tag[1:]), True
            case "heading_close":
                self.heading = False
            case "inline":
                self._begin_block()
                for child in token.children or ():
                    self._inline(child)
                self._end_block()
            case "html_block":
                self._begin_block()
                self._html(token.content)
                self._end_block()
            case _:
                pass

    def _begin_block(self) -> None:
        self.places.enter(*self.lines)
        self.words.clear()
        self._end_link()

    def _end_block(self) -> None:
        self._end_link()
        text = "".join(self.words).strip()
        if self.heading:
            self.title = text
            self.above = [one for one in self.above if one[0] < self.level]
            self.above.append((self.level, text))
        elif text:
            under = tuple(title for _, title in self.above)
            self.paragraphs.append(Paragraph(text, self.places.block, under))

    def _end_section(self, end: int) -> None:
        """Close the section that was open; the one before the first heading may hold nothing."""
        text = "\n\n".join(one.text for one in self.paragraphs[self.first :])
        if self.level or text:
            self.sections.append(Section(self.title, self.level, Span(self.start, end), text))
        self.title, self.start, self.first = "", end, len(self.paragraphs)

    def _inline(self, token: Token) -> None:
        match token.type:
            case "text" | "code_inline":
                self._text(token.content)
            case "link_open":
                self._begin_link(str(token.attrGet("href") or ""))
            case "link_close":
                self._end_link()
            case "html_inline":
                self._html(token.content)
            case "softbreak" | "hardbreak":
                self._text("\n")
            case _:
                pass

    def _html(self, html: str) -> None:
        for piece in pieces(html):
            match piece:
                case Words():
                    self._text(piece.text)
                case Element():
                    self.veil.take(piece)
                    if piece.name not in INLINE:
                        self._text("\n" if piece.name == "br" else "\n\n")
                case Anchor():
                    self._end_link()
                    if piece.target is not None:
                        self._begin_link(piece.target)
                case Unfit():
                    self._note(Code.MARKUP, piece.what, self.places.block)
                case _:
                    assert_never(piece)

    def _text(self, text: str) -> None:
        if self.veil.hides:
            return
        self.words.append(text)
        if self.target is not None:
            self.linked.append(text)
            return
        for url in _bare(text):
            self._link(url, url)

    def _begin_link(self, target: str) -> None:
        self.target = target
        self.linked.clear()

    def _end_link(self) -> None:
        """Keep a link that shows text; one that shows an image only is a badge."""
        target, self.target = self.target, None
        text = "".join(self.linked).strip()
        if target and (text or is_active(target)):
            self._link(target, text)

    def _link(self, target: str, text: str) -> None:
        span = self.places.find(target)
        if is_active(target):
            self._note(Code.MARKUP, "a link that runs code", span)
        if len(self.links) < self.most_links:
            self.links.append(Link(target, text, span))
        elif self.complete:
            self.complete = False
            self._note(Code.RESOURCE, f"only the first {self.most_links} links are kept", None)

    def _note(self, code: Code, detail: str, span: Span | None) -> None:
        if len(self.notes) < MOST_NOTES or code is Code.RESOURCE:
            self.notes.append(Note(code, detail, span))
