"""The unmodified client writes to a loopback Hub; by LFS, for the Hub does not speak xet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import (
    CommitOperationAdd,
    CommitOperationDelete,
    HfApi,
    constants,
    hf_hub_download,
)
from huggingface_hub.errors import EntryNotFoundError, HfHubHTTPError
from huggingface_hub.hf_api import RepoFile

from provenance.testing.hub import LoopbackHub
from provenance.testing.hub_state import User

# The client hands bytes to its own HTTP library in a way that that one calls old.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")

TOKEN, OTHER = "alice's", "bob's"
USERS = {TOKEN: User("alice", orgs=frozenset({"org"})), OTHER: User("bob")}
WEIGHTS = b"1" * 5000


@pytest.fixture(autouse=True)
def _no_xet(monkeypatch: pytest.MonkeyPatch) -> None:
    # The client's own switch; it reads the environment only once, when it is imported.
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[LoopbackHub]:
    with LoopbackHub(tmp_path / "hub", tokens=USERS) as hub:
        yield hub


@pytest.fixture
def api(writable: LoopbackHub) -> HfApi:
    return HfApi(endpoint=writable.url, token=TOKEN)


def read(hub: LoopbackHub, path: str, place: Path, revision: str = "main") -> bytes:
    downloaded = hf_hub_download(
        "org/m", path, endpoint=hub.url, token=False, local_dir=place, revision=revision
    )
    return Path(downloaded).read_bytes()


def added(path: str, data: bytes) -> CommitOperationAdd:
    return CommitOperationAdd(path_in_repo=path, path_or_fileobj=data)


@pytest.mark.parametrize("kind", ["model", "dataset"])
def test_a_created_repository_is_there_and_says_what_goes_to_lfs(api: HfApi, kind: str) -> None:
    made = api.create_repo("org/m", repo_type=kind)
    again = api.create_repo("org/m", repo_type=kind, exist_ok=True)

    assert (made.repo_id, made.repo_type) == ("org/m", kind)
    assert again == made
    assert api.list_repo_files("org/m", repo_type=kind) == [".gitattributes"]
    with pytest.raises(HfHubHTTPError) as refused:
        api.create_repo("org/m", repo_type=kind)
    assert refused.value.response.status_code == 409


def test_an_uploaded_folder_comes_back(writable: LoopbackHub, api: HfApi, tmp_path: Path) -> None:
    files = {
        "README.md": b"---\nlicense: mit\n---\n# M\n",
        "a/b.txt": b"b",
        "w.safetensors": WEIGHTS,
    }
    for name, data in files.items():
        (tmp_path / "mine" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "mine" / name).write_bytes(data)
    api.create_repo("org/m")

    made = api.upload_folder(repo_id="org/m", folder_path=tmp_path / "mine", commit_message="m")

    listed = api.get_paths_info("org/m", list(files))
    assert api.model_info("org/m").sha == made.oid
    assert {name: read(writable, name, tmp_path / "got") for name in files} == files
    assert [one.path for one in listed if isinstance(one, RepoFile) and one.lfs] == [
        "w.safetensors"
    ]
    assert sum(seen.method == "PUT" for seen in writable.requests) == 1


def test_bytes_that_the_store_has_are_not_sent_again(writable: LoopbackHub, api: HfApi) -> None:
    writable.add_model("org/m").commit({"w.safetensors": WEIGHTS}, message="m")

    for name in ("copy.safetensors", "w.safetensors"):
        api.upload_file(repo_id="org/m", path_or_fileobj=WEIGHTS, path_in_repo=name)

    assert not [seen for seen in writable.requests if seen.method == "PUT"]
    assert sum("/commit/" in seen.path for seen in writable.requests) == 1


def test_a_file_from_ten_mebibytes_on_goes_to_lfs(
    writable: LoopbackHub, api: HfApi, tmp_path: Path
) -> None:
    writable.add_model("org/m")

    api.upload_file(repo_id="org/m", path_or_fileobj=bytes(10 * 2**20), path_in_repo="a.txt")

    assert read(writable, "a.txt", tmp_path) == bytes(10 * 2**20)
    assert list(writable.announced.values()) == [10 * 2**20]


def test_a_commit_on_a_parent_that_is_not_the_tip_is_refused(
    writable: LoopbackHub, api: HfApi
) -> None:
    repository = writable.add_model("org/m")
    first = repository.commit({"a": b"1"}, message="m")
    second = repository.commit({"a": b"2"}, message="n")

    with pytest.raises(HfHubHTTPError) as refused:
        api.create_commit("org/m", [added("a", b"3")], commit_message="o", parent_commit=first)
    assert refused.value.response.status_code == 412
    assert repository.resolve("main") == second
    made = api.create_commit(
        "org/m",
        [added("a", b"3")],
        commit_message="o",
        commit_description="why",
        parent_commit=second[:7],
    )
    assert repository.git("show", "-s", "--format=%P %B", made.oid).strip() == (
        f"{second} o\n\nwhy".encode()
    )


def test_a_pull_request_is_a_ref_and_leaves_the_branch_alone(
    writable: LoopbackHub, api: HfApi, tmp_path: Path
) -> None:
    first = writable.add_model("org/m").commit({"a": b"1", "b": b"b"}, message="m")
    stranger = HfApi(endpoint=writable.url, token=OTHER)

    made = stranger.create_commit(
        "org/m",
        [added("a", b"2"), added("w.safetensors", WEIGHTS)],
        commit_message="better",
        create_pr=True,
    )

    assert (made.pr_num, made.pr_revision) == (1, "refs/pr/1")
    assert read(writable, "a", tmp_path / "p", revision="refs/pr/1") == b"2"
    assert read(writable, "b", tmp_path / "p", revision="refs/pr/1") == b"b"
    assert api.model_info("org/m").sha == first
    found = api.list_repo_refs("org/m", include_pull_requests=True)
    assert [(one.ref, one.target_commit) for one in found.pull_requests or []] == [
        ("refs/pr/1", made.oid)
    ]
    assert api.list_repo_refs("org/m").pull_requests is None
    more = api.create_commit(
        "org/m", [added("c", b"3")], commit_message="more", revision="refs/pr/1"
    )
    assert api.model_info("org/m", revision="refs/pr/1").sha == more.oid


def test_files_and_folders_are_deleted(writable: LoopbackHub, api: HfApi) -> None:
    files = {"a": b"1", "b/c": b"2", "b/d": b"3", "e": b"4"}
    writable.add_model("org/m").commit(files, message="m")

    api.delete_file("a", "org/m")
    api.create_commit(
        "org/m",
        [CommitOperationDelete("b/"), added("b/d", b"5")],
        commit_message="n",
    )

    assert api.list_repo_files("org/m") == ["b/d", "e"]
    with pytest.raises(EntryNotFoundError):
        api.delete_file("a", "org/m")
