"""The tensors of one safetensors file, hashed in a reading of their own."""

from functools import partial
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
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.stamp import SIZE
from provenance.values.tensor_digest import TensorDigest
from provenance.weights.placed import Placed, placed


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
            hashed = TensorHash(_placed(want, descriptor, size))
            for part in parts(want, descriptor, 0, size, watch):
                hashed.update(part)
            require_untouched(want, before, descriptor)
    except (OSError, ProvenanceError) as cause:
        return trouble(want, cause)
    return hashed.tensors


def _placed(want: Want, descriptor: int, size: int) -> Placed:
    path = RelPath(want.name)
    look = placed(path, size, partial(_part, want, descriptor))
    match look:
        case Seen(found):
            return found
        case Unseen(reason, code):
            raise WeightsError(f"{path.text[:200]!a}: {reason}", code=code)
        case Missing(reason):
            raise WeightsError(f"{path.text[:200]!a}: {reason}", code=Code.ST_HEADER_JSON)
        case _:
            assert_never(look)


def _part(want: Want, descriptor: int, begin: int, end: int) -> bytes:
    buffer = bytearray(end - begin)
    view, at = memoryview(buffer), 0
    while at < len(view):
        got = read_into(descriptor, (view[at:],), begin + at)
        if not got:
            raise changed(want, f"ended {len(view) - at} bytes early")
        at += got
    return bytes(buffer)
