"""Repositories that moved, submodules, old mistakes: what a linked source says of them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.errors import Code, SourceError
from provenance.sources.git import LARGEST_FILE, GitSource
from provenance.sources.git_pin import Wanted
from provenance.values.locator import Locator, LocatorKind
from provenance.values.revision import Commit, Revision
from provenance.values.settings import Mirror, Settings
from provenance.values.source import Confidence, Gitlink, HowPinned
from tests.doors.served import Answer, Hosted, Request, git_answers, served

NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)
OLD, NEW = "https://github.com/old/name", "https://github.com/n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "hosted"


@pytest.fixture
def hosted(root: Path) -> Hosted:
    return Hosted(root, "n")


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def redirecting(root: Path, path: str = "/n") -> Callable[[Request], Answer]:
    """Return a server at which ``/old/name`` was renamed."""
    answers = git_answers(root)

    def answer(request: Request) -> Answer:
        if not request.path.startswith("/old/name/"):
            return answers(request)
        return Answer(301, headers={"Location": path + request.path.removeprefix("/old/name")})

    return answer


@pytest.fixture
def settings(root: Path) -> Iterator[Settings]:
    with served(redirecting(root)) as url:
        yield Settings(mirrors=(Mirror("https://github.com/", f"{url}/"),))


def fetch(settings: Settings, into: Path, link: Locator | Wanted) -> GitSource:
    return GitSource.fetch(link, settings=settings, into=into, clock=lambda: NOON)


@pytest.mark.parametrize("pinned", [True, False])
def test_a_renamed_repository_is_found_and_both_addresses_are_recorded(
    hosted: Hosted, settings: Settings, into: Path, *, pinned: bool
) -> None:
    commit = hosted.files({"a": b"1"})
    revision: Revision | None = Commit(commit) if pinned else None

    with fetch(settings, into, Locator(LocatorKind.GIT, OLD, revision)) as source:
        assert source.read("a") == b"1"
        assert (source.pin.uri, source.pin.fetched_from) == (OLD, settings.mirrored(NEW))
        (hazard,) = source.hazards

    assert (hazard.code, hazard.path) == (Code.GIT_MOVED, OLD)
    assert settings.mirrored(OLD) in hazard.detail
    assert settings.mirrored(NEW) in hazard.detail


def test_a_redirect_that_never_ends_is_told_apart(root: Path, into: Path) -> None:
    with served(redirecting(root, "/old/name")) as url:
        settings = Settings(mirrors=(Mirror("https://github.com/", f"{url}/"),))

        with pytest.raises(SourceError) as caught:
            fetch(settings, into, Locator(LocatorKind.GIT, OLD))

    assert caught.value.code is Code.GIT_MOVED


def test_a_server_that_redirects_only_git_is_told_apart(
    root: Path, hosted: Hosted, into: Path
) -> None:
    commit = Commit(hosted.files({"a": b"1"}))
    answers = git_answers(root)

    def answer(request: Request) -> Answer:
        if request.method == "POST":
            return Answer(301, headers={"Location": "/elsewhere"})
        return answers(request)

    with served(answer) as url:
        settings = Settings(mirrors=(Mirror("https://github.com/", f"{url}/"),))
        with pytest.raises(SourceError) as caught:
            fetch(settings, into, Locator(LocatorKind.GIT, NEW, commit))

    assert caught.value.code is Code.GIT_MOVED


def test_old_mistakes_that_were_let_through_are_told_of(
    hosted: Hosted, settings: Settings, into: Path
) -> None:
    inner = hosted.tree(("100644", "a", hosted.object("blob", b"x")))
    hosted.commit(hosted.tree(("040000", "d", inner)))

    with fetch(settings, into, Locator(LocatorKind.GIT, NEW)) as source:
        assert [file.path for file in source.files] == ["d/a"]
        (hazard,) = source.hazards

    assert (hazard.code, hazard.path) == (Code.GIT_FSCK, NEW)
    assert "zeroPaddedFilemode" in hazard.detail


def test_a_large_file_is_not_read_from_a_server_that_sends_it_unasked(
    hosted: Hosted, settings: Settings, into: Path
) -> None:
    hosted.git("config", "uploadpack.allowFilter", "false")
    hosted.files({"data.bin": bytes(LARGEST_FILE + 1)})

    with fetch(settings, into, Locator(LocatorKind.GIT, NEW)) as source:
        assert source.files[0].size is None
        assert source.truncated


@pytest.mark.parametrize("there", [True, False])
def test_a_commit_of_a_server_that_gives_only_names_is_found_or_unknown(
    root: Path, hosted: Hosted, into: Path, *, there: bool
) -> None:
    first = hosted.files({"a": b"1"})
    last = hosted.git("commit-tree", f"{first}^{{tree}}", "-p", first, "-m", "last")
    hosted.git("update-ref", "refs/heads/main", last)
    answers = git_answers(root)

    def answer(request: Request) -> Answer:
        headers = {key: text for key, text in request.headers.items() if key != "git-protocol"}
        return answers(request._replace(headers=headers))

    link = Locator(LocatorKind.GIT, NEW, Commit(first if there else "1" * 40))
    found: object
    with served(answer) as url:
        settings = Settings(mirrors=(Mirror("https://github.com/", f"{url}/"),))
        try:
            with fetch(settings, into, link) as source:
                found = source.read("a")
        except SourceError as error:
            found = error.code

    assert found == (b"1" if there else Code.GIT_FAILED)


def test_a_submodule_is_another_repository_at_the_commit_in_the_tree(
    root: Path, hosted: Hosted, settings: Settings, tmp_path: Path
) -> None:
    inner = Hosted(root, "inner")
    commit = inner.files({"b": b"2"})
    inner.files({"b": b"3"})
    modules = hosted.object("blob", b'[submodule "s"]\n\tpath = s\n\turl = ../inner\n')
    hosted.commit(hosted.tree(("100644", ".gitmodules", modules), ("160000", "s", commit)))
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()

    with fetch(settings, first, Locator(LocatorKind.GIT, NEW)) as outer:
        (link,) = outer.gitlinks
        wanted = Wanted.submodule(link, "https://github.com/inner", outer.pin)
        with fetch(settings, second, wanted) as source:
            assert source.read("b") == b"2"
            pin = source.pin

    assert link == Gitlink("s", Commit(commit))
    assert (pin.uri, pin.commit) == ("https://github.com/inner", link.commit)
    assert (pin.how_pinned, pin.confidence) == (HowPinned.SUBMODULE, Confidence.LOW)


def test_the_version_of_the_release_chooses_the_commit(
    hosted: Hosted, settings: Settings, into: Path
) -> None:
    commit = hosted.files({"a": b"1"}, "refs/tags/v1.0")
    hosted.files({"a": b"2"})

    wanted = Wanted.of(Locator(LocatorKind.GIT, NEW), version="1.0", released=NOON)
    with fetch(settings, into, wanted) as source:
        assert (source.pin.commit.hex, source.pin.how_pinned) == (commit, HowPinned.VERSION_TAG)
        assert source.pin.confidence is Confidence.MEDIUM
