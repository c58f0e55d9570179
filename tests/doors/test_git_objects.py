import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.doors.git_objects import ObjectKind, Objects
from provenance.errors import Code, ReleaseError, ToolError
from provenance.values.revision import Commit
from tests.doors.served import Hosted

LIMIT = 2**20


@pytest.fixture
def hosted(tmp_path: Path) -> Hosted:
    return Hosted(tmp_path, "n")


@pytest.fixture
def objects(hosted: Hosted) -> Iterator[Objects]:
    with Objects.at(hosted.path) as found:
        yield found


def forge(hosted: Hosted, name: str, data: bytes) -> Commit:
    """Store bytes as the loose object of a name that is not theirs."""
    place = hosted.path / "objects" / name[:2] / name[2:]
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(zlib.compress(data))
    return Commit(name)


def test_an_object_is_read_whole(hosted: Hosted, objects: Objects) -> None:
    oid = Commit(hosted.object("blob", b"line\n\0" * 1000))

    assert objects.read(oid, ObjectKind.BLOB, LIMIT) == b"line\n\0" * 1000
    assert objects.size(oid) == 6000


def test_an_empty_object_is_read(hosted: Hosted, objects: Objects) -> None:
    assert objects.read(Commit(hosted.object("blob", b"")), ObjectKind.BLOB, 0) == b""


def test_objects_of_each_kind_are_read(hosted: Hosted, objects: Objects) -> None:
    commit = hosted.files({"a": b"1"})

    assert objects.read(Commit(commit), ObjectKind.COMMIT, LIMIT).startswith(b"tree ")
    tree = Commit(hosted.git("rev-parse", f"{commit}^{{tree}}"))
    assert objects.read(tree, ObjectKind.TREE, LIMIT).startswith(b"100644 a\0")


def test_an_object_that_is_not_here_has_no_size(hosted: Hosted, objects: Objects) -> None:
    there = Commit(hosted.object("blob", b"x"))

    assert objects.size(Commit("1" * 40)) is None
    assert objects.size(there) == 1


def test_an_object_that_is_not_here_cannot_be_read(hosted: Hosted, objects: Objects) -> None:
    with pytest.raises(ReleaseError) as caught:
        objects.read(Commit("1" * 40), ObjectKind.BLOB, LIMIT)

    assert caught.value.code is Code.GIT_CORRUPT
    assert hosted.path.is_dir()


def test_an_object_of_another_kind_is_refused(hosted: Hosted, objects: Objects) -> None:
    blob = Commit(hosted.object("blob", b"x"))

    with pytest.raises(ReleaseError) as caught:
        objects.read(blob, ObjectKind.TREE, LIMIT)

    assert caught.value.code is Code.GIT_CORRUPT


def test_an_object_that_is_too_large_is_not_read(hosted: Hosted, objects: Objects) -> None:
    blob = Commit(hosted.object("blob", b"x" * 101))

    with pytest.raises(ReleaseError) as caught:
        objects.read(blob, ObjectKind.BLOB, 100)

    assert caught.value.code is Code.RESOURCE
    assert objects.read(blob, ObjectKind.BLOB, 101) == b"x" * 101


def test_bytes_under_a_name_that_is_not_theirs_are_refused(
    hosted: Hosted, objects: Objects
) -> None:
    oid = forge(hosted, "ab" * 20, b"blob 4\0evil")

    with pytest.raises(ReleaseError) as caught:
        objects.read(oid, ObjectKind.BLOB, LIMIT)

    assert caught.value.code is Code.GIT_CORRUPT


def test_an_object_that_is_cut_short_is_refused_in_time(hosted: Hosted) -> None:
    there = Commit(hosted.object("blob", b"x"))
    oid = forge(hosted, "cd" * 20, b"blob 4000\0evil")

    with Objects.at(hosted.path, seconds=0.5) as objects:
        with pytest.raises(ReleaseError) as caught:
            objects.read(oid, ObjectKind.BLOB, LIMIT)
        assert objects.read(there, ObjectKind.BLOB, LIMIT) == b"x"

    assert caught.value.code is Code.GIT_CORRUPT


def test_an_object_that_is_nonsense_does_not_spoil_the_next(
    hosted: Hosted, objects: Objects
) -> None:
    there = Commit(hosted.object("blob", b"x"))
    oid = forge(hosted, "ef" * 20, b"nonsense")

    for _ in range(3):
        with pytest.raises(ReleaseError) as caught:
            objects.read(oid, ObjectKind.BLOB, LIMIT)
        assert caught.value.code is Code.GIT_CORRUPT
        assert objects.size(oid) is None
        assert objects.read(there, ObjectKind.BLOB, LIMIT) == b"x"
        assert objects.size(there) == 1


def test_a_repository_that_goes_away_is_noticed(hosted: Hosted, objects: Objects) -> None:
    oid = Commit(hosted.object("blob", b"x"))
    assert objects.size(oid) == 1
    (hosted.path / "HEAD").unlink()

    with pytest.raises(ReleaseError) as caught:
        objects.read(oid, ObjectKind.BLOB, LIMIT)

    assert caught.value.code is Code.GIT_CORRUPT


def test_a_replacement_is_not_followed(hosted: Hosted, objects: Objects) -> None:
    honest, evil = hosted.object("blob", b"honest"), hosted.object("blob", b"evil")
    hosted.git("update-ref", f"refs/replace/{honest}", evil)

    assert objects.read(Commit(honest), ObjectKind.BLOB, LIMIT) == b"honest"


def test_a_missing_object_is_not_fetched(hosted: Hosted, tmp_path: Path) -> None:
    other = Hosted(tmp_path, "other")
    oid = Commit(other.object("blob", b"elsewhere"))
    hosted.git("config", "remote.origin.url", str(other.path))
    hosted.git("config", "remote.origin.promisor", "true")
    hosted.git("config", "core.repositoryFormatVersion", "1")
    hosted.git("config", "extensions.partialClone", "origin")

    with Objects.at(hosted.path) as objects:
        assert objects.size(oid) is None

    assert not hosted.git("count-objects").startswith("1 ")


def test_no_setting_of_the_user_leads_elsewhere(
    hosted: Hosted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oid = Commit(hosted.object("blob", b"here"))
    canary = tmp_path / "canary"
    other = Hosted(tmp_path, "other")
    monkeypatch.setenv("GIT_DIR", str(other.path))
    monkeypatch.setenv("GIT_COMMON_DIR", str(other.path))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other.path / "objects"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.repositoryFormatVersion")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "99")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.repositoryFormatVersion'='99'")
    monkeypatch.setenv("GIT_TRACE", str(canary))

    with Objects.at(hosted.path) as objects:
        assert objects.read(oid, ObjectKind.BLOB, LIMIT) == b"here"

    assert not canary.exists()


def test_a_library_that_cannot_be_loaded_is_told_of(
    hosted: Hosted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "git", None)

    with pytest.raises(ToolError) as caught:
        Objects.at(hosted.path)

    assert caught.value.code is Code.GIT_MISSING


def test_no_process_stays_behind(hosted: Hosted) -> None:
    oid = Commit(hosted.object("blob", b"x"))
    objects = Objects.at(hosted.path)

    objects.size(oid)
    objects.read(oid, ObjectKind.BLOB, LIMIT)
    assert len(children(hosted.path)) == 2
    objects.close()
    objects.close()

    assert children(hosted.path) == []


def children(folder: Path) -> list[str]:
    """Return the running programs that work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder:
                found.append(process.name)
        except OSError:
            continue
    return found
