"""Trouble on the way: what could not be looked at is unknown, and never called absent."""

import time
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from provenance.errors import ProvenanceError
from provenance.flows.audit import audit
from provenance.testing.hub import LoopbackHub
from provenance.values.finding import Absent, Contradicted
from provenance.values.manifest import Manifest
from tests.charlm import Charlm, noon

#: Requests to everything that an audit asks: lists, files, their store, data sets and git.
PLACES = [
    *("^/api/models/[^/]*/[^/]*\\?", "^/api/models/.*/tree/", "^/api/datasets/", "/resolve/"),
    *("/resolve/.*safetensors", "/resolve/.*config.json", "/resolve/.*README", "^/lfs/"),
    *("/resolve-cache/", "^/git/", "^/git/.*upload-pack"),
]
TROUBLE: dict[str, Callable[[LoopbackHub, str], None]] = {
    "denied": lambda hub, place: hub.fault("*", place, times=99, status=403),
    "gated": lambda hub, place: hub.fault(
        "*", place, times=99, status=401, headers={"X-Error-Code": "GatedRepo"}
    ),
    "teapot": lambda hub, place: hub.fault("*", place, times=99, status=418),
    "cut": lambda hub, place: hub.fault("*", place, times=99, truncate=3),
    "changed": lambda hub, place: hub.fault("*", place, times=99, corrupt=True),
    "elsewhere": lambda hub, place: hub.fault(
        "*", place, times=99, status=302, headers={"Location": "http://127.0.0.1:1/"}
    ),
    "once": lambda hub, place: hub.fault("*", place, times=1, truncate=3),
}
#: Longer than any deadline that an audit of a few hundred kilobytes can come to.
DEADLINE = 30


def lacking(manifest: Manifest, kind: type[Absent | Contradicted]) -> set[tuple[str, str, int]]:
    """Return what a manifest calls absent, or contradicted."""
    return {
        (str(report.component), finding.check, finding.rung)
        for report in manifest.components
        for finding in report.findings
        if isinstance(finding.outcome, kind)
    }


@pytest.fixture(scope="module")
def whole(charlm: Charlm) -> Manifest:
    return audit(charlm.published.model, settings=charlm.settings, clock=noon)


@pytest.mark.parametrize("trouble", TROUBLE)
def test_what_could_not_be_looked_at_is_never_absent(
    charlm: Charlm,
    whole: Manifest,
    tmp_path: Path,
    trouble: str,
    how_many: Callable[[int, int], int],
) -> None:
    # The client asks again and again where nobody answers, seconds apart.
    slow = {"cut": {PLACES[1], "/resolve/"}, "elsewhere": set(PLACES[1:2] + PLACES[3:9])}
    places = [it for it in PLACES if it not in slow.get(trouble, ())]
    start = list(TROUBLE).index(trouble)
    chosen = (places[start:] + places[:start])[: how_many(3, len(places))]
    for number, place in enumerate(chosen):
        settings = attrs.evolve(charlm.settings, cache=tmp_path / str(number))
        TROUBLE[trouble](charlm.hub, place)
        began = time.monotonic()
        try:
            found = audit(charlm.published.model, settings=settings, clock=noon)
        except ProvenanceError:
            pass  # Typed, and no manifest: nothing was called anything.
        else:
            assert lacking(found, Absent) <= lacking(whole, Absent), place
            assert lacking(found, Contradicted) <= lacking(whole, Contradicted), place
            read = {one.path: one.sha256 for one in found.inventory if one.observed}
            assert read.items() <= {one.path: one.sha256 for one in whole.inventory}.items()
        finally:
            charlm.hub.faults.clear()
        assert time.monotonic() - began < DEADLINE, place
