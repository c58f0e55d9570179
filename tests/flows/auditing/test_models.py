from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, SourceError
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.models import read_model
from provenance.ports.silence import Silence
from provenance.stores.evidence import EvidenceStore
from provenance.testing.hub import LoopbackHub
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.settings import Settings
from tests.charlm import noon

BASE = Locator(LocatorKind.HUB_MODEL, "org/base")


def follower(hub: LoopbackHub, folder: Path, store: EvidenceStore | None = None) -> Follower:
    settings = Settings(endpoint=hub.url, cache=folder / "cache", jobs=1)
    return Follower(settings, store or EvidenceStore(None), noon, Silence())


@pytest.mark.parametrize(
    ("config", "kind"), [(b'{"model_type": "toy"}', Seen), (b"[]", Unseen), (None, Missing)]
)
def test_a_base_model_is_listed_and_its_configuration_read(
    tmp_path: Path, config: bytes | None, kind: type
) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        files = {"model.safetensors": b"never read"} | ({"config.json": config} if config else {})
        hub.add_model("org/base").commit(files, message="m")
        hub.fault("GET", "/resolve/.*safetensors", times=9, status=500)

        facts, hazards = read_model(BASE, follower(hub, tmp_path))

    assert isinstance(facts.config, kind)
    assert hazards == ()
    weights = facts.files.get("model.safetensors")
    assert weights
    assert weights.sha256
    assert not weights.observed


def test_a_gate_leaves_the_configuration_unseen(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("org/base", gated="manual").commit({"config.json": b"{}"}, message="m")

        facts, _ = read_model(BASE, follower(hub, tmp_path))

    assert isinstance(facts.config, Unseen)


def test_trouble_with_a_file_leaves_that_file_unseen(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("org/base").commit({"config.json": b"{}"}, message="m")
        hub.fault("*", "/resolve/", times=9, status=418)

        facts, _ = read_model(BASE, follower(hub, tmp_path))

    assert isinstance(facts.config, Unseen)
    assert isinstance(facts.card, Missing)


def test_a_base_model_is_replayed(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("org/base").commit({"config.json": b'{"model_type": "t"}'}, message="m")
        store = EvidenceStore(tmp_path / "kept")
        first, _ = read_model(BASE, follower(hub, tmp_path, store))
        store.close()
        again = EvidenceStore(tmp_path / "kept", replayed=True)
        offline = follower(hub, tmp_path, again)
        offline = attrs.evolve(offline, settings=attrs.evolve(offline.settings, offline=True))

        second, _ = read_model(BASE, offline)

    assert second == first


def test_offline_nobody_asks(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        one = follower(hub, tmp_path)
        offline = attrs.evolve(one, settings=attrs.evolve(one.settings, offline=True))
        with pytest.raises(SourceError) as caught:
            read_model(BASE, offline)

    assert caught.value.code is Code.OFFLINE
