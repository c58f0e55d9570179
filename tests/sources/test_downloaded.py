import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from huggingface_hub import snapshot_download

from provenance.errors import Code, ProvenanceError, ReleaseError, TextError
from provenance.flows.digesting.observe import observe
from provenance.ports.silence import Silence
from provenance.sources.local import LocalSource
from provenance.testing.hub import LoopbackHub
from provenance.values.listing import Here, Listing
from provenance.values.observation import Observation
from provenance.values.settings import Budget, Settings
from tests.charlm import noon

FILES = {"README.md": b"# Model\n", "sub/config.json": b"{}", "model.safetensors": b"w" * 3000}


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LoopbackHub]:
    with LoopbackHub(tmp_path / "hub") as running:
        running.add_model("org/m").commit(FILES, message="m")
        yield running


def cached(hub: LoopbackHub, folder: Path) -> Path:
    """Download into the client's cache, as the client does it."""
    return Path(snapshot_download("org/m", endpoint=hub.url, cache_dir=folder / "cache"))


def cached_by_an_older_client(hub: LoopbackHub, folder: Path) -> Path:
    """Download into a cache that keeps no list of the commit."""
    place = cached(hub, folder)
    (place.parent.parent / "trees" / f"{place.name}.json").unlink()
    return place


def shared(hub: LoopbackHub, folder: Path) -> Path:
    """Download into a cache whose large files lie in a store that repositories share."""
    place = cached(hub, folder)
    blob = (place / "model.safetensors").resolve()
    store = folder / "cache/shared"
    store.mkdir()
    blob.rename(store / "0a1b")
    blob.symlink_to("../../shared/0a1b")
    return place


def beside(hub: LoopbackHub, folder: Path) -> Path:
    """Download into a folder of the caller's."""
    place = folder / "m"
    snapshot_download("org/m", endpoint=hub.url, local_dir=place)
    return place


def beside_by_an_older_client(hub: LoopbackHub, folder: Path) -> Path:
    """Download into a folder where no list of the commit is kept."""
    place = beside(hub, folder)
    for tree in (place / ".cache/huggingface/trees").iterdir():
        tree.unlink()
    return place


LAYOUTS = [cached, cached_by_an_older_client, shared, beside, beside_by_an_older_client]
Layout = Callable[[LoopbackHub, Path], Path]


def look(place: Path) -> tuple[Listing, Observation]:
    source = LocalSource(place, budget=Budget(), clock=noon)
    listing = source.listing()
    return listing, observe(source, listing, settings=Settings(jobs=1), progress=Silence())


def refused(place: Path) -> ProvenanceError:
    with pytest.raises(ProvenanceError) as caught:
        look(place)
    return caught.value


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_download_is_held_against_its_commit_without_asking(
    hub: LoopbackHub, tmp_path: Path, layout: Layout
) -> None:
    commit = hub.hosted["models", "org/m"].repository.resolve("main")
    place = layout(hub, tmp_path)
    hub.hosted["models", "org/m"].repository.commit({"README.md": b"# Newer"}, message="n")
    asked = len(hub.requests)

    listing, seen = look(place)

    assert len(hub.requests) == asked
    assert {entry.path.text for entry in seen.inventory} == set(FILES)
    assert all(entry.bound for entry in seen.inventory)
    assert any(commit and commit in limit.why for limit in listing.limits)
    assert listing.hazards == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_file_that_was_changed_after_the_download_is_refused(
    hub: LoopbackHub, tmp_path: Path, layout: Layout
) -> None:
    place = layout(hub, tmp_path)
    (place / "model.safetensors").resolve().write_bytes(b"v" * 3000)

    found = refused(place)

    assert isinstance(found, ReleaseError)
    assert found.code is Code.HUB_MISMATCH


@pytest.mark.parametrize("layout", [cached, beside])
def test_a_file_of_another_size_than_the_commits_is_refused(
    hub: LoopbackHub, tmp_path: Path, layout: Layout
) -> None:
    place = layout(hub, tmp_path)
    (place / "model.safetensors").resolve().write_bytes(b"w" * 2999)

    assert refused(place).code is Code.HUB_MISMATCH


@pytest.mark.parametrize("layout", [cached, beside, beside_by_an_older_client])
def test_a_file_that_the_commit_does_not_hold_is_a_hazard(
    hub: LoopbackHub, tmp_path: Path, layout: Layout
) -> None:
    place = layout(hub, tmp_path)
    (place / "extra.py").write_bytes(b"")

    listing, _ = look(place)

    assert [(one.code, one.path) for one in listing.hazards] == [(Code.FILE_ADDED, "extra.py")]


@pytest.mark.parametrize("layout", [cached, beside])
def test_what_was_not_downloaded_is_a_limit(
    hub: LoopbackHub, tmp_path: Path, layout: Layout
) -> None:
    place = layout(hub, tmp_path)
    (place / "README.md").unlink()

    listing, _ = look(place)

    assert any("1 files of the commit are not here, 'README.md'" in it.why for it in listing.limits)


def test_files_of_two_commits_are_a_hazard(hub: LoopbackHub, tmp_path: Path) -> None:
    place = beside(hub, tmp_path)
    hub.hosted["models", "org/m"].repository.commit({"README.md": b"# Newer"}, message="n")
    snapshot_download("org/m", endpoint=hub.url, local_dir=place, allow_patterns=["README.md"])

    listing, seen = look(place)

    assert [one.code for one in listing.hazards] == [Code.FILE_CHANGED]
    assert all(entry.bound for entry in seen.inventory)


def test_a_link_that_leaves_the_cache_is_refused(hub: LoopbackHub, tmp_path: Path) -> None:
    place = cached(hub, tmp_path)
    (tmp_path / "elsewhere").write_bytes(FILES["README.md"])
    (place / "README.md").unlink()
    (place / "README.md").symlink_to(tmp_path / "elsewhere")

    assert refused(place).code is Code.FS_SYMLINK_ESCAPE


@pytest.mark.parametrize(
    ("change", "kind", "code"),
    [
        ({"size": -1}, ReleaseError, Code.HUB_ANSWER),
        ({"blob_id": "../x"}, ReleaseError, Code.HUB_ANSWER),
        ({"lfs_sha256": "0" * 64, "lfs_size": 3000}, ReleaseError, Code.HUB_ANSWER),
        ({"lfs_size": 1}, ReleaseError, Code.HUB_ANSWER),
        (None, TextError, Code.JSON_SYNTAX),
    ],
)
def test_a_list_that_cannot_be_is_refused(
    hub: LoopbackHub,
    tmp_path: Path,
    change: dict[str, object] | None,
    kind: type[ProvenanceError],
    code: Code,
) -> None:
    place = cached(hub, tmp_path)
    tree = place.parent.parent / "trees" / f"{place.name}.json"
    told = json.loads(tree.read_bytes())
    told["files"]["model.safetensors"] |= change or {}
    tree.write_text(json.dumps(told) if change else "{")

    found = refused(place)

    assert isinstance(found, kind)
    assert found.code is code


def test_a_list_that_cannot_be_read_is_told_of(hub: LoopbackHub, tmp_path: Path) -> None:
    place = cached(hub, tmp_path)
    tree = place.parent.parent / "trees" / f"{place.name}.json"
    tree.unlink()
    tree.mkdir()

    assert refused(place).code is Code.FS_SPECIAL


def absolute(target: Path) -> str:
    return str(target)


def through_a_link(target: Path) -> str:
    """Name the cache's folder by a link to it, as /tmp is one on some systems."""
    cache = target.parents[2]
    link = cache.with_name("another-name")
    if not link.exists():
        link.symlink_to(cache, target_is_directory=True)
    return str(link / target.relative_to(cache))


def upwards(target: Path) -> str:
    """Leave the cache, and come back to it."""
    return (
        f"{target.parents[2]}/../{target.parents[2].name}/{target.relative_to(target.parents[2])}"
    )


def relative_from_outside(target: Path) -> str:
    return f"../../../../{target.parents[2].name}/{target.relative_to(target.parents[2])}"


@pytest.mark.parametrize(
    "written",
    [absolute, through_a_link, upwards, relative_from_outside],
    ids=lambda it: it.__name__,
)
def test_a_link_to_a_blob_of_the_cache_is_taken_however_it_is_written(
    hub: LoopbackHub, tmp_path: Path, written: Callable[[Path], str]
) -> None:
    place = cached(hub, tmp_path)
    for name in ("README.md", "model.safetensors"):
        relink(place / name, written)

    listing, seen = look(place)

    assert {entry.path.text for entry in seen.inventory} == set(FILES)
    assert all(entry.bound for entry in seen.inventory)
    assert listing.hazards == ()


def relink(link: Path, written: Callable[[Path], str]) -> None:
    target = link.resolve()
    link.unlink()
    link.symlink_to(written(target))
    assert link.resolve() == target


def test_the_digest_of_a_blob_behind_an_absolute_link_decides(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    place = cached(hub, tmp_path)
    relink(place / "model.safetensors", absolute)
    (place / "model.safetensors").resolve().write_bytes(b"v" * 3000)

    assert refused(place).code is Code.HUB_MISMATCH


def test_a_blob_of_a_cache_that_only_looks_like_this_one_is_refused(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    place = cached(hub, tmp_path)
    blob = (place / "model.safetensors").resolve()
    other = tmp_path / "elsewhere" / blob.relative_to(tmp_path / "cache")
    other.parent.mkdir(parents=True)
    other.write_bytes(b"v" * 3000)
    (place / "model.safetensors").unlink()
    (place / "model.safetensors").symlink_to(other)

    assert refused(place).code is Code.FS_SYMLINK_ESCAPE


def test_a_snapshot_may_be_named_by_a_link(hub: LoopbackHub, tmp_path: Path) -> None:
    place = cached(hub, tmp_path)
    (tmp_path / "my-model").symlink_to(place)

    listing, seen = look(tmp_path / "my-model")

    assert all(entry.bound for entry in seen.inventory)
    assert any(place.name in limit.why for limit in listing.limits)


def without_blob(place: Path) -> None:
    (place / "model.safetensors").resolve().unlink()


def moved(place: Path) -> None:
    (place / "model.safetensors").unlink()
    (place / "model.safetensors").symlink_to("/no/such/place/models--org--m/blobs/0a1b")


@pytest.mark.parametrize("broken", [without_blob, moved], ids=lambda it: it.__name__)
def test_a_file_of_a_cache_whose_bytes_are_not_here_leaves_the_list_open(
    hub: LoopbackHub, tmp_path: Path, broken: Callable[[Path], None]
) -> None:
    place = cached(hub, tmp_path)
    broken(place)

    listing, seen = look(place)

    assert not seen.inventory.complete
    assert seen.inventory.get("model.safetensors") is None
    assert (Code.FS_SYMLINK_BROKEN, "model.safetensors") in {
        (limit.code, limit.what) for limit in listing.limits
    }


@pytest.mark.parametrize(
    ("layout", "here"),
    [
        (cached, Here.WHOLE),
        (cached_by_an_older_client, Here.UNSURE),
        (beside, Here.WHOLE),
        (beside_by_an_older_client, Here.UNSURE),
    ],
)
def test_a_copy_is_whole_only_by_the_list_of_its_commit(
    hub: LoopbackHub, tmp_path: Path, layout: Layout, here: Here
) -> None:
    place = layout(hub, tmp_path)

    assert look(place)[0].here is here


@pytest.mark.parametrize("layout", [cached, beside, beside_by_an_older_client])
def test_a_copy_without_one_of_its_files_is_known_to_be_a_part(
    hub: LoopbackHub, tmp_path: Path, layout: Layout
) -> None:
    place = layout(hub, tmp_path)
    (place / "README.md").unlink()

    assert look(place)[0].here is Here.PARTLY


def test_a_download_that_did_not_end_is_told_of(tmp_path: Path) -> None:
    place = tmp_path / "m"
    unfinished = ".cache/huggingface/download/kZdI.0a1b.incomplete"
    (place / unfinished).parent.mkdir(parents=True)
    (place / unfinished).write_bytes(b"some bytes")
    (place / "README.md").write_bytes(b"# M")

    listing, _ = look(place)

    assert listing.here is Here.PARTLY
    assert unfinished in {limit.what for limit in listing.limits}
