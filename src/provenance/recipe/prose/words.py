"""Which components a sentence speaks of.

A list of words, in English, and no understanding; what is said of them is for
:mod:`provenance.recipe.prose.stance` to tell. Irony and other languages are not understood.
"""

import re
from collections.abc import Iterator

from provenance.recipe.prose.sentences import split_sentences
from provenance.recipe.prose.speech import about_others, denies, hedges
from provenance.values.component import Component

__all__ = [
    "about_others",
    "components_of",
    "denies",
    "ends_of",
    "goes_on",
    "hedges",
    "places_of",
    "sentences",
]

_C = Component
_WORDS: tuple[tuple[Component, str], ...] = (
    (
        _C.TRAINING_CODE,
        (
            r"\b(?:pre-?)?train(?:ing)?[ -](?:code|scripts?|recipes?|loop|pipeline)\b"
            r"|\bcode for (?:pre-?)?training\b|\btrain\.py\b"
        ),
    ),
    (
        _C.DATA_PREPROCESSING_CODE,
        (
            r"\b(?:data )?(?:pre-?)?process(?:es|ing)? (?:code|scripts?|pipeline)\b|\bprepare\.py\b"
            r"|\b(?:filtering|curation|data) (?:code|scripts|pipeline)\b"
        ),
    ),
    (_C.INFERENCE_CODE, r"\binference (?:code|scripts?)\b|\bgenerate\.py\b"),
    (_C.EVALUATION_CODE, r"\bevaluat(?:ion|e|es) (?:code|scripts?|harness)\b|\bevaluate\.py\b"),
    (
        _C.EVALUATION_DATA,
        r"\b(?:evaluation|test|benchmark|held-?out) (?:data(?:sets?)?|corpus|prompts)\b",
    ),
    (
        _C.DATASETS,
        r"\b(?:pre-?)?train(?:ing)? (?:data(?:sets?)?|corpus|corpora|texts?|mix(?:ture)?|sets?)\b",
    ),
    (_C.DATA_CARD, r"\bdata(?:set)? ?(?:cards?|sheets?)\b"),
    (_C.SAMPLE_MODEL_OUTPUTS, r"\b(?:sample|example) (?:model )?(?:outputs?|generations)\b"),
    (_C.INTERMEDIATE_PARAMETERS, r"\bintermediate (?:checkpoints?|parameters|weights)\b"),
    (_C.TECHNICAL_REPORT, r"\btech(?:nical)? report\b"),
    (_C.RESEARCH_PAPER, r"\b(?:research |our )paper\b"),
    (_C.HYPER_PARAMETERS, r"\bhyper-?parameters?\b|\blearning rate\b|\bbatch size\b"),
    (_C.SEEDS, r"\bseeds?\b"),
    (_C.DATA_ORDER, r"\border of (?:the )?(?:training )?(?:data|batches)\b|\bdata order\b"),
    (
        _C.ENVIRONMENT,
        r"\block ?files?\b|\brequirements\.(?:txt|lock)|\bdocker(?:file)?\b|\benvironment\.ya?ml\b",
    ),
    (
        _C.HARDWARE,
        r"\b\d+ ?x? ?(?:A100|H100|H200|V100|T4|TPU|GPUs?|CPUs?|cores?)\b|\bGPU[- ]hours\b",
    ),
    (_C.OPTIMIZER_STATE, r"\boptimi[sz]er states?\b"),
    (_C.CONTAMINATION_REPORT, r"\bcontamination\b"),
)
_PATTERNS = tuple((one, re.compile(words, re.IGNORECASE)) for one, words in _WORDS)
# What stands for a component only where it is denied: whoever denies speaks in general.
_BARE = (
    (_C.DATASETS, re.compile(r"\b(?:data|dataset|datasets|corpus)\b", re.IGNORECASE)),
    (_C.TRAINING_CODE, re.compile(r"\bcode\b", re.IGNORECASE)),
)


# One pattern for all, to pass over what speaks of nothing.
_ANY = re.compile(
    "|".join((*(words for _, words in _WORDS), r"\bdata|\bcorpus\b|\bcode\b")), re.IGNORECASE
)


# It goes on about what the sentence before it named.
_GOES_ON = re.compile(
    r"\W*(?:it|they|this|these|those|neither|both)\s+(?:is|are|was|were|has|have|will|can|cannot"
    r"|remains?|stays?|(?:is|are|was|were|has|have|ca|wo)n't)\b",
    re.IGNORECASE,
)


def speaks(sentence: str) -> bool:
    """Tell whether a sentence may speak of a component; one in look-alike letters may."""
    return not sentence.isascii() or goes_on(sentence) or _ANY.search(sentence) is not None


def goes_on(sentence: str) -> bool:
    """Tell whether a sentence speaks of what the one before it named.

    >>> goes_on("It is not released."), goes_on("The model is not released.")
    (True, False)
    """
    return _GOES_ON.match(sentence) is not None


def sentences(text: str) -> tuple[str, ...]:
    """Split a text into sentences."""
    return split_sentences(text)


def places_of(text: str) -> Iterator[tuple[Component, int]]:
    """Yield the components that a text speaks of, with every place where it names them."""
    for component, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield component, match.start()


def ends_of(component: Component, text: str) -> Iterator[int]:
    """Yield where the names of a component end in a text."""
    for one, pattern in _PATTERNS:
        if one is component:
            yield from (match.end() for match in pattern.finditer(text))


def bare_places_of(text: str) -> Iterator[tuple[Component, int]]:
    """Yield what a denial in general terms is about, with every place where it is named."""
    for component, pattern in _BARE:
        for match in pattern.finditer(text):
            yield component, match.start()


def components_of(sentence: str) -> tuple[Component, ...]:
    """Return the components that a sentence speaks of."""
    return tuple(dict.fromkeys(component for component, _ in places_of(sentence)))
