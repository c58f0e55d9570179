"""Every hostile repository ends as it must, in time and memory, and none of its code runs."""

import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.doors.git_process import Limits
from provenance.errors import Code, InvalidValueError, ProvenanceError, SourceError
from provenance.sources.git import GitSource
from provenance.sources.git_pin import Wanted
from provenance.values.locator import Locator, LocatorKind
from provenance.values.revision import Commit, Named
from provenance.values.settings import Mirror, Settings
from provenance.values.source import Gitlink, HowPinned, PinnedSource
from tests.doors.served import Answer, Hosted, Request, git_answers, served
from tests.hostile.corpus import Ends
from tests.hostile.git import CASES, REVISIONS, URLS, GitCase, deep, refused
from tests.hostile.git_bombs import deltas

MEBIBYTE = 2**20
SECONDS, MEMORY = 5.0, 300 * MEBIBYTE
LINK = "https://github.com/n"
NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)


def end_of(
    link: Locator | Wanted, settings: Settings, into: Path, seconds: float = SECONDS
) -> tuple[Ends, set[str]]:
    """Fetch a repository and read all its files; return how it ended, and the codes it named."""
    into.mkdir()
    limits = Limits(seconds=seconds, memory=MEMORY)
    try:
        with GitSource.fetch(
            link, settings=settings, into=into, clock=lambda: NOON, limits=limits
        ) as source:
            for file in source.files:
                source.read(file.path)
    except ProvenanceError as error:
        return Ends.REFUSED, {error.code}
    found = {hazard.code for hazard in source.hazards}
    return (Ends.REPORTED if found else Ends.CLEAN), set(map(str, found))


def measured(case: GitCase, folder: Path) -> tuple[Ends, set[str]]:
    """Build and serve a repository, and return how looking at it ends, within its bounds."""
    case.build(Hosted(folder / "hosted", "n"))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with served(case.serve(git_answers(folder / "hosted"))) as url:
        settings = Settings(mirrors=(Mirror("https://github.com/", f"{url}/"),))
        seconds = 0.5 if case.code is Code.TIMEOUT else SECONDS
        started = time.monotonic()
        found = end_of(Locator(LocatorKind.GIT, LINK), settings, folder / "into", seconds)
        took = time.monotonic() - started
    assert took < SECONDS
    # The most that any child of ours took so far, git's server among them, in KiB. A child begins
    # as a copy of us, and has our size until it is another program.
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(most, ours, MEMORY // 1024)
    assert not list(folder.rglob("CANARY"))
    return found


def test_a_small_pack_of_which_gigabytes_are_made_is_stopped(tmp_path: Path) -> None:
    # 3 GB of 40 kB: git may begin, and is stopped by what it did, not by the clock.
    deltas(Hosted(tmp_path / "hosted", "n"), 750, 4_000_000)

    with served(git_answers(tmp_path / "hosted")) as url:
        settings = Settings(mirrors=(Mirror("https://github.com/", f"{url}/"),))
        limits = Limits(early=0.5)
        into = tmp_path / "into"
        into.mkdir()
        with pytest.raises(SourceError, match="stand for far more") as caught:
            GitSource.fetch(
                Locator(LocatorKind.GIT, LINK),
                settings=settings,
                into=into,
                clock=lambda: NOON,
                limits=limits,
            )

    assert caught.value.code is Code.RESOURCE


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_hostile_repository_ends_as_it_must_and_runs_nothing(
    case: GitCase, tmp_path: Path
) -> None:
    ends, codes = measured(case, tmp_path)

    assert ends is case.ends, codes
    assert case.code is None or case.code in codes


def test_folders_in_folders_without_end_are_stopped(
    tmp_path: Path, how_many: Callable[[int, int], int]
) -> None:
    # Of 20,000 the memory is the server's: git walks them in steps inside of steps.
    depth = how_many(4000, 10_000)

    found = measured(refused("gt_deep", Code.RESOURCE, lambda it: deep(it, depth)), tmp_path)

    assert found == (Ends.REFUSED, {Code.RESOURCE})


@pytest.mark.parametrize("case", URLS)
def test_what_gitmodules_names_is_reached_only_as_any_link_is(case: str, tmp_path: Path) -> None:
    one = Commit("1" * 40)
    parent = PinnedSource(LINK, LINK, one, one, HowPinned.COMMIT_IN_LINK)
    for link in (
        Locator(LocatorKind.GIT, URLS[case], one),
        Wanted.submodule(Gitlink("sub", one), URLS[case], parent),
    ):
        found = end_of(link, Settings(), tmp_path / type(link).__name__)

        assert found == (Ends.REFUSED, {Code.URL_FORBIDDEN})
    assert not Path("CANARY").exists()


@pytest.mark.parametrize("name", REVISIONS)
def test_what_git_could_take_for_an_option_is_no_revision(name: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Named(name)

    assert caught.value.code is Code.REF


def test_a_commit_is_fetched_though_a_branch_has_its_name(tmp_path: Path) -> None:
    hosted = Hosted(tmp_path / "hosted", "n")
    good = hosted.files({"a": b"good"})
    evil = hosted.files({"a": b"evil"}, "refs/heads/other")
    (hosted.path / "refs" / "heads" / good).write_text(f"{evil}\n")

    with served(git_answers(tmp_path / "hosted")) as url:
        settings = Settings(mirrors=(Mirror("https://github.com/", f"{url}/"),))
        (tmp_path / "into").mkdir()
        link = Locator(LocatorKind.GIT, LINK, Commit(good))
        with GitSource.fetch(
            link, settings=settings, into=tmp_path / "into", clock=lambda: NOON
        ) as source:
            assert source.read("a") == b"good"


def test_a_redirect_elsewhere_is_refused_and_not_asked(tmp_path: Path) -> None:
    asked: list[Request] = []

    def elsewhere(request: Request) -> Answer:
        asked.append(request)
        return Answer(404)

    with served(elsewhere) as other:
        place = other.replace("127.0.0.1", "localhost")
        to = {"Location": f"{place}/n/info/refs?service=git-upload-pack"}
        with served(lambda _: Answer(301, headers=to)) as url:
            settings = Settings(mirrors=(Mirror("https://github.com/", f"{url}/"),))
            found = end_of(Locator(LocatorKind.GIT, LINK), settings, tmp_path / "into")

    assert found == (Ends.REFUSED, {Code.URL_FORBIDDEN})
    assert asked == []


def test_a_name_that_moves_before_the_fetch_is_still_what_was_seen(tmp_path: Path) -> None:
    hosted = Hosted(tmp_path / "hosted", "n")
    seen = hosted.files({"a": b"seen"})
    answers = git_answers(tmp_path / "hosted")
    evil = hosted.files({"a": b"evil"}, "refs/heads/other")

    def moving(request: Request) -> Answer:
        said = answers(request)
        if b"command=ls-refs" in request.body:
            hosted.git("update-ref", "refs/heads/main", evil)
        return said

    with served(moving) as url:
        settings = Settings(mirrors=(Mirror("https://github.com/", f"{url}/"),))
        (tmp_path / "into").mkdir()
        with GitSource.fetch(
            Locator(LocatorKind.GIT, LINK),
            settings=settings,
            into=tmp_path / "into",
            clock=lambda: NOON,
        ) as source:
            assert source.pin.commit.hex == seen
            assert source.read("a") == b"seen"


def test_every_case_has_a_name_of_its_own_and_there_are_controls() -> None:
    assert len({case.id for case in CASES}) == len(CASES)
    assert sum(case.ends is Ends.CLEAN for case in CASES) >= 3
