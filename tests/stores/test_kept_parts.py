import io

import pytest

from provenance.stores.kept_parts import open_parts
from provenance.values.file_parts import FileParts
from provenance.values.path import RelPath

PARTS = FileParts(RelPath("a"), 100).with_part(0, b"begin").with_part(96, b"end.")


def test_parts_are_read_where_they_were() -> None:
    with open_parts(PARTS) as file:
        assert file.read(3) == b"beg"
        assert file.read(9) == b"in"
        assert file.seek(96) == 96
        assert file.read() == b"end."


def test_where_nothing_was_kept_the_file_seems_to_end() -> None:
    with open_parts(PARTS) as file:
        file.seek(50)

        assert file.read(10) == b""


@pytest.mark.parametrize(("offset", "whence"), [(-4, io.SEEK_END), (96, io.SEEK_CUR)])
def test_a_place_may_be_told_from_the_end_or_from_here(offset: int, whence: int) -> None:
    with open_parts(PARTS) as file:
        assert file.seek(offset, whence) == 96
        assert file.read(3) == b"end"
