"""The formats that weights are kept in: one row each, told by the names of files alone."""

import re
from collections.abc import Iterable, Iterator

import attrs

from provenance.errors import Code
from provenance.values.hazard import Hazard
from provenance.values.inventory import Inventory
from provenance.values.path import RelPath
from provenance.weights.format import WeightFormat

SAFETENSORS = ".safetensors"
#: An index of shards; one of a variant has the variant's name before its end.
INDEX = re.compile(r".*\.safetensors\.index(?:\.[a-z0-9_-]+)?\.json", re.DOTALL)

#: The first row that fits a path is its format: rows that look at more than an ending come first.
FORMATS = (
    WeightFormat(
        "coreml",
        (".mlmodel",),
        within=r"(?:.*/)?[^/]+\.(?:mlpackage|mlmodelc)/.+",
        whole=True,
    ),
    WeightFormat("openvino", within=r"(?:.*/)?openvino[^/]*\.bin", whole=True),
    WeightFormat("ncnn", within=r"(?:.*/)?[^/]+\.ncnn\.(?:bin|param)", whole=True),
    WeightFormat("ggml", (".ggjt", ".ggml"), within=r"(?:.*/)?ggml-[^/]+\.bin", whole=True),
    WeightFormat("safetensors", (SAFETENSORS,)),
    WeightFormat(
        "pytorch",
        (
            *(".bin", ".ckpt", ".distcp", ".jit", ".pt", ".pt2", ".ptc", ".pth", ".ptl", ".t7"),
            ".torchscript",
        ),
        pickled=True,
        whole=True,
    ),
    WeightFormat(
        "pickle", (".cloudpickle", ".dill", ".joblib", ".pickle", ".pkl"), pickled=True, whole=True
    ),
    WeightFormat("gguf", (".gguf", ".llamafile"), whole=True),
    WeightFormat(
        "onnx",
        (".onnx", ".onnx_data", ".ort"),
        within=r".+\.onnx(?:[._]data|\.weights|\.ext)[^/]*",
        whole=True,
    ),
    WeightFormat(
        "tensorflow",
        (".h5", ".hdf5", ".pb"),
        within=r".+\.data-[0-9]{5}-of-[0-9]{5}|(?:.*/)?variables/variables\.index"
        r"|.+\.ckpt(?:-[0-9]+)?\.(?:index|data)",
        whole=True,
    ),
    WeightFormat("keras", (".keras",), whole=True),
    WeightFormat("flax", (".msgpack",), within=r"(?:.*/)?checkpoint_[0-9]+"),
    WeightFormat(
        "orbax",
        within=r"(?:.*/)?(?:manifest\.ocdbt|ocdbt\.process_[0-9]+/.+|d/[0-9a-f]{32})"
        r"|(?:.*/)?(?:\.zarray|zarr\.json)|.+\.zarr/.+",
    ),
    WeightFormat("tflite", (".tflite", ".task", ".litertlm"), whole=True),
    WeightFormat("rust", (".ot", ".mpk")),
    WeightFormat("paddle", (".pdiparams", ".pdmodel", ".pdparams"), whole=True),
    WeightFormat("mxnet", (".params",)),
    WeightFormat("caffe", (".caffemodel",)),
    WeightFormat("darknet", (".weights",)),
    WeightFormat("numpy", (".npy", ".npz"), pickled=True),
    WeightFormat("mlx", (".mlx",)),
    WeightFormat("mnn", (".mnn",), whole=True),
    WeightFormat("tensorrt", (".engine", ".plan", ".trt"), whole=True),
    WeightFormat("executorch", (".pte", ".ptd"), whole=True),
    WeightFormat("nemo", (".nemo",), pickled=True, whole=True),
    WeightFormat("torchserve", (".mar",), whole=True),
    WeightFormat("diffusers", (".dduf",), whole=True),
    WeightFormat(
        "a device's own format",
        (
            *(".axmodel", ".bmodel", ".dlc", ".hef", ".kmodel", ".om", ".rkllm", ".rknn"),
            *(".vmfb", ".xmodel"),
        ),
        whole=True,
    ),
    WeightFormat("gradient boosting", (".cbm", ".lgb", ".ubj", ".xgb"), whole=True),
    WeightFormat("skops", (".skops",), whole=True),
    WeightFormat("word vectors", (".ftz", ".kv", ".vec", ".w2v")),
    WeightFormat(
        "pieces of a file",
        within=r".+\.(?:safetensors|gguf|bin|pth?|ckpt|onnx|h5)"
        r"(?:[.-]part[a-z0-9]*|-split-[a-z]+|\.[0-9]{2,4}|\.(?:gz|bz2|xz|zst)"
        r"|\.(?:aria2|crdownload|download|incomplete|te?mp))",
        whole=True,
    ),
    WeightFormat("a file without an ending", within=r"(?:.*/)?(?:model|params|weights)"),
)

#: Formats that run code when they are loaded, or may: pickle itself, and containers of pickles.
PICKLES = frozenset(end for one in FORMATS if one.pickled for end in one.endings)
# Whatever is of a format by more than its ending, at one look.
_PATHS = re.compile("|".join(one.within for one in FORMATS if one.within), re.DOTALL)
_ENDINGS = frozenset(end for one in FORMATS for end in one.endings)
_TOLD_APART = PICKLES | {SAFETENSORS}
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

    safetensors: tuple[RelPath, ...]
    indexes: tuple[RelPath, ...]
    pickles: tuple[RelPath, ...]
    hazards: tuple[Hazard, ...]
    others: tuple[RelPath, ...] = ()


def weight_paths(inventory: Inventory) -> WeightPaths:
    """Return the weight files of a release by their names."""
    paths = [entry.path for entry in inventory]
    pickles = tuple(path for path in paths if path.suffix in PICKLES)
    return WeightPaths(
        safetensors=tuple(path for path in paths if path.suffix == SAFETENSORS),
        indexes=tuple(path for path in paths if INDEX.fullmatch(path.name.lower())),
        pickles=pickles,
        hazards=tuple(_hazards(one for one in pickles if is_pickle_by_name(one.text))),
        others=tuple(
            path
            for path in paths
            if path.suffix not in _TOLD_APART and weights_in(path) is not None
        ),
    )


def weights_in(path: RelPath) -> WeightFormat | None:
    """Return the format of weights that a file's name stands for, ``None`` for any other file.

    What training leaves beside a model, such as the state of its optimizer, is no copy of it.
    """
    text = path.text.lower()
    if path.suffix not in _ENDINGS and not _PATHS.fullmatch(text):
        return None
    if _STATE.fullmatch(path.name):
        return None
    return next((one for one in FORMATS if one.fits(text, path.suffix)), None)


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
