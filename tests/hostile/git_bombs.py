"""Packs of git that are small on the wire and large when their objects are made of them."""

import hashlib
import struct
import zlib

from tests.doors.served import Hosted

_BLOB, _DELTA = 3, 7


def deltas(hosted: Hosted, count: int, size: int) -> str:
    """Commit so many files of so many zeros, each but for its end the same as the first.

    All but the first are deltas, written by hand: copy everything, then add eight bytes.
    """
    base = bytes(size)
    head = hashlib.sha1(b"blob %d\0" % (size + 8) + base, usedforsecurity=False)
    first = hashlib.sha1(b"blob %d\0" % size + base, usedforsecurity=False).digest()
    entries = [(first, _entry(_BLOB, size, b"", base))]
    for number in range(count):
        end = struct.pack(">Q", number)
        oid = head.copy()
        oid.update(end)
        delta = _number(size) + _number(size + 8) + _copy(size) + b"\x08" + end
        entries.append((oid.digest(), _entry(_DELTA, len(delta), first, delta)))
    _write(hosted, entries)
    files = sorted(f"{oid.hex()}" for oid, _ in entries)
    return hosted.commit(hosted.tree(*(("100644", f"{one}.py", one) for one in files)))


def _number(value: int) -> bytes:
    parts = []
    while True:
        value, low = value >> 7, value & 127
        parts.append(low | (128 if value else 0))
        if not value:
            return bytes(parts)


def _copy(size: int) -> bytes:
    return b"\xf0" + size.to_bytes(3, "little")


def _entry(kind: int, size: int, base: bytes, data: bytes) -> bytes:
    size, low = size >> 4, size & 15
    head = bytes([kind << 4 | low | (128 if size else 0)]) + (_number(size) if size else b"")
    return head + base + zlib.compress(data)


def _write(hosted: Hosted, entries: list[tuple[bytes, bytes]]) -> None:
    """Write a pack and its index (version 2); git's own would make every object for it."""
    pack = bytearray(b"PACK" + struct.pack(">II", 2, len(entries)))
    rows = []
    for oid, entry in entries:
        rows.append((oid, zlib.crc32(entry), len(pack)))
        pack += entry
    end = hashlib.sha1(pack, usedforsecurity=False).digest()
    rows.sort()
    index = bytearray(b"\xfftOc" + struct.pack(">I", 2))
    for first in range(256):
        index += struct.pack(">I", sum(oid[0] <= first for oid, _, _ in rows))
    index += b"".join(oid for oid, _, _ in rows)
    index += b"".join(struct.pack(">I", crc) for _, crc, _ in rows)
    index += b"".join(struct.pack(">I", at) for _, _, at in rows) + end
    index += hashlib.sha1(index, usedforsecurity=False).digest()
    name = hosted.path / "objects/pack" / f"pack-{end.hex()}"
    name.parent.mkdir(parents=True, exist_ok=True)
    name.with_suffix(".pack").write_bytes(pack + end)
    name.with_suffix(".idx").write_bytes(index)
