from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import CommitOperationAdd, DiscussionComment, DiscussionCommit, HfApi
from huggingface_hub.errors import HfHubHTTPError

from provenance.testing.hub import LoopbackHub
from provenance.testing.hub_state import User

TOKEN, OTHER = "alice's", "bob's"
USERS = {TOKEN: User("alice", orgs=frozenset({"org"})), OTHER: User("bob")}


@pytest.fixture
def discussed(tmp_path: Path) -> Iterator[LoopbackHub]:
    with LoopbackHub(tmp_path / "hub", tokens=USERS) as hub:
        hub.add_model("org/m").commit({"a": b"1\n", "b": b"1\n"}, message="m")
        yield hub


def propose(hub: LoopbackHub, parent: str | None = None) -> str:
    api = HfApi(endpoint=hub.url, token=OTHER)
    operations = [CommitOperationAdd("a", b"2\n"), CommitOperationAdd("c", b"3\n")]
    made = api.create_commit(
        "org/m",
        operations,
        commit_message="better",
        commit_description="by far",
        create_pr=True,
        parent_commit=parent,
    )
    return made.oid


def test_a_pull_request_tells_its_commits_its_difference_and_who_opened_it(
    discussed: LoopbackHub,
) -> None:
    api = HfApi(endpoint=discussed.url, token=False)

    commit = propose(discussed)

    found = api.get_discussion_details("org/m", 1)
    assert (found.title, found.author, found.status) == ("better", "bob", "open")
    assert (found.is_pull_request, found.target_branch) == (True, "refs/heads/main")
    assert found.conflicting_files == []
    assert "-1\n+2\n" in str(found.diff)
    comment, change = found.events
    assert isinstance(comment, DiscussionComment)
    assert comment.content == "by far"
    assert isinstance(change, DiscussionCommit)
    assert (change.oid, change.summary) == (commit, "better")
    assert found.created_at.isoformat() == "2026-01-01T00:00:00+00:00"


def test_files_that_both_sides_changed_are_conflicts(discussed: LoopbackHub) -> None:
    repository = discussed.hosted["models", "org/m"].repository
    first = repository.resolve("main")
    repository.commit({"a": b"other\n", "c": b"3\n"}, message="n")

    propose(discussed, parent=first)

    details = HfApi(endpoint=discussed.url, token=False).get_discussion_details("org/m", 1)
    assert details.conflicting_files == ["a"]


def test_discussions_are_listed_newest_first_by_kind_author_and_status(
    discussed: LoopbackHub,
) -> None:
    discussed.page = 2
    api = HfApi(endpoint=discussed.url, token=TOKEN)
    propose(discussed)
    opened = api.create_discussion("org/m", "why", description="indeed")
    draft = api.create_pull_request("org/m", "soon")

    def numbers(**which: str) -> list[int]:
        return [one.num for one in api.get_repo_discussions("org/m", **which)]  # type: ignore[arg-type]

    assert (opened.num, opened.status, opened.is_pull_request) == (2, "open", False)
    assert (draft.num, draft.status, draft.git_reference) == (3, "draft", "refs/pr/3")
    assert api.get_discussion_details("org/m", 2).diff is None
    assert numbers() == [3, 2, 1]
    assert numbers(discussion_type="discussion") == [2]
    assert numbers(discussion_type="pull_request") == [3, 1]
    assert numbers(author="bob") == [1]
    assert numbers(discussion_status="open") == [3, 2, 1]
    assert numbers(discussion_status="closed") == []


def test_a_draft_takes_commits(discussed: LoopbackHub) -> None:
    api = HfApi(endpoint=discussed.url, token=TOKEN)
    api.create_pull_request("org/m", "soon")

    made = api.create_commit(
        "org/m", [CommitOperationAdd("d", b"4")], commit_message="now", revision="refs/pr/1"
    )

    events = api.get_discussion_details("org/m", 1).events
    assert [one.oid for one in events if isinstance(one, DiscussionCommit)] == [made.oid]


def test_discussions_of_a_renamed_repository_go_with_it(discussed: LoopbackHub) -> None:
    propose(discussed)

    discussed.rename("models", "org/m", "org/new")

    found = list(HfApi(endpoint=discussed.url, token=False).get_repo_discussions("org/m"))
    assert [(one.num, one.repo_id) for one in found] == [(1, "org/new")]


def test_an_unknown_number_and_a_stranger_are_refused(discussed: LoopbackHub) -> None:
    stranger = HfApi(endpoint=discussed.url, token=False)

    with pytest.raises(HfHubHTTPError) as unknown:
        stranger.get_discussion_details("org/m", 7)
    with pytest.raises(HfHubHTTPError) as refused:
        stranger.create_discussion("org/m", "why")

    assert unknown.value.response.status_code == 404
    assert refused.value.response.status_code == 401
