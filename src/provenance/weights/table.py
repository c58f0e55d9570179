"""The formats that weights are kept in: one row each; whatever else knows weights, knows by it."""

import re
from collections.abc import Iterable, Iterator

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
#: An ending that formats share which are pickles and which are none: there, what is in it decides.
SHARED = ".bin"
# Files of that ending that PyTorch writes, and reads as pickles whatever is in them.
_OF_PYTORCH = re.compile(
    r"(?:.*[-_.])?(?:pytorch_model|pytorch_lora_weights|adapter_model|learned_embeds"
    r"|training_args|optimizer|scheduler|rng_state|scaler|random_states)(?:[-_.].*)?\.bin",
    re.IGNORECASE,
)
# What training leaves beside a model, in files that end as weights do.
_STATE = re.compile(
    r"(optimizer|scheduler|training_args|rng_state|scaler|trainer_state)\b.*|events\..*"
)


@attrs.frozen
class WeightPaths:
    """The weight files that are read, their indexes, and those that are listed and never loaded.

    All in order of path; ``pickles`` and ``others`` are not read. Each that is a pickle for its
    name has its hazard; of the others that end so, what they begin with decides.
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
        hazards=tuple(_hazards(one for one in pickles if is_pickle_by_name(one.text))),
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


def is_pickle_by_name(path: str) -> bool:
    """Tell whether a file counts as a pickle for its name alone.

    >>> is_pickle_by_name("a/pytorch_model-1-of-2.bin"), is_pickle_by_name("openvino_model.bin")
    (True, False)
    """
    name = path.rpartition("/")[2].lower()
    ending = f".{name.rpartition('.')[2]}"
    return ending in PICKLES and (ending != SHARED or _OF_PYTORCH.fullmatch(name) is not None)


def _hazards(pickles: Iterable[RelPath]) -> Iterator[Hazard]:
    for path in pickles:
        detail = "can run code when it is loaded; listed, never loaded"
        yield Hazard(Code.PICKLE, path.text, detail)
