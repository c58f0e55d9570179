from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, ReleaseError, SourceError, TextError
from provenance.flows.auditing.audit import audit
from provenance.ports.repository import Repository
from provenance.ports.starts import Wanted
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.stores.replay import ReplayedSource, answer_about, noted_source
from provenance.testing.hub import LoopbackHub
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.look import Seen
from provenance.values.manifest import Manifest
from provenance.values.path import RelPath
from provenance.values.settings import Budget, Settings
from provenance.wire.notes_json import TEXT
from tests.charlm import MODEL, Charlm, noon

CARD = b"""---
license: mit
datasets:
- org/gone
---
# Model

Trained with [our code](https://github.com/org/gone).
"""


def later() -> datetime:
    return noon().replace(year=2030)


def replayed(target: str | Path, settings: Settings, folder: Path) -> tuple[Manifest, Manifest]:
    """Audit, and audit again offline, years later, from the evidence alone."""
    first = audit(target, settings=attrs.evolve(settings, evidence=folder), clock=noon)
    offline = attrs.evolve(
        settings, evidence=folder, offline=True, cache=None, endpoint="https://hub.invalid"
    )
    second = audit(target, settings=attrs.evolve(offline, endpoint=settings.endpoint), clock=later)
    return first, second


@pytest.mark.parametrize("weights", [True, False])
def test_an_audit_is_replayed_but_for_one_field(
    charlm: Charlm, tmp_path: Path, *, weights: bool
) -> None:
    settings = attrs.evolve(charlm.settings, weights=weights)

    first, second = replayed(charlm.published.model, settings, tmp_path)

    assert second == attrs.evolve(first, replayed=True)


def test_an_audit_of_a_folder_is_replayed_but_for_one_field(charlm: Charlm, tmp_path: Path) -> None:
    first, second = replayed(MODEL, charlm.settings, tmp_path)

    assert first.sources
    assert second == attrs.evolve(first, replayed=True)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda hub: hub.fault("GET", "/nothing"),
        lambda hub: hub.fault("GET", "/datasets/", times=9, status=500),
        lambda hub: hub.fault("GET", "/resolve/.*safetensors", times=9, status=403),
    ],
    ids=["dead links", "trouble", "refused"],
)
def test_what_could_not_be_had_stays_so(
    tmp_path: Path, spoil: Callable[[LoopbackHub], None]
) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        weights = (MODEL / "model-00001-of-00002.safetensors").read_bytes()
        hub.add_model("org/m").commit(
            {"README.md": CARD, "model.safetensors": weights}, message="m"
        )
        spoil(hub)
        settings = Settings(endpoint=hub.url, cache=tmp_path / "cache", weights=False, jobs=1)

        first, second = replayed("org/m", settings, tmp_path / "evidence")

    assert first.limits
    assert second == attrs.evolve(first, replayed=True)


def test_evidence_that_was_changed_is_not_replayed(charlm: Charlm, tmp_path: Path) -> None:
    kept = attrs.evolve(charlm.settings, evidence=tmp_path)
    found = audit(charlm.published.model, settings=kept, clock=noon)
    card = next(one for one in found.evidence if one.uri.endswith("/README.md"))
    (tmp_path / "sha256" / card.digest.hex[:2] / card.digest.hex).write_bytes(b"other")

    with pytest.raises(ReleaseError) as caught:
        audit(charlm.published.model, settings=attrs.evolve(kept, offline=True), clock=later)

    assert caught.value.code is Code.FILE_CHANGED


def test_another_release_is_not_in_the_evidence(charlm: Charlm, tmp_path: Path) -> None:
    kept = attrs.evolve(charlm.settings, evidence=tmp_path)
    audit(charlm.published.model, settings=kept, clock=noon)

    with pytest.raises(SourceError) as caught:
        audit("org/other", settings=attrs.evolve(kept, offline=True), clock=later)

    assert caught.value.code is Code.OFFLINE


def never_asked() -> Repository:
    raise AssertionError("a replay asks nobody")


@pytest.fixture
def copy(charlm: Charlm, tmp_path: Path) -> Repository:
    """Return our release as it is told again."""
    kept = attrs.evolve(charlm.settings, evidence=tmp_path)
    audit(charlm.published.model, settings=kept, clock=noon)
    store = EvidenceStore(tmp_path, replayed=True)
    return noted_source(store, f"hf:{charlm.published.model}", never_asked)


def test_a_file_that_was_not_kept_cannot_be_opened(copy: Repository) -> None:
    with pytest.raises(SourceError) as caught:
        copy.open(RelPath("nothing.txt"))

    assert caught.value.code is Code.OFFLINE
    assert copy.prepare([]) == {}


def test_what_the_replayed_audit_did_not_ask_is_not_known(copy: Repository, tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path, replayed=True)

    with pytest.raises(SourceError) as caught:
        answer_about(copy, "read hf:org/else", TEXT, lambda: "asked", store)

    assert caught.value.code is Code.OFFLINE


def test_a_folder_that_is_here_is_looked_at_again(tmp_path: Path) -> None:
    first = EvidenceStore(tmp_path)
    first.note("read folder", TEXT, "as it was")
    first.close()
    here = LocalSource(MODEL, budget=Budget(), clock=noon)

    found = answer_about(
        here, "read folder", TEXT, lambda: "as it is", EvidenceStore(tmp_path, replayed=True)
    )

    assert found == "as it is"


def test_a_source_that_is_not_noted_as_ours_is_refused(tmp_path: Path) -> None:
    store = EvidenceStore(tmp_path)
    store.note("source hf:org/m", TEXT, "a text")
    store.close()

    with pytest.raises(TextError) as caught:
        noted_source(EvidenceStore(tmp_path, replayed=True), "hf:org/m", never_asked)

    assert caught.value.code is Code.JSON_SHAPE


def test_parts_that_were_kept_are_read_where_they_were(charlm: Charlm, tmp_path: Path) -> None:
    settings = attrs.evolve(charlm.settings, weights=False, evidence=tmp_path)
    audit(charlm.published.model, settings=settings, clock=noon)
    name = "model-00001-of-00002.safetensors"
    asked = f"hf:{charlm.published.model}"
    found = noted_source(EvidenceStore(tmp_path, replayed=True), asked, never_asked)
    assert isinstance(found, ReplayedSource)
    (begin,) = found.kept[found.address.file(name)]
    end = Capture(
        EvidenceKind.HEADER,
        found.address.file(name).part(9000, 9004),
        "application/octet-stream",
        noon(),
        b"tail",
    )
    store = EvidenceStore(tmp_path)
    store.keep(end)
    kept = {found.address.file(name): (begin, end.evidence)}
    both = attrs.evolve(found, kept=kept, store=store)

    starts = both.starts([Wanted(RelPath(name), 4, start=9000)])

    assert starts == {RelPath(name): Seen(b"tail")}
    assert both.starts([Wanted(RelPath(name), 8)])[RelPath(name)] == Seen(
        (MODEL / name).read_bytes()[:8]
    )
