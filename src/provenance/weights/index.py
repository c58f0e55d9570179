"""The index of a sharded release (``*.safetensors.index.json``): which file holds which tensor."""

from collections.abc import Mapping

from provenance.errors import Code, InvalidValueError, TextError, WeightsError
from provenance.text.strict_json import parse as parse_json
from provenance.values.path import RelPath
from provenance.values.weights import ShardIndex

LONGEST_INDEX = 25_000_000


def parse(data: bytes, path: RelPath) -> ShardIndex:
    """Read the index at ``path``; its files are named relative to the release, not to the index.

    Raises:
        WeightsError: IX_JSON; IX_SHAPE; IX_PATH for anything but a relative path to a
            ``.safetensors`` file in or below the folder of the index.
    """
    try:
        parsed = parse_json(data)
    except TextError as cause:
        raise _wrong(Code.IX_JSON, path, f"is not JSON: {cause.what}") from cause
    table = _object(parsed, "weight_map", path)
    metadata = _object(parsed, "metadata", path)
    if not table:
        raise _wrong(Code.IX_SHAPE, path, "has no weight_map")
    names = {_file_name(tensor, name, path) for tensor, name in table.items()}
    files = {name: _file(name, path) for name in sorted(names)}
    weight_map = tuple(sorted((tensor, files[str(name)]) for tensor, name in table.items()))
    return ShardIndex(path, weight_map, _total_size(metadata.get("total_size"), path))


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
    if file.suffix != ".safetensors" or "\\" in name or ":" in name:
        raise _wrong(Code.IX_PATH, path, f"names {name[:80]!a}, no safetensors file beside it")
    return file.text


def _total_size(value: object, path: RelPath) -> int | None:
    if value is None:
        return None
    if type(value) is not int or value < 0:
        raise _wrong(Code.IX_SHAPE, path, "has a total_size that is no number of bytes")
    return value


def _wrong(code: Code, path: RelPath, what: str) -> WeightsError:
    hint = "write the index again with the library that wrote the shards"
    return WeightsError(f"{path.text[:200]!a} {what}", hint=hint, code=code)
