import errno
import struct
from pathlib import Path

import pytest

from provenance.doors.verity import FS_IOC_MEASURE_VERITY, Measurement, VerityAlgorithm, measure
from provenance.errors import Code, InvalidValueError, ReleaseError


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

    found = measure(5, kernel.ioctl)

    assert found == Measurement(algorithm, digest)
    assert bytes(found) == bytes([number, 0]) + digest
    assert kernel.asked == [(5, 0xC0046686)]


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

    assert measure(5, ioctl) is None


def test_a_digest_that_is_longer_than_any_that_we_know_is_none() -> None:
    assert measure(5, Kernel(3, bytes(65)).ioctl) is None


def test_an_algorithm_that_we_do_not_know_is_none() -> None:
    assert measure(5, Kernel(3, bytes(32)).ioctl) is None


def test_a_kernel_that_cannot_tell_is_trouble() -> None:
    def ioctl(file: int, request: int, buffer: bytearray) -> int:
        raise OSError(errno.EIO, f"{file} {request} {len(buffer)}")

    with pytest.raises(ReleaseError) as caught:
        measure(5, ioctl)

    assert caught.value.code is Code.FS_IO


@pytest.mark.parametrize(("number", "size"), [(1, 64), (2, 32), (1, 0)])
def test_a_digest_of_another_size_than_its_algorithm_s_is_no_measurement(
    number: int, size: int
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        measure(5, Kernel(number, bytes(size)).ioctl)

    assert caught.value.code is Code.DIGEST


def test_the_kernel_says_that_an_ordinary_file_has_none(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"content")

    with path.open("rb") as file:
        assert measure(file.fileno()) is None
