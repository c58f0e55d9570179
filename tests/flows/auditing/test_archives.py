import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable

import pytest

from provenance.flows.auditing.archive_purse import (
    MOST_DIRECTORIES,
    MOST_HEADERS,
    MOST_INFLATED,
    ArchivePurse,
)
from provenance.flows.auditing.archives import Inside, look_inside
from provenance.weights.heads import Head
from tests.journeys.gated import tarred, zipped

FILES = {"a/config.json": b"{}", "b": b"x" * 100_000}


def inside(data: bytes, kind: Head, wanted: int = 64, purse: ArchivePurse | None = None) -> Inside:
    return look_inside(
        io.BytesIO(data), kind, "a.tar.gz", lambda _: wanted, purse or ArchivePurse()
    )


def over(what: str) -> str:
    return f"of all archives together, {what} are looked at, and it has more"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Head.ZIP, zipped(FILES)),
        (Head.TAR, tarred(FILES)),
        (Head.GZIP, gzip.compress(tarred(FILES))),
        (Head.BZIP2, bz2.compress(tarred(FILES))),
        (Head.XZ, lzma.compress(tarred(FILES))),
    ],
)
def test_members_are_listed_whole_and_a_broken_archive_is_in_doubt(kind: Head, data: bytes) -> None:
    found = inside(data, kind)

    assert [(one.name, one.size) for one in found.members] == [("a/config.json", 2), ("b", 100_000)]
    assert found.members[1].start == b"x" * 64
    assert found.doubt == ""
    assert inside(data[: len(data) // 2], kind).doubt


@pytest.mark.parametrize("press", [gzip.compress, bz2.compress, lzma.compress])
def test_a_single_compressed_file_is_its_own_member(press: Callable[[bytes], bytes]) -> None:
    kind = {gzip.compress: Head.GZIP, bz2.compress: Head.BZIP2, lzma.compress: Head.XZ}[press]
    (found,) = look_inside(
        io.BytesIO(press(b"1,2")), kind, "a.csv.gz", lambda _: 64, ArchivePurse()
    ).members

    assert (found.name, found.start) == ("a.csv", b"1,2")


@pytest.mark.parametrize("kind", [Head.SEVEN_ZIP, Head.RAR, Head.ZSTANDARD])
def test_what_nothing_lists_is_in_doubt(kind: Head) -> None:
    assert inside(b"", kind) == Inside((), f"nothing here lists {kind}")


def test_a_bomb_is_stopped_at_its_bound() -> None:
    grown = tarred({"big": b""})[:512] and gzip.compress(b"\0" * 2**20) * 300

    found = inside(gzip.compress(_header(400 * 2**20)) + grown, Head.GZIP)

    assert found.doubt == over(f"{MOST_INFLATED} bytes that are unpacked")


def _header(size: int) -> bytes:
    import tarfile  # noqa: PLC0415 - one test makes a header by hand

    info = tarfile.TarInfo("big")
    info.size = size
    return info.tobuf()


def test_an_archive_behind_another_is_in_doubt() -> None:
    assert inside(zipped(FILES) + zipped({"b": b""}), Head.ZIP).doubt
    assert not inside(b"#!/bin/sh\n" + zipped(FILES), Head.ZIP).doubt


def test_an_encrypted_member_is_in_doubt() -> None:
    locked = bytearray(zipped({"config.json": b"{}"}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = locked.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        locked[place] |= 1

    assert inside(bytes(locked), Head.ZIP).doubt == "it cannot be read as zip"


def test_a_directory_that_is_larger_than_is_read_is_in_doubt() -> None:
    end = b"PK\x05\x06" + bytes(8) + (2**26).to_bytes(4, "little") + bytes(6)

    assert inside(b"\0" * (2**26) + end, Head.ZIP).doubt


def test_what_archives_hold_counts_for_all_of_them_together() -> None:
    purse = ArchivePurse(headers=3)
    first, second = (inside(zipped(FILES), Head.ZIP, purse=purse) for _ in range(2))

    assert (len(first.members), first.doubt) == (2, "")
    assert (len(second.members), second.doubt) == (1, over(f"{MOST_HEADERS} members"))


def test_a_directory_is_paid_for_before_it_is_read_and_a_smaller_one_may_still_fit() -> None:
    many, few = zipped({f"{one}": b"" for one in range(20)}), zipped(FILES)
    purse = ArchivePurse(directories=200)
    found = [inside(one, Head.ZIP, purse=purse) for one in (many, few)]

    assert found[0] == Inside((), over(f"{MOST_DIRECTORIES} bytes of directories"))
    assert (len(found[1].members), found[1].doubt) == (2, "")


@pytest.mark.parametrize(("kind", "times"), [(Head.GZIP, 1), (Head.XZ, 4), (Head.BZIP2, 8)])
def test_bytes_of_a_slow_kind_count_for_several(kind: Head, times: int) -> None:
    presses: dict[Head, Callable[[bytes], bytes]] = {
        Head.GZIP: gzip.compress,
        Head.XZ: lzma.compress,
        Head.BZIP2: bz2.compress,
    }
    purse = ArchivePurse()

    inside(presses[kind](b"x" * 1000), kind, wanted=1000, purse=purse)

    assert MOST_INFLATED - purse.inflated == 1000 * times


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_of_which_no_few_bytes_can_be_had_is_not_opened(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a", b"x")

    found = inside(out.getvalue(), Head.ZIP)

    assert found == Inside((), "a member is compressed in a way that is not read")
