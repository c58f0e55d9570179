"""What a file is by its first bytes, whatever its name says: a pickle, an archive, HDF5."""

import pickletools
import re
from enum import StrEnum, unique
from typing import Final

#: How many bytes tell; a tar has its mark at the 257th.
HEAD: Final = 512


@unique
class Head(StrEnum):
    """A kind of file that its first bytes tell."""

    PICKLE = "pickle"
    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTANDARD = "zstandard"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    HDF5 = "hdf5"


_MARKS: Final = (
    (b"PK\x03\x04", Head.ZIP),
    (b"PK\x05\x06", Head.ZIP),
    (b"\x1f\x8b", Head.GZIP),
    (b"BZh", Head.BZIP2),
    (b"\xfd7zXZ\0", Head.XZ),
    (b"\x28\xb5\x2f\xfd", Head.ZSTANDARD),
    (b"7z\xbc\xaf\x27\x1c", Head.SEVEN_ZIP),
    (b"Rar!\x1a\x07", Head.RAR),
    (b"\x89HDF\r\n\x1a\n", Head.HDF5),
)
_TAR_MARK: Final = slice(257, 262)
# PROTO of versions 2 to 5, then an opcode that a pickle can go on with.
_OPCODES: Final = re.escape("".join(one.code for one in pickletools.opcodes).encode("latin-1"))
_BINARY_PICKLE: Final = re.compile(rb"\x80[\x02-\x05][" + _OPCODES + rb"]")
# Versions 0 and 1 are text: a container that is filled at once, or a call of something imported.
_TEXT_PICKLE: Final = re.compile(
    rb"\(?(?:[dl]p?\d{1,4}\n|c[A-Za-z_][\w.]{0,200}\n\w[\w.]{0,200}\n[(\]}pqNRrK)])"
)
_OBJECTS_OF_NUMPY: Final = re.compile(rb"\x93NUMPY[\x01-\x03]\x00.{2,4}\{'descr': '\|?O", re.DOTALL)


def head_of(start: bytes) -> Head | None:
    r"""Return what a file is by its first ``HEAD`` bytes; ``None`` for any other.

    >>> head_of(b"PK\x03\x04").value, head_of(b"cat\ndog\n")
    ('zip', None)
    """
    for mark, kind in _MARKS:
        if start.startswith(mark):
            return kind
    if start[_TAR_MARK] == b"ustar":
        return Head.TAR
    pickled = (_BINARY_PICKLE, _TEXT_PICKLE, _OBJECTS_OF_NUMPY)
    return Head.PICKLE if any(one.match(start) for one in pickled) else None
