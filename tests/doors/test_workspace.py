from pathlib import Path

from provenance.doors.workspace import workspace


def test_a_workspace_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    with workspace(tmp_path / "new" / "cache") as folder:
        (folder / "a").write_bytes(b"1")
        assert folder.stat().st_mode & 0o077 == 0

    assert not folder.exists()
    assert (tmp_path / "new" / "cache").is_dir()


def test_without_a_parent_the_system_s_own_place_is_used() -> None:
    with workspace(None) as folder:
        assert folder.is_dir()
