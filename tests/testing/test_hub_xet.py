"""Files in xet, as the unmodified client and an audit of its cache meet them."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import HfApi, get_hf_file_metadata, hf_hub_download, hf_hub_url
from huggingface_hub import snapshot_download as download_all
from huggingface_hub.hf_api import RepoFile

from provenance.errors import Code, ReleaseError
from provenance.flows.digesting.observe import observe
from provenance.ports.silence import Silence
from provenance.sources.hub import HubSource
from provenance.sources.local import LocalSource
from provenance.testing.hub import LoopbackHub
from provenance.testing.hub_state import User
from provenance.values.observation import Observation
from provenance.values.ref import Ref
from provenance.values.settings import Budget, Settings
from tests.charlm import noon
from tests.testing.asking import ask

WEIGHTS = "w.safetensors"
# Two contents without repetition, of one size.
DATA, OTHER = (
    b"".join(hashlib.sha256(b"%d %d" % (which, n)).digest() for n in range(6000))
    for which in (1, 2)
)
FILES = {"README.md": b"# M\n", WEIGHTS: DATA, "sub/v.bin": b"small", "empty.bin": b""}
TOKEN = "alice's"  # noqa: S105 - made up
ALICE = {TOKEN: User("alice", frozenset({"org/gated"}))}


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LoopbackHub]:
    with LoopbackHub(tmp_path / "hub", tokens=ALICE, xet=True) as running:
        running.add_model("org/m").commit(FILES, message="m")
        yield running


def cached(hub: LoopbackHub, folder: Path) -> Path:
    return Path(download_all("org/m", endpoint=hub.url, token=False, cache_dir=folder))


def looked_at(place: Path) -> Observation:
    source = LocalSource(place, budget=Budget(), clock=noon)
    return observe(source, source.listing(), settings=Settings(jobs=1), progress=Silence())


def looked_up(hub: LoopbackHub, cache: Path) -> Observation:
    settings = Settings(endpoint=hub.url, cache=cache, jobs=1)
    source = HubSource.resolve(Ref.parse("org/m"), settings=settings, clock=noon)
    return observe(source, source.listing(), settings=settings, progress=Silence())


def spoil(hub: LoopbackHub, data: bytes) -> None:
    """Flip a bit of these bytes, wherever they lie in the store."""
    found = 0
    for path in hub.root.joinpath("xet").rglob("*"):
        if path.is_file() and (at := (stored := bytearray(path.read_bytes())).find(data)) >= 0:
            stored[at] ^= 1
            path.chmod(0o600)
            path.write_bytes(stored)
            found += 1
    assert found == 1


@pytest.mark.parametrize("kind", ["model", "dataset", "space"])
def test_the_client_reads_the_bytes_from_xet(hub: LoopbackHub, tmp_path: Path, kind: str) -> None:
    for add in (hub.add_model, hub.add_dataset, hub.add_space):
        add("org/x").commit(FILES, message="m")
    asked = f"/api/{kind}s/org/x/xet-read-token/"

    in_cache = download_all(
        "org/x", repo_type=kind, endpoint=hub.url, token=False, cache_dir=tmp_path / "cache"
    )
    beside = download_all(
        "org/x", repo_type=kind, endpoint=hub.url, token=False, local_dir=tmp_path / "d"
    )

    for place in (in_cache, beside):
        assert {name: Path(place, name).read_bytes() for name in FILES} == FILES
    assert any(seen.path.startswith(asked) for seen in hub.requests)
    assert not any(seen.path.startswith("/lfs/") for seen in hub.requests)


def test_listings_and_headers_tell_one_hash(hub: LoopbackHub) -> None:
    api = HfApi(endpoint=hub.url, token=False)

    tree = api.list_repo_tree("org/m", recursive=True)
    listed = {one.path: one.xet_hash for one in tree if isinstance(one, RepoFile)}
    asked = api.get_paths_info("org/m", [WEIGHTS])[0]
    url = hf_hub_url("org/m", WEIGHTS, endpoint=hub.url)
    told = get_hf_file_metadata(url, token=False, endpoint=hub.url).xet_file_data

    assert [path for path, found in listed.items() if found] == ["sub/v.bin", WEIGHTS]
    assert isinstance(asked, RepoFile)
    assert told is not None
    assert told.file_hash == asked.xet_hash == listed[WEIGHTS]


def test_a_cache_with_a_shared_store_is_held_against_its_commit(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    place = cached(hub, tmp_path / "cache")

    seen = looked_at(place)

    weights = (place / WEIGHTS).resolve()
    assert weights.is_relative_to(tmp_path / "cache" / "blobs")
    assert {entry.path.text for entry in seen.inventory} == set(FILES)
    assert all(entry.bound for entry in seen.inventory)
    weights.write_bytes(OTHER)
    with pytest.raises(ReleaseError) as raised:
        looked_at(place)
    assert raised.value.code is Code.HUB_MISMATCH


def test_a_folder_filled_from_xet_is_held_against_its_commit(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    place = tmp_path / "m"
    download_all("org/m", endpoint=hub.url, token=False, local_dir=place)

    seen = looked_at(place)

    assert {entry.path.text for entry in seen.inventory} == set(FILES)
    assert all(entry.bound for entry in seen.inventory)
    (place / WEIGHTS).write_bytes(OTHER)
    with pytest.raises(ReleaseError) as raised:
        looked_at(place)
    assert raised.value.code is Code.HUB_MISMATCH


def test_an_audit_that_downloads_for_itself_asks_nothing_of_xet(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    cached(hub, tmp_path / "first")
    spoil(hub, DATA[1000:1100])
    asked = len(hub.requests)

    seen = looked_up(hub, tmp_path / "second")

    assert {entry.path.text for entry in seen.inventory} == set(FILES)
    assert all(entry.bound for entry in seen.inventory)
    assert not any("xet-read-token" in one.path for one in hub.requests[asked:])


def test_a_spoiled_store_fools_the_client_and_not_the_audit(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    cached(hub, tmp_path / "first")
    spoil(hub, DATA[1000:1100])

    place = cached(hub, tmp_path / "second")

    assert len((place / WEIGHTS).read_bytes()) == len(DATA)
    assert (place / WEIGHTS).read_bytes() != DATA
    with pytest.raises(ReleaseError) as raised:
        looked_at(place)
    assert raised.value.code is Code.HUB_MISMATCH


def test_the_hash_of_another_file_fools_the_client_and_not_the_audit(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    hub.add_model("org/other").commit({WEIGHTS: OTHER}, message="m")
    url = hf_hub_url("org/other", WEIGHTS, endpoint=hub.url)
    other = get_hf_file_metadata(url, token=False, endpoint=hub.url).xet_file_data
    assert other is not None
    hub.fault("HEAD", WEIGHTS, headers={"X-Xet-Hash": other.file_hash})

    path = hf_hub_download(
        "org/m", WEIGHTS, endpoint=hub.url, token=False, cache_dir=tmp_path / "cache"
    )

    assert Path(path).read_bytes() == OTHER
    with pytest.raises(ReleaseError) as raised:
        looked_at(Path(path).parent)
    assert raised.value.code is Code.HUB_MISMATCH


def test_a_store_that_lost_a_file_is_an_error_to_the_client(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    cached(hub, tmp_path / "first")
    for path in hub.root.joinpath("xet").rglob("*"):
        if path.is_file():
            path.unlink()

    with pytest.raises(RuntimeError, match="size mismatch"):
        hf_hub_download(
            "org/m", WEIGHTS, endpoint=hub.url, token=False, cache_dir=tmp_path / "second"
        )


def test_a_token_is_for_those_who_may_read(hub: LoopbackHub) -> None:
    hub.add_dataset("org/gated", gated="auto").commit(FILES, message="m")
    path = "/api/datasets/org/gated/xet-read-token/main"

    stranger = ask(hub.url, path)
    alice = ask(hub.url, path, headers={"Authorization": f"Bearer {TOKEN}"})
    nothing = ask(hub.url, "/api/models/org/m/xet-read-token/nothing")

    assert (stranger[0], stranger[2]["X-Error-Code"]) == (401, "GatedRepo")
    told = json.loads(alice[1])
    assert (alice[0], told["casUrl"]) == (200, alice[2]["X-Xet-Cas-Url"])
    assert told["accessToken"] == alice[2]["X-Xet-Access-Token"]
    assert str(told["exp"]) == alice[2]["X-Xet-Token-Expiration"]
    assert (nothing[0], nothing[2]["X-Error-Code"]) == (404, "RevisionNotFound")


def test_a_hub_without_xet_says_nothing_of_it(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "plain") as hub:
        hub.add_model("org/m").commit(FILES, message="m")

        token = ask(hub.url, "/api/models/org/m/xet-read-token/main")
        resolved = ask(hub.url, f"/org/m/resolve/main/{WEIGHTS}", "HEAD")
        tree = json.loads(ask(hub.url, "/api/models/org/m/tree/main")[1])

    assert token[0] == 404
    assert "X-Xet-Hash" not in resolved[2]
    assert not any("xetHash" in row for row in tree)
