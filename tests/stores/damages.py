"""A cache behind whose back its files are changed, and the ways of changing them."""

import hashlib
import os
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

from provenance.doors.page_table import Place
from provenance.stores.sealed_pages import SealedPages
from tests.doors.disks import NOBODY

ONE, TWO = Place("sha256", "1", 1), Place("sha256", "1", 2)


class Cache:
    """Pages in a folder, opened anew for each call, and what was said of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "digests.sqlite"
        self.said: list[str] = []

    def open(
        self,
        *,
        clock_ns: Callable[[], int] = lambda: 1_000,
        capacity: int = 2**28,
        patience_s: float = 5.0,
    ) -> SealedPages:
        return SealedPages(
            self.folder,
            report=self.said.append,
            clock_ns=clock_ns,
            capacity=capacity,
            patience_s=patience_s,
        )

    def read(self) -> dict[Place, bytes]:
        """Return what is found at the places that tests write to."""
        pages, found = self.open(), dict[Place, bytes]()
        pages.read([ONE, TWO], found.__setitem__)
        pages.close()
        return found

    def write(self, **bodies: bytes) -> None:
        pages = self.open()
        places = {ONE: bodies.get("one", b""), TWO: bodies.get("two", b"")}
        pages.write(dict.fromkeys(places, 1_000), lambda place, _: places[place])
        pages.close()

    def sql(self, *statements: str) -> None:
        """Change the database behind the cache's back."""
        connection = sqlite3.connect(self.database)
        for statement in statements:
            with connection:
                connection.execute(statement)
        connection.close()


def text_instead(cache: Cache) -> None:
    cache.database.write_text("dear diary " * 1000)


def half_of_it(cache: Cache) -> None:
    os.truncate(cache.database, cache.database.stat().st_size // 2)


def first_bytes_gone(cache: Cache) -> None:
    with cache.database.open("r+b") as file:
        file.write(bytes(50))


def another_key(cache: Cache) -> None:
    (cache.folder / "key").write_bytes(bytes(32))


def no_key(cache: Cache) -> None:
    (cache.folder / "key").unlink()


def short_key(cache: Cache) -> None:
    (cache.folder / "key").write_bytes(bytes(31))


def long_key(cache: Cache) -> None:
    (cache.folder / "key").write_bytes(bytes(33))


def another_format(cache: Cache) -> None:
    # The seal that the format before the first would have written, with the same key.
    head = struct.pack("<IqqII", 0, 0, 2**63 - 1, 0, len("seal"))
    key = (cache.folder / "key").read_bytes()
    seal = hashlib.blake2b(head + b"seal", key=key, digest_size=32, person=b"prov digest page")
    connection = sqlite3.connect(cache.database)
    with connection:
        connection.execute("UPDATE pages SET proof = ? WHERE space = 'seal'", [seal.digest()])
    connection.close()


def without_a_seal(cache: Cache) -> None:
    cache.sql("DELETE FROM pages WHERE space = 'seal'")


def another_table(cache: Cache) -> None:
    cache.sql("CREATE TABLE diary (day)")


def a_trigger(cache: Cache) -> None:
    cache.sql("CREATE TRIGGER lie AFTER INSERT ON pages BEGIN UPDATE pages SET body = x'00'; END")


def a_view(cache: Cache) -> None:
    cache.sql("ALTER TABLE pages RENAME TO hidden", "CREATE VIEW pages AS SELECT * FROM hidden")


def other_columns(cache: Cache) -> None:
    cache.sql("DROP TABLE pages", "CREATE TABLE pages (path, digest)")


def text_in_latin_1(cache: Cache) -> None:
    cache.sql(
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = CAST(x'435245415445e9' AS TEXT) WHERE name = 'pages'",
    )


def another_journal(cache: Cache) -> None:
    connection = sqlite3.connect(cache.database)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


#: After these the cache is no cache of ours any more.
DAMAGES: tuple[Callable[[Cache], None], ...] = (
    text_instead,
    half_of_it,
    first_bytes_gone,
    another_key,
    no_key,
    short_key,
    long_key,
    another_format,
    without_a_seal,
    another_table,
    a_trigger,
    a_view,
    other_columns,
    text_in_latin_1,
    another_journal,
)


def wide_folder(cache: Cache) -> None:
    cache.folder.chmod(0o750)


def wide_database(cache: Cache) -> None:
    cache.database.chmod(0o604)


def wide_key(cache: Cache) -> None:
    (cache.folder / "key").chmod(0o640)


def linked_folder(cache: Cache) -> None:
    cache.folder.rename(cache.folder.parent / "elsewhere")
    cache.folder.symlink_to("elsewhere")


def linked_database(cache: Cache) -> None:
    cache.database.rename(cache.folder.parent / "elsewhere")
    cache.database.symlink_to("../elsewhere")


def linked_key(cache: Cache) -> None:
    (cache.folder / "key").rename(cache.folder.parent / "elsewhere")
    (cache.folder / "key").symlink_to("../elsewhere")


def folder_as_database(cache: Cache) -> None:
    cache.database.unlink()
    cache.database.mkdir()


def pipe_as_key(cache: Cache) -> None:
    (cache.folder / "key").unlink()
    os.mkfifo(cache.folder / "key", 0o600)


def foreign_folder(cache: Cache) -> None:
    os.chown(cache.folder, NOBODY, NOBODY)


def foreign_database(cache: Cache) -> None:
    os.chown(cache.database, NOBODY, NOBODY)


def foreign_key(cache: Cache) -> None:
    os.chown(cache.folder / "key", NOBODY, NOBODY)


def file_as_folder(cache: Cache) -> None:
    cache.folder.rename(cache.folder.parent / "elsewhere")
    cache.folder.write_text("dear diary")


#: After these somebody else could have changed the cache, or could look at it.
TOUCHABLE: tuple[Callable[[Cache], None], ...] = (
    wide_folder,
    wide_database,
    wide_key,
    linked_folder,
    linked_database,
    linked_key,
    folder_as_database,
    pipe_as_key,
    file_as_folder,
)
if os.geteuid() == 0:
    # Nobody else can give a file away.
    TOUCHABLE += (foreign_folder, foreign_database, foreign_key)
