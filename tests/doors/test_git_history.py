from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.doors.git import Git
from provenance.errors import Code, ReleaseError, SourceError
from provenance.values.revision import Commit
from tests.doors.served import Answer, Hosted, Request, git_answers, served

FILES = {"README.md": b"hello\n", "train.py": b"print()\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "hosted"


@pytest.fixture
def hosted(root: Path) -> Hosted:
    return Hosted(root, "n")


@pytest.fixture
def url(root: Path) -> Iterator[str]:
    with served(git_answers(root)) as address:
        yield address


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def padded(hosted: Hosted, name: str = "a") -> str:
    """Commit a folder whose mode an old program wrote with a zero before it."""
    inner = hosted.tree(("100644", name, hosted.object("blob", b"x" * 100)))
    return hosted.commit(hosted.tree(("040000", "d", inner)))


@pytest.mark.parametrize("filtered", [True, False])
@pytest.mark.parametrize("largest", [None, 10])
def test_harmless_rules_are_warnings_in_a_second_attempt(
    hosted: Hosted, url: str, into: Path, *, filtered: bool, largest: int | None
) -> None:
    hosted.git("config", "uploadpack.allowFilter", str(filtered).lower())
    commit = Commit(padded(hosted))

    found = Git.find(named=(url,)).fetch(f"{url}/n", commit, into, largest=largest)

    assert found.broken_rules == ("zeroPaddedFilemode",)
    assert Hosted.at(found.repository).has(commit.hex)


def test_a_rule_that_matters_is_not_given_up_for_one_that_is_harmless(
    hosted: Hosted, url: str, into: Path
) -> None:
    commit = Commit(padded(hosted, ".git"))

    with pytest.raises(ReleaseError) as caught:
        Git.find(named=(url,)).fetch(f"{url}/n", commit, into)

    assert caught.value.code is Code.GIT_FSCK
    assert "hasDotgit" in caught.value.what


def test_what_breaks_no_rule_is_asked_for_once(root: Path, hosted: Hosted, into: Path) -> None:
    commit = Commit(hosted.files(FILES))
    asked = []
    answers = git_answers(root)

    def answer(request: Request) -> Answer:
        asked.append(b"command=fetch" in request.body)
        return answers(request)

    with served(answer) as url:
        found = Git.find(named=(url,)).fetch(f"{url}/n", commit, into)

    assert found.broken_rules == ()
    assert sum(asked) == 1


def without_ids(root: Path) -> Callable[[Request], Answer]:
    """Return a server of the first protocol, which gives only what its names point to."""
    answers = git_answers(root)

    def answer(request: Request) -> Answer:
        headers = {key: text for key, text in request.headers.items() if key != "git-protocol"}
        return answers(request._replace(headers=headers))

    return answer


@pytest.mark.parametrize("tag", [True, False])
def test_a_server_that_gives_only_its_names_is_asked_for_all_of_them(
    root: Path, hosted: Hosted, into: Path, *, tag: bool
) -> None:
    first = hosted.files({"a": b"1"}, "refs/tags/first" if tag else "refs/heads/first")
    wanted = hosted.git("commit-tree", f"{first}^{{tree}}", "-p", first, "-m", "between")
    last = hosted.git("commit-tree", f"{first}^{{tree}}", "-p", wanted, "-m", "last")
    hosted.git("update-ref", "refs/heads/main", last)

    with served(without_ids(root)) as url:
        found = Git.find(named=(url,)).fetch(f"{url}/n", Commit(wanted), into, largest=1000)

    assert Hosted.at(found.repository).has(wanted)


def test_a_server_that_gives_only_its_names_gives_their_ends_at_once(
    root: Path, hosted: Hosted, into: Path
) -> None:
    first = hosted.files({"a": b"1"})
    last = hosted.git("commit-tree", f"{first}^{{tree}}", "-p", first, "-m", "last")
    hosted.git("update-ref", "refs/heads/main", last)

    with served(without_ids(root)) as url:
        found = Git.find(named=(url,)).fetch(f"{url}/n", Commit(last), into)

    assert Hosted.at(found.repository).has(last)
    assert not Hosted.at(found.repository).has(first)


def test_a_history_is_fetched_without_its_files(hosted: Hosted, url: str, into: Path) -> None:
    first = hosted.files({"a": b"1"})
    last = hosted.git("commit-tree", f"{first}^{{tree}}", "-p", first, "-m", "last")
    hosted.git("update-ref", "refs/heads/main", last)
    git = Git.find(named=(url,))

    found = git.fetch_history(f"{url}/n", Commit(last), into)

    here = Hosted.at(found.repository)
    assert here.has(first)
    assert not here.has(hosted.git("rev-parse", f"{first}:a"))
    # Both were made at the first second of 2024.
    assert git.latest(found, Commit(last), datetime(2024, 1, 1, tzinfo=UTC)) == Commit(last)
    assert git.latest(found, Commit(last), datetime(2023, 1, 1, tzinfo=UTC)) is None
    assert git.latest(found, Commit(last), datetime(1969, 1, 1, tzinfo=UTC)) is None


def test_a_commit_that_is_not_in_the_history_is_no_answer(
    hosted: Hosted, url: str, into: Path
) -> None:
    git = Git.find(named=(url,))
    found = git.fetch_history(f"{url}/n", Commit(hosted.files(FILES)), into)

    with pytest.raises((SourceError, ReleaseError)) as caught:
        git.latest(found, Commit("1" * 40), datetime(2024, 1, 1, tzinfo=UTC))

    assert caught.value.code is Code.GIT_CORRUPT
