import json

import pytest
from huggingface_hub import HfApi

from provenance.testing.hub import LoopbackHub
from provenance.testing.hub_expand import expanded
from provenance.testing.hub_requests import Refusal
from tests.testing.asking import ask

FACTS = {"_id": "0", "id": "org/m", "sha": "1", "gated": False}


def test_only_what_was_asked_for_is_told(hub: LoopbackHub) -> None:
    hub.add_model("org/m").commit({"a": b"1"}, message="m")
    hub.add_dataset("org/d", gated="auto").commit({"a": b"1"}, message="m")
    hub.add_space("org/s").commit({"a": b"1"}, message="m")
    api = HfApi(endpoint=hub.url, token=False)

    model = api.model_info("org/m", expand=["siblings", "likes", "safetensors"])
    dataset = api.dataset_info("org/d", expand=["gated"])
    space = api.space_info("org/s", expand=["author"])

    assert [one.rfilename for one in model.siblings or []] == ["a"]
    assert (model.id, model.likes, model.sha, model.safetensors) == ("org/m", 0, None, None)
    assert (dataset.id, dataset.gated, dataset.sha) == ("org/d", "auto", None)
    assert (space.id, space.author, space.siblings) == ("org/s", "org", None)


def test_all_that_was_asked_for_follows_a_rename(hub: LoopbackHub) -> None:
    commit = hub.add_model("org/old", gated="auto").commit({"a": b"1"}, message="m")
    hub.rename("models", "org/old", "org/new")

    info = HfApi(endpoint=hub.url, token=False).model_info("org/old", expand=["sha", "gated"])

    assert (info.id, info.sha, info.gated) == ("org/new", commit, "auto")


@pytest.mark.parametrize("name", ["expand", "expand[]"])
def test_both_ways_to_ask_are_one(hub: LoopbackHub, name: str) -> None:
    hub.add_model("org/m").commit({"a": b"1"}, message="m")

    body = ask(hub.url, f"/api/models/org/m?{name}=sha&{name}=private")[1]

    assert set(json.loads(body)) == {"_id", "id", "sha", "private"}


def test_nothing_asked_for_is_everything() -> None:
    assert expanded(FACTS, (), "models") == FACTS


def test_what_a_kind_does_not_have_cannot_be_asked_for(hub: LoopbackHub) -> None:
    hub.add_space("org/s").commit({"a": b"1"}, message="m")

    assert ask(hub.url, "/api/spaces/org/s?expand=gated")[0] == 400
    with pytest.raises(Refusal, match="safetensors") as raised:
        expanded(FACTS, ("sha", "safetensors"), "datasets")
    assert raised.value.status == 400


@pytest.mark.parametrize("expand", [False, True])
def test_paths_tell_their_last_commit_when_asked(hub: LoopbackHub, *, expand: bool) -> None:
    made = hub.add_model("org/m")
    first = made.commit({"a": b"1"}, message="first")
    made.commit({"b": b"2"}, message="second")

    found = HfApi(endpoint=hub.url, token=False).get_paths_info("org/m", ["a"], expand=expand)
    asked = json.dumps({"paths": ["a"], "expand": expand})
    kind = {"Content-Type": "application/json"}
    told = json.loads(ask(hub.url, "/api/models/org/m/paths-info/main", "POST", kind, asked)[1])

    assert [one.last_commit and one.last_commit.oid for one in found] == [first if expand else None]
    assert ["lastCommit" in row for row in told] == [expand]
