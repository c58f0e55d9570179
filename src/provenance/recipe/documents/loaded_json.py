"""JSON files of a release, read as their loaders read them, with a hazard for each oddity."""

from provenance.errors import Code
from provenance.text.budget import Budget
from provenance.text.loader_json import read_as_loaders_do
from provenance.text.strict_json import JsonValue
from provenance.values.hazard import Hazard

# A long whole number, which every loader reads: libraries write it for "no limit".
_HARMLESS = frozenset({Code.JSON_INT})


def loaded_json(data: bytes, *, path: str, budget: Budget) -> tuple[JsonValue, tuple[Hazard, ...]]:
    """Return what a loader takes from a file, and what is odd about its text.

    Raises:
        TextError: for what no loader reads, or what is over the budget.
    """
    read = read_as_loaders_do(data, budget=budget)
    odd = (Hazard(one.code, path, one.detail) for one in read.odd if one.code not in _HARMLESS)
    return read.value, tuple(odd)
