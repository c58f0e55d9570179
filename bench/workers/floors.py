"""What the work costs at least: reading alone, one hash alone, looking at names and times alone.

``python -m bench.workers.floors read|memory|sha256|guarded|stat|nothing PATH``
"""

import hashlib
import mmap
import os
import sys
from collections.abc import Callable, Mapping
from operator import attrgetter

from bench.workers.section import Section, files

BUFFER = 2**20
_stamp = attrgetter("st_size", "st_dev", "st_ino", "st_mtime_ns", "st_ctime_ns")


def read(path: str) -> Mapping[str, str]:
    """Read all bytes through one buffer, on one thread."""
    buffer = memoryview(bytearray(BUFFER))
    for file, _ in files(path):
        handle = os.open(file, os.O_RDONLY)
        while os.readv(handle, [buffer]):
            pass
        os.close(handle)
    return {}


def sha256(path: str) -> Mapping[str, str]:
    """Hash each file with ``hashlib.file_digest``, on one thread."""
    found = {}
    for file, name in files(path):
        with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - the floor has no Path
            found[name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


def memory(path: str) -> Mapping[str, str]:
    """Read each file whole into memory that was never used before, on one thread."""
    for file, _ in files(path):
        handle = os.open(file, os.O_RDONLY)
        size = os.fstat(handle).st_size
        new = memoryview(mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
        for at in range(0, size, BUFFER):
            os.preadv(handle, [new[at : at + BUFFER]], at)
        os.close(handle)
    return {}


def guarded(path: str) -> Mapping[str, str]:
    """Hash small files with a look at each before and after; nothing else, on one thread.

    These are the calls that it takes to know that a file stayed what was listed: what any engine in
    Python pays before it does a thing of its own.
    """
    found = {}
    folders = [(path, "")]
    while folders:
        folder, prefix = folders.pop()
        handle = os.open(folder, os.O_RDONLY)
        listed = []
        with os.scandir(handle) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{folder}/{entry.name}", f"{prefix}{entry.name}/"))
                else:
                    listed.append((entry.name, _stamp(entry.stat(follow_symlinks=False))))
        for name, stamp in listed:
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=handle)
            data = os.read(file, stamp[0] + 1)
            if _stamp(os.fstat(file)) != stamp:
                sys.exit(f"{name} changed")
            os.close(file)
            found[prefix + name] = hashlib.sha256(data).hexdigest()
        os.close(handle)
    return found


def stat(path: str) -> Mapping[str, str]:
    """Look at every file's size and times, and read nothing."""
    for file, _ in files(path):
        os.stat(file)  # noqa: PTH116
    return {}


def nothing(_: str) -> Mapping[str, str]:
    """Do nothing: what is left is the interpreter."""
    return {}


FLOORS: Mapping[str, Callable[[str], Mapping[str, str]]] = {
    "read": read,
    "memory": memory,
    "sha256": sha256,
    "guarded": guarded,
    "stat": stat,
    "nothing": nothing,
}


def main() -> int:
    """Measure the floor that the arguments name."""
    floor, path = sys.argv[1:]
    section = Section()
    section.report(section.measure(lambda: FLOORS[floor](path)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
