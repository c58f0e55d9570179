"""The header of a safetensors file: read whole, believed only where every rule of it holds.

The format: https://huggingface.co/docs/safetensors/index#format
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from math import prod
from operator import attrgetter
from typing import ClassVar

import attrs

from provenance.errors import Code, TextError, WeightsError
from provenance.text.strict_json import parse as parse_json
from provenance.text.untrusted import has_bidi, has_control
from provenance.values.byte_range import ByteRange
from provenance.values.file_parts import FileParts
from provenance.values.hazard import Hazard
from provenance.values.look import Look, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.weight_kind import WeightKind
from provenance.values.weights import DType, Header, Tensor

ENDING = ".safetensors"
PREFIX = 8
# The format's own cap, and what we read of it: no known model comes near a quarter of it.
LONGEST_HEADER = 100_000_000
LONGEST_READ = 25_000_000
MOST_TENSORS = 100_000
# Sizes and offsets are unsigned 64-bit numbers in every reader of the format.
_TOO_LARGE = 2**64
# No array that anybody trained has so many elements along one side.
_ABSURD = 2**48

_DTYPES = {dtype.label: dtype for dtype in DType}
_TOO_MANY = f"its header names more than {MOST_TENSORS} tensors"
_KEYS = frozenset({"dtype", "shape", "data_offsets"})
_JSON_CODES = {
    Code.JSON_ENCODING: Code.ST_HEADER_ENCODING,
    Code.JSON_BOM: Code.ST_HEADER_ENCODING,
    Code.JSON_DUP_KEY: Code.ST_DUP_KEY,
}
# Fine in a text, and not in a name.
_LINES = re.compile("[\t\n\r\u2028\u2029]")


@attrs.frozen
class Safetensors:
    """The format as a row of the table: a length, a header of that length, and the tensors."""

    kind: ClassVar[WeightKind] = WeightKind("safetensors", (ENDING,), read=True)

    def begins(self, start: bytes) -> bool:
        """Tell whether a length that can be stands before the brace of a header."""
        length = int.from_bytes(start[:PREFIX], "little")
        return len("{}") <= length <= LONGEST_HEADER and start[PREFIX : PREFIX + 1] == b"{"

    def wants(self, file: FileParts) -> tuple[ByteRange, ...]:
        """Return the first 8 bytes, and then the header, unless it is longer than we read.

        Raises:
            WeightsError: as :func:`header_length`.
        """
        start = _start(file)
        if not file.holds(start):
            return (start,)
        length = header_length(file.take(start), file.size, file.path)
        return (start,) if isinstance(length, Unseen) else (start, _header(length))

    def parse(self, file: FileParts) -> tuple[Look[Header], tuple[Hazard, ...]]:
        """Read the header: see :func:`parse`.

        Raises:
            WeightsError: as :func:`header_length` and :func:`parse`.
        """
        length = header_length(file.take(_start(file)), file.size, file.path)
        if isinstance(length, Unseen):
            return length, (too_large(file.path, length),)
        return parse(file.take(_header(length)), file.size, file.path)


def _start(file: FileParts) -> ByteRange:
    return ByteRange(0, min(PREFIX, file.size))


def _header(length: int) -> ByteRange:
    return ByteRange(PREFIX, PREFIX + length)


def header_length(start: bytes, file_size: int, path: RelPath) -> int | Unseen:
    """Return the header's length in bytes, from the first 8 bytes of a file of ``file_size``.

    The header follows these 8 bytes; ``path`` is for messages. ``Unseen`` stands for a length that
    the format allows and that is more than we read: see :func:`too_large`.

    Raises:
        WeightsError: ST_TOO_SHORT; ST_HEADER_LEN for a length that the file or the format does
            not have room for.
    """
    if len(start) < PREFIX:
        raise _wrong(Code.ST_TOO_SHORT, path, f"has {len(start)} bytes, fewer than {PREFIX}")
    length = int.from_bytes(start[:PREFIX], "little")
    longest = min(LONGEST_HEADER, file_size - PREFIX)
    if not len("{}") <= length <= longest:
        what = f"says its header has {length} bytes, where at most {longest} can be"
        raise _wrong(Code.ST_HEADER_LEN, path, what)
    if length > LONGEST_READ:
        return Unseen(f"its header has {length} bytes, more than {LONGEST_READ}", Code.RESOURCE)
    return length


def parse(header: bytes, file_size: int, path: RelPath) -> tuple[Look[Header], tuple[Hazard, ...]]:
    """Read a header (the bytes after the first 8) of the file at ``path`` of ``file_size`` bytes.

    The tensors are in order of their place in the data, and leave no byte of it unnamed. ``Unseen``
    stands for a header with more than ``MOST_TENSORS`` tensors, or beyond the budget of the JSON
    reader; a RESOURCE hazard says so.

    Raises:
        WeightsError: an ST code for every broken rule of the format.
    """
    # Counted before parsing: a quote inside a text is escaped, so this finds keys only.
    if header.count(b'"data_offsets"') > MOST_TENSORS:
        return _unseen(path, _TOO_MANY)
    parsed = _json(header, path)
    if isinstance(parsed, Unseen):
        return _unseen(path, parsed.reason)
    if len(parsed) > MOST_TENSORS + 1:
        return _unseen(path, _TOO_MANY)
    metadata = _metadata(parsed.pop("__metadata__", {}), path)
    data_size = file_size - PREFIX - len(header)
    tensors = sorted(
        (_tensor(name, value, data_size, path) for name, value in parsed.items()),
        key=attrgetter("start", "end", "name"),
    )
    _require_no_gap(tensors, data_size, path)
    found = Header(tuple(tensors), metadata)
    hazards = (Hazard(code, path.text, detail) for code, detail in _oddities(found))
    return Seen(found), tuple(sorted(hazards))


def too_large(path: RelPath, unseen: Unseen) -> Hazard:
    """Return the hazard that goes with a header that was not read."""
    return Hazard(unseen.code, path.text, unseen.reason)


def _unseen(path: RelPath, reason: str) -> tuple[Unseen, tuple[Hazard, ...]]:
    unseen = Unseen(reason, Code.RESOURCE)
    return unseen, (too_large(path, unseen),)


def _json(header: bytes, path: RelPath) -> dict[str, object] | Unseen:
    try:
        parsed = parse_json(header)
    except TextError as cause:
        if cause.code is Code.RESOURCE:
            return Unseen(f"its header is more than is read: {cause.what}", Code.RESOURCE)
        code = _JSON_CODES.get(cause.code, Code.ST_HEADER_JSON)
        raise _wrong(code, path, f"has a header that is not JSON: {cause.what}") from cause
    # The format: begins with a brace; may be padded at its end, with spaces only.
    if not isinstance(parsed, dict) or header[:1] != b"{" or header.rstrip(b" ")[-1:] != b"}":
        what = "has a header that is not one JSON object, padded with spaces"
        raise _wrong(Code.ST_HEADER_JSON, path, what)
    return dict(parsed)


def _metadata(value: object, path: RelPath) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Mapping):
        raise _wrong(Code.ST_METADATA, path, "has metadata that is not an object")
    pairs = []
    for key, text in sorted(value.items()):
        if not isinstance(text, str):
            raise _wrong(Code.ST_METADATA, path, f"has metadata under {key[:80]!a} that is no text")
        pairs.append((key, text))
    return tuple(pairs)


def _tensor(name: str, value: object, data_size: int, path: RelPath) -> Tensor:
    what = f"names a tensor {name[:80]!a}"
    if not isinstance(value, Mapping) or value.keys() != _KEYS:
        raise _wrong(Code.ST_HEADER_JSON, path, f"{what} without dtype, shape and data_offsets")
    label = value["dtype"]
    dtype = _DTYPES.get(label) if isinstance(label, str) else None
    if dtype is None:
        raise WeightsError(
            f"{path.text[:200]!a} {what} of the type {str(label)[:40]!a}, which is not known",
            hint="save it as a type of the safetensors format, or look with a newer version",
            code=Code.ST_DTYPE,
        )
    offsets = _offsets(value["data_offsets"], data_size)
    if offsets is None:
        raise _wrong(Code.ST_OFFSET, path, f"{what} with offsets not within {data_size} bytes")
    start, end = offsets
    shape = _shape(value["shape"])
    if shape is None:
        raise _wrong(Code.ST_SHAPE, path, f"{what} of a shape that cannot be")
    bits = prod(shape) * dtype.bits
    if bits != (end - start) * 8:
        raise _wrong(Code.ST_SHAPE, path, f"{what} of {end - start} bytes and {bits} bits")
    return Tensor(name, dtype, shape, start, end)


def _numbers(value: object) -> tuple[int, ...] | None:
    """Return a list of unsigned 64-bit whole numbers, or ``None`` for anything else."""
    if not isinstance(value, list | tuple):
        return None
    numbers = tuple(one for one in value if type(one) is int and 0 <= one < _TOO_LARGE)
    return numbers if len(numbers) == len(value) else None


def _offsets(value: object, data_size: int) -> tuple[int, int] | None:
    match _numbers(value):
        case (start, end) if start <= end <= data_size:
            return start, end
        case _:
            return None


def _shape(value: object) -> tuple[int, ...] | None:
    shape = _numbers(value)
    elements = 1
    for side in shape or ():
        elements *= side
        if elements >= _TOO_LARGE:
            return None
    return shape


def _require_no_gap(tensors: Iterable[Tensor], data_size: int, path: RelPath) -> None:
    end = 0
    for tensor in tensors:
        if tensor.start != end:
            code = Code.ST_HOLE if tensor.start > end else Code.ST_OVERLAP
            what = f"{tensor.name[:80]!a} starts at byte {tensor.start}, not at {end}"
            raise _wrong(code, path, f"leaves or shares bytes: {what}")
        end = tensor.end
    if end != data_size:
        raise _wrong(Code.ST_TRAILING, path, f"ends in {data_size - end} bytes of no tensor")


def _oddities(header: Header) -> Iterator[tuple[Code, str]]:
    """Yield what the format allows and a careful reader wants to know of, each once."""
    names = [tensor.name for tensor in header.tensors]
    names += [key for key, _ in header.metadata]
    texts = [text for _, text in header.metadata]
    yield from _first(Code.NAME, "is a path", filter(_is_path, names))
    yield from _first(
        Code.CTRL_CHARS,
        "holds control characters",
        (
            *(name for name in names if has_control(name) or _LINES.search(name)),
            *filter(has_control, texts),
        ),
    )
    yield from _first(
        Code.BIDI, "holds characters that reorder text", filter(has_bidi, (*names, *texts))
    )
    yield from _first(
        Code.ST_SHAPE,
        "has no elements, and a shape that no array has",
        (tensor.name for tensor in header.tensors if _lies(tensor)),
    )


def _first(code: Code, what: str, texts: Iterable[str]) -> Iterator[tuple[Code, str]]:
    found = list(texts)
    if found:
        others = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        yield code, f"{found[0][:80]!a} {what}{others}"


def _is_path(name: str) -> bool:
    """Whether a reader that made a path of this tensor's name would leave its folder."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or (len(parts) > 1 and (not parts[0] or parts[0].endswith(":")))


def _lies(tensor: Tensor) -> bool:
    return not tensor.elements and prod(side for side in tensor.shape if side) > _ABSURD


def _wrong(code: Code, path: RelPath, what: str) -> WeightsError:
    hint = "save the file again with a safetensors library"
    return WeightsError(f"{path.text[:200]!a} {what}", hint=hint, code=code)
