from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import snapshot_download

from provenance.errors import Code, UsageError
from provenance.sources.cache_folder import require_release
from provenance.testing.hub import LoopbackHub


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LoopbackHub]:
    with LoopbackHub(tmp_path / "served") as running:
        running.add_model("org/m").commit({"README.md": b"# M"}, message="m")
        yield running


def download(hub: LoopbackHub, folder: Path, revision: str | None = None) -> Path:
    cache = folder / "hub"
    got = snapshot_download("org/m", endpoint=hub.url, cache_dir=cache, revision=revision)
    return Path(got)


def refused(folder: Path) -> UsageError:
    with pytest.raises(UsageError) as caught:
        require_release(folder)
    assert caught.value.code is Code.REF
    return caught.value


@pytest.mark.parametrize("inside", ["", "snapshots", "refs", "blobs"])
def test_a_repository_of_the_cache_points_to_the_commit_that_main_names(
    hub: LoopbackHub, tmp_path: Path, inside: str
) -> None:
    commit = download(hub, tmp_path)

    error = refused(commit.parents[1] / inside)

    assert "the folder of a model" in error.what
    assert f"name {commit}, the commit that refs/main names" in error.hint


def test_other_commits_of_a_repository_are_listed(hub: LoopbackHub, tmp_path: Path) -> None:
    first = download(hub, tmp_path)
    hub.hosted["models", "org/m"].repository.commit({"a": b"a"}, message="n")
    second = download(hub, tmp_path)

    error = refused(second.parents[1])

    assert "with 2 commits in it" in error.what
    assert f"name {second}, the commit that refs/main names" in error.hint
    assert str(first) in error.hint


def test_commits_are_listed_where_no_branch_names_one(hub: LoopbackHub, tmp_path: Path) -> None:
    commit = download(hub, tmp_path)
    (commit.parents[1] / "refs" / "main").unlink()

    assert f"name a commit: {commit}" in refused(commit.parents[1]).hint


def test_a_branch_that_names_no_commit_of_the_cache_is_not_followed(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    commit = download(hub, tmp_path)
    (commit.parents[1] / "refs" / "main").write_text("../../elsewhere")

    assert f"name a commit: {commit}" in refused(commit.parents[1]).hint


def test_the_cache_itself_points_to_one_of_its_commits(hub: LoopbackHub, tmp_path: Path) -> None:
    commit = download(hub, tmp_path)

    error = refused(tmp_path / "hub")

    assert "the cache of the Hub's client, with 1 repository in it" in error.what
    assert str(commit) in error.hint


def test_a_commit_of_a_dataset_is_no_model(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.add_dataset("org/d").commit({"a.csv": b"1"}, message="m")
    got = snapshot_download(
        "org/d", endpoint=hub.url, cache_dir=tmp_path / "hub", repo_type="dataset"
    )

    assert "a commit of a dataset, org/d" in refused(Path(got)).what
    assert "the folder of a dataset" in refused(Path(got).parents[1]).what


def test_a_commit_of_a_model_is_a_release(hub: LoopbackHub, tmp_path: Path) -> None:
    commit = download(hub, tmp_path)

    require_release(commit)


@pytest.mark.parametrize("name", ["plain", "models--org--m"])
def test_a_folder_with_files_of_its_own_is_a_release(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "README.md").write_text("# M")

    require_release(folder)


def test_a_folder_inside_a_commit_points_to_the_commit(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.hosted["models", "org/m"].repository.commit({"unet/a.json": b"{}"}, message="n")
    commit = download(hub, tmp_path)

    assert refused(commit / "unet").hint == f"name the commit: {commit}"


def test_a_way_upwards_ends_where_it_leads(hub: LoopbackHub, tmp_path: Path) -> None:
    commit = download(hub, tmp_path)

    assert f"name {commit}" in refused(commit / "..").hint
