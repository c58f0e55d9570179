"""Files that change while they are hashed: noticed every time, whatever is put back."""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import attrs
import pytest

from provenance.doors.disk import Root
from provenance.errors import Code, ProvenanceError
from provenance.hashing.engine import digest_files
from provenance.hashing.schedule import LARGE
from provenance.hashing.small import SMALL
from provenance.hashing.work import BUFFER, Outcome
from provenance.values.digest import Algorithm
from tests.hashing.files import ALL, TREE, Heard, stamped

Meddle = Callable[[Path, random.Random], None]


def rewrite(path: Path, chance: random.Random) -> None:
    """Change one byte, and put the time of modification back."""
    before = path.stat()
    at = chance.randrange(before.st_size)
    with path.open("r+b") as file:
        file.seek(at)
        old = file.read(1)
        file.seek(at)
        file.write(bytes([old[0] ^ 1]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def grow(path: Path, chance: random.Random) -> None:
    with path.open("ab") as file:
        file.write(chance.randbytes(chance.randint(1, 9)))


def shrink(path: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(path.stat().st_size))


def shrink_and_grow_again(path: Path, chance: random.Random) -> None:
    """Cut the file and give it its size and time back: zeros are where bytes were."""
    before = path.stat()
    os.truncate(path, chance.randrange(before.st_size))
    os.truncate(path, before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace_before_reading(path: Path, chance: random.Random) -> None:
    """Put another file of the same size and times in its place."""
    before = path.stat()
    other = path.with_name("other")
    other.write_bytes(chance.randbytes(before.st_size))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.rename(path)


@attrs.frozen
class Meddling:
    """Opens files through the production door, and lets a meddler in right before or after."""

    root: Root
    before: Callable[[], None]
    after: Callable[[], None]

    @contextmanager
    def within(self, folder: str) -> Iterator[Callable[[str], int]]:
        with self.root.within(folder) as open_name:

            def open_file(name: str) -> int:
                self.before()
                descriptor = open_name(name)
                self.after()
                return descriptor

            yield open_file


MOMENTS = ("before it is opened", "after it is opened", "while it is read")
PLANS: Sequence[tuple[int, tuple[Algorithm, ...]]] = (
    (5000, ALL),
    (SMALL - 1, (Algorithm.SHA256,)),
    (SMALL + 1, ALL),
    (4 * BUFFER, ALL),
    (LARGE + 1, TREE),
)


@attrs.frozen
class Trial:
    """One file of a size, and who meddles with it when."""

    path: Path
    size: int
    algorithms: tuple[Algorithm, ...]
    moment: str
    meddle: Meddle
    chance: random.Random

    @classmethod
    def drawn(cls, path: Path, number: int) -> "Trial":
        """Return a trial by its number."""
        chance = random.Random(number)  # noqa: S311 - not for secrets
        size, algorithms = PLANS[number % len(PLANS)]
        moment = chance.choice(MOMENTS if size >= SMALL else MOMENTS[:2])
        ways: list[Meddle] = [rewrite, grow, shrink, shrink_and_grow_again]
        if moment == MOMENTS[0]:
            ways.append(replace_before_reading)
        return cls(path, size, algorithms, moment, chance.choice(ways), chance)

    def outcome(self, root: Root) -> Outcome:
        """Hash the file while it is meddled with, once."""
        with self.path.open("wb") as file:
            file.write(b"weights")
            file.truncate(self.size)
        want = stamped(self.path.parent, self.path.name, self.algorithms)
        todo = [self.meddle]

        def act(moment: str) -> None:
            if moment == self.moment and todo:
                todo.pop()(self.path, self.chance)

        files = Meddling(root, partial(act, MOMENTS[0]), partial(act, MOMENTS[1]))
        progress = Heard(on_advance=lambda _: act(MOMENTS[2]))
        (outcome,) = digest_files([want], files, progress=progress)
        assert not todo
        self.path.unlink()
        return outcome


@pytest.mark.timeout(900)
def test_every_change_is_noticed(tmp_path: Path, how_many: Callable[[int, int], int]) -> None:
    unnoticed = []

    with Root(tmp_path) as root:
        for number in range(how_many(50, 1000)):
            trial = Trial.drawn(tmp_path / "file", number)
            found = trial.outcome(root)
            if not (isinstance(found, ProvenanceError) and found.code is Code.FS_CHANGED):
                unnoticed.append((number, trial.size, trial.moment, trial.meddle.__name__, found))

    assert unnoticed == []
