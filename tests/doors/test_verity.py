import errno
import hashlib
import struct
from pathlib import Path
from typing import NamedTuple

import pytest

from provenance.doors.verity import FS_IOC_MEASURE_VERITY, Measurement, VerityAlgorithm, measure
from provenance.errors import Code, InvalidValueError, ReleaseError


def ext4(_: int) -> str:
    """Say that a file lies on ext4, which the kernel checks."""
    return "ext4"


class Answer(NamedTuple):
    """What a kernel 6.1.0-56 of Debian's wrote into the buffer for a file on ext4, ``abc``."""

    algorithm: VerityAlgorithm
    salt: bytes
    buffer: str

    def computed(self) -> bytes:
        """Compute the digest of a file of one block, by the kernel's documentation."""
        name, number = self.algorithm.name.lower(), self.algorithm.value
        room = 64 if self.algorithm is VerityAlgorithm.SHA256 else 128
        block = self.salt.ljust(room if self.salt else 0, b"\0") + b"abc".ljust(4096, b"\0")
        root = hashlib.new(name, block).digest()
        head = (1, number, 12, len(self.salt), 0, 3, root, self.salt)
        return hashlib.new(name, struct.pack("<BBBBIQ64s32s144x", *head)).digest()


REAL = [
    Answer(
        VerityAlgorithm.SHA256,
        b"",
        "01002000700b6bd8510f0b4f9bac8b9cf0459151a1c4a99f467892bb4bd289a67df8e19c",
    ),
    Answer(
        VerityAlgorithm.SHA512,
        b"\xab" * 32,
        "02004000067cc7b6c73a336a6a879b8b30faf01008f767548be3f4206f465fd41eec599c"
        "3e253686fd64a22f852eaac46cef9aa076a792b62819538d57f0073b2d880980",
    ),
]


class Kernel:
    """Answers as ``linux/fsverity.h`` and the kernel's documentation say that it does."""

    def __init__(self, algorithm: int, digest: bytes) -> None:
        self.algorithm = algorithm
        self.digest = digest
        self.asked: list[tuple[int, int]] = []

    def ioctl(self, file: int, request: int, buffer: bytearray) -> int:
        self.asked.append((file, request))
        _, room = struct.unpack_from("=HH", buffer)
        assert len(buffer) >= 4 + room
        if room < len(self.digest):
            raise OSError(errno.EOVERFLOW, "Value too large for defined data type")
        struct.pack_into("=HH", buffer, 0, self.algorithm, len(self.digest))
        buffer[4 : 4 + len(self.digest)] = self.digest
        return 0


@pytest.mark.parametrize(
    ("number", "size", "algorithm"),
    [(1, 32, VerityAlgorithm.SHA256), (2, 64, VerityAlgorithm.SHA512)],
)
def test_a_file_is_measured(number: int, size: int, algorithm: VerityAlgorithm) -> None:
    digest = bytes(range(size))
    kernel = Kernel(number, digest)

    found = measure(5, kernel.ioctl, ext4)

    assert found == Measurement(algorithm, digest)
    assert bytes(found) == bytes([number, 0]) + digest
    assert kernel.asked == [(5, 0xC0046686)]


@pytest.mark.parametrize("file_system", ["fuse", "fuseblk", "fuse.ext4", "overlay", "nfs4", None])
def test_a_file_system_that_the_kernel_does_not_check_is_not_believed(
    file_system: str | None,
) -> None:
    kernel = Kernel(1, bytes(32))

    assert measure(5, kernel.ioctl, lambda _: file_system) is None


@pytest.mark.parametrize("file_system", ["btrfs", "ext4", "f2fs"])
def test_a_file_system_that_the_kernel_checks_is_believed(file_system: str) -> None:
    kernel = Kernel(1, bytes(32))

    assert measure(5, kernel.ioctl, lambda _: file_system) == Measurement(
        VerityAlgorithm.SHA256, bytes(32)
    )


@pytest.mark.parametrize("answer", REAL, ids=["SHA256", "SHA512"])
def test_a_real_kernel_s_answer_is_read(answer: Answer) -> None:
    def ioctl(file: int, request: int, buffer: bytearray) -> int:
        assert (file, request, bytes(buffer)) == (5, 0xC0046686, bytes([0, 0, 64]) + bytes(65))
        buffer[:] = bytes.fromhex(answer.buffer).ljust(68, b"\0")
        return 0

    found = measure(5, ioctl, ext4)

    assert found
    assert found.algorithm is answer.algorithm
    assert found.digest == answer.computed()


def test_the_request_is_the_number_that_the_header_makes() -> None:
    read, write, size, kind, number = 2, 1, struct.calcsize("=HH"), ord("f"), 134

    assert (read | write) << 30 | size << 16 | kind << 8 | number == FS_IOC_MEASURE_VERITY


@pytest.mark.parametrize(
    "trouble",
    [
        *(errno.ENODATA, errno.ENOTTY, errno.EOPNOTSUPP, errno.EOVERFLOW),
        *(errno.EINVAL, errno.ENOSYS, errno.EPERM),
    ],
)
def test_what_has_no_measurement_has_none(trouble: int) -> None:
    def ioctl(file: int, request: int, buffer: bytearray) -> int:
        raise OSError(trouble, f"{file} {request} {len(buffer)}")

    assert measure(5, ioctl, ext4) is None


def test_a_digest_that_is_longer_than_any_that_we_know_is_none() -> None:
    assert measure(5, Kernel(3, bytes(65)).ioctl, ext4) is None


def test_an_algorithm_that_we_do_not_know_is_none() -> None:
    assert measure(5, Kernel(3, bytes(32)).ioctl, ext4) is None


def test_a_kernel_that_cannot_tell_is_trouble() -> None:
    def ioctl(file: int, request: int, buffer: bytearray) -> int:
        raise OSError(errno.EIO, f"{file} {request} {len(buffer)}")

    with pytest.raises(ReleaseError) as caught:
        measure(5, ioctl, ext4)

    assert caught.value.code is Code.FS_IO


@pytest.mark.parametrize(("number", "size"), [(1, 64), (2, 32), (1, 0)])
def test_a_digest_of_another_size_than_its_algorithm_s_is_no_measurement(
    number: int, size: int
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        measure(5, Kernel(number, bytes(size)).ioctl, ext4)

    assert caught.value.code is Code.DIGEST


def test_the_kernel_says_that_an_ordinary_file_has_none(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"content")

    with path.open("rb") as file:
        assert measure(file.fileno()) is None
