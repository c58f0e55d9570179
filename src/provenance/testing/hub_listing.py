"""What the loopback Hub says of a repository: its facts, its files, its refs, its commits."""

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote

from provenance.testing.hub_commits import iso
from provenance.testing.hub_expand import expanded
from provenance.testing.hub_paging import page_of
from provenance.testing.hub_requests import Refusal, Reply, Request
from provenance.testing.hub_state import Hosted, RepoType
from provenance.testing.hub_xet import with_xet
from provenance.testing.repository import TreeEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

# The page of a listing with each file's last commit is shorter, as on the real Hub.
_EXPANDED_PAGE = 50
Row = dict[str, Any]


def who_am_i(request: Request) -> Reply:
    """Say whose token came along."""
    user = request.user
    if user is None:
        raise Refusal(401, message="Invalid username or password.")
    orgs = [{"type": "org", "name": name} for name in sorted(user.orgs)]
    return Reply.of_json({"type": "user", "name": user.name, "orgs": orgs})


def get_info(request: Request, kind: RepoType, repo_id: str, revision: str | None) -> Reply:
    """Say what a repository is, at a revision."""
    hosted = request.hosted(kind, repo_id)
    commit = request.commit(hosted, revision)
    entries = hosted.repository.entries(commit)
    facts: Row = {
        "_id": "0" * 24,
        "id": repo_id,
        "author": repo_id.split("/", maxsplit=1)[0],
        "sha": commit,
        "lastModified": _moment(hosted, commit),
        "private": hosted.private,
        "gated": hosted.gated,
        "disabled": hosted.disabled,
        "downloads": 0,
        "likes": 0,
        "tags": [],
        "siblings": [_sibling(entry, blobs="blobs" in request.query) for entry in entries],
    }
    return Reply.of_json(expanded(facts, request.expand, kind))


def get_tree(
    request: Request, kind: RepoType, repo_id: str, revision: str, path: str | None
) -> Reply:
    """List files and folders, a page at a time."""
    hosted = request.hosted(kind, repo_id)
    commit = request.commit(hosted, revision)
    inside = unquote(path or "").strip("/")
    rows = _rows(hosted, commit, inside, deep=_true(request.query.get("recursive")))
    if inside and not rows:
        raise Refusal(404, "EntryNotFound", f"{inside} does not exist on {revision}")
    expand = _true(request.query.get("expand"))
    size = min(request.hub.page, _EXPANDED_PAGE) if expand else request.hub.page
    page = page_of(rows, request, size)
    shown = [_shown(request, hosted, commit, row, expand=expand) for row in page.rows]
    return Reply.of_json(shown, page.headers)


def get_paths(request: Request, kind: RepoType, repo_id: str, revision: str) -> Reply:
    """Say what stands at certain paths."""
    hosted = request.hosted(kind, repo_id)
    commit = request.commit(hosted, revision)
    if "json" in request.headers.get("content-type", "json"):
        asked = json.loads(request.body)
        expand = bool(asked.get("expand"))
    else:
        asked = parse_qs(request.body.decode())
        expand = _true(asked.get("expand", [""])[-1])
    wanted = {path.strip("/") for path in asked["paths"]}
    rows = [row for row in _rows(hosted, commit, "", deep=True) if row["path"] in wanted]
    return Reply.of_json([_shown(request, hosted, commit, row, expand=expand) for row in rows])


def get_refs(request: Request, kind: RepoType, repo_id: str) -> Reply:
    """List branches and tags, and with ``include_prs`` the refs of pull requests."""
    hosted = request.hosted(kind, repo_id)
    form = "--format=%(refname) %(objectname)"
    rows = hosted.repository.git("for-each-ref", form).decode().splitlines()
    found: Row = {"branches": [], "converts": [], "tags": []}
    kinds = {"refs/heads/": "branches", "refs/tags/": "tags"}
    if "include_prs" in request.query:
        found["pullRequests"] = []
        kinds["refs/pr/"] = "pullRequests"
    for row in rows:
        ref, commit = row.split(" ")
        for prefix, name in kinds.items():
            if ref.startswith(prefix):
                one = {"name": ref.removeprefix(prefix), "ref": ref, "targetCommit": commit}
                found[name].append(one)
    return Reply.of_json(found)


def file_row(entry: TreeEntry) -> Row:
    """Return a file as listings show it."""
    row: Row = {"type": "file", "oid": entry.oid, "size": entry.size, "path": entry.path}
    if entry.lfs:
        row["lfs"] = {"oid": entry.lfs, "size": entry.size, "pointerSize": entry.pointer_size}
    return row


def _rows(hosted: Hosted, commit: str, inside: str, *, deep: bool) -> list[Row]:
    folders: Sequence[TreeEntry] = hosted.repository.folders(commit)
    rows: list[Row] = [
        {"type": "directory", "oid": f.oid, "size": 0, "path": f.path} for f in folders
    ]
    rows += [file_row(entry) for entry in hosted.repository.entries(commit)]
    below = f"{inside}/" if inside else ""
    rows = [row for row in rows if row["path"].startswith(below)]
    if not deep:
        rows = [row for row in rows if "/" not in row["path"].removeprefix(below)]
    return sorted(rows, key=lambda row: str(row["path"]))


def _shown(request: Request, hosted: Hosted, commit: str, row: Row, *, expand: bool) -> Row:
    last = _last_commit(hosted, commit, row["path"]) if expand else {}
    return with_xet(request, row) | last


def _sibling(entry: TreeEntry, *, blobs: bool) -> Row:
    row: Row = {"rfilename": entry.path}
    if blobs:
        row |= {"blobId": entry.oid, "size": entry.size}
        if entry.lfs:
            lfs = {"sha256": entry.lfs, "size": entry.size, "pointerSize": entry.pointer_size}
            row["lfs"] = lfs
    return row


def _last_commit(hosted: Hosted, commit: str, path: str) -> Row:
    form = "--format=%H%x00%ct%x00%s"
    line = hosted.repository.git("log", "-1", form, commit, "--", path).decode().strip()
    commit_id, seconds, title = line.split("\0")
    return {"lastCommit": {"id": commit_id, "title": title, "date": iso(int(seconds))}}


def _moment(hosted: Hosted, commit: str) -> str:
    return iso(int(hosted.repository.git("show", "-s", "--format=%ct", commit)))


def _true(text: str | None) -> bool:
    return (text or "").lower() in {"true", "1"}
