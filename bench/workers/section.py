"""The part of a process that is the work: its seconds, without starting and without printing."""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

Result = TypeVar("Result")


class Section:
    """Measures one piece of work inside a process, and prints what came out of it."""

    def __init__(self) -> None:
        """Begin with nothing measured."""
        self._wall = 0.0
        self._cpu = 0.0

    def measure(self, work: Callable[[], Result]) -> Result:
        """Do the work; the seconds of all its threads are counted."""
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        self._wall += time.perf_counter() - wall
        self._cpu += time.process_time() - cpu
        return result

    def report(self, digests: Mapping[str, str]) -> None:
        """Print the digests by path, and the seconds, as JSON."""
        print(json.dumps({"digests": digests, "wall": self._wall, "cpu": self._cpu}))


def files(path: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the name, relative to ``path``, of a file or of all files below it."""
    if not os.path.isdir(path):  # noqa: PTH112 - a Path for each of 20,000 files is dear
        yield path, os.path.basename(path)  # noqa: PTH119
        return
    folders = [(path, "")]
    while folders:
        folder, name = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, f"{name}{entry.name}/"))
                else:
                    yield entry.path, name + entry.name
