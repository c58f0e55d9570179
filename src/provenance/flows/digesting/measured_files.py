"""Files that are measured by the kernel as they are opened, before any byte of them is read."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from provenance.doors.verity import Measurement
from provenance.errors import ProvenanceError
from provenance.hashing.wants import Want
from provenance.hashing.work import Files

# Asks the kernel about an open file; see :func:`provenance.doors.verity.measure`.
Ask = Callable[[int], Measurement | None]


def asked(descriptor: int, ask: Ask) -> bytes | None:
    """Return what the kernel measured of an open file, in bytes."""
    try:
        measurement = ask(descriptor)
    except ProvenanceError:
        # Reading it will meet the same trouble, and tell of it.
        return None
    return bytes(measurement) if measurement else None


class MeasuredFiles:
    """Opens files, and asks about some on the very descriptors that they are read by.

    A file can come under fs-verity without any change of its stamp (btrfs), and other bytes than
    it has then can have been read of it before. What was measured first cannot change any more.

    A copy that travels is of the plain files: what another machine reads, this kernel did not
    measure.
    """

    def __init__(self, files: Files, wants: Iterable[Want], ask: Ask) -> None:
        """Open the files of ``files``; ``wants`` are those to ask about."""
        self._files = files
        self._ask = ask
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        for want in wants:
            self._names[want.folder].add(want.name)
        # Threads append to it, and nothing else.
        self._openings: list[tuple[str, bytes | None]] = []

    def __reduce__(self) -> tuple[Callable[[Files], Files], tuple[Files]]:
        """Travel as what the files are without this."""
        return _plain, (self._files,)

    def within(self, folder: str) -> AbstractContextManager[Callable[[str], int]]:
        """Open the files of one folder: see :class:`provenance.hashing.work.Files`."""
        names = self._names.get(folder)
        return self._measured(folder, names) if names else self._files.within(folder)

    @contextmanager
    def _measured(self, folder: str, names: set[str]) -> Iterator[Callable[[str], int]]:
        with self._files.within(folder) as open_file:

            def open_measured(name: str) -> int:
                descriptor = open_file(name)
                if name in names:
                    self._openings.append((folder + name, asked(descriptor, self._ask)))
                return descriptor

            yield open_measured

    def measurements(self) -> dict[str, bytes]:
        """Return by path what was measured of each file, whenever it was opened."""
        seen: defaultdict[str, set[bytes | None]] = defaultdict(set)
        for path, measurement in self._openings:
            seen[path].add(measurement)
        agreed = {path: one for path, (one, *others) in seen.items() if not others}
        return {path: one for path, one in agreed.items() if one}


def _plain(files: Files) -> Files:
    return files
