"""What a file is by its first bytes, whatever its name says: a pickle, an archive, HDF5."""

import codecs
import io
import lzma
import pickletools
import re
import zlib
from enum import StrEnum, unique
from typing import Final

from provenance.text.quiet import be_quiet

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
    OTHER = "an archive of a kind that nothing here lists"


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
    (b"\x04\x22\x4d\x18", Head.OTHER),  # LZ4
    (b"\x1f\x9d", Head.OTHER),  # compress
    (b"LZIP", Head.OTHER),
    (b"MSCF", Head.OTHER),  # a cabinet
    (b"!<arch>\n", Head.OTHER),
    (b"hsqs", Head.OTHER),  # SquashFS
    (b"xar!", Head.OTHER),
    (b"PK\x07\x08", Head.OTHER),  # the first of several pieces
)
_TAR_MARK: Final = slice(257, 262)
# PROTO of versions 2 to 5, then an opcode that a pickle can go on with.
# It warns of odd texts, which a pickle may hold.
_PICKLETOOLS: Final = pickletools.__name__
_OPCODES: Final = re.escape("".join(one.code for one in pickletools.opcodes).encode("latin-1"))
_BINARY_PICKLE: Final = re.compile(rb"\x80[\x02-\x05][" + _OPCODES + rb"]")
# Versions 0 and 1 are text: a container that is filled at once, or a call of something imported.
_TEXT_PICKLE: Final = re.compile(
    rb"\(?(?:[dl]p?\d{1,4}\n|c[A-Za-z_][\w.]{0,200}\n\w[\w.]{0,200}\n[(\]}pqNRrK)])"
)
# Whatever else NumPy keeps than numbers of one kind, it may keep as a pickle.
_NUMBERS_OF_NUMPY: Final = re.compile(
    rb"\x93NUMPY[\x01-\x03]\x00.{2,4}\{'descr': '[<>|=]?[A-NP-Za-z][0-9]*'", re.DOTALL
)
# What a pickle does and a text of the same letters hardly can: it remembers, imports and calls.
_TELLING: Final = frozenset({"PROTO", "PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE", "REDUCE", "INST"})
_BREAKS_OFF: Final = re.compile(
    r"pickle exhausted|not enough data|no newline found"
    r"|expected (?P<size>\d+) bytes in (?:an? )?\w+, but only \d+ remain"
)
_UNKNOWN_STEP: Final = re.compile(
    r"at position \d+, opcode b.* unknown|byte count (?:> sys\.maxsize|< 0)"
)
# The steps that import or call something, or ask the loader for an object.
_RUNNING: Final = frozenset(
    {
        *("GLOBAL", "STACK_GLOBAL", "INST", "OBJ", "NEWOBJ", "NEWOBJ_EX", "REDUCE", "BUILD"),
        *("PERSID", "BINPERSID"),
    }
)
# What an extension's number means, and buffers beside a file, programs give; no known loader does.
_UNREGISTERED: Final = frozenset({"EXT1", "EXT2", "EXT4", "NEXT_BUFFER", "READONLY_BUFFER"})
# Steps before a line with a number, a line with a name, and a text of a given length.
_NUMBERS: Final = (b"I", b"L", b"F", b"g", b"p")
_NAMES: Final = (b"c", b"i", b"P")
_TEXTS: Final = (b"X", b"\x8c", b"\x8d")
_LARGEST_ARGUMENT: Final = 2**27
_LZMA: Final = b"\x5d\0\0"
_ZLIB: Final = b"\x78"
_MOST_MEMORY: Final = 64 * 2**20


def head_of(start: bytes) -> Head | None:
    r"""Return what a file is by its first ``HEAD`` bytes; ``None`` for any other.

    >>> head_of(b"PK\x03\x04").value, head_of(b"cat\ndog\n")
    ('zip', None)
    """
    be_quiet(_PICKLETOOLS)
    for mark, kind in _MARKS:
        if start.startswith(mark):
            return kind
    if start[_TAR_MARK] == b"ustar" or _is_old_tar(start):
        return Head.TAR
    if _is_pickle(start) or _is_pickle(_inflated(start)):
        return Head.PICKLE
    return Head.OTHER if start.startswith(_LZMA) and _inflated(start) else None


def cannot_be_pickle(start: bytes, size: int) -> bool:
    r"""Tell whether a reader of pickles fails at these bytes before anything of theirs runs.

    ``start`` are a file's first bytes, ``size`` is how many it has. What goes on as a pickle to the
    end of ``start`` may be one, and so may what could not be followed.

    >>> cannot_be_pickle(b"\x81\xa5table", 99), cannot_be_pickle(b"cos\nsystem\n", 99)
    (True, False)
    """
    be_quiet(_PICKLETOOLS)
    depths, steps = [0], io.BytesIO(start)
    place = 0
    try:
        for step, _, _ in pickletools.genops(steps):
            if not _takes(step, depths):
                return True
            if step.name in _RUNNING:
                return False
            depths[-1] += len(step.stack_after) if step.name != "MARK" else 0
            place = steps.tell()
    except ValueError as error:
        return _fails(error, start[place:]) or _ends(str(error), len(start), size)
    return False


def _takes(step: pickletools.OpcodeInfo, depths: list[int]) -> bool:
    """Take from the stack what a step needs, one depth for each mark; ``False`` where it fails."""
    if step.name in _UNREGISTERED:
        return False
    if step.name == "MARK":
        depths.append(0)
        return True
    needs = [one for one in step.stack_before if one.name not in {"mark", "stackslice"}]
    if len(needs) < len(step.stack_before):
        if len(depths) == 1:
            return False
        depths.pop()
    elif step.name == "POP" and not depths[-1] and len(depths) > 1:
        depths.pop()
        return True
    depths[-1] -= len(needs)
    return depths[-1] >= 0


def _fails(error: ValueError, rest: bytes) -> bool:
    """Tell whether every reader fails at this step, as the one did that gave this error."""
    if _UNKNOWN_STEP.search(str(error)):
        return True
    step, line = rest[:1], rest[1:].partition(b"\n")[0]
    if step in _NUMBERS:
        return not line.isascii()
    if step in _NAMES:
        return not _is_text(line, whole=b"\n" in rest)
    return step in _TEXTS and isinstance(error, UnicodeDecodeError)


def _is_text(line: bytes, *, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(line, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _ends(why: str, read: int, size: int) -> bool:
    """Tell whether a file ends before what a step needs: there, its reader fails."""
    found = _BREAKS_OFF.match(why)
    return found is not None and (read >= size or int(found["size"] or 0) > size)


def _is_pickle(start: bytes) -> bool:
    of_numpy = start.startswith(b"\x93NUMPY") and not _NUMBERS_OF_NUMPY.match(start)
    begins = any(one.match(start) for one in (_BINARY_PICKLE, _TEXT_PICKLE))
    return of_numpy or begins or _goes_on_as_pickle(start)


def _goes_on_as_pickle(start: bytes) -> bool:
    """Tell whether bytes are steps of a pickle that keep its stack in order; nothing is run."""
    steps, end = _steps(start[:HEAD])
    if not steps:
        return False
    try:
        pickletools.dis(start[:HEAD], io.StringIO())
    except ValueError as error:
        found = _BREAKS_OFF.match(str(error))
        if not found or int(found["size"] or 0) > _LARGEST_ARGUMENT:
            return False
        return not _TELLING.isdisjoint(steps)
    # One that only holds a number or a text looks like the beginning of many texts.
    return end == len(start) or not _TELLING.isdisjoint(steps)


def _steps(start: bytes) -> tuple[set[str], int]:
    """Return the steps that the bytes begin with, and where the last of them ends, if a STOP."""
    names: set[str] = set()
    end = 0
    try:
        for step, _, place in pickletools.genops(start):
            names.add(step.name)
            end = (place or 0) + 1
    except ValueError:
        pass  # It breaks off: the steps before count.
    return names, end


def _inflated(start: bytes) -> bytes:
    """Return the first bytes in a stream of zlib or of LZMA without a container; or none."""
    try:
        if start.startswith(_LZMA):
            lzma_alone = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_MOST_MEMORY)
            return lzma_alone.decompress(start, HEAD)
        if start.startswith(_ZLIB):
            return zlib.decompressobj().decompress(start, HEAD)
    except (lzma.LZMAError, zlib.error):
        pass  # It only looked like one.
    return b""


def _is_old_tar(start: bytes) -> bool:
    """Tell a tar without a mark: the sum of its first header, in octal digits, holds."""
    stored = start[148:156]
    digits = stored.strip(b" \0")
    if len(start) < HEAD or not digits or digits.strip(b"01234567"):
        return False
    return int(digits, 8) == sum(start[:HEAD]) - sum(stored) + 8 * 32
