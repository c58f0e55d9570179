"""What a text that is no known licence is like, and in which words it differs."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from provenance.recipe.licenses.license_shingles import (
    Words,
    checksums,
    covered,
    covered_by_prints,
    every_print,
    runs,
    shingles,
)
from provenance.recipe.licenses.license_table import Known, Table
from provenance.values.license import Likeness

#: Below this a text is like nothing: what it shares are the phrases that all licences have.
LEAST_SIMILARITY = 0.5
#: Layouts that are compared word by word.
_CANDIDATES = 8
#: Aligning takes time that grows with the square of this.
_MOST_ALIGNED = 600
_MOST_RUNS = 8
_LONGEST_RUN = 240
#: No text that differs is shown as equal: not one of the same words in another order.
ALMOST = 0.999
_CUT = "…"


def likeness(words: Words, table: Table) -> Likeness | None:
    """Return the known licence that these words are nearest to, if they are near to any."""
    found = [_compared(words, one) for one in table.nearest(checksums(words), _CANDIDATES)]
    best = max(found, key=lambda one: (one.similarity, one.id), default=None)
    return best if best and best.similarity >= LEAST_SIMILARITY else None


def _compared(words: Words, known: Known) -> Likeness:
    if known.text is None:
        return _by_prints(words, known)
    theirs = known.text.split()
    here, there = _marks(words, theirs)
    added, missing = runs(words, here), runs(theirs, there)
    return Likeness(
        known.id,
        _share(sum(here) + sum(there), len(words) + known.size),
        _shown(added),
        _shown(missing),
        more=_left_out(added) + _left_out(missing),
    )


def _marks(ours: Words, theirs: Words) -> tuple[list[bool], list[bool]]:
    """Tell of each word of two texts whether the other has it in its place.

    Between a common beginning and a common end the words are aligned, if they are few enough for
    that; else a word counts as common when it stands in a run of words that both have.
    """
    start = _common(ours, theirs)
    end = _common(ours[start:][::-1], theirs[start:][::-1])
    inner, outer = ours[start : len(ours) - end], theirs[start : len(theirs) - end]
    if max(len(inner), len(outer)) > _MOST_ALIGNED:
        return covered(ours, frozenset(shingles(theirs))), covered(
            theirs, frozenset(shingles(ours))
        )
    here, there = [False] * len(inner), [False] * len(outer)
    for left, right, size in SequenceMatcher(None, inner, outer, False).get_matching_blocks():  # noqa: FBT003 - the class names it by its place only
        here[left : left + size] = [True] * size
        there[right : right + size] = [True] * size
    return [True] * start + here + [True] * end, [True] * start + there + [True] * end


def _common(ours: Words, theirs: Words) -> int:
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(ours), len(theirs)))


def _by_prints(words: Words, known: Known) -> Likeness:
    kept = frozenset(known.prints)
    here = covered_by_prints(words, kept)
    found = frozenset(every_print(words))
    there = known.size * sum(one in found for one in known.prints) / len(known.prints)
    added = runs(words, here)
    similarity = _share(sum(here) + there, len(words) + known.size)
    return Likeness(known.id, similarity, _shown(added), None, more=_left_out(added))


def _share(both: float, all_words: int) -> float:
    return min(ALMOST, round(both / all_words, 3))


def _shown(found: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        one if len(one) <= _LONGEST_RUN else f"{one[: _LONGEST_RUN - 1]}{_CUT}"
        for one in found[:_MOST_RUNS]
    )


def _left_out(found: Sequence[str]) -> int:
    return max(0, len(found) - _MOST_RUNS)
