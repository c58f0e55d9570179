"""Safetensors files and shard indexes that break a rule each, and some that break none."""

import json
from collections.abc import Sequence

from provenance.errors import Code
from tests.hostile.corpus import Build, Case, clean, files, refused, reported

DATA = bytes(range(16))


def tensor(
    start: float = 0, end: float = 16, shape: Sequence[int] = (2, 2), dtype: str = "F32"
) -> dict[str, object]:
    """Return one entry of a header."""
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [start, end]}


def raw(header: bytes, data: bytes = DATA, length: int | None = None) -> bytes:
    """Return a file with this header, whatever it is."""
    size = len(header) if length is None else length
    return size.to_bytes(8, "little") + header + data


def weights(header: object, data: bytes = DATA) -> Build:
    """Return what writes a release of one weight file."""
    return one(raw(json.dumps(header).encode(), data))


def one(data: bytes) -> Build:
    """Return what writes one weight file of these bytes."""
    return files({"model.safetensors": data})


FIRST, SECOND = "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"


def shard(*names: str) -> bytes:
    """Return a shard with these tensors."""
    header = {name: tensor(16 * at, 16 * at + 16) for at, name in enumerate(names)}
    return raw(json.dumps(header).encode(), DATA * len(names))


def index(places: dict[str, str], total: int = 32, **shards: bytes) -> Build:
    """Return what writes an index with its shards, ``first`` and ``second``."""
    text = json.dumps({"metadata": {"total_size": total}, "weight_map": places})
    named = {FIRST: shards["first"]} if "first" in shards else {}
    named |= {SECOND: shards["second"]} if "second" in shards else {}
    return files({"model.safetensors.index.json": text.encode(), **named})


ENTRY = json.dumps(tensor()).encode()
BOTH = {"a": FIRST, "b": SECOND}

CASES: tuple[Case, ...] = (
    clean("st_minimal", weights({"a": tensor()})),
    clean("st_padded", one(raw(b'{"a":' + ENTRY + b"}   "))),
    clean("st_scalar", weights({"a": tensor(0, 4, ())}, DATA[:4])),
    clean("st_empty_dimension", weights({"a": tensor(), "z": tensor(16, 16, (0, 5))})),
    refused("st_empty_file", Code.ST_TOO_SHORT, one(b"")),
    refused("st_length_huge", Code.ST_HEADER_LEN, one(raw(b"{}", b"", 2**64 - 1))),
    refused("st_length_past_end", Code.ST_HEADER_LEN, one(raw(b"{}", b"", 5000))),
    refused("st_pickle", Code.ST_HEADER_LEN, one(b"cos\nsystem\n(Vtrue\ntR.")),
    refused("st_not_utf8", Code.ST_HEADER_ENCODING, one(raw(b'{"\xff":{}}'))),
    refused("st_mark", Code.ST_HEADER_ENCODING, one(raw(b"\xef\xbb\xbf{}"))),
    refused("st_array", Code.ST_HEADER_JSON, one(raw(b"[]"))),
    refused("st_deep", Code.ST_HEADER_JSON, one(raw(b'{"a":' + b"[" * 200_000))),
    refused("st_long_number", Code.ST_HEADER_JSON, one(raw(b'{"a":' + b"9" * 500_000 + b"}"))),
    refused("st_twice", Code.ST_DUP_KEY, one(raw(b'{"a":' + ENTRY + b',"a":' + ENTRY + b"}"))),
    refused("st_overlap", Code.ST_OVERLAP, weights({"a": tensor(), "b": tensor()})),
    refused("st_hole", Code.ST_HOLE, weights({"a": tensor(16, 32)}, DATA * 2)),
    refused("st_trailing", Code.ST_TRAILING, weights({"a": tensor()}, DATA + b"x")),
    refused("st_truncated", Code.ST_OFFSET, weights({"a": tensor()}, DATA[:-1])),
    refused("st_backwards", Code.ST_OFFSET, weights({"a": tensor(16, 0)})),
    refused("st_fraction", Code.ST_OFFSET, weights({"a": tensor(0.0, 16.0)})),
    refused("st_shape_overflow", Code.ST_SHAPE, weights({"a": tensor(shape=(2**32, 2**32, 4))})),
    refused("st_shape_negative", Code.ST_SHAPE, weights({"a": tensor(shape=(-2, -2))})),
    refused("st_type", Code.ST_DTYPE, weights({"a": tensor(dtype="Q7")})),
    refused("st_metadata", Code.ST_METADATA, weights({"__metadata__": {"a": 1}, "a": tensor()})),
    reported(
        "st_escape", Code.CTRL_CHARS, weights({"__metadata__": {"a": "\x1b[2K"}, "a": tensor()})
    ),
    reported("st_name", Code.NAME, weights({"../../etc/passwd": tensor()})),
    clean("ix_whole", index(BOTH, first=shard("a"), second=shard("b"))),
    refused("ix_upwards", Code.IX_PATH, index({"a": "../x.safetensors"}, first=shard("a"))),
    refused("ix_absolute", Code.IX_PATH, index({"a": "/etc/x.safetensors"}, first=shard("a"))),
    refused("ix_pickle", Code.IX_PATH, index({"a": "pytorch_model.bin"}, first=shard("a"))),
    reported("ix_missing_shard", Code.IX_MISSING_SHARD, index(BOTH, first=shard("a"))),
    reported(
        "ix_unlisted_shard",
        Code.IX_UNLISTED_SHARD,
        index({"a": FIRST}, 16, first=shard("a"), second=shard("b")),
    ),
    reported(
        "ix_missing_tensor",
        Code.IX_TENSOR_MISSING,
        index(BOTH, first=shard("a"), second=shard("c")),
    ),
    reported(
        "ix_extra_tensor",
        Code.IX_TENSOR_EXTRA,
        index(BOTH, 48, first=shard("a"), second=shard("b", "c")),
    ),
    reported(
        "ix_total_size", Code.IX_TOTAL_SIZE, index(BOTH, 9, first=shard("a"), second=shard("b"))
    ),
)
