"""What hashing costs, counted and not timed: system calls, bytes, opens and memory."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs
import pytest

from provenance.hashing.small import SMALL
from provenance.hashing.work import BUFFER

STRACE = shutil.which("strace")
THREADS = 2
MEBIBYTE = 2**20
GIBIBYTE = 2**30
# Beyond what the interpreter and its modules hold before the first file is opened.
PEAK = 64 * 10**6 + THREADS * BUFFER

# Lists a folder, says so to who watches, and hashes it; prints how far memory grew meanwhile.
CHILD = r"""
import os, re, sys
from pathlib import Path
from provenance.flows.digesting.digest import Digesting, digest
from provenance.values.digest import Algorithm

def mark(name):
    try:
        os.stat(name)
    except FileNotFoundError:
        pass

class Watch:
    def step(self, what):
        if what.startswith("hashing"):
            mark("/begin-of-hashing")
    def expect(self, size): pass
    def advance(self, size): pass

def peak():
    text = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", text)[1]) * 1024

folder, algorithms, threads = Path(sys.argv[1]), sys.argv[2].split(","), int(sys.argv[3])
how = Digesting(algorithms=tuple(map(Algorithm, algorithms)), jobs=threads)
before = peak()
found = digest([folder], how, progress=Watch())
mark("/end-of-hashing")
assert found.clean, found.troubles
print(peak() - before)
"""
# One line of strace: a call that is resumed was counted when it began.
CALL = re.compile(r"^\d+ +(?P<name>\w+)\((?P<rest>.*)$")
RESUMED = re.compile(r"^(?P<thread>\d+) +<\.\.\. (?P<name>\w+) resumed>(?P<rest>.*)$")
UNFINISHED = re.compile(r"^(?P<thread>\d+) +(?P<call>.*) <unfinished \.\.\.>$")
FILE = re.compile(r"\d+<(?P<path>[^>]*)>")
# What threads and memory cost is not a file's: it comes by chance, and does not grow with them.
NO_FILE = frozenset({"futex", "mmap", "munmap", "mprotect", "madvise", "brk", "sched_yield"})
READS = frozenset({"read", "readv", "pread64", "preadv", "preadv2"})


@attrs.frozen
class Call:
    """A system call with the arguments and the result that strace shows."""

    name: str
    rest: str

    @property
    def result(self) -> int:
        return int(self.rest.rpartition(" = ")[2].split()[0].partition("<")[0])

    @property
    def file(self) -> str:
        """Return the path of the file that was opened or is used, as far as it is shown."""
        shown = self.rest.rpartition(" = ")[2] if self.name == "openat" else self.rest
        found = FILE.match(shown)
        return found["path"] if found else ""

    @property
    def opens(self) -> bool:
        """Tell whether it opened a file of which bytes can be read."""
        return (
            self.name == "openat"
            and self.result >= 0
            and not re.search("O_DIRECTORY|O_PATH", self.rest)
        )


def hashed(folder: Path, algorithms: str, *before: str) -> int:
    """Hash a folder in a process of its own; return how many bytes of memory that took."""
    done = subprocess.run(
        [*before, sys.executable, "-c", CHILD, str(folder), algorithms, str(THREADS)],
        # Nothing of this process: what measures coverage would be counted, too.
        env={"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def calls(log: str) -> list[Call]:
    """Return the calls between the two marks, those that were interrupted by others as one."""
    lines = log.splitlines()
    begin, end = (
        next(at for at, line in enumerate(lines) if mark in line)
        for mark in ("/begin-of-hashing", "/end-of-hashing")
    )
    waiting: dict[str, str] = {}
    found = []
    for line in lines[begin + 1 : end]:
        if match := UNFINISHED.match(line):
            waiting[match["thread"]] = f"{match['thread']} {match['call']}"
            continue
        whole = line
        if match := RESUMED.match(line):
            whole = (
                waiting.pop(match["thread"], f"{match['thread']} {match['name']}(") + match["rest"]
            )
        if match := CALL.match(whole):
            found.append(Call(match["name"], match["rest"]))
    return found


def watched(folder: Path, log: Path, algorithms: str = "sha256") -> list[Call]:
    """Hash a folder under strace, and return what happened meanwhile."""
    if STRACE is None:
        pytest.skip("strace is not here, and counts what no test can see otherwise")
    hashed(folder, algorithms, STRACE, "-f", "-qq", "-y", "-s", "0", "-o", str(log))
    return calls(log.read_text("utf-8"))


def bytes_read(happened: Sequence[Call], folder: Path) -> Counter[str]:
    """Return how many bytes were read of each file in a folder.

    A look whether the first byte is in memory, which waits for no disk, is not reading.
    """
    found: Counter[str] = Counter()
    for call in happened:
        path = Path(call.file)
        is_look = "RWF_NOWAIT" in call.rest and call.result == 1
        if call.name in READS and path.is_relative_to(folder) and not is_look:
            found[path.name] += call.result
    return found


def small_files(folder: Path, count: int) -> Path:
    """Make files of 4 KiB in ten folders."""
    for number in range(10):
        (folder / str(number)).mkdir(parents=True)
    for number in range(count):
        (folder / str(number % 10) / f"{number}.txt").write_bytes(b"%4096d" % number)
    return folder


def forget(folder: Path) -> None:
    """Drop the bytes of all files below a folder from memory, where it is on a disk."""
    os.sync()
    for path in folder.rglob("*.txt"):
        descriptor = os.open(path, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


def sparse(path: Path, size: int) -> None:
    """Make a file that takes no room."""
    with path.open("wb") as file:
        file.truncate(size)


def test_a_small_file_costs_five_calls_at_most(tmp_path: Path) -> None:
    few, many = (
        [
            call
            for call in watched(small_files(tmp_path / str(count), count), tmp_path / "log")
            if call.name not in NO_FILE
        ]
        for count in (100, 400)
    )

    # One more file, without what is paid once for a thread or a folder.
    counted = Counter(call.name for call in many)
    counted.subtract(call.name for call in few)
    assert counted.total() / 300 <= 5, counted


def test_a_small_file_that_must_be_waited_for_costs_no_more(tmp_path: Path) -> None:
    folder = small_files(tmp_path / "files", 400)
    forget(folder)

    happened = watched(folder, tmp_path / "log")

    # Threads begin here, and folders are opened anew in each: of files alone.
    counted = Counter(Path(call.file).name for call in happened if call.file.endswith(".txt"))
    assert len(counted) == 400
    assert max(counted.values()) <= 5


@pytest.mark.parametrize("algorithms", ["sha256", "sha256,gitblob,tree-sha256"])
def test_every_byte_is_read_once_and_every_file_opened_once(
    tmp_path: Path, algorithms: str
) -> None:
    sizes = {0, 1, SMALL - 1, SMALL, BUFFER + 1, 3 * BUFFER + 7, 65 * MEBIBYTE + 1}
    folder = tmp_path / "files"
    folder.mkdir()
    for size in sizes:
        sparse(folder / str(size), size)

    happened = watched(folder, tmp_path / "log", algorithms)

    assert bytes_read(happened, folder) == Counter({str(size): size for size in sizes})
    opened = Counter(Path(call.file).name for call in happened if call.opens)
    assert opened == {str(size): 1 for size in sizes}


def test_a_file_with_several_names_is_opened_once(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    sparse(folder / "one", BUFFER)
    (folder / "two").hardlink_to(folder / "one")
    (folder / "three").symlink_to("one")
    (folder / "other").write_bytes(b"x")

    happened = watched(folder, tmp_path / "log")

    opened = Counter(Path(call.file).stat().st_ino for call in happened if call.opens)
    assert opened == {path.stat().st_ino: 1 for path in (folder / "one", folder / "other")}
    assert bytes_read(happened, folder).total() == BUFFER + 1


@pytest.mark.parametrize("algorithms", ["sha256", "tree-sha256"])
def test_memory_does_not_grow_with_a_file(tmp_path: Path, algorithms: str) -> None:
    sparse(tmp_path / "model.bin", 256 * MEBIBYTE)

    assert hashed(tmp_path, algorithms) <= PEAK


def test_memory_does_not_grow_with_the_number_of_files(
    tmp_path: Path, how_many: Callable[[int, int], int]
) -> None:
    assert hashed(small_files(tmp_path, how_many(2_000, 20_000)), "sha256") <= PEAK


@pytest.mark.deep
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("gibibytes", [(64,), (25, 25, 25, 25)], ids=["one", "shards"])
def test_memory_does_not_grow_with_sizes_beyond_any_memory(
    tmp_path: Path, gibibytes: Sequence[int]
) -> None:
    for number, size in enumerate(gibibytes):
        sparse(tmp_path / f"{number}.bin", size * GIBIBYTE)

    assert hashed(tmp_path, "tree-sha256") <= PEAK
