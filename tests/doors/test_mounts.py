from pathlib import Path

import pytest

from provenance.doors.mounts import file_system_of, mount_of, type_of

# As a kernel 6.1 wrote it.
TABLE = rb"""25 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
29 25 0:23 / /b rw,relatime - btrfs /dev/vdc rw,space_cache=v2,subvolid=5,subvol=/
28 25 0:25 / /mnt/a\040-\040ext4 rw,nosuid,nodev,relatime shared:7 master:2 - fuse E\040-\040ext4 rw
30 25 0:26 / /cut rw -
"""


@pytest.mark.parametrize(
    ("mount", "expected"),
    [(b"25", "ext4"), (b"29", "btrfs"), (b"28", "fuse"), (b"30", None), (b"2", None), (b"", None)],
)
def test_a_mount_s_type_is_what_the_kernel_s_table_says(mount: bytes, expected: str | None) -> None:
    assert type_of(mount, TABLE) == expected


def test_a_file_names_its_mount() -> None:
    assert mount_of(b"pos:\t0\nflags:\t0100000\nmnt_id:\t29\nino:\t257\n") == b"29"
    assert mount_of(b"pos:\t0\nflags:\t0100000\n") is None


def test_a_file_of_the_kernel_s_own_lies_on_proc() -> None:
    with Path("/proc/self/status").open("rb") as file:
        assert file_system_of(file.fileno()) == "proc"


def test_what_is_not_open_lies_nowhere() -> None:
    assert file_system_of(2**30) is None
