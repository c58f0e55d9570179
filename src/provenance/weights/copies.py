"""The formats that one repository holds its model in: told apart by names, and named."""

import re
from collections.abc import Iterable
from types import MappingProxyType

from provenance.values.inspection import Copy
from provenance.values.inventory import FileEntry
from provenance.values.path import RelPath

_FORMATS = MappingProxyType(
    {
        ".bin": "pytorch",
        ".ckpt": "pytorch",
        ".gguf": "gguf",
        ".ggml": "ggml",
        ".h5": "tensorflow",
        ".keras": "keras",
        ".mlmodel": "coreml",
        ".msgpack": "flax",
        ".npz": "numpy",
        ".onnx": "onnx",
        ".onnx_data": "onnx",
        ".ot": "rust",
        ".pb": "tensorflow",
        ".pdparams": "paddle",
        ".pt": "pytorch",
        ".pth": "pytorch",
        ".safetensors": "safetensors",
        ".tflite": "tflite",
    }
)
# What training leaves beside a model, in files that end as weights do.
_STATE = re.compile(
    r"(optimizer|scheduler|training_args|rng_state|scaler|trainer_state)\b.*|events\..*"
)
_SHARD = re.compile(r"[-_][0-9]{5,6}-of-[0-9]{5,6}(?=\.)")


def copies(entries: Iterable[FileEntry]) -> tuple[Copy, ...]:
    """Return the copies of a model among files, largest first: shards of one name are one copy.

    Names are all that this goes by; whether two copies hold the same numbers it cannot tell.
    """
    groups: dict[tuple[str, str], list[FileEntry]] = {}
    for entry in entries:
        if found := format_of(entry.path):
            groups.setdefault((found, _SHARD.sub("", entry.path.text)), []).append(entry)
    made = (
        Copy(kind, name, len(group), sum(entry.size for entry in group))
        for (kind, name), group in groups.items()
    )
    return tuple(sorted(made, key=lambda one: (-one.size, one.name)))


def format_of(path: RelPath) -> str | None:
    """Return the format that a file's name stands for, or ``None`` for a file without weights."""
    if _STATE.fullmatch(path.name):
        return None
    if path.name.startswith("openvino"):
        return "openvino" if path.suffix == ".bin" else None
    return _FORMATS.get(path.suffix)
