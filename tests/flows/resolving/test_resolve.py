from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.errors import Code, ProvenanceError, RefError, SourceError, UsageError
from provenance.flows.resolving.resolve import resolve
from provenance.testing.hub import LoopbackHub
from provenance.values.revision import Named
from provenance.values.settings import Settings
from tests.charlm import Charlm, noon


def test_a_folder_is_a_local_release_without_a_revision(tmp_path: Path) -> None:
    source = resolve(str(tmp_path), settings=Settings(), clock=noon)

    assert source.ref.uri == f"local:{tmp_path.name}"
    with pytest.raises(UsageError):
        resolve(tmp_path, settings=Settings(), clock=noon, revision=Named("main"))


def test_a_hub_id_is_pinned_to_the_commit_that_it_stands_for(charlm: Charlm) -> None:
    name, settings = charlm.published.model, charlm.settings

    plain = resolve(name, settings=settings, clock=noon)
    named = resolve(f"hf:{name}", settings=settings, clock=noon, revision=Named("main"))

    assert str(plain.ref.revision) == charlm.published.model_commit
    assert named.ref == plain.ref


@pytest.mark.parametrize(
    ("target", "code"),
    [("./nothing", Code.PATH_MISSING), ("/nothing", Code.PATH_MISSING), ("local:x", Code.REF)],
)
def test_what_cannot_be_meant_is_usage(target: str, code: Code) -> None:
    with pytest.raises(ProvenanceError) as caught:
        resolve(target, settings=Settings(), clock=noon)

    assert isinstance(caught.value, UsageError)
    assert caught.value.code is code


def test_a_revision_is_named_once() -> None:
    with pytest.raises(RefError):
        resolve("org/name@main", settings=Settings(), clock=noon, revision=Named("v1"))


def test_offline_a_hub_id_cannot_be_resolved() -> None:
    with pytest.raises(SourceError) as caught:
        resolve("org/name", settings=Settings(offline=True), clock=noon)

    assert caught.value.code is Code.OFFLINE


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LoopbackHub]:
    with LoopbackHub(tmp_path / "hub") as running:
        yield running


@pytest.mark.parametrize(
    "pasted",
    [
        "{hub}/org/m/tree/release/v1",
        "{hub}/org/m/blob/release/v1/sub/a.txt?plain=1#L1",
        "https://huggingface.co/org/m/resolve/release%2Fv1/sub/a.txt",
        "hf.co/org/m/tree/release/v1/sub/",
        "org/m@release/v1",
        "org/m@release%2Fv1",
    ],
)
def test_an_address_stands_for_the_commit_behind_the_longest_name(
    hub: LoopbackHub, pasted: str
) -> None:
    model = hub.add_model("org/m")
    model.commit({"a.txt": b"1"}, message="m")
    there = model.commit({"sub/a.txt": b"2"}, message="n", ref="refs/heads/release/v1")

    found = resolve(pasted.format(hub=hub.url), settings=Settings(endpoint=hub.url), clock=noon)

    assert str(found.ref) == f"hf:org/m@{there}"


def test_an_address_with_a_revision_leaves_no_room_for_another() -> None:
    with pytest.raises(RefError):
        resolve("hf.co/org/m/tree/v1", settings=Settings(), clock=noon, revision=Named("v2"))


@pytest.mark.parametrize(("name", "what"), [("org/d", "a dataset"), ("org/s", "a space")])
def test_what_is_another_kind_on_the_hub_is_said_to_be_one(
    hub: LoopbackHub, name: str, what: str
) -> None:
    hub.add_dataset("org/d").commit({"a": b"1"}, message="m")
    hub.add_space("org/s").commit({"a": b"1"}, message="m")

    with pytest.raises(RefError, match=f"{name} is {what} on the Hub, and not a model"):
        resolve(name, settings=Settings(endpoint=hub.url), clock=noon)


def test_what_is_nothing_on_the_hub_stays_unknown_to_it(hub: LoopbackHub) -> None:
    with pytest.raises(SourceError) as caught:
        resolve("org/nothing", settings=Settings(endpoint=hub.url), clock=noon)

    assert caught.value.code is Code.HUB_HIDDEN


def test_a_renamed_model_is_followed(hub: LoopbackHub) -> None:
    there = hub.add_model("org/old").commit({"a": b"1"}, message="m")
    hub.rename("models", "org/old", "org/new")

    found = resolve("org/old", settings=Settings(endpoint=hub.url), clock=noon)

    assert str(found.ref.revision) == there
    (hazard,) = found.listing().hazards
    assert (hazard.code, hazard.path) == (Code.HUB_MOVED, "org/old")
    assert "org/new" in hazard.detail


@pytest.mark.parametrize("name", ["model.safetensors", "README.md", "x.gguf", "a.zip"])
def test_one_file_is_no_release_and_its_command_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"some bytes")

    with pytest.raises(UsageError) as caught:
        resolve(tmp_path / name, settings=Settings(), clock=noon)

    assert caught.value.code is Code.REF
    assert f"provenance digest {tmp_path / name}" in caught.value.hint
    assert f"provenance audit {tmp_path}" in caught.value.hint


def test_a_legacy_id_is_a_folder_only_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(offline=True)
    with pytest.raises(SourceError):
        resolve("gpt2", settings=settings, clock=noon)

    (tmp_path / "gpt2").mkdir()

    assert str(resolve("gpt2", settings=settings, clock=noon).ref) == "local:gpt2"
