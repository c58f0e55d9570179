"""A table of pages in one SQLite file, which several processes read and write at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from provenance.errors import Code, ToolError

# A longer body is no page of ours, and not worth the memory.
LARGEST = 2**20

# Compared as text with what a file holds: a table, a view or a trigger more, and it is not ours.
_SCHEMA = (
    "CREATE TABLE pages (algorithm TEXT, space TEXT, number INTEGER,"
    " kept_ns INTEGER, body BLOB, proof BLOB, PRIMARY KEY (algorithm, space, number))"
)
_AT = "algorithm = ? AND space = ? AND number = ?"
# SQLite columns hold values of any type; what is of another than ours is not seen at all.
_GET = (
    f"SELECT kept_ns, body, proof FROM pages WHERE {_AT} AND typeof(kept_ns) = 'integer'"  # noqa: S608 - our own words
    " AND typeof(body) = 'blob' AND length(body) <= ? AND typeof(proof) = 'blob'"
)
_PUT = "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)"
_DROP = f"DELETE FROM pages WHERE {_AT}"  # noqa: S608 - our own words
_SHRINK = """
DELETE FROM pages WHERE rowid IN (
    SELECT rowid FROM (
        SELECT rowid, SUM(size) OVER (ORDER BY kept_ns, rowid) - size AS before
        FROM (SELECT rowid, kept_ns, length(body) + 128 AS size FROM pages)
    ) WHERE before < ?
)
"""

_PRAGMAS = (
    # A cache may lose what it was told last: what a power cut tears is found out and dropped.
    "PRAGMA synchronous = OFF",
    # A mapped file that is cut short would kill the process.
    "PRAGMA mmap_size = 0",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)

_DAMAGED = frozenset(
    {
        *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT),
        *(sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA, sqlite3.SQLITE_MISMATCH),
        *(sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_TOOBIG),
    }
)
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_DENIED = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN})


class Place(NamedTuple):
    """Where a page stands: what it is about, in which space, and its number there."""

    algorithm: str
    space: str
    number: int


class Page(NamedTuple):
    """A page as it was found: nothing of it is to be believed before its proof is."""

    kept_ns: int
    body: bytes
    proof: bytes


class PageTable:
    """A connection to the table; one thread at a time may use it, and no child of a fork.

    The journal is a rollback journal, which needs no shared memory and so works wherever locks
    do. A process that is killed leaves the table as it was before its transaction.
    """

    def __init__(self, path: Path, *, patience_s: float) -> None:
        """Connect to a file that is there; an empty one becomes a table without pages.

        Whoever else holds the lock on it is waited for, up to ``patience_s`` each time.

        Raises:
            ToolError: CACHE_DAMAGED, when it is no such table; CACHE_BUSY, DISK_FULL,
                FS_PERMISSION, FS_IO.
        """
        self._path = path
        with self._translated():
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=rw",
                timeout=patience_s,
                isolation_level=None,
                check_same_thread=False,
                uri=True,
            )
        try:
            self._prepare()
        except ToolError:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection; a second call does nothing."""
        self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the table for a while.

        Raises:
            ToolError: as :meth:`get`.
        """
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only one that writes; all of it is done at the end, or none of it.

        Raises:
            ToolError: as :meth:`put`.
        """
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    def get(self, place: Place) -> Page | None:
        """Return the page at a place, or ``None`` where there is nothing that looks like one.

        Raises:
            ToolError: CACHE_BUSY, CACHE_DAMAGED, FS_IO.
        """
        with self._translated():
            row = self._connection.execute(_GET, (*place, LARGEST)).fetchone()
        return None if row is None else Page(*row)

    def put(self, place: Place, page: Page) -> None:
        """Write a page in the place of what was there.

        Raises:
            ToolError: CACHE_BUSY, CACHE_DAMAGED, DISK_FULL, FS_PERMISSION, FS_IO.
        """
        with self._translated():
            self._connection.execute(_PUT, (*place, *page))

    def drop(self, place: Place) -> None:
        """Take away what is at a place.

        Raises:
            ToolError: as :meth:`put`.
        """
        with self._translated():
            self._connection.execute(_DROP, place)

    def is_empty(self) -> bool:
        """Whether there is no page, not even one that cannot be read.

        Raises:
            ToolError: as :meth:`get`.
        """
        return self._value("SELECT count(*) FROM (SELECT 1 FROM pages LIMIT 1)") == 0

    def shrink(self, capacity: int) -> None:
        """Drop pages that were kept longest ago, once all take more than ``capacity`` bytes.

        A quarter of the capacity becomes free then, so that it is seldom done.

        Raises:
            ToolError: as :meth:`put`.
        """
        taken = self._value("PRAGMA page_count") - self._value("PRAGMA freelist_count")
        excess = taken * self._value("PRAGMA page_size") - capacity
        if excess > 0:
            with self._translated():
                self._connection.execute(_SHRINK, (excess + capacity // 4,))

    def _prepare(self) -> None:
        """Set the connection up, and see that the file is what it should be."""
        with self._translated():
            # So that no text in a foreign file can be of a wrong encoding.
            self._connection.text_factory = bytes
            for pragma in _PRAGMAS:
                self._connection.execute(pragma)
            journal = self._connection.execute("PRAGMA journal_mode").fetchone()[0]
        if journal != b"delete":
            raise self._damaged(f"its journal is of the kind {journal.decode('ascii')}")
        if not self._schema():
            with self.writing(), self._translated():
                # Meanwhile another process may have had the same thought.
                if not self._schema():
                    self._connection.execute(_SCHEMA)
        if self._schema() != [_SCHEMA.encode()]:
            raise self._damaged("it holds other tables than ours")

    def _schema(self) -> list[bytes]:
        with self._translated():
            rows = self._connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
            return [row[0] for row in rows]

    def _value(self, question: str) -> int:
        with self._translated():
            return int(self._connection.execute(question).fetchone()[0])

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with self._translated():
            self._connection.execute(begin)
        try:
            yield
            with self._translated():
                self._connection.execute("COMMIT")
        finally:
            # Not after a commit: an error, the caller's too, leaves the table as it was.
            if self._connection.in_transaction:
                with self._translated():
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn every error of SQLite into a :class:`ToolError`."""
        try:
            yield
        except UnicodeDecodeError as cause:
            # SQLite complains of what is written in the file, and sqlite3 cannot read that.
            raise self._damaged("it holds text that is no UTF-8") from cause
        except sqlite3.Error as cause:
            raise self._error(cause) from cause

    def _error(self, cause: sqlite3.Error) -> ToolError:
        # The lower byte is the kind; what sqlite3 itself raises has none.
        kind = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_IOERR) & 0xFF
        if kind in _DAMAGED:
            return self._damaged(str(cause))
        code, hint = Code.FS_IO, "check the folder and the disk, then try again"
        if kind in _BUSY:
            code, hint = Code.CACHE_BUSY, "let the other processes finish"
        elif kind in _DENIED:
            code, hint = Code.FS_PERMISSION, "name a folder that you may write to"
        elif kind == sqlite3.SQLITE_FULL:
            code, hint = Code.DISK_FULL, "free some space, or name another folder"
        return ToolError(f"{str(self._path)!a}: {cause}", hint=hint, code=code)

    def _damaged(self, why: str) -> ToolError:
        return ToolError(
            f"{str(self._path)!a} is no table of pages: {why}"[:300],
            hint="remove it: another one is made",
            code=Code.CACHE_DAMAGED,
        )
