"""The formats that weights are kept in: one row each; whatever else knows weights, knows by it."""

import re
from collections.abc import Iterator

import attrs

from provenance.errors import Code
from provenance.ports.weight_format import WeightFormat
from provenance.values.hazard import Hazard
from provenance.values.inventory import Inventory
from provenance.values.path import RelPath
from provenance.values.weight_kind import WeightKind
from provenance.weights.index import NAME as INDEX
from provenance.weights.listed import BY_ENDING, BY_PATH, pieces
from provenance.weights.safetensors import Safetensors

#: The formats that are read: of a release that has several, the first counts.
READ: tuple[WeightFormat, ...] = (Safetensors(),)
#: All, and the first that fits a path is its format.
FORMATS: tuple[WeightFormat, ...] = (
    *BY_PATH,
    *READ,
    *BY_ENDING,
    pieces(end for one in READ for end in one.kind.endings),
)

_KINDS = tuple(one.kind for one in FORMATS)
#: The ends of the names of weight files.
ENDINGS = frozenset(end for one in _KINDS for end in one.endings)
#: Formats that run code when they are loaded, or may: pickle itself, and containers of pickles.
PICKLES = frozenset(end for one in _KINDS if one.pickled for end in one.endings)
# Whatever is of a format by more than its ending, at one look.
_PATHS = re.compile("|".join(one.within for one in _KINDS if one.within), re.DOTALL)
# What training leaves beside a model, in files that end as weights do.
_STATE = re.compile(
    r"(optimizer|scheduler|training_args|rng_state|scaler|trainer_state)\b.*|events\..*"
)


@attrs.frozen
class WeightPaths:
    """The weight files that are read, their indexes, and those that are listed and never loaded.

    All in order of path; ``pickles`` and ``others`` are not read, and each pickle has its hazard.
    """

    read: tuple[RelPath, ...]
    indexes: tuple[RelPath, ...]
    pickles: tuple[RelPath, ...]
    hazards: tuple[Hazard, ...]
    others: tuple[RelPath, ...] = ()


def weight_paths(inventory: Inventory) -> WeightPaths:
    """Return the weight files of a release by their names."""
    paths = [entry.path for entry in inventory]
    pickles = tuple(path for path in paths if path.suffix in PICKLES)
    read = tuple(path for path in paths if reader_of(path))
    apart = {*pickles, *read}
    return WeightPaths(
        read=read,
        indexes=tuple(path for path in paths if INDEX.fullmatch(path.name.lower())),
        pickles=pickles,
        hazards=tuple(_hazards(pickles)),
        others=tuple(path for path in paths if path not in apart and weights_in(path) is not None),
    )


def reader_of(path: RelPath) -> WeightFormat | None:
    """Return the format as which a file is read, ``None`` for one that is listed at most."""
    text = path.text.lower()
    return next((one for one in READ if one.kind.fits(text, path.suffix)), None)


def weights_in(path: RelPath) -> WeightKind | None:
    """Return the format of weights that a file's name stands for, ``None`` for any other file.

    What training leaves beside a model, such as the state of its optimizer, is no copy of it.
    """
    text = path.text.lower()
    if path.suffix not in ENDINGS and not _PATHS.fullmatch(text):
        return None
    if _STATE.fullmatch(path.name):
        return None
    return next((one for one in _KINDS if one.fits(text, path.suffix)), None)


def _hazards(pickles: tuple[RelPath, ...]) -> Iterator[Hazard]:
    for path in pickles:
        detail = "can run code when it is loaded; listed, never loaded"
        yield Hazard(Code.PICKLE, path.text, detail)
