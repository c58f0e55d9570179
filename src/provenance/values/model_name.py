"""Whether a title is about a model of a certain name."""

import re

# The parts of a model's name that say nothing of which model it is.
_TELLS_NOTHING = "base chat code hf instruct it large mini model small tiny v0 v1 v2 v3"
_GENERIC = frozenset(_TELLS_NOTHING.split())
_WORD = re.compile(r"[a-z]+|\d+")
_SHORTEST = 3


def is_named_in(name: str, title: str) -> bool:
    """Tell whether a title holds the first part of a model's name that tells it from others.

    >>> is_named_in("org/pythia-70m", "Pythia: a suite"), is_named_in("org/base-7b", "A base")
    (True, False)
    """
    parts = _WORD.findall(name.rpartition("/")[2].lower())
    telling = [one for one in parts if len(one) >= _SHORTEST and one not in _GENERIC]
    return bool(telling) and telling[0] in _WORD.findall(title.lower())
