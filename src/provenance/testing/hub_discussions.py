"""The loopback Hub's discussions and pull requests: opened, listed and told of.

All of them are open: nothing here merges or closes one.
"""

import json
from typing import TypedDict

from provenance.testing.hub_requests import Refusal, Reply, Request
from provenance.testing.hub_state import Discussion, Hosted, RepoType
from provenance.testing.repository import DATE

# The real Hub's page.
_PAGE = 50
_KINDS = {"discussion": False, "pull_request": True}


class _Asked(TypedDict):
    title: str
    description: str
    pullRequest: bool


def open_discussion(request: Request, kind: RepoType, repo_id: str) -> Reply:
    """Open a discussion, or a pull request that has no commit yet."""
    hosted = request.writable(kind, repo_id, proposing=True)
    asked: _Asked = json.loads(request.body)
    with request.hub.writing:
        if asked["pullRequest"]:
            base = request.commit(hosted, "main")
            made = open_pull_request(
                hosted, asked["title"], asked["description"], request.signed_in.name, base
            )
        else:
            made = Discussion(
                len(hosted.discussions) + 1,
                asked["title"],
                asked["description"],
                request.signed_in.name,
            )
            hosted.discussions.append(made)
    return Reply.of_json({"num": made.number, "pullRequest": asked["pullRequest"]})


def open_pull_request(hosted: Hosted, title: str, text: str, author: str, base: str) -> Discussion:
    """Open a pull request against ``main`` whose ref stands at ``base``."""
    number = len(hosted.discussions) + 1
    made = Discussion(number, title, text, author, "refs/heads/main", base)
    hosted.repository.git("update-ref", made.ref, base)
    hosted.discussions.append(made)
    return made


def get_discussions(request: Request, kind: RepoType, repo_id: str) -> Reply:
    """List discussions and pull requests, newest first, a page at a time."""
    hosted = request.hosted(kind, repo_id)
    asked = request.query
    found = [
        _row(hosted, one)
        for one in reversed(hosted.discussions)
        if asked.get("author", one.author) == one.author
        and _KINDS.get(asked.get("type", "all"), one.base is not None) == (one.base is not None)
        and asked.get("status", "all") != "closed"
    ]
    size = min(request.hub.page, _PAGE)
    start = int(asked.get("p", "0")) * size
    page = found[start : start + size]
    return Reply.of_json({"count": len(found), "start": start, "discussions": page})


def get_discussion(request: Request, kind: RepoType, repo_id: str, number: str) -> Reply:
    """Tell of one: its comment and, of a pull request, commits, conflicts and difference."""
    hosted = request.hosted(kind, repo_id)
    one = next((it for it in hosted.discussions if it.number == int(number)), None)
    if one is None:
        raise Refusal(404, message=f"no discussion has the number {number}")
    told = _row(hosted, one) | {"events": [_comment(one)]}
    if one.base is not None:
        told |= _pull_request(hosted, one, one.base)
    return Reply.of_json(told)


def discussion_url(request: Request, hosted: Hosted, one: Discussion) -> str:
    """Return the address of a discussion's page, which this Hub does not serve."""
    place = "" if hosted.type == "models" else f"{hosted.type}/"
    return f"{request.hub.url}/{place}{hosted.id}/discussions/{one.number}"


def _row(hosted: Hosted, one: Discussion) -> dict[str, object]:
    return {
        "num": one.number,
        "title": one.title,
        "author": {"name": one.author},
        "createdAt": _moment(DATE),
        "status": "open",
        "isPullRequest": one.base is not None,
        "repo": {"name": hosted.id, "type": hosted.type.removesuffix("s")},
    }


def _comment(one: Discussion) -> dict[str, object]:
    said = {"edited": False, "hidden": False, "latest": {"raw": one.text}}
    return _event(f"{one.number}-0", "comment", one.author, DATE) | {"data": said}


def _pull_request(hosted: Hosted, one: Discussion, base: str) -> dict[str, object]:
    git, span = hosted.repository.git, f"{base}..{one.ref}"
    log = git("log", "--reverse", "--format=%H%x00%cI%x00%s", span).decode()
    commits = [
        _event(oid, "commit", one.author, moment) | {"data": {"oid": oid, "subject": subject}}
        for oid, moment, subject in (line.split("\0") for line in log.splitlines())
    ]
    return {
        "events": [_comment(one), *commits],
        "changes": {"base": one.branch},
        "filesWithConflicts": _conflicts(hosted, one, base),
        "diff": git("diff", base, one.ref).decode(errors="replace"),
    }


def _conflicts(hosted: Hosted, one: Discussion, base: str) -> list[str]:
    """Return the files that the request and its branch both changed, and not to the same bytes."""
    before, ours, theirs = (
        _objects(hosted, revision) for revision in (base, one.ref, "refs/heads/main")
    )
    both = (path for path in sorted(before.keys() | ours.keys() | theirs.keys()))
    return [
        path
        for path in both
        if len({before.get(path), ours.get(path), theirs.get(path)}) == 3  # noqa: PLR2004 - three sides
    ]


def _objects(hosted: Hosted, revision: str) -> dict[str, str]:
    commit = hosted.repository.resolve(revision) or ""
    return {entry.path: entry.oid for entry in hosted.repository.entries(commit)}


def _event(name: str, kind: str, author: str, moment: str) -> dict[str, object]:
    who = {"name": author}
    return {"id": name, "type": kind, "createdAt": _moment(moment), "author": who}


def _moment(date: str) -> str:
    """Return a date in UTC as the Hub writes it."""
    return date.replace("+00:00", ".000Z").replace("ZZ", "Z")
