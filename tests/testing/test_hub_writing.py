"""The unmodified client writes to a loopback Hub; by LFS, for the Hub does not speak xet."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from huggingface_hub import (
    CommitOperationAdd,
    CommitOperationDelete,
    HfApi,
    constants,
    hf_hub_download,
)
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    RevisionNotFoundError,
)
from huggingface_hub.hf_api import RepoFile

from provenance.testing.hub import LoopbackHub
from provenance.testing.hub_state import User
from tests.testing.asking import ask

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
    for create_pr in (False, True):
        with pytest.raises(EntryNotFoundError):
            api.delete_file("a", "org/m", create_pr=create_pr)
    assert not list(api.get_repo_discussions("org/m"))


def test_a_write_needs_a_user_with_rights(writable: LoopbackHub) -> None:
    writable.add_model("org/m").commit({"a": b"1"}, message="m")

    def status(token: str | bool, path: str = "a") -> int:
        api = HfApi(endpoint=writable.url, token=token)
        with pytest.raises(HfHubHTTPError) as refused:
            api.upload_file(repo_id="org/m", path_or_fileobj=b"2", path_in_repo=path)
        return refused.value.response.status_code

    assert (status(token=False), status("nobody's"), status(OTHER)) == (401, 401, 403)
    for token, code in ((False, 401), (OTHER, 403)):
        with pytest.raises(HfHubHTTPError) as refused:
            HfApi(endpoint=writable.url, token=token).create_repo("org/new")
        assert refused.value.response.status_code == code


def test_a_gated_repository_takes_pull_requests_of_those_it_let_in(
    writable: LoopbackHub,
) -> None:
    first = writable.add_model("org/m", gated="auto").commit({"a": b"1"}, message="m")
    bob = HfApi(endpoint=writable.url, token=OTHER)

    with pytest.raises(GatedRepoError):
        bob.upload_file(repo_id="org/m", path_or_fileobj=b"2", path_in_repo="a", create_pr=True)
    writable.tokens[OTHER] = User("bob", granted=frozenset({"org/m"}))
    made = bob.create_commit(
        "org/m", [added("a", b"2")], commit_message="n", create_pr=True, parent_commit=first
    )

    assert made.pr_num == 1


@pytest.mark.parametrize("revision", ["dev", "main~0", "refs/heads/main", "refs/pr/1", "a b"])
@pytest.mark.parametrize("create_pr", [False, True])
def test_only_a_branch_that_is_there_is_written(
    writable: LoopbackHub, api: HfApi, revision: str, *, create_pr: bool
) -> None:
    writable.add_model("org/m").commit({"a": b"1"}, message="m")

    with pytest.raises(RevisionNotFoundError):
        api.create_commit(
            "org/m",
            [CommitOperationDelete("a")],
            commit_message="n",
            revision=revision,
            create_pr=create_pr,
        )
    assert len(api.list_repo_commits("org/m")) == 1
    assert writable.hosted["models", "org/m"].discussions == []


def test_an_empty_repository_takes_a_first_commit_and_no_pull_request(
    writable: LoopbackHub, api: HfApi
) -> None:
    writable.add_model("org/m")

    with pytest.raises(RevisionNotFoundError):
        api.create_commit("org/m", [added("a", b"1")], commit_message="m", create_pr=True)
    made = api.create_commit("org/m", [added("a", b"1")], commit_message="m")

    assert api.model_info("org/m").sha == made.oid


def test_a_renamed_repository_is_written_under_its_old_id(
    writable: LoopbackHub, api: HfApi
) -> None:
    writable.add_model("org/old").commit({"a": b"1"}, message="m")
    writable.rename("models", "org/old", "org/new")

    api.create_commit("org/old", [added("a", b"2")], commit_message="n")

    assert len(api.list_repo_commits("org/new")) == 2
    with pytest.raises(HfHubHTTPError) as refused:
        api.create_repo("org/old")
    assert refused.value.response.status_code == 409


def test_a_private_repository_is_created_private(writable: LoopbackHub, api: HfApi) -> None:
    api.create_repo("mine", private=True)

    assert writable.hosted["models", "alice/mine"].private


@pytest.mark.parametrize(
    "asked", [{"name": "../up"}, {"name": ".."}, {"name": "m", "type": "space"}]
)
def test_what_cannot_be_created_is_refused(writable: LoopbackHub, asked: dict[str, str]) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}

    status, _, _ = ask(writable.url, "/api/repos/create", "POST", headers, json.dumps(asked))

    assert status == 400
    assert writable.hosted == {}


@pytest.mark.parametrize(
    "line",
    [
        {"key": "file", "value": {"path": "../up", "content": ""}},
        {"key": "file", "value": {"path": ".git/config", "content": ""}},
        {"key": "file", "value": {"path": "x\\.GIT::$INDEX/config", "content": ""}},
        {"key": "file", "value": {"path": "a//b", "content": ""}},
        {"key": "file", "value": {"path": "a\0b", "content": ""}},
        {"key": "lfsFile", "value": {"path": "a", "oid": "../../a"}},
        {"key": "lfsFile", "value": {"path": "a", "oid": "0" * 64}},
        {"key": "symlink", "value": {"path": "a"}},
        {"key": "header", "value": {"description": "without a summary"}},
    ],
)
@pytest.mark.parametrize("query", ["main", "main?create_pr=1"])
def test_a_malformed_commit_leaves_nothing_behind(
    writable: LoopbackHub, line: dict[str, object], query: str
) -> None:
    repository = writable.add_model("org/m")
    first = repository.commit({"a": b"1"}, message="m")
    lines = [{"key": "header", "value": {"summary": "n"}}, line]
    body = "\n".join(json.dumps(one) for one in lines)
    headers = {"Authorization": f"Bearer {TOKEN}"}

    status, _, _ = ask(writable.url, f"/api/models/org/m/commit/{query}", "POST", headers, body)

    assert status == 400
    refs = repository.git("for-each-ref", "--format=%(objectname) %(refname)").decode()
    assert refs == f"{first} refs/heads/main\n"
    assert writable.hosted["models", "org/m"].discussions == []


def test_a_card_without_readable_metadata_is_told_of(api: HfApi, writable: LoopbackHub) -> None:
    writable.add_model("org/m")

    with pytest.raises(ValueError, match=r"Invalid metadata in README\.md"):
        api.create_commit("org/m", [added("README.md", b"---\na: [\n---\n")], commit_message="m")
    with pytest.warns(UserWarning, match="empty or missing yaml metadata"):
        api.create_commit("org/m", [added("README.md", b"# M\n")], commit_message="m")


def test_commits_at_the_same_time_all_arrive(writable: LoopbackHub, api: HfApi) -> None:
    writable.add_model("org/m").commit({"a": b"1"}, message="m")

    def write(number: int) -> str:
        operations = [added(f"{number}.txt", b"x")]
        return api.create_commit("org/m", operations, commit_message="n").oid

    with ThreadPoolExecutor(4) as executor:
        made = set(executor.map(write, range(8)))

    assert {one.commit_id for one in api.list_repo_commits("org/m")} > made
    assert len(api.list_repo_files("org/m")) == 9
