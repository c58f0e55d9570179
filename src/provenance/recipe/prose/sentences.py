"""Sentences of a paragraph, each with the bytes in which it stands.

A parser of Markdown tells what is visible, and in which lines; which bytes of them a sentence was
made from is found again by its words: they stand there in the same order, with marks, targets of
links and tags between them.
"""

import re
from collections.abc import Iterator

import attrs

from provenance.text.span import Offsets, Span

_SENTENCE = re.compile(r"[^.!?\x1e]*(?:[.!?](?![\s\x1e]|$)[^.!?\x1e]*)*[.!?\x1e]?")
# A line end that is more than a wrapped line: a short line, and another that begins anew.
_BREAK = re.compile(r"(?:(?<=\n)|\A)([^\n]{0,59})\n(?![a-z(\[])")
# Nor does a sentence go on behind an empty one: another element of the page begins there.
_EMPTY = re.compile(r"\n[ \t]*\n\s*")
_ENDED = "\x1e"
_WORD = re.compile(r"[^\W_]+")
# What says yes or no without a word, and what may stand between it and a word.
_MARKS = "\u2705\u2713\u2714\u274c\u2717\u2718\u274e"
_MARK = re.compile(f"[{_MARKS}]")
_MARK_BEFORE = re.compile(rf"[{_MARKS}][^\w\n]*\Z")
_MARK_AFTER = re.compile(rf"[^\w\n]*[{_MARKS}]")
_NEAR = 40
#: Words that may stand between two visible ones: the target of a link, a tag with its attributes.
_BETWEEN = 80
#: After so many words that are not found, no more are sought further on: it would take too long.
_MOST_MISSES = 100
#: Abbreviations whose dot ends no sentence.
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|cf|vs|resp|approx|Fig|Sec|No|et al|etc)\.$")
_LONGEST_ABBREVIATED = len("approx.\n")


@attrs.frozen
class Sentence:
    """A sentence as it is shown, and where it stands; the whole paragraph if that is not found."""

    text: str
    span: Span


def split_sentences(text: str) -> tuple[str, ...]:
    """Split a text into sentences; a dot inside a word or address ends none, nor does e.g. one.

    A wrapped line goes on in the next; a short one, and then one that begins anew, are two.
    """
    found: list[list[str]] = []
    apart = _EMPTY.sub(_ENDED, text)
    goes_on = False
    for one in _SENTENCE.findall(_BREAK.sub(rf"\1{_ENDED}", apart)):
        if goes_on:
            found[-1].append(one)
        elif one:
            found.append([one])
        # Only its end is looked at, and it is joined once: else many cost the square of their size.
        goes_on = bool(found) and _is_abbreviated(one)
    whole = ("".join(parts) for parts in found)
    return tuple(shown for one in whole if (shown := one.strip(_ENDED).strip()))


def _is_abbreviated(piece: str) -> bool:
    return _ABBREVIATED.search(piece, max(0, len(piece) - _LONGEST_ABBREVIATED)) is not None


def located(text: str, span: Span, data: bytes) -> tuple[Sentence, ...]:
    """Return the sentences of a paragraph's visible text, found again in the file's bytes."""
    sentences = split_sentences(text)
    source = span.of(data).decode("utf-8", "replace")
    places = _Places(source, span.start)
    return tuple(Sentence(one, places.find(one) or span) for one in sentences)


class _Places:
    """Finds sentences in the source of their paragraph, one after the other."""

    def __init__(self, source: str, start: int) -> None:
        self._source = source
        self._offsets = Offsets.of(source)
        self._words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(source)]
        self._start = start
        self._next = 0
        self._misses = 0

    def find(self, sentence: str) -> Span | None:
        """Return where the words of a sentence stand; ``None`` if not one of them is found."""
        at = list(self._matched(_WORD.findall(sentence)))
        if not at:
            return None
        self._next = at[-1] + 1
        start, end = self._words[at[0]][1], self._words[at[-1]][2]
        if _MARK.search(sentence):
            start, end = self._with_marks(start, end)
        return self._offsets.span(start, end).moved(self._start)

    def _with_marks(self, start: int, end: int) -> tuple[int, int]:
        """Return a place with the marks beside it, which say yes or no without a word."""
        before = _MARK_BEFORE.search(self._source, max(0, start - _NEAR), start)
        after = _MARK_AFTER.match(self._source, end, end + _NEAR)
        return before.start() if before else start, after.end() if after else end

    def _matched(self, words: list[str]) -> Iterator[int]:
        """Yield which words of the source those of a sentence are, one after the other."""
        at = self._next
        for number, word in enumerate(words):
            following = words[number + 1] if number + 1 < len(words) else None
            found = self._seek(word, following, at)
            if found is not None:
                yield found
                at = found + 1

    def _seek(self, word: str, following: str | None, start: int) -> int | None:
        """Return where a word comes next: at once, or further on with its neighbour behind it."""
        if start < len(self._words) and self._words[start][0] == word:
            return start
        if self._misses > _MOST_MISSES:
            return None
        for at in range(start, min(start + _BETWEEN, len(self._words))):
            near = following is None or following in {
                one[0] for one in self._words[at + 1 : at + 3]
            }
            if self._words[at][0] == word and near:
                return at
        self._misses += 1
        return None
