"""The digest cache: what was hashed before and has not been touched since is not read again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from provenance.doors.page_table import Place
from provenance.errors import Code, InvalidValueError
from provenance.stores.digest_page import BITS, fits, pack, unpack
from provenance.stores.sealed_pages import SealedPages
from provenance.values.digest import Algorithm
from provenance.values.stamp import CTIME, DEVICE, INODE, MTIME, Stamp

# The coarsest clock of a file system in use ticks every two seconds (FAT): a file that was touched
# later than that before it was read could be written again, and its times stay as they are.
RACY_NS = 2 * 10**9
# Three million digests. Beyond it the pages that were kept longest ago are dropped.
CAPACITY = 256 * 2**20
# How long another process that writes is waited for.
PATIENCE_S = 5.0


class Kept(NamedTuple):
    """A file that was hashed: its stamp then, the clock before its first byte, its digests."""

    stamp: Stamp
    started_ns: int
    digests: tuple[tuple[Algorithm, bytes], ...]


class DigestCache:
    """Digests of files by device, inode, size, mtime and ctime, shared by processes and threads.

    A digest that is found was computed from a file of exactly this identity, by a process of this
    user. When the cache cannot be used, nothing is found and nothing kept, and ``report`` was
    told once; no error of the cache ever reaches the work.
    """

    def __init__(self, pages: SealedPages, clock_ns: Callable[[], int]) -> None:
        """Keep digests on these pages; :meth:`open` is the usual way."""
        self._pages = pages
        self._clock_ns = clock_ns

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        report: Callable[[str], None],
        clock_ns: Callable[[], int],
        capacity: int = CAPACITY,
        patience_s: float = PATIENCE_S,
    ) -> Self:
        """Open the cache in ``folder``, which is made where it is not there.

        ``clock_ns`` is the clock that files get their times from, in nanoseconds since 1970. The
        file may grow beyond ``capacity`` bytes by what one call of :meth:`keep` brings.
        """
        pages = SealedPages(
            folder, report=report, clock_ns=clock_ns, capacity=capacity, patience_s=patience_s
        )
        return cls(pages, clock_ns)

    def __enter__(self) -> Self:
        """Return the cache: it is closed at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the cache."""
        self.close()

    def close(self) -> None:
        """Let go of all files; a closed cache finds nothing and keeps nothing."""
        self._pages.close()

    def find(
        self, stamps: Sequence[Stamp], algorithms: Sequence[Algorithm]
    ) -> list[tuple[bytes, ...] | None]:
        """Return the digests of files by their stamps, in the order of both.

        ``None`` stands for a file of which not all these digests are known. Ask of all files at
        once: each call reads a page once, whatever is asked of it.
        """
        if not algorithms:
            return [()] * len(stamps)
        pages: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, one in enumerate(stamps):
            pages[one[DEVICE], one[INODE] >> BITS].append(at)
        columns = [self._column(stamps, pages, algorithm) for algorithm in algorithms]
        if len(columns) == 1:
            return columns[0]
        return [_joined(row) for row in zip(*columns, strict=True)]

    def keep(self, hashed: Iterable[Kept]) -> None:
        """Keep digests, all or none; those of files touched right before they were read are not.

        A file is passed over when its mtime or ctime is not ``RACY_NS`` older than the start of
        its reading: this also holds for times in the future.

        Raises:
            InvalidValueError: DIGEST, for a digest that is not of its algorithm's length.
        """
        fresh: dict[Place, _Fresh] = {}
        for one in hashed:
            which = one.stamp
            touched = max(which[MTIME], which[CTIME])
            if touched < one.started_ns - RACY_NS and fits(which):
                for algorithm, digest in one.digests:
                    place = Place(algorithm, str(which[DEVICE]), which[INODE] >> BITS)
                    fresh.setdefault(place, _Fresh(algorithm)).add(which, digest, one.started_ns)
        if fresh:
            moments = {place: page.started_ns for place, page in fresh.items()}
            self._pages.write(moments, lambda place, body: fresh[place].over(body))

    def find_measured(
        self, measurement: bytes, size: int, algorithms: Sequence[Algorithm]
    ) -> tuple[bytes, ...] | None:
        """Return the digests of a file by what the kernel measured of it, if all are known.

        The measurement is ``bytes`` of a :class:`provenance.doors.verity.Measurement`, taken from
        the open file that would be read.
        """
        found: dict[Place, bytes] = {}
        places = [Place(one, _measured(measurement), size) for one in algorithms]
        self._pages.read(places, found.__setitem__)
        return tuple(found[one] for one in places) if len(found) == len(places) else None

    def keep_measured(
        self, measurement: bytes, size: int, digests: Iterable[tuple[Algorithm, bytes]]
    ) -> None:
        """Keep the digests of a file by what the kernel measured of it before it was read.

        The measurement is one of the open file that was read, and was taken before its first byte:
        of a file that is measured after it was read, other bytes may have been read.

        Raises:
            InvalidValueError: DIGEST, for a digest that is not of its algorithm's length.
        """
        space, fresh = _measured(measurement), dict[Place, bytes]()
        for algorithm, digest in digests:
            fresh[Place(algorithm, space, size)] = _whole(algorithm, digest)
        now = self._clock_ns()
        self._pages.write(dict.fromkeys(fresh, now), lambda place, _: fresh[place])

    def _column(
        self,
        stamps: Sequence[Stamp],
        pages: dict[tuple[int, int], list[int]],
        algorithm: Algorithm,
    ) -> list[tuple[bytes, ...] | None]:
        """Return the digests of one algorithm."""
        column: list[tuple[bytes, ...] | None] = [None] * len(stamps)
        places = {Place(algorithm, str(one[0]), one[1]): at for one, at in pages.items()}

        def see(place: Place, body: bytes) -> None:
            known = unpack(body, algorithm).get
            for at in places[place]:
                column[at] = known(stamps[at])

        self._pages.read(places, see)
        return column


class _Fresh:
    """What is new on one page: records by inode, and the latest start of their reading."""

    def __init__(self, algorithm: Algorithm) -> None:
        self.started_ns = 0
        self._algorithm = algorithm
        self._records: dict[int, tuple[Stamp, tuple[bytes]]] = {}

    def add(self, which: Stamp, digest: bytes, started_ns: int) -> None:
        self._records[which[INODE]] = which, (_whole(self._algorithm, digest),)
        self.started_ns = max(self.started_ns, started_ns)

    def over(self, body: bytes | None) -> bytes:
        """Return the body with these records in it, in the place of those of the same inodes."""
        old = unpack(body, self._algorithm) if body else {}
        records = {
            which: digest for which, digest in old.items() if which[INODE] not in self._records
        }
        return pack(records | dict(self._records.values()), self._algorithm)


def _joined(row: Sequence[tuple[bytes, ...] | None]) -> tuple[bytes, ...] | None:
    """Return what several columns say of one file, if all of them know it."""
    digests: tuple[bytes, ...] = ()
    for one in row:
        if one is None:
            return None
        digests += one
    return digests


def _whole(algorithm: Algorithm, digest: bytes) -> bytes:
    """Return the digest: packed, one that is cut would look like another."""
    if len(digest) != algorithm.size:
        raise InvalidValueError(
            f"a {algorithm} digest has {algorithm.size} bytes, not {len(digest)}",
            hint="pass the digest whole",
            code=Code.DIGEST,
        )
    return digest


def _measured(measurement: bytes) -> str:
    return f"fs-verity {measurement.hex()}"
