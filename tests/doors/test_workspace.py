import tempfile
from pathlib import Path

import pytest

from provenance.doors.ending import undo_all
from provenance.doors.workspace import workspace
from provenance.errors import Code
from tests.doors.wires import refused


def test_a_workspace_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    with workspace(tmp_path / "new" / "cache") as folder:
        (folder / "a").write_bytes(b"1")
        assert folder.stat().st_mode & 0o077 == 0

    assert not folder.exists()
    assert (tmp_path / "new" / "cache").is_dir()


def test_without_a_parent_the_system_s_own_place_is_used() -> None:
    with workspace(None) as folder:
        assert folder.is_dir()


def test_where_the_parent_cannot_be_the_system_s_own_place_is_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with workspace(tmp_path / "file" / "cache") as folder:
        assert folder.parent == Path(tempfile.gettempdir())


def test_without_any_place_it_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))

    with refused(Code.WORKSPACE, "no folder"), workspace(None):
        pass


def test_a_signal_leaves_no_workspace_behind() -> None:
    with workspace(None) as folder:
        (folder / "a").write_bytes(b"1")
        undo_all()

        assert not folder.exists()
