import os
from pathlib import Path

import pytest

from provenance.errors import Code, ReleaseError, UsageError
from provenance.sources.single_file import SingleFile
from provenance.values.inventory import FileEntry
from provenance.values.path import RelPath
from provenance.values.stamp import SIZE


def test_a_file_is_itself_and_nothing_around_it(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"weights")
    (tmp_path / "other").write_bytes(b"")
    source = SingleFile(tmp_path / "model.bin")

    assert source.entry() == FileEntry(RelPath("model.bin"), 7)
    assert source.stamp(source.path)[SIZE] == 7
    with source.within("") as open_file:
        descriptor = open_file("model.bin")
        assert os.read(descriptor, 9) == b"weights"
        os.close(descriptor)


def test_a_link_to_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "weights").write_bytes(b"")
    (tmp_path / "a" / "model.bin").symlink_to(tmp_path / "weights")

    with pytest.raises(ReleaseError) as caught:
        SingleFile(tmp_path / "a" / "model.bin").entry()

    assert caught.value.code is Code.FS_SYMLINK_ESCAPE


def test_a_name_that_cannot_be_written_down_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a\nb").write_bytes(b"")

    with pytest.raises(UsageError, match="written down"):
        SingleFile(tmp_path / "a\nb")
