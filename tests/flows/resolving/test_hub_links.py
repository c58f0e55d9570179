from pathlib import Path

import pytest

from provenance.errors import Code, SourceError
from provenance.flows.resolving.hub_links import linked_source
from provenance.recipe.links.locators import parse_locator
from provenance.stores.evidence import EvidenceStore
from provenance.testing.hub import LoopbackHub
from provenance.values.locator import Locator
from provenance.values.revision import Commit
from provenance.values.settings import Settings
from tests.charlm import noon


def commit_of(hub: LoopbackHub, link: str) -> Commit | None:
    locator = parse_locator(link)
    assert isinstance(locator, Locator)
    store, settings = EvidenceStore(None), Settings(endpoint=hub.url)
    return linked_source(locator, settings=settings, store=store, clock=noon).ref.commit


@pytest.mark.parametrize("view", ["tree", "blob", "resolve", "raw", "commits"])
@pytest.mark.parametrize("name", ["release/v1", "release%2Fv1", "release/v1/data/a.parquet"])
def test_the_longest_name_that_the_hub_has_is_taken(tmp_path: Path, view: str, name: str) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        data = hub.add_dataset("org/d")
        data.commit({"a.csv": b"1\n"}, message="m")
        there = data.commit({"a.csv": b"2\n"}, message="n", ref="refs/heads/release/v1")

        found = commit_of(hub, f"https://huggingface.co/datasets/org/d/{view}/{name}")

    assert str(found) == there


def test_what_stands_behind_the_default_branch_is_a_path(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        there = hub.add_model("org/m").commit({"a": b"1"}, message="m")

        found = commit_of(hub, "https://huggingface.co/org/m/blob/main/folder/a")

        asked = [one.path for one in hub.requests if "/revision/" in one.path]
    assert len(asked) == 1
    assert str(found) == there


def test_a_revision_that_is_not_there_is_unknown_to_the_hub(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("org/m").commit({"a": b"1"}, message="m")

        with pytest.raises(SourceError) as caught:
            commit_of(hub, "https://huggingface.co/org/m/tree/release/v1")

    assert caught.value.code is Code.HUB_UNKNOWN
