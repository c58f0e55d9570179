"""What is hashed: seeded bytes in files, warm in memory or cold on the disk."""

import errno
import json
import os
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

MIB = 2**20
GIB = 2**30
_SEED = 20_240_607
_BLOCK = 16 * MIB
# Enough to tell warm from cold, and too few to make the cold warm: looking reads ahead.
_PROBES = 64
_SPECIMEN = 4096


def shard(path: Path, size: int, number: int) -> None:
    """Write a file of random bytes, no two mebibytes of it equal to any other."""
    block = bytearray(random.Random(_SEED).randbytes(min(_BLOCK, size)))  # noqa: S311
    with path.open("wb", buffering=0) as file:
        for start in range(0, size, _BLOCK):
            for at in range(0, len(block), MIB):
                block[at : at + 16] = number.to_bytes(8, "big") + (start + at).to_bytes(8, "big")
            file.write(block[: min(_BLOCK, size - start)])
        os.fsync(file.fileno())


def small_files(folder: Path, count: int, size: int) -> None:
    """Write many small files into a hundred folders; all of them are on the disk afterwards."""
    source = random.Random(_SEED)  # noqa: S311
    for number in range(min(count, 100)):
        (folder / f"{number:02}").mkdir()
    for number in range(count):
        (folder / f"{number % 100:02}" / f"{number}.txt").write_bytes(source.randbytes(size))
    os.sync()


def sparse(path: Path, size: int) -> None:
    """Write a file without bytes on the disk: reading it gives zeros."""
    with path.open("wb") as file:
        file.truncate(size)


def safetensors(path: Path, size: int, tensors: int) -> None:
    """Write a file of equally large float32 tensors, ``size`` bytes of them in all."""
    each = size // tensors // 4 * 4
    header = {
        f"model.layers.{at}.weight": {
            "dtype": "F32",
            "shape": [each // 4],
            "data_offsets": [at * each, (at + 1) * each],
        }
        for at in range(tensors)
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    shard(path, each * tensors, 0)
    data = path.with_suffix(".data")
    path.rename(data)
    with path.open("wb", buffering=0) as file, data.open("rb") as rest:
        file.write(len(text).to_bytes(8, "little") + text)
        shutil.copyfileobj(rest, file, MIB)
        os.fsync(file.fileno())
    data.unlink()


def paths(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, in order."""
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def cool(files: Sequence[Path], *, drop_names: bool) -> Sequence[bool]:
    """Drop the files' bytes from memory, and names and sizes too if asked.

    Returns for some of the files whether that succeeded.
    """
    for path in files:
        _forget(path)
    if drop_names:
        Path("/proc/sys/vm/drop_caches").write_text("3", "ascii")
    probed = random.Random(_SEED).sample(files, min(_PROBES, len(files)))  # noqa: S311
    cold = [_is_cold(path) for path in probed]
    # The look began to read ahead: wait for that, and drop it.
    time.sleep(0.05)
    for path in probed:
        _forget(path)
    return cold


def may_drop_names() -> bool:
    """Tell whether this process may empty the kernel's caches."""
    return os.access("/proc/sys/vm/drop_caches", os.W_OK)


def _forget(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def _is_cold(path: Path) -> bool:
    """Tell whether reading the file's start would have to wait for the disk; false if unknown."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.preadv(handle, [bytearray(_SPECIMEN)], 0, os.RWF_NOWAIT)
    except BlockingIOError:
        return True
    except OSError as cause:
        if cause.errno != errno.EOPNOTSUPP:
            raise
    finally:
        os.close(handle)
    return False
