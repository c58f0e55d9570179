"""How repositories of the loopback Hub come to be and change: created, asked before, committed.

A write needs the token of a user whom the Hub knows (401 without) and who owns the repository or
is in its organization (403); to open a pull request it is enough to read.

The client uploads large files by xet where ``hf_xet`` is installed, which this Hub does not speak:
set ``HF_HUB_DISABLE_XET=1`` before ``huggingface_hub`` is imported, and it uses Git LFS. Else an
upload ends at once, with an error that names ``xet-write-token``.
"""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NotRequired, TypedDict
from urllib.parse import unquote

import attrs

from provenance.errors import TextError
from provenance.testing.hub_discussions import discussion_url, opened
from provenance.testing.hub_requests import Refusal, Reply, Request
from provenance.testing.hub_state import Discussion, Hosted, RepoType
from provenance.testing.repository import LFS_SUFFIXES, belongs_in_lfs
from provenance.text.front_matter import split
from provenance.text.restricted_yaml import parse

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_BRANCH = re.compile(r"refs/pr/[1-9][0-9]*|(?!refs/)[\w./-]+")
# What git means by its own folder, also on file systems that take other names for it.
_LEFT_OUT = frozenset({"", ".git", "git~1"})
_SLASH, _STREAM = re.compile(r"[/\\]"), re.compile(":.*")
_TYPES: Mapping[str, RepoType] = {"model": "models", "dataset": "datasets"}
_ATTRIBUTES = "".join(
    f"*{suffix} filter=lfs diff=lfs merge=lfs -text\n" for suffix in sorted(LFS_SUFFIXES)
)


class _New(TypedDict):
    name: str
    organization: NotRequired[str | None]
    type: NotRequired[str]
    visibility: NotRequired[str]


class _File(TypedDict):
    path: str
    size: int


class _Line(TypedDict):
    key: str
    value: dict[str, str]


@attrs.frozen
class _Proposed:
    """A new pull request: its commit, and the address of its page."""

    commit: str
    url: str


@attrs.define
class _Change:
    """What a commit says: its header, the files that it adds, the paths that it takes away."""

    header: dict[str, str] = attrs.field(factory=dict)
    files: dict[str, bytes | Path] = attrs.field(factory=dict)
    deleted: list[str] = attrs.field(factory=list)

    @property
    def message(self) -> str:
        """Return the commit's message: a line and, where there is one, a description."""
        return f"{self.header['summary']}\n\n{self.header.get('description', '')}".strip()


def create_repository(request: Request) -> Reply:
    """Create a repository whose first commit says which files go to LFS."""
    user = request.signed_in
    asked: _New = json.loads(request.body)
    kind = _TYPES.get(asked.get("type", "model"))
    if kind is None or not _NAME.fullmatch(asked["name"]):
        raise Refusal(400, message="only models and datasets, named by letters, digits, . _ and -")
    repo_id = f"{asked.get('organization') or user.name}/{asked['name']}"
    if not user.may_write(repo_id):
        raise Refusal(403, message=f"You don't have the rights to create {repo_id}.")
    place = {"url": f"{request.hub.url}/{_prefix(kind)}{repo_id}"}
    with request.hub.writing:
        if (kind, repo_id) in {*request.hub.hosted, *request.hub.renamed}:
            known = place | {"error": "You already created this repository"}
            return attrs.evolve(Reply.of_json(known), status=409)
        private = asked.get("visibility") == "private"
        made = request.hub.host(kind, repo_id, private=private)
        made.commit({".gitattributes": _ATTRIBUTES.encode()}, message="initial commit")
    return Reply.of_json(place | {"name": repo_id})


def ask_before(request: Request, kind: RepoType, repo_id: str, revision: str) -> Reply:
    """Say of each file whether it goes to LFS, and what now stands at its path.

    No file is ignored: a ``.gitignore`` has no say here.
    """
    hosted = request.writable(kind, repo_id, proposing="create_pr" in request.query)
    tip = _tip(hosted, unquote(revision))
    known = {one.path: one.lfs or one.oid for one in hosted.repository.entries(tip)} if tip else {}
    asked: list[_File] = json.loads(request.body)["files"]
    rows = [
        {
            "path": one["path"],
            "uploadMode": "lfs" if belongs_in_lfs(one["path"], one["size"]) else "regular",
            "shouldIgnore": False,
            "oid": known.get(one["path"]),
        }
        for one in asked
    ]
    return Reply.of_json({"files": rows})


def check_card(request: Request) -> Reply:
    """Say what is wrong with a card's metadata; YAML that this package does not read is wrong."""
    text: str = json.loads(request.body)["content"]
    try:
        card = split(text.encode())
        if card.front is not None:
            parse(card.front)
    except TextError as error:
        said = {"errors": [{"message": str(error)}], "warnings": []}
        return attrs.evolve(Reply.of_json(said), status=400)
    missing = {"message": "empty or missing yaml metadata in repo card"}
    return Reply.of_json({"errors": [], "warnings": [missing] if card.front is None else []})


def commit_files(request: Request, kind: RepoType, repo_id: str, revision: str) -> Reply:
    """Commit files onto a branch or a pull request, or as a new pull request.

    With a parent, a branch that has moved on is refused (412); a new pull request starts there.
    Where a file goes is decided by the rule of ``ask_before``, whichever way its bytes came.
    """
    proposing = "create_pr" in request.query
    hosted = request.writable(kind, repo_id, proposing=proposing)
    change = _read(request)
    name = unquote(revision)
    with request.hub.writing:
        made = _propose(request, hosted, name, change) if proposing else None
        commit = made.commit if made else _push(hosted, name, change)
    place = f"{request.hub.url}/{_prefix(kind)}{repo_id}/commit/{commit}"
    told = {"success": True, "commitOid": commit, "commitUrl": place}
    return Reply.of_json(told | ({"pullRequestUrl": made.url} if made else {}))


def _push(hosted: Hosted, name: str, change: _Change) -> str:
    """Move a branch or a pull request; return the commit."""
    tip, parent = _tip(hosted, name), change.header.get("parentCommit")
    if parent and not (tip or "").startswith(parent.lower()):
        message = "A commit has happened since. Please refresh and try again."
        raise Refusal(412, message=message)
    delete = _deleted(hosted, change, tip)
    return hosted.repository.commit(
        change.files, message=change.message, ref=_ref(name), delete=delete
    )


def _propose(request: Request, hosted: Hosted, name: str, change: _Change) -> _Proposed:
    """Open a pull request; return its commit, and where it is told of."""
    branch, header = _ref(name), change.header
    base = request.commit(hosted, branch)
    if parent := header.get("parentCommit"):
        base = request.commit(hosted, parent)
    # Whatever is refused is refused before anything is opened.
    delete = _deleted(hosted, change, base)
    text = header.get("description", "")
    wanted = Discussion(header["summary"], text, request.signed_in.name, branch, base)
    made = opened(hosted, wanted)
    commit = hosted.repository.commit(
        change.files, message=change.message, ref=made.ref, delete=delete
    )
    return _Proposed(commit, discussion_url(request, hosted, made))


def _deleted(hosted: Hosted, change: _Change, tip: str | None) -> list[str]:
    """Return the files to take away: those that are also added stay."""
    known = [one.path for one in hosted.repository.entries(tip)] if tip else []
    gone = (path for each in change.deleted for path in _below(each, known))
    return [path for path in gone if path not in change.files]


def _below(gone: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the files that go with a path; that of a folder ends in a slash."""
    folder = gone.endswith("/")
    found = tuple(path for path in known if path == gone or (folder and path.startswith(gone)))
    if not found:
        raise Refusal(404, "EntryNotFound", f"A file with this name doesn't exist: {gone}")
    return found


def _tip(hosted: Hosted, revision: str) -> str | None:
    """Return the commit that a branch or a pull request has come to; ``main`` may have none yet."""
    found = hosted.repository.resolve(_ref(revision))
    if found is None and revision != "main":
        raise Refusal(404, "RevisionNotFound", f"Invalid rev id: {revision}")
    return found


def _ref(revision: str) -> str:
    """Return the ref that is written: a revision that git would have to work out is none."""
    if not _BRANCH.fullmatch(revision):
        raise Refusal(404, "RevisionNotFound", f"Invalid rev id: {revision}")
    return revision if revision.startswith("refs/") else f"refs/heads/{revision}"


def _prefix(kind: RepoType) -> str:
    return "" if kind == "models" else f"{kind}/"


def _read(request: Request) -> _Change:
    """Read the lines of a commit; files in LFS must be in the store by now."""
    change = _Change()
    for row in request.body.splitlines():
        line: _Line = json.loads(row)
        value = line["value"]
        match line["key"]:
            case "header":
                change.header = value
            case "file":
                change.files[_path(value)] = base64.b64decode(value["content"])
            case "lfsFile":
                change.files[_path(value)] = _stored(request, value["oid"])
            case "deletedFile":
                change.deleted.append(value["path"])
            case "deletedFolder":
                change.deleted.append(value["path"].rstrip("/") + "/")
            case other:
                raise Refusal(400, message=f"a commit has no {other!r}")
    if not change.header.get("summary"):
        raise Refusal(400, message="a commit has a header with a summary")
    return change


def _path(value: Mapping[str, str]) -> str:
    """Return a path; one that git would leave out without a word is refused."""
    path = value["path"]
    names = (_STREAM.sub("", part).rstrip(" .").casefold() for part in _SLASH.split(path))
    if "\0" in path or _LEFT_OUT & set(names):
        raise Refusal(400, message=f"git holds no path {path!r}")
    return path


def _stored(request: Request, digest: str) -> Path:
    """Return where the store keeps a file."""
    path = request.hub.lfs / digest
    if not _DIGEST.fullmatch(digest) or not path.exists():
        raise Refusal(400, message=f"the store has no file {digest!r}")
    return path
