"""What a sentence says of each component that it names: given, denied, promised, or nothing.

A denial beats a promise, and a promise a claim. A clause that names nothing speaks of what the one
before it named; what follows *except* is the opposite of what came before.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto, unique
from typing import NamedTuple

from provenance.recipe.prose.second_hand import is_keywords, unsettled, without_struck
from provenance.recipe.prose.speech import (
    about_named_others,
    about_others,
    about_readers,
    conditions,
    denies,
    denies_all,
    denies_at,
    denies_one,
    denies_what_was_named,
    gives,
    hedges,
    of_running,
    offers,
    partly,
    plain,
    tells_of,
)
from provenance.recipe.prose.template_text import is_template
from provenance.recipe.prose.whose_data import data_meant, is_apart
from provenance.recipe.prose.words import bare_places_of, components_of, places_of, speaks
from provenance.text.as_seen import as_seen
from provenance.values.component import Component


@unique
class Stance(Enum):
    """What is said of a component."""

    GIVEN = auto()
    DENIED = auto()
    PROMISED = auto()
    # It is named, and nothing is said that counts: somebody else's, the reader's, a bare keyword.
    NAMED = auto()


_CLAUSE = re.compile(
    # A mark that says yes or no ends what it is said of.
    r"\s*(?:;|(?<=[\u2705\u2713\u2714\u274c\u2717\u2718\u274e])\s+(?=\w[^\u2705-\u274e]{1,80}:)|\s[\u2013\u2014-]\s|,?\s+\b(?:but|however|yet|while|whereas|although|though)\b,?"
    r"|,\s+(?:and\s+)?(?=(?:we|it|they|this|neither)\b"
    r"|(?:the|our|no)\s[^,;]{1,60}\b(?:is|are|was|were|will|can|cannot|has|have|remains?)\b))\s*"
    r"|\s*,?\s*\b(?P<except>except(?:ing)?(?: for)?|other than|apart from|excluding|without"
    r"|with the exception of|but not|all but|(?<=, )not(?= (?:the|our|its|any)\b))\b\s*",
    re.IGNORECASE,
)
# What others do, in passing.
_OF_OTHERS = re.compile(
    r",\s*(?:which|that|what|as)\s+(?:others?|most|many|some|they|competitors)\b[^,;]{1,80},",
    re.IGNORECASE,
)
# What is there once it is said; anything else has to be offered.
_TOLD = frozenset(
    {
        *(Component.SEEDS, Component.HYPER_PARAMETERS, Component.HARDWARE, Component.DATA_ORDER),
        *(Component.ENVIRONMENT, Component.CONTAMINATION_REPORT, Component.TECHNICAL_REPORT),
        Component.RESEARCH_PAPER,
    }
)
_DATA = frozenset({Component.DATASETS, Component.EVALUATION_DATA})
_OF_TRAINING = frozenset({Component.SEEDS, Component.HYPER_PARAMETERS, Component.HARDWARE})
#: A sentence that names a thing more often is no sentence either.
MOST_PLACES = 8
# A longer sentence is no sentence, and is not taken apart.
LONGEST_SENTENCE = 4000
_STRONGEST = (Stance.DENIED, Stance.PROMISED, Stance.GIVEN, Stance.NAMED)


class _Clause(NamedTuple):
    """A part of a sentence; ``opposed`` to the one ``before`` it where *except* stands between."""

    text: str
    opposed: bool
    before: str


def stances(
    sentence: str, own: frozenset[str] = frozenset(), data: Component = Component.DATASETS
) -> dict[Component, Stance]:
    """Return what a sentence says of each component that it speaks of.

    Args:
        sentence: the sentence, as its author wrote it.
        own: the words, in lower case, of the release's and its publisher's names.
        data: which data is meant where the sentence does not say.

    """
    if len(sentence) > LONGEST_SENTENCE or not speaks(sentence) or is_template(sentence):
        return {}
    found: dict[Component, Stance] = {}
    earlier: list[Component] = []
    # One blank for many: patterns take time that grows with the cube of a run of blanks.
    text = _OF_OTHERS.sub("", as_seen(without_struck(plain(as_seen(sentence)))))
    if unsettled(text) or is_keywords(text, len(components_of(text))):
        return dict.fromkeys(components_of(text), Stance.NAMED)
    for clause in _clauses(text):
        said = dict(_said(clause, own, earlier, data))
        for component, stance in said.items():
            found[component] = min(stance, found.get(component, stance), key=_STRONGEST.index)
        earlier = list(said) or earlier
    return found


def _clauses(sentence: str) -> Iterator[_Clause]:
    start, opposed, before = 0, False, ""
    for match in _CLAUSE.finditer(sentence):
        text = sentence[start : match.start()].strip()
        if text:
            yield _Clause(text, opposed, before)
        start, opposed, before = match.end(), match["except"] is not None, text
    if text := sentence[start:].strip():
        yield _Clause(text, opposed, before)


def _said(
    clause: _Clause, own: frozenset[str], earlier: list[Component], data: Component
) -> Iterator[tuple[Component, Stance]]:
    text = clause.text
    named = _places(places_of(text))
    foreign = about_others(text) or about_named_others(text, own)
    if not named:
        if not foreign:
            yield from _of_earlier(text, earlier)
        bare = _places(_bare(clause, data))
        named = {one: at for one, at in bare.items() if any(denies_at(text, each) for each in at)}
        if Component.EVALUATION_DATA in named:
            # Some data that it was measured on is not given: others may well be.
            yield Component.EVALUATION_DATA, Stance.NAMED
            del named[Component.EVALUATION_DATA]
    if not named:
        return
    if is_apart(text):
        yield from ((component, Stance.NAMED) for component in named)
        return
    # Behind a word like "without" that nothing stands before, it is not said which way it goes.
    open_ended = clause.opposed and not clause.before
    if open_ended or foreign or about_readers(text) or partly(text):
        yield from ((component, Stance.NAMED) for component in named)
        return
    whole = _of_all(clause)
    hedged = hedges(text) or conditions(clause.before)
    for component, places in named.items():
        if whole or any(denies_one(text, place) for place in places):
            yield component, whole or Stance.DENIED
        elif hedged:
            yield component, Stance.PROMISED
        else:
            yield component, Stance.GIVEN if _given(component, places, text) else Stance.NAMED


def _bare(clause: _Clause, data: Component) -> Iterator[tuple[Component, int]]:
    """Yield what general words stand for, and where; data is that which the words near it mean."""
    for component, place in bare_places_of(clause.text):
        meant = component
        if component is Component.DATASETS:
            found = data_meant(clause.text, place, clause.before, data)
            if found is None:
                continue
            meant = found
        yield meant, place


def _places(named: Iterable[tuple[Component, int]]) -> dict[Component, list[int]]:
    found: dict[Component, list[int]] = {}
    for component, place in named:
        places = found.setdefault(component, [])
        if len(places) < MOST_PLACES:
            places.append(place)
    return found


def _given(component: Component, places: list[int], text: str) -> bool:
    """Tell whether a clause gives what it names: the thing itself, or what there is to tell."""
    if component in _DATA and all(tells_of(text, place) for place in places):
        return False
    if component in _OF_TRAINING and of_running(text):
        return False
    return gives(text) if component in _TOLD else offers(text)


def _of_all(clause: _Clause) -> Stance | None:
    """Return what a clause says of all that it names, if it says one thing of all."""
    if clause.opposed and offers(clause.before):
        return Stance.GIVEN if denies(clause.before) else Stance.DENIED
    return Stance.DENIED if denies_all(clause.text) else None


def _of_earlier(text: str, earlier: list[Component]) -> Iterator[tuple[Component, Stance]]:
    """Yield what a clause that names nothing says of what was named before it."""
    if denies_what_was_named(text):
        yield from ((component, Stance.DENIED) for component in earlier)
    elif hedges(text):
        yield from ((component, Stance.PROMISED) for component in earlier)
