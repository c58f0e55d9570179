from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from provenance.doors.git import Git
from provenance.errors import Code, SourceError, UsageError
from provenance.sources.git_pin import Chosen, Wanted, choose
from provenance.values.locator import Locator, LocatorKind
from provenance.values.revision import Commit, Named, Revision
from provenance.values.source import Confidence, Gitlink, HowPinned, PinnedSource
from tests.doors.served import Answer, Hosted, Request, git_answers, served

ONE = Commit("1" * 40)


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


def chosen(
    url: str,
    into: Path,
    revision: Revision | None = None,
    *,
    version: str | None = None,
    released: datetime | None = None,
) -> Chosen:
    wanted = Wanted(url, revision, version, released)
    return choose(Git.find(named=(url,)), url, wanted, into)


def day(number: int) -> datetime:
    return datetime(2024, 1, number, 12, tzinfo=UTC)


def commit(hosted: Hosted, made: datetime, *parents: str, name: str = "refs/heads/main") -> str:
    """Write a commit that was made at this moment, and point the name at it."""
    tree = hosted.tree(("100644", "f", hosted.object("blob", f"{made}{parents}".encode())))
    who = f"A <a@example.org> {int(made.timestamp())} +0000"
    lines = [f"tree {tree}", *(f"parent {it}" for it in parents)]
    lines += [f"author {who}", f"committer {who}", "", "m", ""]
    oid = hosted.object("commit", "\n".join(lines).encode())
    hosted.git("update-ref", name, oid)
    return oid


def history(hosted: Hosted, *days: int) -> list[str]:
    made: list[str] = []
    for number in days:
        made.append(commit(hosted, day(number), *made[-1:]))
    return made


def test_a_commit_in_the_link_goes_before_version_and_date(into: Path) -> None:
    found = chosen("http://127.0.0.1:1/n", into, ONE, version="1.0", released=day(1))

    assert (found.commit, found.how, found.seen) == (ONE, HowPinned.COMMIT_IN_LINK, ())


def test_a_tag_in_the_link_goes_before_version_and_date(
    hosted: Hosted, url: str, into: Path
) -> None:
    first, second = history(hosted, 1, 2)
    hosted.git("tag", "linked", second)
    hosted.git("tag", "v1.0", first)

    found = chosen(url, into, Named("linked"), version="1.0", released=day(1))

    assert (found.commit.hex, found.how) == (second, HowPinned.TAG_IN_LINK)


@pytest.mark.parametrize(
    ("tag", "version"),
    [("1.0", "1.0"), ("v1.0", "1.0"), ("V1.0", "v1.0"), ("1.0", "v1.0"), ("1.0-RC1", "1.0-rc1")],
)
def test_a_tag_that_is_the_version_is_the_pin(
    hosted: Hosted, url: str, into: Path, tag: str, version: str
) -> None:
    first, _ = history(hosted, 1, 2)
    hosted.git("tag", tag, first)

    found = chosen(url, into, version=version, released=day(2))

    assert (found.commit.hex, found.how) == (first, HowPinned.VERSION_TAG)
    assert f"refs/tags/{tag}" in {ref.name for ref in found.seen}


def test_an_annotated_tag_stands_for_its_commit(hosted: Hosted, url: str, into: Path) -> None:
    first, _ = history(hosted, 1, 2)
    hosted.git("tag", "-a", "v1.0", "-m", "one", first)

    assert chosen(url, into, version="1.0").commit.hex == first


@pytest.mark.parametrize("tag", ["release-1.0", "model/v1.0", "n_1.0_final", "1.0+cpu"])
def test_the_only_tag_that_holds_the_version_is_the_pin(
    hosted: Hosted, url: str, into: Path, tag: str
) -> None:
    first, _ = history(hosted, 1, 2)
    hosted.git("tag", tag, first)

    found = chosen(url, into, version="1.0")

    assert (found.commit.hex, found.how) == (first, HowPinned.VERSION_IN_TAG)


@pytest.mark.parametrize(
    "tag", ["1.0.1", "11.0", "0.1.0", "n-1.0rc1", "n-1.0-rc1", "n-1.0.dev3", "n-1.0-beta", "1.0x"]
)
def test_another_version_does_not_hold_this_one(
    hosted: Hosted, url: str, into: Path, tag: str
) -> None:
    first, last = history(hosted, 1, 2)
    hosted.git("tag", tag, first)

    found = chosen(url, into, version="1.0")

    assert (found.commit.hex, found.how) == (last, HowPinned.DEFAULT_BRANCH)


@pytest.mark.parametrize("version", ["", "main", "2", "1" * 65])
def test_a_version_that_says_little_is_sought_in_no_tag(
    hosted: Hosted, url: str, into: Path, version: str
) -> None:
    first, last = history(hosted, 1, 2)
    hosted.git("tag", f"n-{version}-x", first)

    assert chosen(url, into, version=version).commit.hex == last


def test_an_equal_tag_goes_before_one_that_holds_the_version(
    hosted: Hosted, url: str, into: Path
) -> None:
    first, second = history(hosted, 1, 2)
    hosted.git("tag", "n-1.0", second)
    hosted.git("tag", "v1.0", first)

    assert chosen(url, into, version="1.0").commit.hex == first


@pytest.mark.parametrize("tags", [("v1.0", "1.0"), ("a-1.0", "b-1.0")])
def test_two_tags_that_fit_equally_and_differ_fit_neither(
    hosted: Hosted, url: str, into: Path, tags: tuple[str, str]
) -> None:
    first, second, last = history(hosted, 1, 2, 3)
    hosted.git("tag", tags[0], first)
    hosted.git("tag", tags[1], second)

    found = chosen(url, into, version="1.0")
    dated = chosen(url, into, version="1.0", released=day(2))

    assert (found.commit.hex, found.how) == (last, HowPinned.DEFAULT_BRANCH)
    assert (dated.commit.hex, dated.how) == (second, HowPinned.RELEASE_DATE)


def test_two_tags_of_one_commit_are_one(hosted: Hosted, url: str, into: Path) -> None:
    first, _ = history(hosted, 1, 2)
    hosted.git("tag", "a-1.0", first)
    hosted.git("tag", "-a", "b-1.0", "-m", "one", first)

    assert chosen(url, into, version="1.0").commit.hex == first


@pytest.mark.parametrize(("name", "pinned"), [("main", True), ("other", False)])
def test_a_version_goes_before_the_default_branch_and_before_no_other(
    hosted: Hosted, url: str, into: Path, *, name: str, pinned: bool
) -> None:
    first, _ = history(hosted, 1, 2)
    commit(hosted, day(3), first, name="refs/heads/other")
    hosted.git("tag", "v1.0", first)

    how = chosen(url, into, Named(name), version="1.0").how

    assert how is (HowPinned.VERSION_TAG if pinned else HowPinned.BRANCH_IN_LINK)


@pytest.mark.parametrize(("released", "which"), [(day(2), 1), (day(3), 2), (day(9), 3)])
def test_the_last_commit_that_was_not_made_after_the_release_is_the_pin(
    hosted: Hosted, url: str, into: Path, released: datetime, which: int
) -> None:
    made = history(hosted, 1, 2, 3, 4)

    found = chosen(url, into, released=released)

    assert (found.commit.hex, found.how) == (made[which], HowPinned.RELEASE_DATE)
    assert found.hazards == ()


def test_the_second_itself_counts_and_its_zone_does(hosted: Hosted, url: str, into: Path) -> None:
    made = history(hosted, 1, 2, 3)
    eastern = timezone(timedelta(hours=9))
    moment = day(2)

    assert chosen(url, into, released=moment.astimezone(eastern)).commit.hex == made[1]
    (into / "history.git").rename(into / "before")
    earlier = moment - timedelta(seconds=1)
    assert chosen(url, into, released=earlier).commit.hex == made[0]


def test_of_two_commits_of_one_second_the_later_is_the_pin(
    hosted: Hosted, url: str, into: Path
) -> None:
    _, second, _ = history(hosted, 1, 1, 2)

    assert chosen(url, into, released=day(1)).commit.hex == second


def test_what_was_merged_is_no_candidate(hosted: Hosted, url: str, into: Path) -> None:
    (first,) = history(hosted, 1)
    side = commit(hosted, day(3), first, name="refs/heads/side")
    commit(hosted, day(4), first, side)

    assert chosen(url, into, released=day(3)).commit.hex == first


def test_a_branch_in_the_link_has_a_history_of_its_own(
    hosted: Hosted, url: str, into: Path
) -> None:
    first, _ = history(hosted, 1, 3)
    side = commit(hosted, day(2), first, name="refs/heads/side")
    commit(hosted, day(5), side, name="refs/heads/side")

    found = chosen(url, into, Named("side"), released=day(4))

    assert (found.commit.hex, found.how) == (side, HowPinned.RELEASE_DATE)


@pytest.mark.parametrize("released", [day(1), datetime(1960, 1, 1, tzinfo=UTC)])
def test_a_repository_that_began_after_the_release_is_pinned_to_what_is_there(
    hosted: Hosted, url: str, into: Path, released: datetime
) -> None:
    _, last = history(hosted, 2, 3)

    found = chosen(url, into, released=released)

    assert (found.commit.hex, found.how) == (last, HowPinned.DEFAULT_BRANCH)


def test_a_date_beyond_what_git_counts_is_after_everything(
    hosted: Hosted, url: str, into: Path
) -> None:
    last = history(hosted, 1, 2)[-1]

    assert chosen(url, into, released=datetime(9000, 1, 1, tzinfo=UTC)).commit.hex == last


def test_a_history_that_cannot_be_read_is_told_of(root: Path, hosted: Hosted, into: Path) -> None:
    last = history(hosted, 1, 2)[-1]
    answers = git_answers(root)

    def without_packs(request: Request) -> Answer:
        return Answer(503) if b"command=fetch" in request.body else answers(request)

    with served(without_packs) as address:
        found = chosen(f"{address}/n", into, released=day(1))

    assert (found.commit.hex, found.how) == (last, HowPinned.DEFAULT_BRANCH)
    assert [hazard.code for hazard in found.hazards] == [Code.NETWORK]


@pytest.mark.parametrize("name", ["HEAD", "a" * 40, "x/-y"])
def test_names_that_could_be_taken_for_another_thing_are_told_of(
    hosted: Hosted, url: str, into: Path, name: str
) -> None:
    (only,) = history(hosted, 1)
    path = hosted.path / "refs" / "tags" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{only}\n")

    (hazard,) = chosen(url, into).hazards

    assert (hazard.code, hazard.path) == (Code.GIT_REF, url)
    assert name in hazard.detail


def test_a_name_that_is_not_there_is_told_apart(hosted: Hosted, url: str, into: Path) -> None:
    history(hosted, 1)

    with pytest.raises(SourceError) as caught:
        chosen(url, into, Named("gone"), version="1.0")

    assert caught.value.code is Code.GIT_REF


def test_a_date_without_a_zone_is_no_date() -> None:
    with pytest.raises(UsageError):
        Wanted.of(Locator(LocatorKind.GIT, "u"), released=datetime(2024, 1, 1))  # noqa: DTZ001 - the point


def test_a_submodule_is_its_commit_and_as_sure_as_who_names_it() -> None:
    parent = PinnedSource("p", "p", ONE, ONE, HowPinned.TAG_IN_LINK)

    wanted = Wanted.submodule(Gitlink("sub", ONE), "u", parent)
    pin = wanted.pinned("m", Chosen(ONE, HowPinned.COMMIT_IN_LINK), ONE)

    assert (wanted.uri, wanted.revision) == ("u", ONE)
    assert (pin.uri, pin.fetched_from, pin.how_pinned) == ("u", "m", HowPinned.SUBMODULE)
    assert pin.confidence is Confidence.MEDIUM
