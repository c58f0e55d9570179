from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from huggingface_hub import hf_hub_download, snapshot_download

from provenance.errors import Code
from provenance.flows.auditing.audit import audit
from provenance.testing.hub import LoopbackHub
from provenance.values.component import Component
from provenance.values.finding import Unknown
from provenance.values.manifest import Manifest
from provenance.values.rung import Rung
from provenance.values.settings import Settings
from tests.charlm import noon
from tests.flows.auditing.test_audit_of_copies import FILES

CARD = Component.MODEL_CARD


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LoopbackHub]:
    with LoopbackHub(tmp_path / "hub") as running:
        running.add_model("org/m").commit(FILES, message="m")
        yield running


def snapshot(hub: LoopbackHub, folder: Path) -> Path:
    return Path(snapshot_download("org/m", endpoint=hub.url, cache_dir=folder / "cache"))


def settings(hub: LoopbackHub, folder: Path) -> Settings:
    return Settings(endpoint=hub.url, evidence=folder / "evidence", jobs=1)


def bound(manifest: Manifest, component: Component) -> object:
    findings = next(one.findings for one in manifest.components if one.component is component)
    return next(one.outcome for one in findings if one.rung is Rung.BOUND)


def test_a_commit_that_the_hub_bears_out_binds_the_files(hub: LoopbackHub, tmp_path: Path) -> None:
    place = snapshot(hub, tmp_path)

    found = audit(place, settings=settings(hub, tmp_path), clock=noon)

    assert place.name in str(bound(found, Component.TOKENIZER))
    assert "Confirmed" in str(bound(found, Component.TOKENIZER))
    assert not any("Hub was not asked" in limit.why for limit in found.limits)
    assert any(place.name in one.uri for one in found.evidence)


def test_what_the_hub_said_is_repeated_from_the_evidence(hub: LoopbackHub, tmp_path: Path) -> None:
    place, how = snapshot(hub, tmp_path), settings(hub, tmp_path)
    found = audit(place, settings=how, clock=noon)

    again = audit(place, settings=attrs.evolve(how, offline=True), clock=noon)

    assert bound(again, Component.TOKENIZER) == bound(found, Component.TOKENIZER)
    assert again.hazards == found.hazards


def test_offline_the_commit_is_claimed_and_neither_held_nor_denied(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    place = snapshot(hub, tmp_path)

    found = audit(place, settings=Settings(offline=True, jobs=1), clock=noon)

    outcome = bound(found, Component.TOKENIZER)
    assert isinstance(outcome, Unknown)
    assert f"claims commit {place.name}" in outcome.reason


def test_a_hub_that_does_not_answer_leaves_the_commit_unknown(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    place = snapshot(hub, tmp_path)
    hub.fault("GET", "/api/models/org/m", times=50, status=403)

    found = audit(place, settings=settings(hub, tmp_path), clock=noon)

    assert isinstance(bound(found, Component.TOKENIZER), Unknown)
    assert Code.HUB_DENIED in {limit.code for limit in found.limits}


def test_a_commit_of_which_the_hub_lists_something_else_binds_nothing(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    place = snapshot(hub, tmp_path)
    told = hub.hosted["models", "org/m"].repository
    first, *others = told.entries(place.name)
    told._listed[place.name] = (attrs.evolve(first, oid="0" * 40), *others)  # noqa: SLF001 - a lie

    found = audit(place, settings=settings(hub, tmp_path), clock=noon)

    assert "Absent" in str(bound(found, Component.TOKENIZER))
    assert Code.HUB_MISMATCH in {hazard.code for hazard in found.hazards}


def test_a_part_of_a_commit_is_bound_and_the_rest_stays_unknown(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    got = hf_hub_download("org/m", "tokenizer.json", endpoint=hub.url, cache_dir=tmp_path / "c")

    found = audit(Path(got).parent, settings=settings(hub, tmp_path), clock=noon)

    assert "Confirmed" in str(bound(found, Component.TOKENIZER))
    card = next(one.reach for one in found.components if one.component is CARD)
    assert card.at_most > card.shown


def test_a_download_beside_no_cache_claims_a_commit_of_nobody_knows_what(
    hub: LoopbackHub, tmp_path: Path
) -> None:
    snapshot_download("org/m", endpoint=hub.url, local_dir=tmp_path / "m")

    found = audit(tmp_path / "m", settings=settings(hub, tmp_path), clock=noon)

    assert isinstance(bound(found, Component.TOKENIZER), Unknown)
