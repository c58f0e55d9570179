"""Safetensors files and shard indexes that break a rule each, and some that break none."""

import json
from collections.abc import Sequence

from provenance.errors import Code
from tests.hostile.corpus import Build, Case, clean, files, reported

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


def index(places: dict[str, str], total: object = 32, **shards: bytes) -> Build:
    """Return what writes an index with its shards, ``first`` and ``second``."""
    text = json.dumps({"metadata": {"total_size": total}, "weight_map": places})
    named = {FIRST: shards["first"]} if "first" in shards else {}
    named |= {SECOND: shards["second"]} if "second" in shards else {}
    return files({"model.safetensors.index.json": text.encode(), **named})


def one_index(text: bytes) -> Build:
    """Return what writes an index of this text beside a file that it could be about."""
    return files({"model.safetensors.index.json": text, "a.safetensors": shard("a")})


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12\n" % (b"0" * 64)
ENTRY = json.dumps(tensor()).encode()
BOTH = {"a": FIRST, "b": SECOND}

CASES: tuple[Case, ...] = (
    clean("st_minimal", weights({"a": tensor()})),
    clean("st_padded", one(raw(b'{"a":' + ENTRY + b"}   "))),
    clean("st_scalar", weights({"a": tensor(0, 4, ())}, DATA[:4])),
    clean("st_empty_dimension", weights({"a": tensor(), "z": tensor(16, 16, (0, 5))})),
    reported("st_empty_file", Code.ST_TOO_SHORT, one(b"")),
    reported("st_length_huge", Code.ST_HEADER_LEN, one(raw(b"{}", b"", 2**64 - 1))),
    reported("st_length_past_end", Code.ST_HEADER_LEN, one(raw(b"{}", b"", 5000))),
    reported("st_pickle", Code.ST_HEADER_LEN, one(b"cos\nsystem\n(Vtrue\ntR.")),
    reported("st_not_utf8", Code.ST_HEADER_ENCODING, one(raw(b'{"\xff":{}}'))),
    reported("st_mark", Code.ST_HEADER_ENCODING, one(raw(b"\xef\xbb\xbf{}"))),
    reported("st_array", Code.ST_HEADER_JSON, one(raw(b"[]"))),
    reported("st_deep", Code.ST_HEADER_JSON, one(raw(b'{"a":' + b"[" * 200_000))),
    reported("st_long_number", Code.ST_HEADER_JSON, one(raw(b'{"a":' + b"9" * 500_000 + b"}"))),
    reported("st_twice", Code.ST_DUP_KEY, one(raw(b'{"a":' + ENTRY + b',"a":' + ENTRY + b"}"))),
    reported("st_overlap", Code.ST_OVERLAP, weights({"a": tensor(), "b": tensor()})),
    reported("st_hole", Code.ST_HOLE, weights({"a": tensor(16, 32)}, DATA * 2)),
    reported("st_trailing", Code.ST_TRAILING, weights({"a": tensor()}, DATA + b"x")),
    reported("st_truncated", Code.ST_OFFSET, weights({"a": tensor()}, DATA[:-1])),
    reported("st_backwards", Code.ST_OFFSET, weights({"a": tensor(16, 0)})),
    reported("st_fraction", Code.ST_OFFSET, weights({"a": tensor(0.0, 16.0)})),
    reported("st_shape_overflow", Code.ST_SHAPE, weights({"a": tensor(shape=(2**32, 2**32, 4))})),
    reported("st_shape_negative", Code.ST_SHAPE, weights({"a": tensor(shape=(-2, -2))})),
    reported("st_type", Code.ST_DTYPE, weights({"a": tensor(dtype="Q7")})),
    reported("st_metadata", Code.ST_METADATA, weights({"__metadata__": {"a": 1}, "a": tensor()})),
    reported(
        "st_escape", Code.CTRL_CHARS, weights({"__metadata__": {"a": "\x1b[2K"}, "a": tensor()})
    ),
    reported("st_name", Code.NAME, weights({"../../etc/passwd": tensor()})),
    clean("ix_whole", index(BOTH, first=shard("a"), second=shard("b"))),
    clean("ix_float", index(BOTH, 32.0, first=shard("a"), second=shard("b"))),
    reported("st_empty_is_empty", Code.EMPTY, one(b"")),
    reported("st_pointer", Code.GIT_LFS, one(POINTER)),
    reported("st_pointer_older", Code.GIT_LFS, one(POINTER.replace(b"git-lfs.", b"hawser."))),
    reported("st_pointer_lines", Code.GIT_LFS, one(POINTER.replace(b"\n", b"\r\n"))),
    reported("bin_pointer", Code.GIT_LFS, files({"pytorch_model.bin": POINTER})),
    reported("ix_twice", Code.IX_JSON, one_index(b'{"weight_map":{"a":"a.safetensors","a":"b"}}')),
    reported("ix_cut", Code.IX_JSON, one_index(b'{"weight_map":{"a":"a.safe')),
    reported("ix_shape", Code.IX_SHAPE, one_index(b'{"weight_map":["a.safetensors"]}')),
    reported(
        "ix_size_text", Code.IX_TOTAL_SIZE, index(BOTH, "32", first=shard("a"), second=shard("b"))
    ),
    reported(
        "ix_size_part", Code.IX_TOTAL_SIZE, index(BOTH, 1.5, first=shard("a"), second=shard("b"))
    ),
    reported("ix_upwards", Code.IX_PATH, index({"a": "../x.safetensors"}, first=shard("a"))),
    reported("ix_absolute", Code.IX_PATH, index({"a": "/etc/x.safetensors"}, first=shard("a"))),
    reported("ix_pickle", Code.IX_PATH, index({"a": "pytorch_model.bin"}, first=shard("a"))),
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
