from pathlib import Path

from provenance.testing.releases import publish_folder
from provenance.testing.repository import Repository
from tests.charlm import Charlm


def test_a_release_is_published_as_the_commits_that_its_table_names(charlm: Charlm) -> None:
    hub, published = charlm.hub, charlm.published

    assert ("models", published.model) in hub.hosted
    assert ("datasets", published.dataset) in hub.hosted
    source = hub.sources[published.source.removeprefix("https://")]
    assert source.resolve("main") == published.source_commit


def test_python_s_own_caches_are_not_published(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "__pycache__").mkdir(parents=True)
    (folder / "__pycache__" / "a.pyc").write_bytes(b"1")
    (folder / "a.py").write_bytes(b"2")
    repository = Repository.create(tmp_path / "r.git")

    commit = publish_folder(repository, folder)

    assert [entry.path for entry in repository.entries(commit)] == ["a.py"]
