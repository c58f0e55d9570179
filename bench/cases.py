"""The cases: which data, which tools on it, and how often."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import attrs

from bench import data, machine, tools
from bench.data import GIB, MIB
from bench.measure import Tool
from bench.tools import HUGGINGFACE

SHA256 = "provenance sha256"
TREE = "provenance tree-sha256"
TOGETHER = "provenance sha256+gitblob+tree-sha256, one pass"
SEPARATE = "provenance sha256, gitblob, tree-sha256, a pass for each"

FILE, SHARDS, SMALL, SMALL_COLD, PASSES, SPARSE = (
    "file",
    "shards",
    "small",
    "small-cold",
    "passes",
    "sparse",
)
IDS = (FILE, SHARDS, SMALL, SMALL_COLD, PASSES, SPARSE)
# Where huggingface_hub has to be told what to expect.
VERIFIED = frozenset({FILE, SHARDS, SMALL, SMALL_COLD})


@attrs.frozen
class Scale:
    """How much of everything; sizes in bytes."""

    file: int
    shard: int
    small: int
    passes: int
    sparse: int
    rounds: int


FULL = Scale(4 * GIB, 512 * MIB, 20_000, GIB, 64 * GIB, 5)
QUICK = Scale(256 * MIB, 32 * MIB, 2_000, 128 * MIB, 2 * GIB, 3)
TINY = Scale(4 * MIB, MIB, 50, 2 * MIB, 64 * MIB, 1)
SCALES = {"full": FULL, "quick": QUICK, "tiny": TINY}
SHARD_COUNT = 8
SMALL_SIZE = 4096


@attrs.frozen
class Place:
    """Where a case runs: its data, the names of the files in it, and what lies beside them."""

    folder: Path
    names: Sequence[str]
    expected: Path


@attrs.frozen
class Case:
    """Tools side by side on one set of data, of ``room`` bytes on the disk.

    ``compared`` is the peer that the others are held against in the table.
    """

    id: str
    title: str
    make: Callable[[Path], None]
    line_up: Callable[[Place], Sequence[Tool]]
    room: int
    rounds: int
    compared: str = HUGGINGFACE
    cold: bool = False


def cases(scale: Scale) -> Mapping[str, Case]:
    """Return all cases, in the order in which they run."""
    many = scale.small * SMALL_SIZE * 2
    small = f"{scale.small:,} files of 4 KiB"
    found = (
        Case(
            FILE,
            f"One file of {_size(scale.file)}, hot",
            lambda folder: data.shard(folder / "model.bin", scale.file, 0),
            _large,
            scale.file,
            scale.rounds,
        ),
        Case(
            SHARDS,
            f"{SHARD_COUNT} files of {_size(scale.shard)}, hot",
            lambda folder: _shards(folder, scale.shard),
            _large,
            SHARD_COUNT * scale.shard,
            scale.rounds,
        ),
        Case(
            SMALL,
            f"{small}, hot",
            lambda folder: data.small_files(folder, scale.small, SMALL_SIZE),
            _small,
            many,
            scale.rounds,
        ),
        Case(
            SMALL_COLD,
            f"{small}, cold",
            lambda folder: data.small_files(folder, scale.small, SMALL_SIZE),
            _small,
            many,
            scale.rounds,
            cold=True,
        ),
        Case(
            PASSES,
            f"Three digests of one file of {_size(scale.passes)}, hot",
            lambda folder: data.shard(folder / "model.bin", scale.passes, 0),
            _passes,
            scale.passes,
            scale.rounds,
            compared=SEPARATE,
        ),
        Case(
            SPARSE,
            f"A sparse file of {_size(scale.sparse)}, once",
            lambda folder: data.sparse(folder / "model.bin", scale.sparse),
            lambda _: (tools.nothing(), tools.ours(TREE, "digest", "tree-sha256", ".")),
            0,
            1,
            compared="",
        ),
    )
    return {case.id: case for case in found}


def _size(size: int) -> str:
    return f"{size // GIB} GiB" if size % GIB == 0 else f"{size // MIB} MiB"


def _shards(folder: Path, size: int) -> None:
    for number in range(SHARD_COUNT):
        data.shard(folder / f"model-{number + 1:05}-of-{SHARD_COUNT:05}.bin", size, number)


def _sha256() -> Tool:
    return tools.ours(SHA256, "digest", "sha256", ".", claim="sha256")


def _b3sum(place: Place) -> Sequence[Tool]:
    return (tools.b3sum(place.names),) if machine.b3sum() else ()


def _large(place: Place) -> Sequence[Tool]:
    return (
        tools.read(),
        tools.hashlib(),
        _sha256(),
        tools.ours(TREE, "digest", "tree-sha256", ".", claim="tree-sha256"),
        tools.huggingface(place.expected),
        tools.signing("file", "sha256"),
        tools.signing("shard", "sha256"),
        tools.signing("file", "blake3"),
        tools.sha256sum(place.names),
        *_b3sum(place),
    )


def _small(place: Place) -> Sequence[Tool]:
    return (
        tools.read(),
        tools.stat(),
        tools.hashlib(),
        _sha256(),
        tools.huggingface(place.expected),
        tools.signing("file", "sha256"),
        tools.signing("file", "blake3"),
        tools.sha256sum(place.names),
        tools.git(place.names),
        *_b3sum(place),
    )


def _passes(place: Place) -> Sequence[Tool]:
    return (
        tools.read(),
        tools.hashlib(),
        tools.ours(TOGETHER, "digest", "gitblob,sha256,tree-sha256", ".", claim="gitblob"),
        tools.ours(SEPARATE, "separate", "sha256,gitblob,tree-sha256", ".", claim="sha256"),
        tools.sha256sum(place.names),
        tools.git(place.names),
    )
