from pathlib import Path

import attrs

from provenance.errors import Code
from provenance.flows.datasets import Follower
from provenance.flows.links import follow
from provenance.flows.silence import Silence
from provenance.stores.evidence import EvidenceStore
from provenance.testing.hub import LoopbackHub
from provenance.values.component import Component
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.revision import Commit
from provenance.values.settings import Budget, Mirror, Settings
from tests.building import claim
from tests.charlm import noon

GIT = Locator(LocatorKind.GIT, "https://github.com/o/r")
DATA = Locator(LocatorKind.HUB_DATASET, "org/d")
CODE = Component.TRAINING_CODE


def follower(hub: LoopbackHub, folder: Path, links: int = 64) -> Follower:
    mirror = Mirror("https://github.com/", f"{hub.url}/git/github.com/")
    budget = attrs.evolve(Budget(), links=links)
    settings = Settings(endpoint=hub.url, cache=folder / "cache", mirrors=(mirror,), budget=budget)
    return Follower(settings, EvidenceStore(None), noon, Silence())


def test_each_repository_is_fetched_once_under_its_best_pin(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        commit = hub.add_git("github.com/o/r").commit({"train.py": b"x = 1\n"}, message="m")
        pinned = attrs.evolve(GIT, revision=Commit(commit))
        claims = (claim(CODE, GIT), claim(CODE, pinned), claim(Component.RESEARCH_PAPER))

        found = follow(claims, follower(hub, tmp_path))

    (source,) = found.sources
    assert (source.locator, len(source.claims)) == (pinned, 2)
    assert isinstance(source.look, Seen)
    assert source.look.value.files == ("train.py",)


def test_what_is_not_there_is_missing_and_what_is_malformed_is_unseen(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_dataset("org/d").commit({"a.csv": b"1"}, message="m")
        hub.fault("GET", "a.csv", times=20, corrupt=True)

        found = follow((claim(CODE, GIT), claim(Component.DATASETS, DATA)), follower(hub, tmp_path))

    assert isinstance(found.sources[0].look, Missing)
    assert isinstance(found.datasets[0].look, Unseen)
    assert [one.code for one in found.hazards] == [Code.HUB_MISMATCH]
    assert [one.code for one in found.limits] == [Code.HUB_MISMATCH]


def test_links_beyond_the_budget_are_a_limit(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        claims = (claim(CODE, GIT), claim(Component.DATASETS, DATA))

        found = follow(claims, follower(hub, tmp_path, links=1))

    assert (len(found.sources), len(found.datasets)) == (1, 0)
    assert [one.what for one in found.limits] == [str(DATA)]
