from pathlib import Path

import attrs

from provenance.errors import Code
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.links import follow
from provenance.ports.silence import Silence
from provenance.stores.evidence import EvidenceStore
from provenance.testing.hub import LoopbackHub
from provenance.values.component import Component
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.revision import Commit, Named
from provenance.values.settings import Budget, Mirror, Settings
from tests.building import claim
from tests.charlm import noon
from tests.doors.served import Answer, served

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


def test_each_revision_that_is_named_of_a_repository_is_looked_at(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        code = hub.add_git("github.com/o/r")
        code.commit({"README.md": b"# R\n"}, message="m")
        for name in ("measure", "train"):
            code.commit({f"{name}.py": b"x = 1\n"}, message="m", ref=f"refs/heads/{name}")
        named = [attrs.evolve(GIT, revision=Named(name)) for name in ("train", "measure")]
        claims = (claim(CODE, named[0]), claim(Component.EVALUATION_CODE, named[1]))

        found = follow((*claims, claim(Component.INFERENCE_CODE, GIT)), follower(hub, tmp_path))

    assert [one.locator for one in found.sources] == [named[1], named[0]]
    assert [len(one.claims) for one in found.sources] == [2, 1]
    assert [isinstance(one.look, Seen) for one in found.sources] == [True, True]


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


def test_links_that_never_answer_have_one_time_together(tmp_path: Path) -> None:
    links = [Locator(LocatorKind.GIT, f"https://github.com/o/r{one}") for one in range(9)]
    pages = [Locator(LocatorKind.HTTP, f"https://github.com/page{one}") for one in range(9)]
    with served(lambda _: Answer(hang=True)) as url:
        budget = attrs.evolve(Budget(), following=0.5)
        mirror = Mirror("https://github.com/", f"{url}/")
        settings = Settings(cache=tmp_path / "cache", mirrors=(mirror,), budget=budget)
        store = EvidenceStore(tmp_path / "evidence")
        there = Follower(settings, store, noon, Silence())

        found = follow([claim(CODE, one) for one in links], there, said=pages)
        store.close()

    looks = [*(one.look for one in found.sources), *(one.look for one in found.pages)]
    assert all(isinstance(one, Unseen) and one.code is Code.TIMEOUT for one in looks)
    assert sorted(one.what for one in found.limits) == sorted(map(str, (*links, *pages)))
    assert "for all links together" in found.limits[-1].why
    replayed = Follower(
        attrs.evolve(settings, offline=True),
        EvidenceStore(tmp_path / "evidence", replayed=True),
        noon,
        Silence(),
    )
    again = follow([claim(CODE, one) for one in links], replayed, said=pages)
    assert again == found


def test_what_is_found_stands_in_the_order_of_the_links(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        links = [Locator(LocatorKind.GIT, f"https://github.com/o/r{one}") for one in range(6)]
        for one in range(6):
            hub.add_git(f"github.com/o/r{one}").commit({"train.py": b"x = 1\n"}, message="m")

        found = follow((claim(CODE, one) for one in reversed(links)), follower(hub, tmp_path))

    assert [one.locator for one in found.sources] == links
    assert all(isinstance(one.look, Seen) for one in found.sources)
