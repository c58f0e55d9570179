"""Folders and rights that a hostile release, or an unlucky user, may have."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NOBODY = 65534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be nobody for a while, if we are root; handles that are open stay open."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@contextmanager
def nested(folder: Path, depth: int) -> Iterator[None]:
    """Have ``depth`` folders named ``d`` in each other, and a file ``f`` in the last.

    They are taken away one by one: most programs cannot remove what is so deep.
    """
    at = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=at)
        below = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(os.open("f", os.O_CREAT | os.O_WRONLY, dir_fd=at))
    os.close(at)
    try:
        yield
    finally:
        while (folder / "d/d").is_dir():
            (folder / "d/d").rename(folder / "next")
            (folder / "d").rmdir()
            (folder / "next").rename(folder / "d")
        (folder / "d/f").unlink()
        (folder / "d").rmdir()


def handles_below(folder: Path) -> list[str]:
    """Return what our open handles at or below a folder name: other tests may drop theirs now."""
    named: list[Path] = []
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            named.append(handle.readlink())
    return [str(name) for name in named if name.is_relative_to(folder)]
