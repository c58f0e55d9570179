import os
from pathlib import Path

import pytest

from provenance.doors.descriptor import (
    descriptor_of,
    fetch_ahead,
    read_if_in_memory,
    stamp,
    stamp_of,
)
from provenance.errors import Code, ReleaseError
from provenance.values.stamp import DEVICE, INODE, SIZE


def test_a_stamp_is_what_the_system_says_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    status = path.stat()

    found = stamp(status)

    assert found == (
        status.st_dev,
        status.st_ino,
        5,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )
    assert (found[DEVICE], found[INODE], found[SIZE]) == found[:3]


def test_a_stamp_changes_when_the_time_of_modification_is_put_back(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    before = path.stat()

    path.write_bytes(b"54321")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    after = path.stat()
    assert after.st_mtime_ns == before.st_mtime_ns
    assert stamp(after) != stamp(before)


def test_a_pipe_has_no_stamp() -> None:
    reading, writing = os.pipe()

    with pytest.raises(ReleaseError) as caught:
        stamp_of(reading, "pipe")

    os.close(reading)
    os.close(writing)
    assert caught.value.code is Code.FS_SPECIAL


def test_what_was_just_written_is_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    descriptor = os.open(path, os.O_RDONLY)
    buffer = memoryview(bytearray(9))

    size = read_if_in_memory(descriptor, buffer, 1)

    os.close(descriptor)
    assert size == 4
    assert bytes(buffer[:4]) == b"2345"


def test_nothing_is_known_of_a_pipe() -> None:
    reading, writing = os.pipe()

    assert read_if_in_memory(reading, memoryview(bytearray(1)), 0) is None

    os.close(reading)
    os.close(writing)


def test_what_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "file", os.O_WRONLY | os.O_CREAT)

    with pytest.raises(OSError, match="Bad file descriptor"):
        read_if_in_memory(descriptor, memoryview(bytearray(1)), 0)

    os.close(descriptor)


def test_a_descriptor_outlives_the_file_object_that_it_came_from(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    file = (tmp_path / "file").open("rb", buffering=0)

    descriptor = descriptor_of(file)

    assert file.closed
    assert os.read(descriptor, 9) == b"12345"
    os.close(descriptor)


def test_what_is_asked_for_ahead_comes_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    os.sync()
    descriptor = os.open(path, os.O_RDONLY)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)

    fetch_ahead(descriptor, 5)

    assert os.read(descriptor, 9) == b"12345"
    assert read_if_in_memory(descriptor, memoryview(bytearray(5)), 0) == 5
    os.close(descriptor)


def test_a_pipe_cannot_be_asked_ahead_and_nobody_minds() -> None:
    reading, writing = os.pipe()

    fetch_ahead(reading, 5)

    os.close(reading)
    os.close(writing)
