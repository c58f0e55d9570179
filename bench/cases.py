"""The cases: which data, which tools on it, and how often."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from bench import data, lineup, tools
from bench.data import GIB, MIB
from bench.lineup import Place
from bench.measure import Tool
from bench.tools import HUGGINGFACE

FILE, SHARDS, SMALL, SMALL_COLD, AGAIN, PASSES, LOAD, SPARSE = (
    "file",
    "shards",
    "small",
    "small-cold",
    "again",
    "passes",
    "load",
    "sparse",
)
IDS = (FILE, SHARDS, SMALL, SMALL_COLD, AGAIN, PASSES, LOAD, SPARSE)
# Where huggingface_hub has to be told what to expect.
VERIFIED = frozenset({FILE, SHARDS, SMALL, SMALL_COLD, AGAIN})


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
TENSORS = 128
AGE = 2.5


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
    found = (*_large(scale), *_small(scale), *_others(scale))
    return {case.id: case for case in found}


def _large(scale: Scale) -> Iterator[Case]:
    yield Case(
        FILE,
        f"One file of {_size(scale.file)}, hot",
        lambda folder: data.shard(folder / "model.bin", scale.file, 0),
        lineup.large,
        scale.file,
        scale.rounds,
    )
    yield Case(
        SHARDS,
        f"{SHARD_COUNT} files of {_size(scale.shard)}, hot",
        lambda folder: _shards(folder, scale.shard),
        lineup.large,
        SHARD_COUNT * scale.shard,
        scale.rounds,
    )


def _small(scale: Scale) -> Iterator[Case]:
    def make(folder: Path) -> None:
        data.small_files(folder, scale.small, SMALL_SIZE)

    room = scale.small * SMALL_SIZE * 2
    what = f"{scale.small:,} files of 4 KiB"
    yield Case(SMALL, f"{what}, hot", make, lineup.small, room, scale.rounds)
    yield Case(SMALL_COLD, f"{what}, cold", make, lineup.small, room, scale.rounds, cold=True)

    def make_old(folder: Path) -> None:
        make(folder)
        # The cache believes no file that was touched right before it was read.
        time.sleep(AGE)

    title = f"{what}, again and unchanged"
    yield Case(AGAIN, title, make_old, lineup.again, room, scale.rounds, compared=tools.STAT)


def _others(scale: Scale) -> Iterator[Case]:
    yield Case(
        PASSES,
        f"Three digests of one file of {_size(scale.passes)}, hot",
        lambda folder: data.shard(folder / "model.bin", scale.passes, 0),
        lineup.passes,
        scale.passes,
        scale.rounds,
        compared=lineup.SEPARATE,
    )
    yield Case(
        LOAD,
        f"{TENSORS} tensors of one file of {_size(scale.passes)}, hot",
        lambda folder: data.safetensors(folder / "model.safetensors", scale.passes, TENSORS),
        lineup.loading,
        2 * scale.passes,
        scale.rounds,
        compared=tools.LOAD_FILE,
    )
    yield Case(
        SPARSE,
        f"A sparse file of {_size(scale.sparse)}, once",
        lambda folder: data.sparse(folder / "model.bin", scale.sparse),
        lineup.sparse,
        0,
        1,
        compared="",
    )


def _size(size: int) -> str:
    return f"{size // GIB} GiB" if size % GIB == 0 else f"{size // MIB} MiB"


def _shards(folder: Path, size: int) -> None:
    for number in range(SHARD_COUNT):
        data.shard(folder / f"model-{number + 1:05}-of-{SHARD_COUNT:05}.bin", size, number)
