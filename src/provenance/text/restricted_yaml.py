"""YAML for the metadata of cards: events only, every scalar a text, nothing expanded.

The format is YAML 1.1 as PyYAML reads it, since that is what the Hub's own client uses; what a
scalar would have become there is told by notes and by
:attr:`provenance.text.yaml_tree.YamlScalar.reads_as`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

import attrs
import yaml

from provenance.errors import Code, TextError
from provenance.text.budget import Allowance, Budget, over
from provenance.text.note import Note
from provenance.text.span import Offsets, Span
from provenance.text.untrusted import character_notes
from provenance.text.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence

#: 2 MiB, 32 containers deep, 150,000 events of the parser.
DEFAULT_BUDGET = Budget(bytes=2 * 2**20, depth=32, items=150_000)
MOST_ALIASES = 16
MOST_NOTES = 100
#: Keys whose values are measurements (the Hub's ``model-index``): 0.80 may stand there as it is.
NUMBER_KEYS = frozenset({"value"})

_BOM = b"\xef\xbb\xbf"
_TEXT_TAG = "tag:yaml.org,2002:str"
_MERGE_KEY = "<<"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_DIGITS = re.compile(r"[-+]?[0-9][0-9_]{20,}(?:\.[0-9_]*)?")
_HINT = "give one plain YAML mapping: no tags, no anchors, quotes around what is a text"


@attrs.frozen
class YamlDocument:
    """What a text holds: its root, ``None`` if it holds nothing, and what was odd about it.

    Notes: YAML_TYPE for a scalar that YAML 1.1 reads as another value than the one written (``no``,
    ``1.10``, ``2024-01-01``); YAML_SCALAR for a number of more than 20 digits; YAML_MERGE for a
    merge key, whose keys are left out; YAML_DUP_KEY, where the first stays; CTRL_CHARS and BIDI
    for characters in scalars, those from escapes too; RESOURCE after 100 notes.
    """

    root: YamlNode | None
    notes: tuple[Note, ...]


class Events(Protocol):
    """What parses YAML into events: ``yaml.parse`` with a loader, in C or in Python."""

    def __call__(self, text: str) -> Iterable[yaml.Event]:
        """Return the events, lazily."""
        ...


def events_in_python(text: str) -> Iterator[yaml.Event]:
    """Return the events of PyYAML's own parser."""
    return yaml.parse(text, Loader=yaml.SafeLoader)


def events_in_c(text: str) -> Iterator[yaml.Event]:
    """Return the events of libyaml, where PyYAML was built with it: tens of times faster."""
    return yaml.parse(text, Loader=yaml.CSafeLoader)


DEFAULT_EVENTS: Events = events_in_c if yaml.__with_libyaml__ else events_in_python


def parse(
    data: bytes,
    *,
    budget: Budget = DEFAULT_BUDGET,
    events: Events = DEFAULT_EVENTS,
    allowance: Allowance | None = None,
) -> YamlDocument:
    """Read one YAML document in UTF-8; spans are offsets into ``data``.

    The budget's items are the parser's events; its depth is that of sequences and mappings. An
    ``allowance`` is of events too, for many texts together.

    Raises:
        TextError: RESOURCE over the budget's bytes, items or allowance; CARD_ENCODING for what is
            not UTF-8; YAML_DEPTH; YAML_TAG for any tag but ``!!str``; YAML_ALIAS for an alias that
            is neither a merge key's value nor one of at most 16 to a scalar before it; YAML_SYNTAX
            for all else, a second document and keys that are no scalars included.
    """
    budget.require_bytes(len(data), "the YAML")
    try:
        text = data.decode()
    except UnicodeDecodeError as cause:
        what = f"the YAML is not in UTF-8 at byte {cause.start}"
        line = data.count(b"\n", 0, cause.start) + 1
        raise _wrong(Code.CARD_ENCODING, what, line) from cause
    # The two parsers count a byte order mark differently.
    mark = len(_BOM) if data.startswith(_BOM) else 0
    text = text.removeprefix("\ufeff")
    builder = _Builder(Offsets.of(text), mark, budget)
    try:
        for count, event in enumerate(events(text), 1):
            if count > budget.items:
                raise over("the YAML", count, budget.items, "events")
            if allowance:
                allowance.spend(1, "the YAML")
            _take(builder, event)
    except (yaml.YAMLError, ValueError, OverflowError) as cause:
        # The parser in Python lets the errors of `chr` and `int` through.
        line = _line(getattr(cause, "problem_mark", None))
        raise _wrong(Code.YAML_SYNTAX, _syntax(cause), line) from cause
    return builder.document()


def _take(builder: "_Builder", event: yaml.Event) -> None:
    """Take an event; what is wrong with it is in the line that it begins in."""
    try:
        builder.take(event)
    except TextError as error:
        error.line = error.line or _line(event.start_mark)
        raise


def _line(mark: object) -> int:
    line = getattr(mark, "line", None)
    return line + 1 if isinstance(line, int) else 0


def _syntax(error: Exception) -> str:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it is not YAML"
    mark = getattr(error, "problem_mark", None)
    where = f" in line {mark.line + 1}" if mark else ""
    return f"the YAML breaks off{where}: {problem}"


def _wrong(code: Code, what: str, line: int = 0) -> TextError:
    return TextError(what, hint=_HINT, code=code, line=line)


@attrs.define
class _Open:
    """A container that is not complete; ``dropped`` if it belongs to a merge key's value."""

    start: int
    dropped: bool
    entries: dict[str, tuple[YamlScalar, YamlNode]] | None = None
    items: list[YamlNode] = attrs.field(factory=list)
    key: YamlScalar | None = None

    @property
    def merging(self) -> bool:
        """Tell whether the next node is the value of a merge key."""
        return self.key is not None and self.key.plain and self.key.text == _MERGE_KEY

    def closed(self, span: Span) -> YamlSequence | YamlMapping:
        """Return the container as a value."""
        if self.entries is None:
            return YamlSequence(tuple(self.items), span)
        return YamlMapping(tuple(self.entries.values()), span)


@attrs.define
class _Builder:
    """Builds the tree from events, with a stack of its own."""

    offsets: Offsets
    shift: int
    budget: Budget
    root: YamlNode | None = None
    documents: int = 0
    aliases: int = 0
    notes: list[Note] = attrs.field(factory=list)
    anchors: dict[str, YamlScalar] = attrs.field(factory=dict)
    stack: list[_Open] = attrs.field(factory=list)

    def document(self) -> YamlDocument:
        """Return what was built."""
        return YamlDocument(self.root, tuple(self.notes))

    def take(self, event: yaml.Event) -> None:
        """Add one event to the tree."""
        match event:
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._open(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                opened = self.stack.pop()
                end = self.offsets.byte(_index(event.end_mark)) + self.shift
                self._place(opened.closed(Span(opened.start, end)), dropped=opened.dropped)
            case yaml.DocumentStartEvent():
                self._begin(event)
            case _:
                pass

    def _begin(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _wrong(Code.YAML_SYNTAX, "the YAML holds more than one document")
        if event.tags:
            raise _wrong(Code.YAML_TAG, "the YAML declares tags of its own")

    def _open(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        if len(self.stack) >= self.budget.depth:
            what = f"the YAML is nested more than {self.budget.depth} deep"
            raise _wrong(Code.YAML_DEPTH, what)
        if event.tag is not None:
            raise _tagged(event.tag)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.stack.append(
            _Open(
                start=self.offsets.byte(_index(event.start_mark)) + self.shift,
                dropped=self._is_dropping(),
                entries={} if is_mapping else None,
            )
        )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.tag not in {None, _TEXT_TAG}:
            raise _tagged(event.tag)
        if _LONE_SURROGATE.search(event.value):
            raise _wrong(Code.YAML_SYNTAX, "the YAML has an escape that is no character")
        plain = not event.style and event.tag is None
        scalar = YamlScalar(event.value, plain, self._span(event))
        if event.anchor is not None:
            self.anchors[event.anchor] = scalar
        self._look_at(scalar)
        self._place(scalar, dropped=self._is_dropping())

    def _alias(self, event: yaml.AliasEvent) -> None:
        if self._is_dropping():
            self._merged()
            return
        self.aliases += 1
        scalar = self.anchors.get(event.anchor or "")
        if scalar is None or self.aliases > MOST_ALIASES:
            what = f"the YAML uses the alias {event.anchor!a:.40}"
            raise _wrong(Code.YAML_ALIAS, what)
        self._place(attrs.evolve(scalar, span=self._span(event)), dropped=False)

    def _is_dropping(self) -> bool:
        """Tell whether the next node belongs to the value of a merge key."""
        return bool(self.stack) and (self.stack[-1].dropped or self.stack[-1].merging)

    def _merged(self) -> None:
        """Pass over what belongs to a merge key's value."""
        opened = self.stack[-1]
        if opened.merging and opened.key is not None:
            what = "a merge key adds keys that do not stand there; they are left out"
            self._note(Code.YAML_MERGE, what, opened.key.span)
            opened.key = None

    def _place(self, node: YamlNode, *, dropped: bool) -> None:
        if not self.stack:
            self.root = node
            return
        opened = self.stack[-1]
        if dropped:
            self._merged()
        elif opened.entries is None:
            opened.items.append(node)
        elif opened.key is None:
            self._key(opened, node)
        else:
            self._value(opened.entries, opened.key, node)
            opened.key = None

    def _key(self, opened: _Open, node: YamlNode) -> None:
        if not isinstance(node, YamlScalar):
            raise _wrong(Code.YAML_SYNTAX, "the YAML has a key that is no scalar")
        opened.key = node

    def _value(
        self, entries: dict[str, tuple[YamlScalar, YamlNode]], key: YamlScalar, node: YamlNode
    ) -> None:
        if key.text in entries:
            what = f"the key {key.text[:40]!a} stands twice; the first counts"
            self._note(Code.YAML_DUP_KEY, what, key.span)
        else:
            entries[key.text] = (key, node)

    def _look_at(self, scalar: YamlScalar) -> None:
        shown = ascii(scalar.text[:40])
        key = self.stack[-1].key if self.stack else None
        if scalar.plain and _DIGITS.fullmatch(scalar.text):
            what = f"a number of {len(scalar.text)} digits: {shown}"
            self._note(Code.YAML_SCALAR, what, scalar.span)
        elif scalar.misread and not (key and key.text in NUMBER_KEYS):
            what = f"{shown} without quotes is read as {scalar.reads_as} by YAML 1.1"
            self._note(Code.YAML_TYPE, what, scalar.span)
        for note in character_notes(scalar.text, scalar.span):
            self._note(note.code, note.detail, note.span)

    def _note(self, code: Code, detail: str, span: Span | None) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(Note(code, detail, span))
        elif len(self.notes) == MOST_NOTES:
            what = f"only the first {MOST_NOTES} oddities of the YAML are named"
            self.notes.append(Note(Code.RESOURCE, what, span))

    def _span(self, event: yaml.Event) -> Span:
        start, end = _index(event.start_mark), _index(event.end_mark)
        return self.offsets.span(start, end).moved(self.shift)


def _index(mark: object) -> int:
    """Return a mark's position in characters; the two parsers have marks of two classes."""
    found: int = getattr(mark, "index", 0)
    return found


def _tagged(tag: str) -> TextError:
    return _wrong(Code.YAML_TAG, f"the YAML has the tag {tag[:80]!a}")
