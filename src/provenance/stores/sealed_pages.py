"""Pages that are believed only as they were written, and whose trouble is never the caller's."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock

import attrs

from provenance.doors.page_table import Page, PageTable, Place
from provenance.doors.private_folder import FolderLock, PrivateFolder
from provenance.errors import Code, ToolError
from provenance.stores.seal import Seal

KEY, LOCK, DATABASE, DAMAGED = "key", "lock", "digests.sqlite", "digests.damaged.sqlite"
# What SQLite may have left beside a database: it must never meet another one.
_BESIDE = tuple(f"{DATABASE}-{what}" for what in ("journal", "wal", "shm"))
_KEY_SIZE = 32
# A page that every table has: its proof says that this key and this format wrote it.
_SEALED = Place("", "seal", 0)
# So it is the last of all to be dropped.
_LAST_NS = 2**63 - 1

# How far the clock may step back and no page is doubted: files touched so lately are never kept.
TOLERANCE_NS = 2 * 10**9


@attrs.frozen
class _Opened:
    """The table and its seal, and what has to be closed with them."""

    table: PageTable
    seal: Seal
    # The table first, the lock on the folder after it.
    closing: ExitStack


class SealedPages:
    """Pages in a private folder, each under a proof that only this user's key can give.

    It may be used from several threads, and raises nothing: where there is trouble it says so
    once through ``report``, gives nothing and takes nothing. A damaged table begins anew.
    """

    def __init__(
        self,
        path: Path,
        *,
        report: Callable[[str], None],
        clock_ns: Callable[[], int],
        capacity: int,
        patience_s: float,
    ) -> None:
        """Open the pages in the folder at ``path``, which is made where there is none."""
        self._path = path
        self._report = report
        self._clock_ns = clock_ns
        self._capacity = capacity
        self._patience_s = patience_s
        self._mutex = Lock()
        self._said: set[str] = set()
        self._opened: _Opened | None = None
        with self._spared():
            self._opened = _opened(path, patience_s)

    def close(self) -> None:
        """Let go of all files; from now on nothing is found and nothing taken."""
        with self._mutex:
            self._shut()

    def read(self, places: Iterable[Place], see: Callable[[Place, bytes], None]) -> None:
        """Show the body of each page that is there and can be believed; the others are dropped."""
        with self._mutex, self._spared():
            if self._opened is None:
                return
            doubtful = []
            with self._opened.table.reading():
                for place in places:
                    page = self._opened.table.get(place)
                    if page is None:
                        continue
                    if self._believes(self._opened.seal, place, page):
                        see(place, page.body)
                    else:
                        doubtful.append(place)
            if doubtful:
                self._drop(self._opened, doubtful)

    def write(
        self, places: Mapping[Place, int], renew: Callable[[Place, bytes | None], bytes]
    ) -> None:
        """Write pages, all or none: ``renew`` makes of what can be believed what will be there.

        With each place stands the moment that its page is of, in nanoseconds since 1970.
        """
        with self._mutex, self._spared():
            if self._opened is None:
                return
            table, seal = self._opened.table, self._opened.seal
            with table.writing():
                for place, moment in places.items():
                    page = table.get(place)
                    if page is not None and not self._believes(seal, place, page):
                        page = None
                    kept_ns = max(moment, page.kept_ns) if page else moment
                    body = renew(place, page.body if page else None)
                    table.put(place, Page(kept_ns, body, seal.proof(place, kept_ns, body)))
                table.shrink(self._capacity)

    def _believes(self, seal: Seal, place: Place, page: Page) -> bool:
        """Whether a page is as we wrote it, and not from the future."""
        if not seal.holds(place, page):
            self._say("pages of the digest cache are not as they were written: they are dropped")
            return False
        # What this page says was true when the clock stood later than now. A time that comes twice
        # could be the time of two contents.
        if page.kept_ns - TOLERANCE_NS > self._clock_ns():
            self._say("the clock was set back: pages of the digest cache are dropped")
            return False
        return True

    def _drop(self, opened: _Opened, doubtful: Iterable[Place]) -> None:
        with opened.table.writing():
            for place in doubtful:
                page = opened.table.get(place)
                # Another process may have written a good one meanwhile.
                if page is None or not self._believes(opened.seal, place, page):
                    opened.table.drop(place)

    @contextmanager
    def _spared(self) -> Iterator[None]:
        """Keep trouble with the pages from whoever uses them."""
        try:
            yield
        except ToolError as error:
            self._shut()
            if error.code is Code.CACHE_DAMAGED:
                self._begin_anew(error)
            else:
                self._give_up(error)

    def _begin_anew(self, damage: ToolError) -> None:
        try:
            _move_away(self._path)
            self._opened = _opened(self._path, self._patience_s)
        except ToolError as error:
            self._give_up(damage if error.code is Code.CACHE_DAMAGED else error)
        else:
            self._say(f"the digest cache begins anew: {damage.what}")

    def _give_up(self, error: ToolError) -> None:
        self._say(f"work goes on without the digest cache: {error.what}; {error.hint}")

    def _shut(self) -> None:
        if self._opened is not None:
            self._opened.closing.close()
            self._opened = None

    def _say(self, what: str) -> None:
        if what not in self._said:
            self._said.add(what)
            self._report(what)


def _opened(path: Path, patience_s: float) -> _Opened:
    """Open the files in a folder, with a share of its lock; they are made where there are none.

    Raises:
        ToolError: CACHE_DAMAGED, when this key and this format did not write them; CACHE_BUSY;
            NOT_PRIVATE; DISK_FULL, FS_PERMISSION, FS_IO.
    """
    with ExitStack() as closing:
        folder = PrivateFolder(path)
        closing.callback(folder.close)
        lock = FolderLock(folder, LOCK)
        closing.callback(lock.close)
        if not lock.share():
            raise _busy(path)
        seal = Seal(folder.secret(KEY, _KEY_SIZE))
        folder.make(DATABASE, b"")
        folder.require_private(DATABASE)
        table = PageTable(path / DATABASE, patience_s=patience_s)
        closing.callback(table.close)
        _require_sealed(table, seal)
        return _Opened(table, seal, closing.pop_all())


def _require_sealed(table: PageTable, seal: Seal) -> None:
    page = table.get(_SEALED)
    if page is None:
        with table.writing():
            # Only an empty table is sealed: what is in another may be anybody's.
            if table.is_empty():
                table.put(_SEALED, Page(_LAST_NS, b"", seal.proof(_SEALED, _LAST_NS, b"")))
            page = table.get(_SEALED)
    if page is None or not seal.holds(_SEALED, page):
        raise ToolError(
            "its pages were written with another key, or by another version",
            hint="nothing has to be done",
            code=Code.CACHE_DAMAGED,
        )


def _move_away(path: Path) -> None:
    """Take a damaged table out of the way, unless others use it; one such table is kept.

    Raises:
        ToolError: CACHE_BUSY, NOT_PRIVATE, FS_PERMISSION, FS_IO.
    """
    with ExitStack() as closing:
        folder = PrivateFolder(path)
        closing.callback(folder.close)
        lock = FolderLock(folder, LOCK)
        closing.callback(lock.close)
        if not lock.alone():
            raise _busy(path)
        for name in (KEY, *_BESIDE):
            folder.remove(name)
        folder.rename(DATABASE, DAMAGED)


def _busy(path: Path) -> ToolError:
    return ToolError(
        f"{str(path)!a} is damaged, and in use by another process",
        hint="let the other process finish",
        code=Code.CACHE_BUSY,
    )
