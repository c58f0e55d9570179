import gc
import io
import os
from pathlib import Path

import pytest

from provenance.doors.disk import Root, free_space, read_limited, read_start
from provenance.errors import Code, ReleaseError, ToolError, UsageError
from provenance.values.path import RelPath
from provenance.values.settings import Budget
from tests.doors.disks import handles_below, unprivileged


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub/file").write_bytes(b"content")
    return folder


def test_a_file_is_read_through_its_root(folder: Path) -> None:
    with Root(folder) as root, root.open(RelPath("sub/file")) as file:
        assert isinstance(file, io.RawIOBase)
        assert file.read() == b"content"


def test_a_root_lists_its_files(folder: Path) -> None:
    with Root(folder) as root:
        assert [file.path.text for file in root.walk(Budget()).files] == ["sub/file"]


def test_a_root_may_be_reached_through_a_link(folder: Path) -> None:
    (folder.parent / "link").symlink_to("release")

    with Root(folder.parent / "link") as root, root.open(RelPath("sub/file")) as file:
        assert file.read() == b"content"


def test_a_root_stays_where_it_was_opened(folder: Path) -> None:
    with Root(folder) as root:
        folder.rename(folder.parent / "moved")
        (folder / "sub").mkdir(parents=True)
        (folder / "sub/file").write_bytes(b"other")

        with root.open(RelPath("sub/file")) as file:
            assert file.read() == b"content"


@pytest.mark.parametrize("name", ["nowhere", "release/sub/file"])
def test_a_root_that_is_no_folder_is_the_callers_mistake(folder: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        Root(folder.parent / name)

    assert caught.value.code is Code.PATH_MISSING


def test_a_root_that_may_not_be_opened_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.chmod(0)
    monkeypatch.chdir(folder.parent)

    with pytest.raises(ReleaseError) as caught, unprivileged():
        Root(Path("release"))

    assert caught.value.code is Code.FS_PERMISSION
    folder.chmod(0o755)


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("/etc/passwd", Code.FS_SYMLINK_ESCAPE),
        ("link", Code.FS_SYMLINK_LOOP),
        ("nowhere", Code.FS_SYMLINK_BROKEN),
        ("/dev/zero", Code.FS_SPECIAL),
        ("sub", Code.FS_SPECIAL),
    ],
)
def test_a_link_that_leads_to_no_file_of_the_root_is_refused(
    folder: Path, target: str, code: Code
) -> None:
    (folder / "link").symlink_to(target)

    with Root(folder) as root, pytest.raises(ReleaseError) as caught:
        root.open(RelPath("link"))

    assert caught.value.code is code
    assert handles_below(folder) == []


def test_a_device_is_refused() -> None:
    with Root(Path("/dev")) as root, pytest.raises(ReleaseError) as caught:
        root.open(RelPath("zero"))

    assert caught.value.code is Code.FS_SPECIAL


def test_a_file_that_may_not_be_read_is_refused(folder: Path) -> None:
    (folder / "sub/file").chmod(0)

    with Root(folder) as root, unprivileged(), pytest.raises(ReleaseError) as caught:
        root.open(RelPath("sub/file"))

    assert caught.value.code is Code.FS_PERMISSION


def test_a_file_that_is_not_there_is_refused(folder: Path) -> None:
    with Root(folder) as root, pytest.raises(ReleaseError) as caught:
        root.open(RelPath("gone"))

    assert caught.value.code is Code.FS_CHANGED


def test_a_root_that_is_forgotten_is_closed(folder: Path) -> None:
    root = Root(folder)
    assert handles_below(folder) == [str(folder)]

    del root
    gc.collect()

    assert handles_below(folder) == []


def test_closing_twice_closes_no_handle_of_another(folder: Path) -> None:
    root = Root(folder)
    root.close()
    handle = os.open(folder, os.O_RDONLY)
    root.close()

    os.fstat(handle)
    os.close(handle)


def test_a_file_within_its_limit_is_read_whole() -> None:
    assert read_limited(io.BytesIO(b"12345"), 5) == b"12345"


def test_a_file_over_its_limit_is_refused() -> None:
    with pytest.raises(ReleaseError) as caught:
        read_limited(io.BytesIO(b"123456"), 5)

    assert caught.value.code is Code.RESOURCE


def test_the_start_of_a_file_is_read_in_pieces() -> None:
    file = io.BytesIO(b"x" * (3 * 2**20))

    assert len(read_start(file, 2 * 2**20 + 1)) == 2 * 2**20 + 1
    assert len(read_start(file, 2**30)) == 2**20 - 1
    assert read_start(file, 1) == b""


def test_a_disk_that_fails_is_told() -> None:
    with (
        Path("/proc/self/mem").open("rb", buffering=0) as file,
        pytest.raises(ReleaseError) as caught,
    ):
        read_start(file, 1)

    assert caught.value.code is Code.FS_IO


def test_free_space_is_known_of_folders_to_come(tmp_path: Path) -> None:
    assert free_space(tmp_path / "not/yet") > 0


def test_free_space_of_an_impossible_place_is_unknown() -> None:
    with pytest.raises(ToolError) as caught:
        free_space(Path("n" * 300))

    assert caught.value.code is Code.FS_IO


def test_a_root_may_begin_below_a_folder_and_links_lead_anywhere_inside(folder: Path) -> None:
    (folder / "blob").write_bytes(b"other")
    (folder / "sub/link").symlink_to("../blob")

    with Root(folder, "sub") as root:
        found = root.walk(Budget()).files
        with root.open(RelPath("link")) as file:
            assert file.read() == b"other"
        assert [one.path.text for one in found] == ["file", "link"]
        assert root.leads_to(RelPath("link")) == "blob"
        assert root.leads_to(RelPath("file")) is None


def test_a_root_below_a_file_is_refused(folder: Path) -> None:
    with Root(folder, "sub/file") as root:
        with pytest.raises(ReleaseError) as caught:
            root.walk(Budget())
        with pytest.raises(ReleaseError) as there:
            root.leads_to(RelPath("x"))

    assert caught.value.code is Code.FS_SPECIAL
    assert there.value.code is Code.FS_CHANGED
