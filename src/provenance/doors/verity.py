"""fs-verity: what the kernel vouches for. Once enabled, a file cannot change, nor be read wrongly.

The kernel keeps a hash tree of such a file and checks each block against it as it is read. The
constants and the layout are those of ``linux/fsverity.h``, the errors those of
https://docs.kernel.org/filesystems/fsverity.html#fs-ioc-measure-verity.
"""

import errno
import fcntl
import struct
from collections.abc import Callable
from enum import IntEnum, unique

import attrs

from provenance.doors.mounts import file_system_of
from provenance.doors.trail import translated
from provenance.errors import Code, InvalidValueError

Ioctl = Callable[[int, int, bytearray], int]

# _IOWR('f', 134, struct fsverity_digest): read and write, four bytes before the flexible array.
FS_IOC_MEASURE_VERITY = 0b11 << 30 | 4 << 16 | ord("f") << 8 | 134
# struct fsverity_digest { __u16 digest_algorithm; __u16 digest_size; __u8 digest[]; }
_HEAD = struct.Struct("=HH")
_ROOM = 64

# Those whose blocks the kernel itself checks: https://docs.kernel.org/filesystems/fsverity.html. A
# file system of another process's (FUSE) answers the same question, with whatever it likes.
CHECKED = frozenset({"btrfs", "ext4", "f2fs"})

# Neither this file, nor this file system, nor this kernel; or a digest longer than any we know.
_NONE = frozenset(
    {
        *(errno.ENODATA, errno.ENOTTY, errno.EOPNOTSUPP, errno.EOVERFLOW),
        # What sandboxes and kernels that never heard of it answer.
        *(errno.EINVAL, errno.ENOSYS, errno.EPERM),
    }
)


@unique
class VerityAlgorithm(IntEnum):
    """The hash functions of fs-verity, by the kernel's numbers."""

    SHA256 = 1
    SHA512 = 2

    @property
    def size(self) -> int:
        """Return the length of its digests, in bytes."""
        return 32 if self is VerityAlgorithm.SHA256 else 64


def _right_size(measurement: "Measurement", _: object, digest: bytes) -> None:
    if len(digest) != measurement.algorithm.size:
        raise InvalidValueError(
            f"{len(digest)} bytes are no fs-verity digest of {measurement.algorithm.name}",
            hint="pass the digest whole",
            code=Code.DIGEST,
        )


@attrs.frozen
class Measurement:
    """What the kernel measured of a file: its fs-verity digest, which is no digest of its bytes.

    It covers the file's size and the root of its hash tree; it depends on the tree's block size
    and salt, so that equal files may have different measurements, but never the reverse.
    """

    algorithm: VerityAlgorithm
    digest: bytes = attrs.field(repr=bytes.hex, validator=_right_size)

    def __bytes__(self) -> bytes:
        """Return the algorithm's number in two bytes, the lower first, and the digest."""
        return struct.pack("<H", self.algorithm) + self.digest


def measure(
    file: int,
    ioctl: Ioctl = fcntl.ioctl,
    file_system: Callable[[int], str | None] = file_system_of,
) -> Measurement | None:
    """Return the measurement of an open file, or ``None`` where it has none that we know.

    None is known, either, of a file system that the kernel does not check, or whose type it does
    not tell: then the answer may be another one's than the kernel's.

    Raises:
        ReleaseError: FS_PERMISSION, FS_IO: the kernel has one and could not tell it.
    """
    buffer = bytearray(_HEAD.size + _ROOM)
    _HEAD.pack_into(buffer, 0, 0, _ROOM)
    try:
        ioctl(file, FS_IOC_MEASURE_VERITY, buffer)
    except OSError as cause:
        if cause.errno in _NONE:
            return None
        with translated("a file under fs-verity"):
            raise
    number, size = _HEAD.unpack_from(buffer)
    if number not in set(VerityAlgorithm) or file_system(file) not in CHECKED:
        return None
    return Measurement(VerityAlgorithm(number), bytes(buffer[_HEAD.size :][:size]))
