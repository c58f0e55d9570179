"""A verdict as JSON: the word, its reasons, and how every single demand stands."""

from provenance.text.strict_json import JsonValue
from provenance.values.verdict import Verdict, to_do, word


def verdict_json(verdict: Verdict) -> dict[str, JsonValue]:
    """Return a verdict for machines to read."""
    return {
        "verdict": word(verdict),
        "reasons": list(verdict.reasons),
        "answers": [
            {"demand": one.demand, "state": one.state.value, "reason": one.reason}
            for one in verdict.answers
        ],
        "to_do": list(to_do(verdict.answers)),
    }
