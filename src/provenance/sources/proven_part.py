"""A download that is not whole yet, and the leaves of what came: they prove what of it is good."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from provenance.doors.quarantine import Part, quarantine
from provenance.values.stamp import Stamp
from provenance.values.tree import LEAF, WIDTH, leaf
from provenance.values.tree_hash import TreeHash

# Below this size, what an earlier try left is as soon fetched as proved.
WORTH_PROVING = 8 * LEAF


class ProvenPart:
    """A part whose leaves are noted beside it while it comes: see :mod:`provenance.values.tree`.

    Whoever continues it keeps the leaves that are still what came, up to the first that is not: a
    disk or a crash that spoiled the middle costs what lies behind it, and not all of it.
    """

    def __init__(self, part: Part, notes: Part) -> None:
        """Continue what an earlier try left of both."""
        self._part = part
        self._notes = notes
        self._tree = TreeHash()

    @property
    def size(self) -> int:
        """Return how many bytes are here, in bytes."""
        return self._part.size

    def pieces(self) -> Iterator[bytes]:
        """Yield what is here and proved; what is not is cut off.

        Raises:
            ToolError: FS_IO.
        """
        known = b"".join(self._notes.pieces())
        good = 0
        for piece in self._part.pieces():
            if leaf(piece) != known[good * WIDTH : (good + 1) * WIDTH]:
                break
            good += 1
            self._tree.update(piece)
            yield piece
        self._part.cut(min(good * LEAF, self._part.size))
        self._notes.cut(good * WIDTH)

    def write(self, piece: bytes) -> None:
        """Write at the end, and note the leaves that are whole now.

        Raises:
            ToolError: DISK_FULL, FS_IO.
        """
        self._part.write(piece)
        self._tree.update(piece)
        whole = self._tree.whole_leaves
        self._notes.write(whole[self._notes.size :])

    def clear(self) -> None:
        """Begin anew.

        Raises:
            ToolError: FS_IO.
        """
        self._part.clear()
        self._notes.clear()
        self._tree = TreeHash()

    def release(self, place: Path) -> Stamp:
        """Move the file to its place, and forget the notes; return what it is there.

        Raises:
            ToolError: DISK_FULL, FS_PERMISSION, FS_IO.
        """
        released = self._part.release(place)
        self._notes.drop()
        return released

    def drop(self) -> None:
        """Forget the file, and the notes.

        Raises:
            ToolError: FS_PERMISSION, FS_IO.
        """
        self._part.drop()
        self._notes.drop()


@contextmanager
def proven(path: Path, size: int, waiting: Callable[[], None]) -> Iterator[Part | ProvenPart]:
    """Yield the part at ``path`` of a file that will have ``size`` bytes: see ``quarantine``.

    Small files are a plain part: of them everything that is left is read and continued.

    Raises:
        ToolError: FS_PERMISSION, FS_IO, DISK_FULL.
    """
    with quarantine(path, waiting) as part:
        if size < WORTH_PROVING:
            yield part
            return
        with quarantine(path.with_name(f"{path.name}.leaves"), waiting) as notes:
            yield ProvenPart(part, notes)
