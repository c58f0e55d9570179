from pathlib import Path

from provenance.doors.descriptor import stamp
from provenance.values.stamp import CTIME, DEVICE, INODE, MTIME, SIZE


def test_the_parts_of_a_stamp_stand_where_they_are_said_to(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"four")
    status = file.stat()

    found = stamp(status)

    assert (found[DEVICE], found[INODE], found[SIZE]) == (status.st_dev, status.st_ino, 4)
    assert (found[MTIME], found[CTIME]) == (status.st_mtime_ns, status.st_ctime_ns)
