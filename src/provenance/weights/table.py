"""Which files of a release are weights, judged by their names alone."""

import attrs

from provenance.errors import Code
from provenance.values.hazard import Hazard
from provenance.values.inventory import Inventory
from provenance.values.path import RelPath

SAFETENSORS = ".safetensors"
INDEX = ".safetensors.index.json"
# Formats that run code when they are loaded, or may: pickle itself, and containers of pickles.
PICKLES = frozenset(
    {
        ".bin",
        ".ckpt",
        ".dill",
        ".joblib",
        ".nemo",
        ".npy",
        ".npz",
        ".pickle",
        ".pkl",
        ".pt",
        ".pt2",
        ".pth",
        ".ptc",
    }
)


@attrs.frozen
class WeightPaths:
    """The weight files that are read, their indexes, and the files that are never loaded.

    All in order of path; each of ``pickles`` has its hazard.
    """

    safetensors: tuple[RelPath, ...]
    indexes: tuple[RelPath, ...]
    pickles: tuple[RelPath, ...]
    hazards: tuple[Hazard, ...]


def weight_paths(inventory: Inventory) -> WeightPaths:
    """Return the weight files of a release by the ends of their names."""
    paths = [entry.path for entry in inventory]
    pickles = tuple(path for path in paths if path.suffix in PICKLES)
    return WeightPaths(
        safetensors=tuple(path for path in paths if path.suffix == SAFETENSORS),
        indexes=tuple(path for path in paths if path.name.lower().endswith(INDEX)),
        pickles=pickles,
        hazards=tuple(
            Hazard(Code.PICKLE, path.text, "can run code when it is loaded; listed, never loaded")
            for path in pickles
        ),
    )
