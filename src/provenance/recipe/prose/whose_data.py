"""Which data a sentence speaks of where it only says *data*: for training, measuring, or users'.

What is said of data that a model was measured on says nothing of what it was trained on. The word
nearest before *data* that tells which it is decides, then the first behind it, then what was said
before, then the heading above.
"""

import re
from collections.abc import Sequence

from provenance.values.component import Component

_TRAINED = re.compile(
    r"\b(?:pre-?|post-?|re)?train(?:s|ed|ing|er)?\b|\bfine-?tun\w*|\bpre-?training\b"
    r"|\b(?:instruction|preference)[ -]tun\w*|\blearn(?:s|ed|t|ing)? (?:from|on)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\bevaluat\w*|\bbenchmark\w*|\btest(?:s|ed|ing)?\b|\b(?:held|hold)[ -]?outs?\b|\bvalidat\w+"
    r"|\bred[ -]?team\w*|\bassess(?:ed|es|ing|ments?)?\b|\bmeasur\w+|\bleaderboards?\b"
    r"|\bscor(?:e|es|ed|ing)\b|\bmetrics?\b|\bhuman (?:raters?|judg\w+)\b|\baccurac(?:y|ies)\b"
    r"|\bresults\b|\bperform(?:s|ed|ance)\b(?! reasons)|\bablations?\b|\bchallenge sets?\b"
    r"|\bnumbers\b|\bsafety (?=(?:data|prompts|tests?|questions)\b)|\baudit(?:s|ed|ing)?\b"
    r"|\b(?:AUC|F1|BLEU|ROUGE|WER|CER|perplexity|mAP|IoU|latency|throughput)\b",
    re.IGNORECASE,
)
# Headings under which measurements stand.
_OF_MEASURES = re.compile(r"\b(?:quality|speed|fairness|robustness|comparisons?)\b", re.IGNORECASE)
# Right before the word: data that is somebody's, and that nobody was to publish.
_OF_PEOPLE = re.compile(
    r"\b(?:users?|customers?|clients?|personal|personally identifiable|telemetry|usage|account"
    r"|conversation|chat|browsing|sensor)(?:'s|s')?\s+\Z",
    re.IGNORECASE,
)
# Before the word: something else was taken out of the data.
_TAKEN_OUT = re.compile(
    r"\b(?:removed|deleted|excluded|filtered|stripped|withdrawn|taken|cleaned|redacted)\s+(?:out\s+)?"
    r"(?:from|of)\s+(?:[\w-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
_THE_TRAINING_DATA = (
    r"(?:[\w-]+\s+){0,2}?(?:pre-?|post-?)?train(?:ing)?[ -]?(?:data(?:sets?)?|sets?|corpus|corpora"
    r"|mix(?:ture)?|splits?|texts?|samples|examples)\b"
)
# Something is not in the training data, which says nothing of whether that is given.
_APART = re.compile(
    r"(?:\b(?:not|never|none|no|neither|cannot)\b|n't\b)(?:\s+[\w-]+){0,8}?\s+(?:included|contained"
    r"|used|present|seen|found|appear(?:s|ed|ing)?|leak(?:s|ed)?|mixed|overlap(?:s|ped|ping)?|part)"
    rf"\s+(?:[\w-]+\s+)?(?:in|within|into|with|of|from|for|as)\s+{_THE_TRAINING_DATA}"
    r"|\b(?:removed|excluded|filtered|withheld|held out|deleted|separate|disjoint|decontaminated)"
    rf"\s+(?:out\s+)?from\s+{_THE_TRAINING_DATA}"
    rf"|\bno(?:\s+[\w-]+){{0,3}}?\s+overlap\s+(?:with|between)\s+{_THE_TRAINING_DATA}",
    re.IGNORECASE,
)
#: A longer heading is a sentence, or the title of the page.
_MOST_WORDS = 6


def data_meant(clause: str, place: int, before: str, heading: Component) -> Component | None:
    """Return which data is meant at a place of a clause; ``None`` for what is no part of a release.

    Args:
        clause: a part of a sentence.
        place: where the word stands in it.
        before: the part of the sentence before it.
        heading: what the headings above speak of.

    """
    ahead = clause[:place]
    if _OF_PEOPLE.search(ahead) or _TAKEN_OUT.search(ahead):
        return None
    here, earlier = _cues(clause), _cues(before)
    nearest = (
        max((one for one in here if one[0] < place), default=None, key=_at),
        min((one for one in here if one[0] >= place), default=None, key=_at),
        max(earlier, default=None, key=_at),
    )
    return next((cue[1] for cue in nearest if cue), None) or heading


def data_under(headings: Sequence[str]) -> Component:
    """Return which data is meant under headings, the nearest of which stands last.

    >>> data_under(("M", "Evaluation")).id, data_under(("Evaluation", "Training data")).id
    ('evaluation-data', 'datasets')
    """
    for title in reversed(headings):
        if len(title.split()) > _MOST_WORDS:
            continue
        if _TRAINED.search(title):
            return Component.DATASETS
        if _MEASURED.search(title) or _OF_MEASURES.search(title):
            return Component.EVALUATION_DATA
    return Component.DATASETS


def is_apart(clause: str) -> bool:
    """Tell whether a clause says that something is not in the training data.

    >>> is_apart("The test set is not part of the training data.")
    True
    >>> is_apart("The training data is not part of this release.")
    False
    """
    return _APART.search(clause) is not None


def _cues(text: str) -> list[tuple[int, Component]]:
    """Return where words stand that tell which data is meant."""
    both = ((_TRAINED, Component.DATASETS), (_MEASURED, Component.EVALUATION_DATA))
    return [(found.start(), it) for pattern, it in both for found in pattern.finditer(text)]


def _at(cue: tuple[int, Component]) -> int:
    return cue[0]
