"""What can be asked of ``provenance explain``: each thing by every way of writing its name."""

import difflib
import re
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

import attrs

from provenance.checks.table import CHECKS
from provenance.cli.word_book import WORDS
from provenance.errors import Code
from provenance.values.advice import Rule
from provenance.values.component import Component
from provenance.values.label import Label
from provenance.values.rung import Rung

_OTHER = re.compile(r"[^a-z0-9]+")
_VERSION = re.compile(r"[\s-]*v?[0-9]+(?:\.[0-9]+)+\s*\Z")
_COUNT = re.compile(r"\A\s*[0-9]+\s+")
_ALIKE = 0.6
# A line of a report that is longer than its words is not a name that was mistyped.
_LONGEST = 80


@attrs.frozen
class Word:
    """A word of reports, with what it means there."""

    word: str
    meanings: tuple[str, ...]


Topic: TypeAlias = Component | Code | Label | Rule | Word


def as_key(text: str) -> str:
    """Return a name without case, dashes and blanks.

    >>> as_key("Open-Weights_and code")
    'openweightsandcode'
    """
    return _OTHER.sub("", text.casefold())


def topics_of(text: str) -> tuple[Topic, ...]:
    """Return all that is called so, as a report writes it, too: "3 retrieved", "mof 1.0".

    >>> [str(one) for one in topics_of("Pickle")]
    ['PICKLE', 'pickle']
    """
    ways = (text, text.partition(",")[0], _COUNT.sub("", text), _VERSION.sub("", text))
    found = (_topics().get(as_key(way)) for way in ways)
    return tuple(next(filter(None, found), ()))


def near_topics(text: str, most: int) -> tuple[str, ...]:
    """Return the names that are written nearly so, the nearest first."""
    names: dict[str, str] = {}
    for name, _ in _named():
        names.setdefault(as_key(name), name)
    near = difflib.get_close_matches(as_key(text[:_LONGEST]), names, most, _ALIKE)
    return tuple(names[one] for one in near)


@cache
def _topics() -> dict[str, list[Topic]]:
    found: dict[str, list[Topic]] = {}
    for name, topic in _named():
        known = found.setdefault(as_key(name), [])
        if topic not in known:
            known.append(topic)
    return found


def _named() -> Iterator[tuple[str, Topic]]:
    """Yield every name with what it is the name of."""
    for component in Component:
        yield component.id, component
        yield component.title, component
    yield from ((one.value, one) for one in (*Code, *Label, *Rule))
    for word, meanings in WORDS.items():
        yield word, Word(word, meanings)
    for rung in Rung:
        step = Word(rung.name.lower(), WORDS[rung.name.lower()])
        yield f"{rung:d}", step
        yield f"rung {rung:d}", step
    for check in CHECKS:
        said = " ".join((type(check).__doc__ or "").split())
        yield check.id, Word(f"check {check.id}", (said,))
