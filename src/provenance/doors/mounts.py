"""Mounts: the file system that an open file lies on, by the kernel's own table.

The layout is that of ``/proc/PID/mountinfo``, https://man7.org/linux/man-pages/man5/proc.5.html.
"""

from pathlib import Path

_SELF = Path("/proc/self")
# Before it lie the number, the parent, the device, the root, the place and the options; then come
# fields of which there may be none, and this ends them.
_FIXED = 6
_END = b"-"


def file_system_of(descriptor: int) -> str | None:
    """Return the type of an open file's file system; ``None`` where the kernel does not tell.

    It does not outside of Linux, nor where ``/proc`` is hidden, nor of a mount that was taken
    away. A device's number would not do: on btrfs a file's is not that of its mount.
    """
    try:
        status = (_SELF / "fdinfo" / str(descriptor)).read_bytes()
        table = (_SELF / "mountinfo").read_bytes()
    except OSError:
        return None
    mount = mount_of(status)
    return None if mount is None else type_of(mount, table)


def mount_of(status: bytes) -> bytes | None:
    """Return the number of an open file's mount, from what the kernel says of the file."""
    for line in status.splitlines():
        name, _, value = line.partition(b":")
        if name == b"mnt_id":
            return value.strip()
    return None


def type_of(mount: bytes, table: bytes) -> str | None:
    """Return the type of a mount's file system, from the kernel's table of mounts."""
    for line in table.split(b"\n"):
        # The kernel writes every blank inside of a field as an escape.
        fields = line.split(b" ")
        if fields[0] == mount and _END in fields[_FIXED:-1]:
            return fields[fields.index(_END, _FIXED) + 1].decode("ascii", "replace")
    return None
