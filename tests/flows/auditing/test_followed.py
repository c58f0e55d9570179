from pathlib import Path

import pytest

from provenance.errors import (
    Code,
    InvalidValueError,
    ProvenanceError,
    ReleaseError,
    SourceError,
    ToolError,
    UsageError,
)
from provenance.flows.auditing.followed import look_at_link, pinned_first
from provenance.flows.auditing.follower import Follower
from provenance.ports.silence import Silence
from provenance.stores.evidence import EvidenceStore
from provenance.values.hazard import Hazard
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.revision import Named
from provenance.values.settings import Settings
from tests.building import COMMIT, SOURCE
from tests.charlm import noon

ODD = Hazard(Code.HUB_ANSWER, "x", "odd")


def follower(folder: Path, *, replayed: bool = False) -> Follower:
    return Follower(Settings(), EvidenceStore(folder, replayed=replayed), noon, Silence())


def test_what_is_there_is_seen_with_what_is_odd_about_it(tmp_path: Path) -> None:
    def read(_: Locator, __: Follower) -> tuple[int, tuple[Hazard, ...]]:
        return 7, (ODD,)

    assert look_at_link(SOURCE, follower(tmp_path), read) == (Seen(7), (ODD,))


def test_a_machine_without_git_looks_at_no_repository_and_goes_on(tmp_path: Path) -> None:
    def read(_: Locator, __: Follower) -> tuple[int, tuple[Hazard, ...]]:
        raise ToolError("no git", code=Code.GIT_MISSING)

    def full(_: Locator, __: Follower) -> tuple[int, tuple[Hazard, ...]]:
        raise ToolError("no space", code=Code.DISK_FULL)

    found = look_at_link(SOURCE, follower(tmp_path), read)

    assert found == (Unseen("no git", Code.GIT_MISSING), ())
    with pytest.raises(ToolError, match="no space"):
        look_at_link(SOURCE, follower(tmp_path), full)


@pytest.mark.parametrize(
    "error", [InvalidValueError("odd", code=Code.NAME), UsageError("odd", code=Code.REF)]
)
def test_a_name_of_theirs_that_cannot_be_never_ends_the_audit(
    tmp_path: Path, error: ProvenanceError
) -> None:
    def read(_: Locator, __: Follower) -> tuple[int, tuple[Hazard, ...]]:
        raise error

    look, hazards = look_at_link(SOURCE, follower(tmp_path), read)

    assert look == Unseen("what is there cannot be read: odd", error.code)
    assert hazards == (Hazard(error.code, str(SOURCE), "odd"),)


@pytest.mark.parametrize(
    ("error", "look", "hazards"),
    [
        (SourceError("gone", code=Code.LINK_DEAD), Missing("gone"), ()),
        (SourceError("down", code=Code.NETWORK), Unseen("down", Code.NETWORK), ()),
        (
            ReleaseError("broken", code=Code.HUB_ANSWER),
            Unseen("what is there cannot be read: broken", Code.HUB_ANSWER),
            (Hazard(Code.HUB_ANSWER, str(SOURCE), "broken"),),
        ),
    ],
)
def test_trouble_is_an_answer_and_is_replayed(
    tmp_path: Path,
    error: SourceError | ReleaseError,
    look: Missing | Unseen,
    hazards: tuple[Hazard, ...],
) -> None:
    def read(_: Locator, __: Follower) -> tuple[int, tuple[Hazard, ...]]:
        raise error

    def unasked(_: Locator, __: Follower) -> tuple[int, tuple[Hazard, ...]]:
        pytest.fail("a replay asks nobody")

    first = follower(tmp_path / "kept")
    assert look_at_link(SOURCE, first, read) == (look, hazards)
    first.store.close()

    again = look_at_link(SOURCE, follower(tmp_path / "kept", replayed=True), unasked)
    assert again == (look, hazards)


@pytest.mark.parametrize(
    "code",
    [
        *(Code.OFFLINE, Code.NETWORK, Code.TIMEOUT, Code.RESOURCE, Code.URL_FORBIDDEN),
        *(Code.LINK_DENIED, Code.HUB_DENIED, Code.HUB_GATED, Code.HUB_HIDDEN),
        *(Code.GIT_FAILED, Code.GIT_FORMAT, Code.GIT_MOVED),
    ],
)
def test_a_look_that_failed_or_was_forbidden_finds_nothing_missing(
    tmp_path: Path, code: Code
) -> None:
    def read(_: Locator, __: Follower) -> tuple[int, tuple[Hazard, ...]]:
        raise SourceError("could not look", code=code)

    assert look_at_link(SOURCE, follower(tmp_path), read) == (Unseen("could not look", code), ())


def test_evidence_that_somebody_changed_is_no_answer(tmp_path: Path) -> None:
    def read(_: Locator, __: Follower) -> tuple[int, tuple[Hazard, ...]]:
        raise ReleaseError("changed", code=Code.FILE_CHANGED)

    with pytest.raises(ReleaseError):
        look_at_link(SOURCE, follower(tmp_path), read)


def test_of_several_names_that_with_a_commit_comes_first() -> None:
    names = [
        Locator(LocatorKind.GIT, "https://github.com/o/r", revision)
        for revision in (None, Named("main"), COMMIT)
    ]

    assert sorted(names, key=pinned_first) == names[::-1]
