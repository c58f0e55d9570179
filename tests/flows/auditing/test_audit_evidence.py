"""The release that has everything: every rung has its evidence, and a replay gives equal bytes."""

from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from provenance.flows.auditing.audit import audit
from provenance.flows.auditing.kept_facts import facts_about
from provenance.stores.evidence import EvidenceStore
from provenance.values.finding import Confirmed
from provenance.values.manifest import Manifest
from provenance.values.rung import Rung
from provenance.values.settings import Settings
from tests.charlm import noon
from tests.rich import RICH, served_rich


@attrs.frozen
class Kept:
    """An audit, and what it kept."""

    manifest: Manifest
    folder: Path
    settings: Settings


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("rich")
    with served_rich(folder) as rich:
        settings = attrs.evolve(rich.settings, evidence=folder / "evidence")
        yield Kept(audit(RICH, settings=settings, clock=noon), folder / "evidence", settings)


def test_every_component_of_a_release_that_has_everything_is_retrieved(kept: Kept) -> None:
    low = {one.component.id for one in kept.manifest.components if one.reach.shown < Rung.RETRIEVED}

    assert low == set()
    assert len(kept.manifest.sources) == 3


def test_every_rung_above_the_first_names_evidence_that_was_kept(kept: Kept) -> None:
    store = EvidenceStore(kept.folder)
    sizes = {one.digest: one.size for one in kept.manifest.evidence}

    for report in kept.manifest.components:
        for finding in report.findings:
            if isinstance(finding.outcome, Confirmed) and finding.rung > Rung.CLAIMED:
                assert finding.outcome.because, (report.component.id, finding.rung)
            for where in finding.outcome.because:
                if where.digest in sizes:
                    assert where.end <= len(store.read(where.digest))
                else:
                    assert facts_about(kept.folder, where.digest.hex), where


def test_the_quotes_of_values_stand_at_their_bytes(kept: Kept) -> None:
    store = EvidenceStore(kept.folder)
    seeds = next(one for one in kept.manifest.components if one.component.id == "seeds")
    (found,) = (one.outcome for one in seeds.findings if one.rung is Rung.RETRIEVED)

    (where,) = found.because

    assert b"20260105" in store.read(where.digest)[where.start : where.end]


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        ("technical-report", "agree on layers 2, heads 4"),
        ("tokenizer", "data/tokenizer.json in https://github.com/provenance-examples/measure"),
    ],
)
def test_a_report_and_a_tokenizer_are_held_against_other_files(
    kept: Kept, component: str, reason: str
) -> None:
    report = next(one for one in kept.manifest.components if one.component.id == component)
    (found,) = (one.outcome for one in report.findings if one.rung is Rung.CONSISTENT)

    assert isinstance(found, Confirmed)
    assert reason in found.reason
    assert report.reach.shown is Rung.CONSISTENT


def test_it_is_replayed_but_for_one_field(kept: Kept) -> None:
    offline = attrs.evolve(kept.settings, offline=True, cache=None)

    again = audit(RICH, settings=offline, clock=noon)

    assert again == attrs.evolve(kept.manifest, replayed=True)
