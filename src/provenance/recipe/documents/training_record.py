"""What training left behind: the state and log of a trainer, as JSON; pickles are never loaded."""

import re

from provenance.recipe.documents.loaded_json import loaded_json
from provenance.text.budget import Budget
from provenance.values.artefact import Artefact, Kind, StatedValue
from provenance.values.component import Component
from provenance.values.evidence import Where

_BUDGET = Budget(bytes=32 * 2**20, depth=16, items=2_000_000)
#: What a record may tell of.
OF_RECORDS = frozenset(
    {
        *(Component.MODEL_METADATA, Component.HYPER_PARAMETERS, Component.SEEDS),
        *(Component.DATA_ORDER, Component.HARDWARE, Component.TECHNICAL_REPORT),
        Component.RESEARCH_PAPER,
    }
)
_FILES = re.compile(
    r"(?:.*/)?(?:trainer_state|train_results|training_args|training_state|train_log|"
    r"run_metadata|training_metadata)\.json"
)


def reads_record(path: str) -> bool:
    """Tell whether a file's name is that of a record of training."""
    return _FILES.fullmatch(path) is not None


def record_of(
    path: str, data: bytes, where: Where
) -> tuple[Artefact | None, tuple[StatedValue, ...]]:
    """Return the record in a file, and the last step of its log; nothing where it is none.

    Raises:
        TextError: for JSON that no loader reads; a loss that is not a number is read by all.
    """
    value, _ = loaded_json(data, path=path, budget=_BUDGET)
    table = value if isinstance(value, dict) else {}
    if not table:
        return None, ()
    log = table.get("log_history")
    steps = [
        step
        for one in (log if isinstance(log, list) else [])
        if isinstance(one, dict) and isinstance(step := one.get("step"), int)
    ]
    stated = (StatedValue(Kind.LOGGED_STEP, str(max(steps)), path, where),) if steps else ()
    what = f"a record of training with {', '.join(sorted(table)[:4])}"
    return Artefact(Component.MODEL_METADATA, path, where, what, tuple(sorted(table))), stated
