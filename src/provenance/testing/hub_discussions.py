"""The loopback Hub's discussions and pull requests: opened, listed and told of.

All of them stay open, or drafts: nothing here comments on one, merges or closes it.
"""

import json
from datetime import UTC, datetime
from typing import TypedDict

import attrs

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
    """Open a discussion, or the draft of a pull request for ``main``, which has no commit yet."""
    hosted = request.writable(kind, repo_id, proposing=True)
    asked: _Asked = json.loads(request.body)
    wanted = Discussion(asked["title"], asked["description"], request.signed_in.name)
    if asked["pullRequest"]:
        base = request.commit(hosted, "refs/heads/main")
        wanted = attrs.evolve(wanted, branch="refs/heads/main", base=base, status="draft")
    with request.hub.writing:
        made = opened(hosted, wanted)
    return Reply.of_json({"num": made.number, "pullRequest": made.base is not None})


def opened(hosted: Hosted, wanted: Discussion) -> Discussion:
    """Open a discussion: it gets its number, and a pull request its ref."""
    made = attrs.evolve(wanted, number=len(hosted.discussions) + 1)
    if made.base is not None:
        hosted.repository.git("update-ref", made.ref, made.base)
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
        "status": one.status,
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
    before = _objects(hosted, base)
    proposed, now = _objects(hosted, one.ref), _objects(hosted, one.branch or "")
    paths = sorted(before.keys() | proposed.keys() | now.keys())
    sides = ({before.get(path), proposed.get(path), now.get(path)} for path in paths)
    return [path for path, seen in zip(paths, sides, strict=True) if len(seen) == 3]  # noqa: PLR2004 - three sides


def _objects(hosted: Hosted, revision: str) -> dict[str, str]:
    commit = hosted.repository.resolve(revision)
    return {one.path: one.oid for one in hosted.repository.entries(commit)} if commit else {}


def _event(name: str, kind: str, author: str, moment: str) -> dict[str, object]:
    who = {"name": author}
    return {"id": name, "type": kind, "createdAt": _moment(moment), "author": who}


def _moment(date: str) -> str:
    """Return a date in UTC as the Hub writes it."""
    moment = datetime.fromisoformat(date).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
