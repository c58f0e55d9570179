from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, ReleaseError
from provenance.flows.auditing.audit import audit
from provenance.testing.hub import LoopbackHub
from provenance.values.settings import Settings
from tests.charlm import MODEL, Charlm, noon

FILES = {"README.md": b"# M\n", "sub/a.json": b"{}", "data.parquet": b"p" * 500}


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LoopbackHub]:
    with LoopbackHub(tmp_path / "hub") as running:
        running.add_model("org/m").commit(FILES, message="m")
        yield running


def settings(hub: LoopbackHub, folder: Path) -> Settings:
    return Settings(endpoint=hub.url, cache=folder / "cache", git_proof=True, jobs=1)


def test_a_list_that_git_bears_out_is_proven(hub: LoopbackHub, tmp_path: Path) -> None:
    found = audit("org/m", settings=settings(hub, tmp_path), clock=noon)

    assert found.release.proven_by_git
    assert any(one.uri.startswith(f"git:{hub.url}/org/m@") for one in found.evidence)


def test_nothing_is_proven_that_was_not_asked_for(hub: LoopbackHub, tmp_path: Path) -> None:
    plain = attrs.evolve(settings(hub, tmp_path), git_proof=False)

    assert not audit("org/m", settings=plain, clock=noon).release.proven_by_git
    assert not audit(MODEL, settings=Settings(git_proof=True, offline=True)).release.proven_by_git


def test_a_list_that_git_contradicts_is_refused(hub: LoopbackHub, tmp_path: Path) -> None:
    told = hub.hosted["models", "org/m"].repository
    commit = told.resolve("main")
    assert commit
    first, *others = told.entries(commit)
    told._listed[commit] = (attrs.evolve(first, oid="0" * 40), *others)  # noqa: SLF001 - a lie

    with pytest.raises(ReleaseError) as caught:
        audit("org/m", settings=settings(hub, tmp_path), clock=noon)

    assert caught.value.code is Code.HUB_MISMATCH
    assert "differ in 1 files" in caught.value.what


def test_a_list_that_leaves_a_file_out_is_refused(hub: LoopbackHub, tmp_path: Path) -> None:
    told = hub.hosted["models", "org/m"].repository
    commit = told.resolve("main")
    assert commit
    told._listed[commit] = told.entries(commit)[1:]  # noqa: SLF001 - a lie

    with pytest.raises(ReleaseError) as caught:
        audit("org/m", settings=settings(hub, tmp_path), clock=noon)

    assert caught.value.code is Code.HUB_MISMATCH


def test_git_that_cannot_be_asked_proves_nothing_and_is_said(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    hub.fault("*", "/info/refs", times=9, status=403)
    hub.fault("*", "/git-upload-pack", times=9, status=403)

    found = audit("org/m", settings=settings(hub, tmp_path), clock=noon)

    assert not found.release.proven_by_git
    assert "the Hub's git repository" in {one.what for one in found.limits}


def test_a_proof_is_replayed(charlm: Charlm, tmp_path: Path) -> None:
    kept = attrs.evolve(charlm.settings, evidence=tmp_path, git_proof=True)
    first = audit(charlm.published.model, settings=kept, clock=noon)

    again = audit(charlm.published.model, settings=attrs.evolve(kept, offline=True), clock=noon)

    assert first.release.proven_by_git
    assert again == attrs.evolve(first, replayed=True)
