"""The formats that are known by name and not read: what is in such a file is unknown."""

import re
from collections.abc import Iterable

import attrs

from provenance.errors import Code
from provenance.values.byte_range import ByteRange
from provenance.values.file_parts import FileParts
from provenance.values.hazard import Hazard
from provenance.values.look import Unseen
from provenance.values.weight_kind import WeightKind


@attrs.frozen
class Listed:
    """A format of which files are listed and hashed; ``mark`` is how they begin, if always so."""

    kind: WeightKind
    mark: bytes = b""

    def begins(self, start: bytes) -> bool:
        """Tell whether first bytes are the format's mark."""
        return bool(self.mark) and start.startswith(self.mark)

    def wants(self, file: FileParts) -> tuple[ByteRange, ...]:
        """Return no range: nothing here could read it."""
        del file
        return ()

    def parse(self, file: FileParts) -> tuple[Unseen, tuple[Hazard, ...]]:
        """Return that what it holds is unknown."""
        del file
        return Unseen(f"weights in {self.kind.name} are not read", Code.NOT_COVERED), ()


def _listed(
    name: str, *endings: str, within: str = "", pickled: bool = False, mark: bytes = b""
) -> Listed:
    return Listed(WeightKind(name, endings, within, pickled=pickled), mark)


#: What is told by whole paths, which another format's ending may fit as well: these come first.
BY_PATH = (
    _listed("coreml", ".mlmodel", within=r"(?:.*/)?[^/]+\.(?:mlpackage|mlmodelc)/.+"),
    _listed("openvino", within=r"(?:.*/)?openvino[^/]*\.bin"),
    _listed("ncnn", within=r"(?:.*/)?[^/]+\.ncnn\.(?:bin|param)"),
    _listed("ggml", ".ggjt", ".ggml", within=r"(?:.*/)?ggml-[^/]+\.bin"),
)
BY_ENDING = (
    _listed(
        "pytorch",
        *(".bin", ".ckpt", ".distcp", ".jit", ".pt", ".pt2", ".ptc", ".pth", ".ptl", ".t7"),
        ".torchscript",
        pickled=True,
    ),
    _listed("pickle", ".cloudpickle", ".dill", ".joblib", ".pickle", ".pkl", pickled=True),
    _listed("gguf", ".gguf", ".llamafile", mark=b"GGUF"),
    _listed(
        "onnx",
        *(".onnx", ".onnx_data", ".ort"),
        within=r".+\.onnx(?:[._]data|\.weights|\.ext)[^/]*",
    ),
    _listed(
        "tensorflow",
        *(".h5", ".hdf5", ".pb"),
        within=r".+\.data-[0-9]{5}-of-[0-9]{5}|(?:.*/)?variables/variables\.index"
        r"|.+\.ckpt(?:-[0-9]+)?\.(?:index|data)",
    ),
    _listed("keras", ".keras"),
    _listed("flax", ".msgpack", within=r"(?:.*/)?checkpoint_[0-9]+"),
    _listed(
        "orbax",
        within=r"(?:.*/)?(?:manifest\.ocdbt|ocdbt\.process_[0-9]+/.+|d/[0-9a-f]{32})"
        r"|(?:.*/)?(?:\.zarray|zarr\.json)|.+\.zarr/.+",
    ),
    _listed("tflite", ".tflite", ".task", ".litertlm"),
    _listed("rust", ".ot", ".mpk"),
    _listed("paddle", ".pdiparams", ".pdmodel", ".pdparams"),
    _listed("mxnet", ".params"),
    _listed("caffe", ".caffemodel"),
    _listed("darknet", ".weights"),
    _listed("numpy", ".npy", ".npz", pickled=True),
    _listed("mlx", ".mlx"),
    _listed("mnn", ".mnn"),
    _listed("tensorrt", ".engine", ".plan", ".trt"),
    _listed("executorch", ".pte", ".ptd"),
    _listed("nemo", ".nemo", pickled=True),
    _listed("torchserve", ".mar"),
    _listed("diffusers", ".dduf"),
    _listed(
        "a device's own format",
        *(".axmodel", ".bmodel", ".dlc", ".hef", ".kmodel", ".om", ".rkllm", ".rknn"),
        *(".vmfb", ".xmodel"),
    ),
    _listed("gradient boosting", ".cbm", ".lgb", ".ubj", ".xgb"),
    _listed("skops", ".skops"),
    _listed("word vectors", ".ftz", ".kv", ".vec", ".w2v"),
    _listed("a file without an ending", within=r"(?:.*/)?(?:model|params|weights)"),
)
# Files of these are published in pieces, because they are large.
_CUT = (".bin", ".ckpt", ".gguf", ".h5", ".onnx", ".pt", ".pth")


def pieces(endings: Iterable[str]) -> Listed:
    """Return the format of pieces of files: of those with these endings, and of common others."""
    cut = "|".join(re.escape(end.removeprefix(".")) for end in (*_CUT, *endings))
    return _listed(
        "pieces of a file",
        within=rf".+\.(?:{cut})"
        r"(?:[.-]part[a-z0-9]*|-split-[a-z]+|\.[0-9]{2,4}|\.(?:gz|bz2|xz|zst)"
        r"|\.(?:aria2|crdownload|download|incomplete|te?mp))",
    )
