"""Names in links: branches and tags that hold slashes, shortened commits, no default branch."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.doors.git import Git
from provenance.errors import Code, SourceError
from provenance.recipe.links.locators import parse_locator
from provenance.sources.git_pin import Wanted, choose
from provenance.values.locator import Locator
from provenance.values.revision import Named
from provenance.values.source import HowPinned
from tests.doors.served import Hosted, git_answers, served
from tests.sources.test_git_pin import chosen, commit, day, history


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "hosted"


@pytest.fixture
def hosted(root: Path) -> Hosted:
    return Hosted(root, "n")


@pytest.fixture
def url(root: Path) -> Iterator[str]:
    with served(git_answers(root)) as address:
        yield f"{address}/n"


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("below", "name", "how"),
    [
        ("tree/release/v1", "refs/heads/release/v1", HowPinned.BRANCH_IN_LINK),
        ("tree/release/v1/scripts", "refs/heads/release/v1", HowPinned.BRANCH_IN_LINK),
        ("blob/release/v1/a%20b/%C3%A9.py", "refs/heads/release/v1", HowPinned.BRANCH_IN_LINK),
        ("tree/release%2Fv1", "refs/heads/release/v1", HowPinned.BRANCH_IN_LINK),
        ("tree/release%252Fv1", "refs/heads/release/v1", HowPinned.BRANCH_IN_LINK),
        ("releases/tag/pkg%2Fv2.0", "refs/tags/pkg/v2.0", HowPinned.TAG_IN_LINK),
        ("releases/download/pkg%2Fv2.0/a.zip", "refs/tags/pkg/v2.0", HowPinned.TAG_IN_LINK),
        ("archive/refs/tags/pkg/v2.0.tar.gz", "refs/tags/pkg/v2.0", HowPinned.TAG_IN_LINK),
        ("archive/release/v1.zip", "refs/heads/release/v1", HowPinned.BRANCH_IN_LINK),
        ("commits/release/v1", "refs/heads/release/v1", HowPinned.BRANCH_IN_LINK),
        ("raw/release/v1/train.py", "refs/heads/release/v1", HowPinned.BRANCH_IN_LINK),
        ("tree/refs/heads/release/v1/x", "refs/heads/release/v1", HowPinned.BRANCH_IN_LINK),
        ("tree/refs/pull/5/head", "refs/pull/5/head", HowPinned.BRANCH_IN_LINK),
        ("tree/short/v1/scripts", "refs/tags/short", HowPinned.TAG_IN_LINK),
    ],
)
def test_the_longest_name_that_is_there_is_taken(
    hosted: Hosted, url: str, into: Path, below: str, name: str, how: HowPinned
) -> None:
    commit(hosted, day(1))
    for number, one in enumerate(
        ("refs/heads/release/v1", "refs/tags/pkg/v2.0", "refs/tags/short", "refs/pull/5/head"), 2
    ):
        commit(hosted, day(number), name=one)
    locator = parse_locator(f"https://github.com/o/n/{below}")

    assert isinstance(locator, Locator)
    found = choose(Git.find(named=(url,)), url, Wanted.of(locator), into)

    assert (found.commit.hex, found.how) == (hosted.git("rev-parse", name), how)


@pytest.mark.parametrize(
    "link",
    [
        "https://gitlab.com/g/s/n/-/tree/release/v1/scripts",
        "https://gitlab.com/g/n/-/blob/release%2Fv1/train.py?ref_type=heads#L3",
        "https://bitbucket.org/o/n/src/release/v1/scripts/train.py",
        "https://bitbucket.org/o/n/branch/release/v1",
        "https://codeberg.org/o/n/src/branch/release/v1/scripts",
        "https://raw.githubusercontent.com/o/n/release/v1/train.py",
        "https://raw.githubusercontent.com/o/n/refs/heads/release/v1/train.py",
        "https://git.sr.ht/~o/n/tree/release/v1/item/train.py",
    ],
)
def test_a_branch_with_a_slash_is_found_behind_the_addresses_of_each_host(
    hosted: Hosted, url: str, into: Path, link: str
) -> None:
    commit(hosted, day(1))
    there = commit(hosted, day(2), name="refs/heads/release/v1")
    locator = parse_locator(link)

    assert isinstance(locator, Locator)
    assert choose(Git.find(named=(url,)), url, Wanted.of(locator), into).commit.hex == there


def test_a_shortened_commit_is_the_tip_that_begins_so(hosted: Hosted, url: str, into: Path) -> None:
    (only,) = history(hosted, 1)

    found = chosen(url, into, Named(only[:8]))

    assert (found.commit.hex, found.how) == (only, HowPinned.SHORT_COMMIT)


def test_a_shortened_commit_of_the_history_is_not_said_to_be_nowhere(
    hosted: Hosted, url: str, into: Path
) -> None:
    first, _ = history(hosted, 1, 2)

    with pytest.raises(SourceError) as caught:
        chosen(url, into, Named(first[:7]))

    assert caught.value.code is Code.GIT_FAILED


def test_the_only_branch_stands_for_a_default_one_without_commits(
    hosted: Hosted, url: str, into: Path
) -> None:
    there = commit(hosted, day(1), name="refs/heads/trunk")

    found = chosen(url, into)

    assert (found.commit.hex, found.how) == (there, HowPinned.DEFAULT_BRANCH)
    assert [one.code for one in found.hazards] == [Code.GIT_REF]


def test_one_branch_of_several_is_not_guessed(hosted: Hosted, url: str, into: Path) -> None:
    for name in ("a", "b"):
        commit(hosted, day(1), name=f"refs/heads/{name}")

    with pytest.raises(SourceError) as caught:
        chosen(url, into)

    assert caught.value.code is Code.GIT_FAILED


def test_a_head_that_is_on_no_branch_is_taken(hosted: Hosted, url: str, into: Path) -> None:
    first, _ = history(hosted, 1, 2)
    (hosted.path / "HEAD").write_text(f"{first}\n")

    assert chosen(url, into).commit.hex == first
