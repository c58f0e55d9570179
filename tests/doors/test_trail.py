import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.doors.trail import (
    FOLDER_FLAGS,
    MOST_FOLDERS,
    MOST_LINKS,
    Leaf,
    Trail,
    identity,
    require_regular,
    translated,
)
from provenance.errors import Code, ReleaseError
from tests.doors.disks import handles_below, nested


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    (folder / "sub/deep").mkdir(parents=True)
    (folder / "file").write_text("file")
    (folder / "sub/inner").write_text("inner")
    (tmp_path / "secret").write_text("secret")
    return folder


@pytest.fixture
def trail(folder: Path) -> Iterator[Trail]:
    handle = os.open(folder, FOLDER_FLAGS)
    with Trail(handle) as trail:
        yield trail
    os.close(handle)


def led_to(trail: Trail, path: str) -> Path:
    leaf = trail.follow(path)
    assert leaf is not None
    with os.fdopen(trail.open_leaf(leaf, path)) as file:
        return Path(file.read())


def code_of(trail: Trail, path: str) -> Code:
    with pytest.raises(ReleaseError) as caught:
        trail.follow(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("target", "content"),
    [
        ("file", "file"),
        ("./file", "file"),
        ("sub//inner", "inner"),
        ("sub/deep/../inner", "inner"),
        ("sub/../sub/deep/../../file", "file"),
    ],
)
def test_a_link_that_stays_inside_is_followed(
    folder: Path, trail: Trail, target: str, content: str
) -> None:
    (folder / "link").symlink_to(target)

    assert str(led_to(trail, "link")) == content


def test_two_dots_lead_out_of_where_a_link_led_and_not_of_where_it_stands(
    folder: Path, trail: Trail
) -> None:
    (folder / "link").symlink_to("sub/deep")
    (folder / "out").symlink_to("link/../inner")

    assert str(led_to(trail, "out")) == "inner"


def test_a_folder_has_no_leaf(folder: Path, trail: Trail) -> None:
    (folder / "here").symlink_to("sub/.")

    assert trail.follow("here") is None
    assert identity(os.fstat(trail.folder)) == identity((folder / "sub").stat())


@pytest.mark.parametrize(
    "target", ["../secret", "sub/../../secret", "/etc/passwd", "..", "/", "/dev/../etc/passwd"]
)
def test_a_link_that_leaves_the_root_is_refused(folder: Path, trail: Trail, target: str) -> None:
    (folder / "link").symlink_to(target)

    assert code_of(trail, "link") is Code.FS_SYMLINK_ESCAPE


def test_an_absolute_link_is_refused_even_if_it_leads_inside(folder: Path, trail: Trail) -> None:
    (folder / "link").symlink_to(folder / "file")

    assert code_of(trail, "link") is Code.FS_SYMLINK_ESCAPE


def test_a_link_to_a_device_is_refused(folder: Path, trail: Trail) -> None:
    (folder / "link").symlink_to("/dev/zero")

    assert code_of(trail, "link") is Code.FS_SPECIAL


@pytest.mark.parametrize(
    "target", ["nowhere", "sub/nowhere", "file/below", "file/", "n" * 300, "nowhere/../file"]
)
def test_a_link_that_leads_nowhere_is_refused(folder: Path, trail: Trail, target: str) -> None:
    (folder / "link").symlink_to(target)

    assert code_of(trail, "link") is Code.FS_SYMLINK_BROKEN


def test_links_in_a_circle_are_refused(folder: Path, trail: Trail) -> None:
    (folder / "a").symlink_to("b")
    (folder / "b").symlink_to("sub/../a")

    assert code_of(trail, "a") is Code.FS_SYMLINK_LOOP


def test_as_many_links_in_a_row_as_the_system_allows_are_followed(
    folder: Path, trail: Trail
) -> None:
    (folder / "link0").symlink_to("file")
    for number in range(1, MOST_LINKS + 1):
        (folder / f"link{number}").symlink_to(f"link{number - 1}")

    assert str(led_to(trail, f"link{MOST_LINKS - 1}")) == "file"
    assert code_of(trail, f"link{MOST_LINKS}") is Code.FS_SYMLINK_LOOP


def test_a_path_that_is_not_there_is_a_change(trail: Trail) -> None:
    assert code_of(trail, "gone") is Code.FS_CHANGED


def test_a_path_cannot_use_up_the_handles(folder: Path, trail: Trail) -> None:
    with nested(folder, MOST_FOLDERS):
        assert code_of(trail, "d/" * MOST_FOLDERS) is Code.RESOURCE
    trail.__exit__(None, None, None)
    assert handles_below(folder) == [str(folder)]


def test_a_file_that_took_anothers_place_is_not_opened(folder: Path, trail: Trail) -> None:
    leaf = trail.follow("file")
    assert leaf is not None
    (folder / "other").write_text("other")
    (folder / "other").rename(folder / "file")

    with pytest.raises(ReleaseError) as caught:
        trail.open_leaf(leaf, "file")

    assert caught.value.code is Code.FS_CHANGED


def test_a_link_that_took_a_files_place_is_not_followed(folder: Path, trail: Trail) -> None:
    leaf = trail.follow("file")
    assert leaf is not None
    (folder / "file").unlink()
    (folder / "file").symlink_to("../secret")

    with pytest.raises(ReleaseError) as caught:
        trail.open_leaf(leaf, "file")

    assert caught.value.code is Code.FS_CHANGED


def test_a_pipe_that_took_a_files_place_holds_nobody_up(folder: Path, trail: Trail) -> None:
    leaf = trail.follow("file")
    assert leaf is not None
    (folder / "file").unlink()
    os.mkfifo(folder / "file")

    with pytest.raises(ReleaseError) as caught:
        trail.open_leaf(leaf, "file")

    assert caught.value.code is Code.FS_CHANGED


def test_a_folder_moved_out_of_the_root_leads_nowhere_new(folder: Path, tmp_path: Path) -> None:
    handle = os.open(folder, FOLDER_FLAGS)
    (folder / "sub/deep/up").symlink_to("../../../secret")
    with Trail(handle) as trail:
        assert trail.follow("sub/deep") is None
        (folder / "sub").rename(tmp_path / "moved")

        assert code_of(trail, "up") is Code.FS_SYMLINK_ESCAPE
    os.close(handle)


def test_a_pipe_is_not_opened(folder: Path, trail: Trail) -> None:
    os.mkfifo(folder / "pipe")
    leaf = trail.follow("pipe")
    assert isinstance(leaf, Leaf)

    with pytest.raises(ReleaseError) as caught:
        trail.open_leaf(leaf, "pipe")

    assert caught.value.code is Code.FS_SPECIAL


def test_a_device_is_not_regular() -> None:
    with pytest.raises(ReleaseError) as caught:
        require_regular(Path("/dev/null").stat(), "null")

    assert caught.value.code is Code.FS_SPECIAL


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, Code.FS_PERMISSION),
        (errno.EPERM, Code.FS_PERMISSION),
        (errno.ENOENT, Code.FS_CHANGED),
        (errno.ELOOP, Code.FS_CHANGED),
        (errno.EIO, Code.FS_IO),
        (errno.EMFILE, Code.FS_IO),
    ],
)
def test_an_error_of_the_system_becomes_one_with_a_code(number: int, code: Code) -> None:
    with pytest.raises(ReleaseError) as caught, translated("name\x1b[2K"):
        raise OSError(number, os.strerror(number))

    assert caught.value.code is code
    assert "\x1b" not in str(caught.value)
