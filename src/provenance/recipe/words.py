"""Which component a sentence speaks of, and whether it gives or denies it.

A small list of words, in English, and no understanding: a sentence counts for a component when one
of its words is there, and as a denial when it also says that the thing is not given. Irony, other
languages and claims spread over sentences are not understood.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from provenance.values.component import Component

_C = Component
_WORDS: tuple[tuple[Component, str], ...] = (
    (
        _C.TRAINING_CODE,
        r"train(?:ing)?[ -](?:code|script|recipe|loop|pipeline)|source (?:code|repository)",
    ),
    (_C.DATA_PREPROCESSING_CODE, r"(?:pre)?process(?:es|ing)? (?:code|script)|prepare\.py"),
    (_C.INFERENCE_CODE, r"inference (?:code|script)|generate\.py"),
    (_C.EVALUATION_CODE, r"evaluat(?:ion|e|es) (?:code|script|harness)|evaluate\.py"),
    (_C.DATASETS, r"(?:training |pretraining |pre-training )(?:data(?:sets?)?|corpus|text)"),
    (_C.INTERMEDIATE_PARAMETERS, r"intermediate (?:checkpoints?|parameters|weights)"),
    (_C.TECHNICAL_REPORT, r"technical report"),
    (_C.RESEARCH_PAPER, r"(?:research |our )paper"),
    (_C.HYPER_PARAMETERS, r"hyper-?parameters?|learning rate|batch size"),
    (_C.SEEDS, r"\bseeds?\b"),
    (_C.DATA_ORDER, r"order of (?:the )?(?:data|batches)|data order"),
    (_C.ENVIRONMENT, r"lock ?file|requirements\.(?:txt|lock)|docker(?:file)?|environment\.ya?ml"),
    (_C.HARDWARE, r"\b\d+ ?x? ?(?:A100|H100|V100|T4|TPU|GPUs?|CPUs?|cores?)\b|GPU[- ]hours"),
    (_C.OPTIMIZER_STATE, r"optimi[sz]er states?"),
    (_C.CONTAMINATION_REPORT, r"contamination"),
)
_PATTERNS = tuple((one, re.compile(words, re.IGNORECASE)) for one, words in _WORDS)
_DENIAL = re.compile(
    r"\b(?:not|never|cannot|can't|won't|isn't|aren't|don't|doesn't) (?:be |been |yet |currently |"
    r"publicly )*(?:releas|publish|shar|availab|disclos|provid|open)|\bno plans? to\b|"
    r"\b(?:remains?|stays?|kept) (?:closed|private|proprietary|internal)\b",
    re.IGNORECASE,
)
# Said, and not given: a promise or a condition is no claim that a thing is there.
_HEDGE = re.compile(
    r"\bcoming soon\b|\b(?:up)?on request\b|\bwill be (?:releas|publish|availab)|"
    r"\b(?:may|might) (?:be )?releas",
    re.IGNORECASE,
)
# Sentences about somebody else's work: what they link is not this publisher's.
_OTHERS = re.compile(
    r"\b(?:based on|built (?:on|with|upon)|inspired by|forked from|thanks to|derived from|using|"
    r"uses?|powered by|compatible with|similar to|compared (?:to|with)|supported by)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?\n]?")


def sentences(text: str) -> tuple[str, ...]:
    """Split a text into sentences; a dot inside a word or address ends none."""
    return tuple(found for one in _SENTENCE.findall(text) if (found := one.strip()))


def sentence_at(starts: Sequence[int], text: str, place: int) -> str:
    """Return the sentence that holds the character at ``place``; ``starts`` are the sentences'."""
    number = bisect_right(starts, place)
    end = starts[number] if number < len(starts) else len(text)
    return text[starts[number - 1] : end].strip()


def starts_of(text: str) -> tuple[int, ...]:
    """Return where the sentences of a text start, the first at 0."""
    return tuple(match.start() for match in _SENTENCE.finditer(text))


def components_of(sentence: str) -> tuple[Component, ...]:
    """Return the components that a sentence speaks of."""
    return tuple(component for component, pattern in _PATTERNS if pattern.search(sentence))


def denies(sentence: str) -> bool:
    """Tell whether a sentence says that something is not given."""
    return _DENIAL.search(sentence) is not None


def hedges(sentence: str) -> bool:
    """Tell whether a sentence only promises, or sets a condition."""
    return _HEDGE.search(sentence) is not None


def about_others(sentence: str) -> bool:
    """Tell whether a sentence speaks of what somebody else made."""
    return _OTHERS.search(sentence) is not None
