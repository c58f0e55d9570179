"""Every link of a card's Markdown, shown or hidden, with where it stands and in what.

:mod:`provenance.text.markdown` keeps what a reader sees and may take for a claim. Here everything
is kept that is written as an address, and ``context`` tells the one from the other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum, unique
from html import unescape
from typing import Final

import attrs
from markdown_it.token import Token

from provenance.text.addresses import addresses
from provenance.text.budget import Budget
from provenance.text.markdown import decoded, parser, trouble_of
from provenance.text.markdown_html import Veil, element
from provenance.text.span import Span

#: 1 MiB; at most 2,000 links are kept (``items``).
DEFAULT_BUDGET = Budget(bytes=2**20, items=2000)

#: After so many addresses of one block that are not found as written, no more are looked for.
MOST_MISSES = 50

#: Enough of a link's text to find the sentence that it stands in.
LONGEST_TEXT = 400

#: Each angle bracket may open a tag, and each tag is looked at on its own.
MOST_TAGS = 50_000
#: At each mark that may mean something the parser tries every rule that it has.
MOST_MARKS = 100_000

_MARKS = b"!#$%&*+-:<=>@[\\]^_`{}~"
_LINE_END = re.compile(rb"\r\n|\r|\n")
_TAG = re.compile(
    r"<!--(?P<comment>(?s:.*?))(?:-->|\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]{0,39})"
    r"(?P<rest>(?:\"[^\"<]*+\"|'[^'<]*+'|[^<>\"'])*+)>"
)
_ATTRIBUTE = re.compile(
    r"""\s(?P<key>href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
#: What the parser notes beside the tokens: above all, targets that are defined elsewhere.
Environment = dict[str, Mapping[str, Mapping[str, object]]]
_COMMENT = "<!--"
_CODE = frozenset({"code", "pre", "kbd", "samp"})
_PICTURES = frozenset({"img", "source", "video", "audio"})
_HIDDEN = frozenset({"script", "style", "template", "noscript", "title", "textarea"})
_CONTENTS = re.compile(
    r"[\W_]*(?:table of contents|contents|toc|navigation|quick ?links|index|目录)[\W_]*",
    re.IGNORECASE,
)


@unique
class Context(StrEnum):
    """What a link stands in.

    ``CODE_BLOCK`` and ``INLINE_CODE`` are samples in a card; ``CODE`` is a program that is run.
    """

    METADATA = "metadata"
    PROSE = "prose"
    HEADING = "heading"
    TABLE = "table"
    CODE_BLOCK = "code block"
    INLINE_CODE = "inline code"
    BADGE = "badge"
    NAVIGATION = "navigation"
    COMMENT = "comment"
    HIDDEN = "hidden"
    CODE = "code"

    @property
    def is_evidence(self) -> bool:
        """Tell whether a publisher who writes a link there says something by it."""
        return self in _EVIDENCE


_EVIDENCE: Final = frozenset(
    {Context.METADATA, Context.PROSE, Context.HEADING, Context.TABLE, Context.CODE}
)


@attrs.frozen
class Mention:
    """An address as written, without escapes and entities, and its place.

    ``span`` covers the address; where it is written with escapes or entities, the block in which it
    stands. ``bare`` is true for one in running text, which nobody marked as a link; ``text`` is
    what is shown in its place, and ``block`` are the lines that it is used in.
    """

    target: str
    span: Span
    context: Context
    bare: bool = False
    text: str = ""
    block: Span | None = None


@attrs.frozen
class Mentions:
    """All addresses of a text; ``complete`` is false when some of it was not read."""

    found: tuple[Mention, ...] = ()
    complete: bool = True


def read_mentions(body: bytes, *, offset: int = 0, budget: Budget = DEFAULT_BUDGET) -> Mentions:
    """Read the links of a card's Markdown; ``offset`` is where it starts in the file.

    What is too large, or made to be slow, is not parsed: nothing is found, and not all was read.

    Raises:
        TextError: CARD_ENCODING for what is not UTF-8.

    """
    text = decoded(body)
    if trouble_of(body, budget) or _is_crowded(body):
        return Mentions(complete=False)
    environment: Environment = {}
    tokens = parser().parse(text, environment)
    return mentions_of(tokens, environment, body, offset=offset, budget=budget)


def mentions_of(
    tokens: Iterable[Token],
    environment: Environment,
    body: bytes,
    *,
    offset: int = 0,
    budget: Budget = DEFAULT_BUDGET,
) -> Mentions:
    """Return the links in tokens that were parsed out of this Markdown, into this environment."""
    if _is_crowded(body):
        return Mentions(complete=False)
    reading = _Reading(_Block(body, offset, _definitions(environment)), budget.items)
    for token in tokens:
        reading.take(token)
        if len(reading.found) > budget.items:
            return Mentions(tuple(reading.found[: budget.items]), complete=False)
    return Mentions(tuple(reading.found))


def _is_crowded(body: bytes) -> bool:
    marks = len(body) - len(body.translate(None, _MARKS))
    return marks > MOST_MARKS or body.count(b"<") > MOST_TAGS


def _definitions(
    environment: Mapping[str, Mapping[str, Mapping[str, object]]],
) -> dict[str, tuple[int, int]]:
    """Return the lines of each target that is defined apart from where it is used."""
    found: dict[str, tuple[int, int]] = {}
    for one in environment.get("references", {}).values():
        match one:
            case {"href": str(target), "map": [int(first), int(after)]}:
                found.setdefault(target, (first, after))
            case _:  # pragma: no cover - the parser writes both, always
                pass
    return found


class _Block:
    """The lines that are being read: finds in the bytes what the parser read out of them."""

    def __init__(self, body: bytes, offset: int, definitions: dict[str, tuple[int, int]]) -> None:
        self._body: Final = body
        self._offset: Final = offset
        self._definitions: Final = definitions
        ends = (match.end() for match in _LINE_END.finditer(body))
        self._lines: Final = (0, *ends, len(body))
        self._start = self._end = self._next = self._misses = 0
        self._entered = (0, 0)

    @property
    def lines(self) -> Span:
        """Return the place of the lines entered, without the last line end."""
        return Span(self._start, self._end).moved(self._offset)

    def enter(self, first: int, after: int) -> None:
        """Look from now on in the lines ``[first, after)``; on in them, if it did so already."""
        if (first, after) != self._entered:
            self._entered = (first, after)
            self._start, self._end = self._place(first, after)
            self._next, self._misses = self._start, 0

    def find(self, written: str) -> Span:
        """Return the next place of a text in the lines, else in its definition, else the lines."""
        target = written.encode()
        at = self._body.find(target, self._next, self._end) if self._misses < MOST_MISSES else -1
        if at >= 0:
            self._next = at + len(target)
            return Span(at, self._next).moved(self._offset)
        self._misses += 1
        lines = self._definitions.get(written)
        start, end = self._place(*lines) if lines else (self._start, self._end)
        at = self._body.find(target, start, end) if self._misses < MOST_MISSES else -1
        found = Span(at, at + len(target)) if at >= 0 else Span(start, end)
        return found.moved(self._offset)

    def _place(self, first: int, after: int) -> tuple[int, int]:
        last = len(self._lines) - 1
        start, end = self._lines[min(first, last)], self._lines[min(after, last)]
        return start, start + len(self._body[start:end].rstrip(b"\r\n"))


@attrs.define
class _Anchor:
    """A link that is open: its target, where that stands, and whether it shows text."""

    target: str
    span: Span
    text: str = ""

    @property
    def shows(self) -> bool:
        """Tell whether anything but a picture is shown."""
        return bool(self.text.strip())


@attrs.define
class _Reading:
    """What was read so far, token by token."""

    block: _Block
    most: int
    found: list[Mention] = attrs.field(factory=list)
    lines: tuple[int, int] = (0, 0)
    around: Context = Context.PROSE
    contents: bool = False
    title: str = ""
    anchor: _Anchor | None = None
    lists: int = 0
    silent: str = ""
    code: str = ""
    veil: Veil = attrs.field(factory=Veil)

    @property
    def context(self) -> Context:
        """Return what is being read, seen from the innermost."""
        if self.silent:
            return Context.COMMENT
        if self.veil.hides:
            return Context.HIDDEN
        if self.code:
            return Context.INLINE_CODE
        return Context.NAVIGATION if self.contents and self.lists else self.around

    def take(self, token: Token) -> None:
        """Add a block, or the beginning or end of one."""
        if token.map:
            self.lines = (token.map[0], token.map[1])
        match token.type:
            case "heading_open":
                self.around, self.contents, self.title = Context.HEADING, False, ""
            case "heading_close":
                self.around = Context.PROSE
                self.contents = _CONTENTS.fullmatch(self.title) is not None
            case "table_open" | "table_close":
                self.around = Context.TABLE if token.nesting > 0 else Context.PROSE
            case "bullet_list_open" | "ordered_list_open":
                self.lists += 1
            case "bullet_list_close" | "ordered_list_close":
                self.lists -= 1
            case "inline":
                self._inline(token)
            case "fence" | "code_block":
                self.block.enter(*self.lines)
                self._words(token.content, Context.CODE_BLOCK)
            case "html_block":
                self.block.enter(*self.lines)
                self._html(token.content)
                self._close()
            case _:
                pass

    def _inline(self, token: Token) -> None:
        self.block.enter(*self.lines)
        for child in token.children or ():
            match child.type:
                case "text":
                    self._text(child.content)
                case "code_inline":
                    self._shown(child.content)
                    self._words(child.content, Context.INLINE_CODE)
                case "link_open":
                    self._open(str(child.attrGet("href") or ""))
                case "link_close":
                    self._close()
                case "image":
                    self._image(str(child.attrGet("src") or ""))
                case "html_inline":
                    self._html(child.content)
                case _:
                    pass
        self._close()
        self.code = ""

    def _text(self, text: str) -> None:
        if self.around is Context.HEADING:
            self.title += text
        if not self._shown(text):
            self._words(text, self.context)

    def _shown(self, text: str) -> bool:
        """Tell whether the text is that of a link; such a link is not a badge then."""
        if self.anchor is None:
            return False
        if len(self.anchor.text) < LONGEST_TEXT:
            self.anchor.text += text if text.strip() else " "
        return True

    def _words(self, text: str, context: Context) -> None:
        for start, end in addresses(text):
            if len(self.found) > self.most:
                return
            target = text[start:end]
            span = self.block.find(target)
            self.found.append(Mention(target, span, context, bare=True, block=self.block.lines))

    def _open(self, target: str, written: str | None = None) -> None:
        self._close()
        if target:
            self.anchor = _Anchor(target, self.block.find(target if written is None else written))

    def _image(self, target: str, written: str | None = None) -> None:
        if target:
            span = self.block.find(target if written is None else written)
            self.found.append(Mention(target, span, Context.BADGE))

    def _close(self) -> None:
        anchor, self.anchor = self.anchor, None
        if anchor:
            shown = anchor.shows or self.silent or self.veil.hides
            context = self.context if shown else Context.BADGE
            text = anchor.text.strip()
            lines = self.block.lines
            self.found.append(Mention(anchor.target, anchor.span, context, text=text, block=lines))

    def _html(self, html: str) -> None:
        at = self._in_comment(html) if self.silent == _COMMENT else 0
        for match in _TAG.finditer(html, at):
            self._text(unescape(html[at : match.start()]))
            at = match.end()
            if match["name"] is None:
                self._words(match["comment"], Context.COMMENT)
                self.silent = self.silent if match[0].endswith("-->") else _COMMENT
            else:
                self._tag(match["name"].lower(), match["rest"], closes=bool(match["close"]))
        self._text(unescape(html[at:]))

    def _in_comment(self, html: str) -> int:
        """Read on in a comment that a block before left open; return where it ends."""
        before, end, _ = html.partition("-->")
        self._words(before, Context.COMMENT)
        self.silent = "" if end else _COMMENT
        return len(before) + len(end)

    def _tag(self, name: str, rest: str, *, closes: bool) -> None:
        self.veil.take(element(name, rest, closes=closes))
        if name in _HIDDEN:
            self.silent = _after(self.silent, name, closes=closes)
        elif name in _CODE:
            self.code = _after(self.code, name, closes=closes)
        elif name == "a" and closes:
            self._close()
        elif not closes:
            self._attributes(name, rest)

    def _attributes(self, name: str, rest: str) -> None:
        for key, written in _values(rest):
            target = unescape(written).strip()
            if name == "a" and key == "href":
                self._open(target, written.strip())
                return
            if name in _PICTURES and key == "src":
                self._image(target, written.strip())
                return


def _after(opened: str, name: str, *, closes: bool) -> str:
    """Return which element is open after a tag; elements inside one of the kind do not count."""
    if closes:
        return "" if opened == name else opened
    return opened or name


def _values(attributes: str) -> Iterator[tuple[str, str]]:
    for match in _ATTRIBUTE.finditer(attributes):
        yield match["key"].lower(), next(filter(None, match.groups()[1:]), "")
