"""Every hostile release ends as it must, and none of its code runs."""

import sys
import threading
from pathlib import Path

import pytest

from provenance.errors import ProvenanceError
from provenance.flows.auditing.audit import audit
from provenance.values.settings import Settings
from tests.charlm import noon
from tests.hostile import cards, folders, weights
from tests.hostile.corpus import Case, Ends

CASES = (*weights.CASES, *cards.CASES, *folders.CASES)

# What running a release's code would need. Reading one compiles nothing: ``ast.parse`` asks for a
# syntax tree, and is the only thing that may.
FORBIDDEN = frozenset(
    {
        "ctypes.dlopen",
        "os.exec",
        "os.posix_spawn",
        "os.system",
        "pickle.find_class",
        "socket.connect",
        "subprocess.Popen",
    }
)
_seen: list[str] = []
# While an audit is watched: the threads that were there before it, left behind by others.
_watching: list[frozenset[int | None]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not _watching or threading.get_ident() in _watching[0]:
        return
    if event in FORBIDDEN:
        _seen.append(event)
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        _seen.append(f"open {arguments[0]!r} for writing")


sys.addaudithook(_watch)


def end_of(folder: Path) -> tuple[Ends, set[str]]:
    """Audit a folder; return how it ended, and the codes that it named."""
    settings = Settings(offline=True, jobs=1)
    others = {thread.ident for thread in threading.enumerate()} - {threading.get_ident()}
    _seen.clear()
    _watching.append(frozenset(others))
    try:
        manifest = audit(folder, settings=settings, clock=noon)
    except ProvenanceError as error:
        return Ends.REFUSED, {error.code}
    finally:
        _watching.clear()
    found = {hazard.code for hazard in manifest.hazards}
    return (Ends.REPORTED if found else Ends.CLEAN), set(map(str, found))


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Audit a benign release first: what the interpreter loads on the way is not the cases'."""
    folder = tmp_path_factory.mktemp("warm")
    next(case for case in cards.CASES if case.id == "cd_link").build(folder)
    end_of(folder)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_hostile_release_ends_as_it_must_and_runs_nothing(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "release"
    folder.mkdir()
    (tmp_path / "secret").write_bytes(b"S")
    case.build(folder)

    ends, codes = end_of(folder)

    assert ends is case.ends, codes
    assert case.code is None or case.code in codes
    assert _seen == []
    assert not list(tmp_path.rglob("CANARY"))


def test_every_case_has_a_name_of_its_own_and_each_family_its_controls() -> None:
    assert len({case.id for case in CASES}) == len(CASES)
    for family in (weights.CASES, cards.CASES, folders.CASES):
        assert sum(case.ends is Ends.CLEAN for case in family) >= 3
