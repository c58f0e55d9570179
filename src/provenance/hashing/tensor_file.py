"""The tensors of one safetensors file, hashed in a reading of their own."""

from typing import assert_never

from provenance.doors.descriptor import read_into
from provenance.errors import Code, ProvenanceError, WeightsError
from provenance.hashing.tensors import TensorHash
from provenance.hashing.wants import Want
from provenance.hashing.work import (
    Files,
    Watch,
    changed,
    opened,
    parts,
    require_untouched,
    trouble,
)
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.stamp import SIZE
from provenance.values.tensor_digest import TensorDigest
from provenance.values.weights import Header
from provenance.weights.safetensors import PREFIX, header_length, parse


def hash_tensors(
    files: Files, want: Want, watch: Watch
) -> tuple[TensorDigest, ...] | ProvenanceError:
    """Hash each tensor of a file, in order of place; or say why that cannot be.

    The file is read once more than for its own digest: one SHA-256 of its bytes, in a quarter of a
    megabyte and its header. It has to be what was listed, before and after, so both readings are of
    the same bytes as far as its stamp tells.

    Raises:
        Interrupted: when the watch says so.
    """
    try:
        with opened(files, want) as (descriptor, before):
            size = before[SIZE]
            length, header = _header(want, descriptor, size)
            hashed = TensorHash(header, length)
            for part in parts(want, descriptor, 0, size, watch):
                hashed.update(part)
            require_untouched(want, before, descriptor)
    except (OSError, ProvenanceError) as cause:
        return trouble(want, cause)
    return hashed.tensors


def _header(want: Want, descriptor: int, size: int) -> tuple[int, Header]:
    path = RelPath(want.name)
    length = header_length(_start(want, descriptor, 0, min(PREFIX, size)), size, path)
    if isinstance(length, Unseen):
        return 0, _seen(length, path)
    return length, _seen(parse(_start(want, descriptor, PREFIX, length), size, path)[0], path)


def _start(want: Want, descriptor: int, begin: int, size: int) -> bytes:
    buffer = bytearray(size)
    view, at = memoryview(buffer), 0
    while at < size:
        got = read_into(descriptor, (view[at:],), begin + at)
        if not got:
            raise changed(want, f"ended {size - at} bytes early")
        at += got
    return bytes(buffer)


def _seen(look: Look[Header], path: RelPath) -> Header:
    match look:
        case Seen(header):
            return header
        case Unseen(reason, code):
            raise WeightsError(f"{path.text[:200]!a}: {reason}", code=code)
        case Missing(reason):
            raise WeightsError(f"{path.text[:200]!a}: {reason}", code=Code.ST_HEADER_JSON)
        case _:
            assert_never(look)
