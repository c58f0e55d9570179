import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, ReleaseError, SourceError, UsageError
from provenance.flows.auditing.audit import audit
from provenance.flows.signing.sign import dump_manifest, load_manifest
from provenance.testing.hub import LoopbackHub
from provenance.values.component import Component
from provenance.values.dataset import Availability
from provenance.values.inventory import How
from provenance.values.label import Label, Qualifier
from provenance.values.manifest import Manifest
from provenance.values.rung import Rung
from provenance.values.settings import Budget, Settings
from tests.charlm import MODEL, Charlm, noon, served


def rungs(manifest: Manifest) -> dict[Component, Rung]:
    return {one.component: one.reach.shown for one in manifest.components}


@pytest.fixture(scope="module")
def manifest(charlm: Charlm) -> Manifest:
    return audit(charlm.published.model, settings=charlm.settings, clock=noon)


def test_charlm_stands_where_its_recipe_really_is(manifest: Manifest) -> None:
    found = rungs(manifest)

    assert {one.id for one in found if found[one] is Rung.CONSISTENT} == {
        *("model-architecture", "final-parameters", "evaluation-results", "model-card"),
        *("training-code", "evaluation-code", "evaluation-data", "datasets", "tokenizer"),
        *("data-preprocessing-code", "model-metadata", "hyper-parameters", "environment", "seeds"),
    }
    assert {one.id for one in found if found[one] is Rung.BOUND} == {
        *("data-card", "inference-code", "data-order", "hardware-and-compute"),
    }
    assert {one.id for one in found if found[one] is Rung.ABSENT} == {
        *("technical-report", "sample-model-outputs", "supporting-libraries-and-tools"),
        *("intermediate-parameters", "research-paper", "chat-template", "remote-code"),
        *("optimizer-state", "base-models", "contamination-report"),
    }
    # What keeps it from being called reproducible are the parameters of earlier moments.
    assert (manifest.label, manifest.label_at_most) == (Label.OPEN_SOURCE, Label.OPEN_SOURCE)
    assert (manifest.hazards, manifest.limits, manifest.dangling) == ((), (), ())


def test_every_component_appears_and_every_file_was_read(manifest: Manifest) -> None:
    assert [one.component for one in manifest.components] == list(Component)
    assert {entry.how for entry in manifest.inventory} == {How.READ}
    assert all(entry.bound for entry in manifest.inventory)


def test_what_is_linked_is_fetched_at_the_commits_that_the_card_names(
    manifest: Manifest, charlm: Charlm
) -> None:
    (source,), (dataset,) = manifest.sources, manifest.datasets

    assert str(source.commit) == charlm.published.source_commit
    assert str(dataset.revision) == charlm.published.dataset_commit
    assert (dataset.availability, dataset.files, dataset.read) == (Availability.PRESENT, 2, 2)


def test_two_audits_with_one_clock_give_equal_bytes(manifest: Manifest, charlm: Charlm) -> None:
    two = attrs.evolve(charlm.settings, jobs=2)

    again = audit(charlm.published.model, settings=two, clock=noon)

    assert dump_manifest(again) == dump_manifest(manifest)
    assert load_manifest(dump_manifest(manifest)) == manifest


def test_evidence_is_kept_by_its_digest(charlm: Charlm, tmp_path: Path) -> None:
    kept = attrs.evolve(charlm.settings, evidence=tmp_path / "evidence")

    found = audit(charlm.published.model, settings=kept, clock=noon)

    files = {path.name for path in (tmp_path / "evidence").rglob("*") if path.is_file()}
    assert {one.digest.hex for one in found.evidence} <= files


def test_without_weights_the_label_is_undetermined_and_not_closed(charlm: Charlm) -> None:
    found = audit(
        charlm.published.model,
        settings=attrs.evolve(charlm.settings, weights=False),
        clock=noon,
    )

    assert (found.label, found.label_at_most) == (Label.UNDETERMINED, Label.OPEN_SOURCE)
    assert {one.code for one in found.limits} == {Code.NOT_COVERED}
    assert found.profile is not None


def test_a_folder_offline_keeps_its_links_unknown(tmp_path: Path) -> None:
    found = audit(MODEL, settings=Settings(offline=True, cache=tmp_path), clock=noon)

    reaches = {one.component: one.reach for one in found.components}
    assert found.label is Label.OPEN_WEIGHTS
    assert reaches[Component.DATASETS].shown is Rung.LOCATED
    assert reaches[Component.DATASETS].at_most is Rung.REPRODUCED
    assert {one.code for one in found.limits} == {Code.OFFLINE}
    assert rungs(found)[Component.FINAL_PARAMETERS] is Rung.RETRIEVED


def test_a_dead_link_is_an_answer_and_a_broken_connection_is_none(tmp_path: Path) -> None:
    with served(tmp_path) as release:
        release.hub.sources.clear()
        release.hub.fault("GET", "/api/datasets/", times=50, status=503)

        found = audit(release.published.model, settings=release.settings, clock=noon)

    reaches = {one.component: one.reach for one in found.components}
    assert reaches[Component.TRAINING_CODE].at_most is Rung.LOCATED
    assert reaches[Component.DATASETS].at_most is Rung.REPRODUCED
    ends = {one.what: one.end for one in found.dangling}
    assert sorted(end.value for end in ends.values() if end) == ["leads-nowhere", "not-looked-at"]
    assert found.datasets[0].availability is Availability.UNKNOWN


def test_a_gated_release_is_audited_as_far_as_it_lists(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        files = {"README.md": b"# M\n", "model.safetensors": b"not looked at"}
        hub.add_model("org/gated", gated="manual").commit(files, message="m")

        found = audit("org/gated", settings=Settings(endpoint=hub.url, cache=tmp_path / "c"))

    assert (found.label, found.label_qualifiers[0]) == (Label.UNDETERMINED, Qualifier.GATED)
    assert [one.code for one in found.limits if one.what == "its files"] == [Code.HUB_GATED]


def test_a_release_on_the_hub_that_cannot_be_reached_is_an_error(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        settings = Settings(endpoint=hub.url, cache=tmp_path / "c")
        with pytest.raises(SourceError) as unknown:
            audit("org/nothing", settings=settings)
        hub.add_model("org/one").commit({"a.txt": b"1"}, message="m")
        hub.fault("GET", "/tree/", times=20, status=404)
        with pytest.raises(SourceError):
            audit("org/one", settings=settings)

    assert unknown.value.code is Code.HUB_HIDDEN


def test_bytes_that_are_not_what_the_hub_claims_end_the_audit(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("org/one").commit({"w.safetensors": b"12345"}, message="m")
        hub.fault("GET", "^/lfs/", times=5, corrupt=True)

        with pytest.raises(ReleaseError) as caught:
            audit("org/one", settings=Settings(endpoint=hub.url, cache=tmp_path / "c"))

    assert caught.value.code is Code.HUB_MISMATCH


@pytest.mark.parametrize(
    ("status", "headers", "code"),
    [
        (404, {}, Code.HUB_ANSWER),
        (404, {"X-Error-Code": "EntryNotFound"}, Code.HUB_ANSWER),
        (403, {}, Code.HUB_DENIED),
    ],
)
@pytest.mark.parametrize("name", ["config.json", "README.md", "model.safetensors"])
def test_one_file_that_the_hub_does_not_give_is_unknown_by_name(
    name: str, status: int, headers: dict[str, str], code: Code, tmp_path: Path
) -> None:
    files = {one: (MODEL / one).read_bytes() for one in ("README.md", "config.json")}
    files["model.safetensors"] = (MODEL / "model-00001-of-00002.safetensors").read_bytes()
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("org/one").commit(files, message="m")
        hub.fault("GET", f"/resolve/.*/{name}", times=50, status=status, headers=headers)
        settings = Settings(endpoint=hub.url, cache=tmp_path / "c")

        found = audit("org/one", settings=settings, clock=noon)

    reaches = {one.component: one.reach for one in found.components}
    about = {
        "config.json": Component.MODEL_ARCHITECTURE,
        "README.md": Component.MODEL_CARD,
        "model.safetensors": Component.FINAL_PARAMETERS,
    }
    assert code in {one.code for one in found.limits if one.what == name}
    assert reaches[about[name]].shown < Rung.RETRIEVED < reaches[about[name]].at_most
    assert [one.path.text for one in found.inventory if not one.observed] == [name]


def test_a_hub_that_gives_none_of_the_files_is_an_error(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("org/one").commit({"a.txt": b"1", "b.txt": b"2"}, message="m")
        hub.fault("GET", "/resolve/", times=50, status=404)

        with pytest.raises(SourceError) as caught:
            audit("org/one", settings=Settings(endpoint=hub.url, cache=tmp_path / "c"))

    assert caught.value.code is Code.HUB_ANSWER


def test_a_folder_that_is_not_there_is_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        audit(tmp_path / "nothing", settings=Settings())

    assert caught.value.code is Code.PATH_MISSING


def test_a_large_dataset_keeps_the_hub_s_digests(charlm: Charlm) -> None:
    small = attrs.evolve(charlm.settings, budget=attrs.evolve(Budget(), dataset=1000))

    found = audit(charlm.published.model, settings=small, clock=noon)

    (dataset,) = found.datasets
    assert (dataset.files, dataset.digested, dataset.read) == (2, 2, 0)
    assert rungs(found)[Component.DATASETS] is Rung.CONSISTENT


_PARSED: list[str] | None = None


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "compile" and _PARSED is not None and "of a release" in str(arguments[1]):
        source = arguments[0]
        _PARSED.append(source.decode() if isinstance(source, bytes) else str(source))


sys.addaudithook(_watch)


@pytest.fixture
def parsed() -> Iterator[list[str]]:
    """Return the source of each program that is parsed, in order; a hook can never be taken off."""
    global _PARSED  # noqa: PLW0603 - the interpreter calls the hook, and tells it nothing
    _PARSED = []
    yield _PARSED
    _PARSED = None


def test_each_program_is_parsed_once_for_all_that_read_it(
    tmp_path: Path, parsed: list[str]
) -> None:
    files = {
        "config.json": '{"auto_map": {"AutoModel": "modeling_toy.Toy"}}',
        "modeling_toy.py": "class Toy:\n    pass\n",
        "train.py": "from fit import fit\ndata = load_dataset('o/d')\nfit(data)\n",
        "fit.py": "def fit(d):\n    for b in d:\n        b.backward()\n        o.step()\n",
        "broken.py": "print 1",
        "long.py": "seed = 1\n" * 9_000,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    found = audit(tmp_path, settings=Settings(jobs=1, offline=True), clock=noon)

    assert sorted(parsed) == sorted(files[name] for name in files if name.endswith(".py"))
    assert [one.path for one in found.hazards if one.code is Code.PYTHON_SYNTAX] == ["broken.py"]
    assert rungs(found)[Component.REMOTE_CODE] is not Rung.ABSENT


def test_the_programs_of_a_linked_repository_are_parsed_once(
    charlm: Charlm, parsed: list[str]
) -> None:
    audit(charlm.published.model, settings=charlm.settings, clock=noon)

    assert len(parsed) == len(set(parsed)) > 1
