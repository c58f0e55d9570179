from pathlib import Path

from huggingface_hub import snapshot_download

from provenance.errors import Code
from provenance.flows.auditing.checkpoints import read_checkpoints
from provenance.flows.auditing.follower import Follower
from provenance.flows.digesting.observe import observe
from provenance.ports.silence import Silence
from provenance.sources.hub import HubSource
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.stores.replay import ReplayedSource
from provenance.testing.hub import LoopbackHub
from provenance.values.answers import Answered, Branches
from provenance.values.ref import Ref
from provenance.values.settings import Budget, Settings
from tests.charlm import noon


def read(hub: LoopbackHub, store: EvidenceStore | None = None) -> Branches:
    settings = Settings(endpoint=hub.url, jobs=1)
    source = HubSource.resolve(Ref.parse("hf:org/m"), settings=settings, clock=noon)
    follower = Follower(settings, store or EvidenceStore(None), noon, Silence())
    return read_checkpoints(source, source.listing(), source.listing().inventory, follower)


def stepping(hub: LoopbackHub, *steps: int) -> None:
    model = hub.add_model("org/m")
    model.commit({"model.safetensors": b"last"}, message="m")
    for step in steps:
        files = {"model.safetensors": b"at %d" % step}
        model.commit(files, message="m", ref=f"refs/heads/step{step}")


def test_branches_named_by_a_step_are_found_and_the_first_and_last_are_listed(
    tmp_path: Path,
) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        stepping(hub, 1, 20, 300)

        found = read(hub).found

    assert [(one.name, one.step, bool(one.weights)) for one in found] == [
        ("step1", 1, True),
        ("step20", 20, False),
        ("step300", 300, True),
    ]
    assert found[0].weights != found[2].weights


def test_one_step_alone_is_not_listed(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        stepping(hub, 1)

        (found,) = read(hub).found

    assert found.weights == ()


def test_branches_that_cannot_be_listed_are_a_limit(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        stepping(hub)
        hub.fault("GET", "/refs", times=9, status=403)

        found = read(hub)

    assert found.found == ()
    assert [one.what for one in found.limits] == ["its branches"]


def test_what_was_found_is_replayed(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        stepping(hub, 1, 2)
        store = EvidenceStore(tmp_path / "kept")
        first = read(hub, store)
        store.close()
        hub.fault("GET", "/refs", times=9, status=403)

        second = read(hub, EvidenceStore(tmp_path / "kept", replayed=True))

    assert second == first


def test_a_folder_has_the_folders_it_has_and_no_branches(tmp_path: Path) -> None:
    place = tmp_path / "checkpoint-5"
    place.mkdir()
    (place / "model.bin").write_bytes(b"1")
    source = LocalSource(tmp_path, budget=Budget(), clock=noon)
    follower = Follower(Settings(), EvidenceStore(None), noon, Silence())
    seen = observe(source, source.listing(), settings=Settings(jobs=1), progress=Silence())

    found = read_checkpoints(source, source.listing(), seen.inventory, follower)

    assert [(one.name, one.step) for one in found.found] == [("checkpoint-5", 5)]
    assert found.limits == ()


def test_a_download_of_one_commit_leaves_the_branches_of_its_repository_unlisted(
    tmp_path: Path,
) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        stepping(hub, 1)
        snapshot = snapshot_download("org/m", endpoint=hub.url, cache_dir=tmp_path / "cache")
    source = LocalSource(Path(snapshot), budget=Budget(), clock=noon)
    listing = source.listing()
    follower = Follower(Settings(), EvidenceStore(None), noon, Silence())

    found = read_checkpoints(source, listing, listing.inventory, follower)

    assert [(one.code, one.what) for one in found.limits] == [(Code.NOT_COVERED, "its branches")]


def test_a_copy_of_a_release_leaves_its_branches_unlisted(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        stepping(hub, 1)
        settings = Settings(endpoint=hub.url)
        source = HubSource.resolve(Ref.parse("hf:org/m"), settings=settings, clock=noon)
        listing = source.listing()
    answered = Answered(source.ref, source.address, source.access, None, listing)
    copy = ReplayedSource(answered, EvidenceStore(None), {})
    follower = Follower(Settings(), EvidenceStore(None), noon, Silence())

    found = read_checkpoints(copy, listing, listing.inventory, follower)

    assert [one.code for one in found.limits] == [Code.OFFLINE]
