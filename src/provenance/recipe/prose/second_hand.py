"""Sentences from which nothing follows: hearsay, double negation, doubt, and mere keywords.

What another said, what is denied of a denial, and what is hardly so is neither a claim nor a denial
of the publisher. Patterns over English sentences, as in :mod:`provenance.recipe.prose.speech`.
"""

import re

_GIVEN = r"(?:releas|publish|shar|disclos|provid|open|availab|public|but\b|and\b)"
_UNSETTLED = re.compile(
    # Of a statement, not of a thing.
    r"\b(?:not|never|\w+n't|hardly)\s+(?:\w+\s+){0,2}?(?:true|the case|correct|right|said|say"
    r"|claim(?:ed)?|mean|imply|implied|think|believe)\s+that\b"
    r"|\b(?:false|untrue|wrong|myth|rumou?r|lie)\s+that\b|\bno reason (?:to|why|for)\b"
    r"|\b(?:nobody|no one) (?:can|could|may|will)\b|\bwhether\b"
    # Two negations.
    r"|\b(?:can(?:not|'t)|could(?: not|n't)|not) not\b"
    rf"|\b(?:no|none|nothing|never|not|isn't|aren't)(?:\s+(?!{_GIVEN})[\w-]+){{0,4}}\s+(?:withheld"
    r"|hidden|secret|private|proprietary|unreleased|unavailable|undisclosed|missing|closed"
    r"|held back)\b"
    # Neither yes nor no, or on a condition.
    r"|^\s*(?:if|unless|provided|assuming)\s(?!you|we\b|your\b)[^,;]{1,80},\s"
    r"|\b(?:hardly|barely|scarcely|seldom|rarely)\b"
    # Said by others.
    r"|\baccording to (?:an?|some|many|users?|people|critics|others|reports?|rumou?rs?|sources?"
    r"|(?-i:[A-Z])\w+(?:'s)?|the (?:blog|press|media|article|news))\b"
    r"|\b(?:another|some other|other) (?:lab|team|group|company|companies|user|publisher|people"
    r"|person)s?\b"
    r"|\b(?:users?|people|reviewers?|critics|journalists|someone|somebody|they)\s+(?:\w+\s+)?"
    r"(?:say|says|said|wrote|write|claim|claims|claimed|ask|asked|report|reported|believe)\b",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"~~[^~]{1,1000}~~\s?")
# What joins words to a sentence or a list.
_JOINED = re.compile(
    r"[,;:|/&\u2022\u00b7]|\b(?:and|or|of|in|is|are|was|were|we|our|for|with|to)\b", re.IGNORECASE
)
#: So many things that nothing joins are keywords.
_KEYWORDS = 3


def unsettled(sentence: str) -> bool:
    """Tell whether a sentence says a thing at second hand, doubly denied, or hardly.

    >>> unsettled("It is not true that we keep it."), unsettled("We keep it.")
    (True, False)
    """
    return _UNSETTLED.search(sentence) is not None


def without_struck(sentence: str) -> str:
    """Return a sentence without what was struck through, and so taken back.

    >>> without_struck("It is ~~closed~~ open.")
    'It is open.'
    """
    return _STRUCK.sub("", sentence) if "~~" in sentence else sentence


def is_keywords(sentence: str, named: int) -> bool:
    """Tell whether a sentence that names so many things is but a heap of keywords."""
    return named >= _KEYWORDS and not _JOINED.search(sentence)
