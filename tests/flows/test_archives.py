import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable

import pytest

from provenance.flows import archives
from provenance.flows.archives import MOST_MEMBERS, Inside, look_inside
from provenance.weights.heads import Head
from tests.journeys.gated import tarred, zipped

FILES = {"a/config.json": b"{}", "b": b"x" * 100_000}


def inside(data: bytes, kind: Head, wanted: int = 64) -> Inside:
    return look_inside(io.BytesIO(data), kind, "a.tar.gz", lambda _: wanted)


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
    (found,) = look_inside(io.BytesIO(press(b"1,2")), kind, "a.csv.gz", lambda _: 64).members

    assert (found.name, found.start) == ("a.csv", b"1,2")


@pytest.mark.parametrize("kind", [Head.SEVEN_ZIP, Head.RAR, Head.ZSTANDARD])
def test_what_nothing_lists_is_in_doubt(kind: Head) -> None:
    assert inside(b"", kind) == Inside((), f"nothing here lists {kind}")


def test_a_bomb_is_stopped_at_its_bound() -> None:
    grown = tarred({"big": b""})[:512] and gzip.compress(b"\0" * 2**20) * 300

    found = look_inside(
        io.BytesIO(gzip.compress(_header(400 * 2**20)) + grown), Head.GZIP, "b.gz", lambda _: 8
    )

    assert found.doubt == f"more than {archives.MOST_INFLATED} bytes are in it"


def _header(size: int) -> bytes:
    import tarfile  # noqa: PLC0415 - one test makes a header by hand

    info = tarfile.TarInfo("big")
    info.size = size
    return info.tobuf()


def test_an_encrypted_member_and_a_great_many_are_in_doubt() -> None:
    locked = bytearray(zipped({"config.json": b"{}"}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = locked.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        locked[place] |= 1
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(MOST_MEMBERS + 1):
            archive.writestr(str(number), b"")

    assert inside(bytes(locked), Head.ZIP).doubt == "it cannot be read as zip"
    assert inside(out.getvalue(), Head.ZIP).doubt == f"it has more than {MOST_MEMBERS} members"


def test_a_directory_that_is_larger_than_is_read_is_in_doubt() -> None:
    end = b"PK\x05\x06" + bytes(8) + (2**26).to_bytes(4, "little") + bytes(6)

    assert inside(b"\0" * (2**26) + end, Head.ZIP).doubt
