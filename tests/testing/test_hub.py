from pathlib import Path

import pytest
from huggingface_hub import HfApi, hf_hub_download, snapshot_download
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from provenance.testing.hub import LoopbackHub
from provenance.testing.hub_state import User

FILES = {
    "README.md": b"---\nlicense: mit\n---\n# M\n",
    "a/b.txt": b"b",
    "w.safetensors": b"1" * 5000,
}
TOKEN = "alice's"  # noqa: S105 - made up
ALICE = {TOKEN: User("alice", frozenset({"org/gated"}))}


def test_the_unmodified_client_resolves_lists_and_downloads(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        commit = hub.add_model("org/m").commit(FILES, message="m")
        api = HfApi(endpoint=hub.url, token=False)

        info = api.model_info("org/m", files_metadata=True)
        listed = {entry.path for entry in api.list_repo_tree("org/m", recursive=True)}
        folder = snapshot_download("org/m", endpoint=hub.url, token=False, local_dir=tmp_path / "d")

        assert info.sha == commit
        assert {sibling.rfilename for sibling in info.siblings or []} == set(FILES)
        assert listed == {*FILES, "a"}
        assert all((Path(folder) / name).read_bytes() == data for name, data in FILES.items())
        assert [entry.path for entry in api.get_paths_info("org/m", ["a/b.txt"])] == ["a/b.txt"]
        assert [ref.name for ref in api.list_repo_refs("org/m").branches] == ["main"]
        assert [one.commit_id for one in api.list_repo_commits("org/m")] == [commit]


def test_long_listings_come_in_pages(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.page = 2
        hub.add_dataset("org/d").commit({f"{n}.txt": b"x" for n in range(5)}, message="m")
        api = HfApi(endpoint=hub.url, token=False)

        tree = api.list_repo_tree("org/d", repo_type="dataset", recursive=True, expand=True)

        assert len(list(tree)) == 5


def test_a_renamed_repository_answers_to_its_old_id(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_dataset("org/old").commit(FILES, message="m")
        hub.rename("datasets", "org/old", "org/new")
        api = HfApi(endpoint=hub.url, token=False)

        info = api.dataset_info("org/old", expand=["sha"])
        listed = api.list_repo_tree("org/old", repo_type="dataset", recursive=True)
        folder = snapshot_download(
            "org/old", repo_type="dataset", endpoint=hub.url, token=False, local_dir=tmp_path / "d"
        )

        assert info.id == "org/new"
        assert len(list(listed)) == 4
        assert all((Path(folder) / name).read_bytes() == data for name, data in FILES.items())


def test_a_space_is_listed_and_downloaded(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub", tokens=ALICE) as hub:
        commit = hub.add_space("org/s").commit(FILES, message="m")
        hub.add_space("org/private", private=True).commit(FILES, message="m")
        api = HfApi(endpoint=hub.url, token=False)

        info = api.space_info("org/s")
        listed = api.list_repo_tree("org/s", repo_type="space", recursive=True)
        refs = api.list_repo_refs("org/s", repo_type="space")
        folder = snapshot_download(
            "org/s", repo_type="space", endpoint=hub.url, token=False, local_dir=tmp_path / "d"
        )

        assert (info.id, info.sha) == ("org/s", commit)
        assert {entry.path for entry in listed} == {*FILES, "a"}
        assert [ref.target_commit for ref in refs.branches] == [commit]
        assert all((Path(folder) / name).read_bytes() == data for name, data in FILES.items())
        with pytest.raises(RepositoryNotFoundError):
            api.space_info("org/private")
        with pytest.raises(RepositoryNotFoundError):
            api.model_info("org/s")


def test_gates_and_absences_are_those_that_the_client_knows(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub", tokens=ALICE) as hub:
        hub.add_model("org/gated", gated="manual").commit(FILES, message="m")
        hub.add_model("org/private", private=True).commit(FILES, message="m")
        hub.add_model("org/disabled", disabled=True).commit(FILES, message="m")
        api = HfApi(endpoint=hub.url, token=False)

        assert api.model_info("org/gated").gated == "manual"
        with pytest.raises(GatedRepoError):
            hf_hub_download("org/gated", "a/b.txt", endpoint=hub.url, token=False)
        for name in ("org/private", "org/nothing"):
            with pytest.raises(RepositoryNotFoundError):
                api.model_info(name)
        with pytest.raises(HfHubHTTPError):
            api.model_info("org/disabled")
        with pytest.raises(RevisionNotFoundError):
            api.model_info("org/gated", revision="nothing")
        signed_in = HfApi(endpoint=hub.url, token=TOKEN)
        assert signed_in.whoami()["name"] == "alice"
        assert signed_in.model_info("org/private").private
        place = tmp_path / "g"
        path = hf_hub_download(
            "org/gated", "w.safetensors", endpoint=hub.url, token=TOKEN, local_dir=place
        )
        assert Path(path).read_bytes() == FILES["w.safetensors"]
        with pytest.raises(EntryNotFoundError):
            hf_hub_download("org/gated", "nothing", endpoint=hub.url, token=TOKEN)
        with pytest.raises(HfHubHTTPError):
            HfApi(endpoint=hub.url, token=f"not {TOKEN}").model_info("org/gated")


def test_a_fault_fires_as_often_as_it_was_asked_for(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("org/m").commit(FILES, message="m")
        hub.fault("GET", "/api/models/org/m", status=418, delay=0.01)
        api = HfApi(endpoint=hub.url, token=False)

        with pytest.raises(HfHubHTTPError):
            api.model_info("org/m")
        assert api.model_info("org/m").id == "org/m"
        assert [seen.path for seen in hub.requests] == ["/api/models/org/m"] * 2
        assert not hub.requests[0].authorized
