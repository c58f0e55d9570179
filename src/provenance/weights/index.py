"""The index of a sharded release (``*.safetensors.index.json``): which file holds which tensor."""

import re
from collections.abc import Mapping

from provenance.errors import Code, InvalidValueError, TextError, WeightsError
from provenance.text.loader_json import LoaderJson, read_as_loaders_do
from provenance.values.hazard import Hazard
from provenance.values.path import RelPath
from provenance.values.weights import ShardIndex
from provenance.weights.safetensors import ENDING, Safetensors

#: The format of whose shards an index tells.
INDEXED = Safetensors().kind.name
#: How an index is called; one of a variant has the variant's name before its end.
NAME = re.compile(rf".*{re.escape(ENDING)}\.index(?:\.[a-z0-9_-]+)?\.json", re.DOTALL)
LONGEST_INDEX = 25_000_000


def parse(data: bytes, path: RelPath) -> ShardIndex:
    """Read the index at ``path``; its files are named relative to the release, not to the index.

    No loader uses the sum of sizes: whatever stands in its place, the index is read without it.

    Raises:
        WeightsError: IX_JSON, also for a key that is there twice; IX_SHAPE; IX_PATH for anything
            but a relative path to a ``.safetensors`` file in or below the folder of the index.
    """
    read = _read(data, path)
    table = _object(read.value, "weight_map", path)
    if not table:
        raise _wrong(Code.IX_SHAPE, path, "has no weight_map")
    names = {_file_name(tensor, name, path) for tensor, name in table.items()}
    files = {name: _file(name, path) for name in sorted(names)}
    weight_map = tuple(sorted((tensor, files[str(name)]) for tensor, name in table.items()))
    metadata = read.value.get("metadata") if isinstance(read.value, Mapping) else None
    said = metadata.get("total_size") if isinstance(metadata, Mapping) else metadata
    size = _whole_number(said)
    odd = [
        Hazard(one.code, path.text, one.detail) for one in read.odd if one.code is not Code.JSON_INT
    ]
    if said is not None and size is None:
        shown = f"{said!a:.40}" if isinstance(said, str | float | int) else "no number"
        what = f"declares a sum of sizes that is no number of bytes: {shown}"
        odd.append(Hazard(Code.IX_TOTAL_SIZE, path.text, what))
    return ShardIndex(path, weight_map, size, tuple(odd))


def _read(data: bytes, path: RelPath) -> LoaderJson:
    try:
        read = read_as_loaders_do(data)
    except TextError as cause:
        raise _wrong(Code.IX_JSON, path, f"is not JSON: {cause.what}") from cause
    twice = next((one for one in read.odd if one.code is Code.JSON_DUP_KEY), None)
    if twice:
        # Which of the two a loader takes decides where it looks for a tensor.
        inner = TextError(twice.detail, code=twice.code)
        raise _wrong(Code.IX_JSON, path, f"is not JSON: {inner.what}") from inner
    return read


def _object(value: object, key: str, path: RelPath) -> Mapping[str, object]:
    """Return the object under a key of an object; an empty one when the key is not there."""
    found = value.get(key, {}) if isinstance(value, Mapping) else None
    if not isinstance(found, Mapping):
        raise _wrong(Code.IX_SHAPE, path, f"is not an object, or has {key} that is not")
    return found


def _file_name(tensor: str, name: object, path: RelPath) -> str:
    if not isinstance(name, str):
        raise _wrong(Code.IX_SHAPE, path, f"maps {tensor[:80]!a} to something that is no name")
    return name


def _file(name: str, path: RelPath) -> str:
    """Return where in the release a file of the index lies."""
    try:
        file = RelPath(f"{path.parent}/{name}" if path.parent else name)
    except InvalidValueError as cause:
        raise _wrong(Code.IX_PATH, path, f"names a file that cannot be: {cause.what}") from cause
    if file.suffix != ENDING or "\\" in name or ":" in name:
        raise _wrong(Code.IX_PATH, path, f"names {name[:80]!a}, no safetensors file beside it")
    return file.text


def _whole_number(value: object) -> int | None:
    """Return a size in bytes; some writers give it as a float, which counts parts of bytes."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and value >= 0 else None


def _wrong(code: Code, path: RelPath, what: str) -> WeightsError:
    hint = "write the index again with the library that wrote the shards"
    return WeightsError(f"{path.text[:200]!a} {what}", hint=hint, code=code)
