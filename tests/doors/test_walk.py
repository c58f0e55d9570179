import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.doors.trail import FOLDER_FLAGS
from provenance.doors.walk import Walk, walk
from provenance.errors import Code, ReleaseError
from provenance.values.inventory import Kind
from provenance.values.settings import Budget
from tests.doors.disks import handles_below, nested, unprivileged


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    return folder


def walked(folder: Path, budget: Budget | None = None) -> Walk:
    handle = os.open(folder, FOLDER_FLAGS)
    try:
        return walk(handle, budget or Budget())
    finally:
        os.close(handle)
        assert handles_below(folder) == []


def paths(walk: Walk) -> list[str]:
    return [file.path.text for file in walk.files]


def codes(walk: Walk) -> list[Code]:
    return [hazard.code for hazard in walk.hazards]


def code_of(folder: Path) -> Code:
    with pytest.raises(ReleaseError) as caught:
        walked(folder)
    return caught.value.code


def test_files_come_in_order_of_their_paths(folder: Path) -> None:
    (folder / "b").mkdir()
    (folder / "b/a").write_text("1")
    (folder / "b-a").write_text("22")
    (folder / "b.a").write_text("")

    found = walked(folder)

    assert paths(found) == ["b-a", "b.a", "b/a", "config.json"]
    assert [file.size for file in found.files] == [2, 0, 1, 2]
    assert found.complete
    assert not found.hazards
    assert not found.limits


def test_kinds_are_told_apart(folder: Path) -> None:
    (folder / "run.sh").write_text("")
    (folder / "run.sh").chmod(0o755)
    (folder / "link").symlink_to("run.sh")

    kinds = {file.path.text: file.kind for file in walked(folder).files}

    assert kinds == {"config.json": Kind.FILE, "link": Kind.LINK, "run.sh": Kind.EXECUTABLE}


def test_all_names_of_a_file_share_its_stamp(folder: Path) -> None:
    (folder / "link").symlink_to("config.json")
    (folder / "hard").hardlink_to(folder / "config.json")

    found = walked(folder)

    assert len({file.stamp for file in found.files}) == 1
    assert {file.path.text: file.links for file in found.files} == {
        "config.json": 2,
        "hard": 2,
        "link": 1,
    }
    assert codes(found) == []


def test_a_file_that_is_shared_with_the_outside_is_a_hazard(folder: Path) -> None:
    (folder.parent / "secret").write_text("S")
    (folder / "x").hardlink_to(folder.parent / "secret")
    (folder / "y").hardlink_to(folder / "x")
    (folder / "z").symlink_to("x")

    (hazard,) = walked(folder).hazards

    assert (hazard.code, hazard.path) == (Code.FS_HARDLINK, "x")
    assert hazard.detail.startswith("1 of its 3 names")


def test_a_link_to_a_folder_is_walked_under_its_own_name(folder: Path) -> None:
    (folder / "blobs").mkdir()
    (folder / "blobs/abc").write_text("abc")
    (folder / "snapshot").symlink_to("blobs")

    found = walked(folder)

    assert paths(found) == ["blobs/abc", "config.json", "snapshot/abc"]
    assert found.complete
    assert codes(found) == []


def test_the_layout_of_the_hubs_cache_is_walked(folder: Path) -> None:
    (folder / "blobs").mkdir()
    (folder / "blobs/abc").write_text("abc")
    (folder / "snapshots/rev").mkdir(parents=True)
    (folder / "snapshots/rev/model.safetensors").symlink_to("../../blobs/abc")

    found = walked(folder)

    assert found.files[-1].kind is Kind.LINK
    assert found.files[-1].size == 3
    assert found.complete


def test_links_to_folders_cannot_multiply(folder: Path) -> None:
    for number in range(40):
        here = folder / f"d{number}"
        here.mkdir()
        (here / "a").symlink_to(f"../d{number + 1}")
        (here / "b").symlink_to(f"../d{number + 1}")
    (folder / "d40").mkdir()

    found = walked(folder)

    assert not found.complete
    assert set(codes(found)) == {Code.RESOURCE}
    assert len(found.limits) == len(found.hazards)


@pytest.mark.parametrize(
    ("name", "target"),
    [("loop", "."), ("sub/loop", ".."), ("sub/loop", "../sub"), ("l", "../release")],
)
def test_a_link_to_a_folder_around_it_is_refused(folder: Path, name: str, target: str) -> None:
    (folder / "sub").mkdir()
    (folder / name).symlink_to(target)

    expected = Code.FS_SYMLINK_ESCAPE if name == "l" else Code.FS_SYMLINK_LOOP
    assert code_of(folder) is expected


def test_a_circle_through_two_linked_folders_is_refused(folder: Path) -> None:
    (folder / "real/sub").mkdir(parents=True)
    (folder / "real/sub/up").symlink_to("..")
    (folder / "another").symlink_to("real/sub")

    assert code_of(folder) is Code.FS_SYMLINK_LOOP


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("/etc/passwd", Code.FS_SYMLINK_ESCAPE),
        ("../secret", Code.FS_SYMLINK_ESCAPE),
        ("nowhere", Code.FS_SYMLINK_BROKEN),
        ("link", Code.FS_SYMLINK_LOOP),
        ("/dev/zero", Code.FS_SPECIAL),
        ("pipe", Code.FS_SPECIAL),
    ],
)
def test_a_link_to_what_no_release_holds_is_refused(folder: Path, target: str, code: Code) -> None:
    (folder.parent / "secret").write_text("S")
    (folder / "link").symlink_to(target)
    if target == "pipe":
        # Sorts after the link, so that the link is judged first.
        os.mkfifo(folder / "pipe")

    assert code_of(folder) is code


def test_a_pipe_is_refused(folder: Path) -> None:
    os.mkfifo(folder / "weights.bin")

    assert code_of(folder) is Code.FS_SPECIAL


def test_a_socket_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")

        assert code_of(folder) is Code.FS_SPECIAL


def test_a_name_that_is_not_utf8_is_refused(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/w\xff.bin")).write_text("x")

    assert code_of(folder) is Code.NAME_ENCODING


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a\n0000  config.json", Code.NAME_CTRL),
        ("x\x1b[2K\x1b[1Gverified OK", Code.NAME_CTRL),
        ("e\u0301.txt", Code.NAME_NFC),
    ],
)
def test_a_name_that_cannot_be_written_down_is_left_out_and_told(
    folder: Path, name: str, code: Code
) -> None:
    (folder / name).write_text("x")
    (folder / f"{name}-folder").mkdir()
    (folder / f"{name}-folder/inside").write_text("x")

    found = walked(folder)

    assert paths(found) == ["config.json"]
    assert [(one.code, one.path) for one in found.hazards] == [
        (code, name),
        (code, f"{name}-folder"),
    ]
    assert [one.what for one in found.limits] == [name, f"{name}-folder"]
    assert not found.complete


def test_a_look_alike_is_told(folder: Path) -> None:
    (folder / "\u0441onfig.json").write_text("{}")

    found = walked(folder)

    assert codes(found) == [Code.NAME_CONFUSABLE]
    assert found.complete


def test_folders_beyond_the_budgets_depth_are_left_out(folder: Path) -> None:
    (folder / "1/2/3").mkdir(parents=True)
    (folder / "1/2/in").write_text("x")
    (folder / "1/2/3/out").write_text("x")

    found = walked(folder, Budget(depth=2))

    assert paths(found) == ["1/2/in", "config.json"]
    assert [(one.code, one.path) for one in found.hazards] == [(Code.RESOURCE, "1/2/3")]
    assert [(one.code, one.what) for one in found.limits] == [(Code.RESOURCE, "1/2/3")]
    assert not found.complete


def test_a_thousand_folders_deep_ends_soon(folder: Path) -> None:
    with nested(folder, 1000):
        found = walked(folder)

    assert paths(found) == ["config.json"]
    assert codes(found) == [Code.RESOURCE]
    assert not found.complete


def test_more_files_than_the_budget_are_not_listed(folder: Path) -> None:
    for number in range(5):
        (folder / str(number)).write_text("x")

    assert walked(folder, Budget(files=6)).complete
    found = walked(folder, Budget(files=5))

    assert len(found.files) == 5
    assert [(one.code, one.path) for one in found.hazards] == [(Code.RESOURCE, "")]
    assert not found.complete


def test_empty_folders_count_against_the_budget(folder: Path) -> None:
    for number in range(5):
        (folder / str(number)).mkdir()

    assert codes(walked(folder, Budget(files=3))) == [Code.RESOURCE]


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x/y").mkdir(parents=True)

    assert code_of(tmp_path) is Code.EMPTY


def test_a_folder_of_nothing_but_bad_names_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "\n").write_text("x")

    found = walked(tmp_path)

    assert found.files == ()
    assert codes(found) == [Code.NAME_CTRL]


@pytest.mark.parametrize("kind", ["file", "folder", "unlistable"])
def test_what_may_not_be_read_is_refused(folder: Path, kind: str) -> None:
    if kind == "file":
        (folder / "w.bin").write_text("x")
        (folder / "w.bin").chmod(0)
    else:
        (folder / "sub").mkdir()
        (folder / "sub").chmod(0o100 if kind == "folder" else 0)
    handle = os.open(folder, FOLDER_FLAGS)

    with unprivileged(), pytest.raises(ReleaseError) as caught:
        walk(handle, Budget())

    assert caught.value.code is Code.FS_PERMISSION
    os.close(handle)


def test_a_file_that_only_its_owner_may_read_is_read_by_its_owner(folder: Path) -> None:
    (folder / "private").write_text("x")
    (folder / "private").chmod(0o600)

    assert paths(walked(folder)) == ["config.json", "private"]


@given(
    names=st.sets(
        st.text(alphabet="abc/", min_size=1).filter(lambda text: all(text.split("/"))),
        min_size=1,
        max_size=8,
    )
)
def test_a_walk_finds_exactly_what_was_written(
    names: set[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("tree")
    written = set()
    for name in sorted(names):
        if not any(name.startswith(f"{other}/") for other in names):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if not (folder / name).is_dir():
                (folder / name).write_text(name)
                written.add(name)

    found = walked(folder)

    assert paths(found) == sorted(written)
    assert found.complete
