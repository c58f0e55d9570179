"""Trouble on the way: what could not be looked at is unknown, and never called absent."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

from provenance.errors import ProvenanceError
from provenance.flows.auditing.audit import audit
from provenance.testing.hub import LoopbackHub
from provenance.values.finding import Absent, Contradicted
from provenance.values.manifest import Manifest
from provenance.values.rung import Rung
from tests.charlm import noon
from tests.rich import RICH, Rich, served_rich

#: Requests to everything that an audit asks: lists, files, their store, data sets and git.
PLACES = [
    *("^/api/models/[^/]*/[^/]*\\?", "^/api/models/.*/tree/", "^/api/datasets/", "/resolve/"),
    *("/resolve/.*safetensors", "/resolve/.*config.json", "/resolve/.*README", "^/lfs/"),
    *("/resolve-cache/", "^/git/", "^/git/.*upload-pack", "^/git/.*/charlm", "^/git/.*/prepare"),
    *("^/api/models/.*/refs", "^/api/models/.*/tree/.*step", "^/api/models/.*charlm"),
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
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rich]:
    with served_rich(tmp_path_factory.mktemp("rich")) as found:
        yield found


@pytest.fixture(scope="module")
def whole(rich: Rich) -> Manifest:
    found = audit(RICH, settings=rich.settings, clock=noon)
    assert all(one.reach.shown >= Rung.RETRIEVED for one in found.components)
    return found


@pytest.mark.parametrize("trouble", TROUBLE)
def test_what_could_not_be_looked_at_is_never_absent(
    rich: Rich,
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
        settings = attrs.evolve(rich.settings, cache=tmp_path / str(number))
        TROUBLE[trouble](rich.hub, place)
        began = time.monotonic()
        try:
            found = audit(RICH, settings=settings, clock=noon)
        except ProvenanceError:
            pass  # Typed, and no manifest: nothing was called anything.
        else:
            assert lacking(found, Absent) <= lacking(whole, Absent), place
            assert lacking(found, Contradicted) <= lacking(whole, Contradicted), place
            read = {one.path: one.sha256 for one in found.inventory if one.observed}
            assert read.items() <= {one.path: one.sha256 for one in whole.inventory}.items()
        finally:
            rich.hub.faults.clear()
        assert time.monotonic() - began < DEADLINE, place
