from pathlib import Path

import pytest

from provenance.errors import Code, SourceError
from provenance.flows.datasets import Follower, read_dataset
from provenance.flows.silence import Silence
from provenance.stores.evidence import EvidenceStore
from provenance.testing.hub import LoopbackHub
from provenance.values.dataset import Availability
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.settings import Settings
from tests.charlm import noon

LINK = Locator(LocatorKind.HUB_DATASET, "org/d")


def follower(hub: LoopbackHub, folder: Path) -> Follower:
    settings = Settings(endpoint=hub.url, cache=folder / "cache", weights=False)
    return Follower(settings, EvidenceStore(None), noon, Silence())


def test_a_dataset_is_read_with_its_card_and_files(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        files = {
            "README.md": b"---\nlicense: mit\n---\n# \x1b D\n",
            "a.parquet": b"1",
            "b.csv": b"2",
        }
        hub.add_dataset("org/d").commit(files, message="m")

        facts, hazards = read_dataset(LINK, follower(hub, tmp_path))

    assert facts.record.availability is Availability.PRESENT
    assert (facts.record.files, facts.record.read, facts.record.size) == (2, 2, 2)
    assert isinstance(facts.card, Seen)
    assert isinstance(facts.license, Missing)
    assert Code.CTRL_CHARS in {hazard.code for hazard in hazards}


def test_a_card_without_data_is_no_data(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_dataset("org/d").commit({"README.md": b"# D\n", "LICENSE": b"x"}, message="m")

        facts, _ = read_dataset(LINK, follower(hub, tmp_path))

    assert facts.record.availability is Availability.CARD_ONLY
    assert isinstance(facts.license, Seen)


def test_a_gated_dataset_is_listed_and_not_called_absent(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_dataset("org/d", gated="auto").commit(
            {"a.csv": b"1", "README.md": b""}, message="m"
        )

        facts, _ = read_dataset(LINK, follower(hub, tmp_path))

    assert facts.record.availability is Availability.GATED
    assert (facts.record.files, facts.record.read, facts.record.card) == (1, 0, None)
    assert isinstance(facts.card, Unseen)


def test_trouble_on_the_way_stays_trouble(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_dataset("org/d").commit({"a.csv": b"1"}, message="m")
        hub.fault("GET", "/resolve/", times=20, status=404)

        with pytest.raises(SourceError):
            read_dataset(LINK, follower(hub, tmp_path))
