"""What the work costs at least: reading alone, one hash alone, looking at names and times alone.

``python -m bench.workers.floors read|sha256|stat|nothing PATH``
"""

import hashlib
import os
import sys
from collections.abc import Callable, Mapping

from bench.workers.section import Section, files

BUFFER = 2**20


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
    "sha256": sha256,
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
