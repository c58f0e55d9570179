"""How bytes come into the loopback Hub's store: the protocol of Git LFS, in its basic transfer.

A client announces files and is told where to put those that the store lacks; the second origin
takes what was announced, and nothing else.
https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md
"""

import hashlib
import json
import re
import threading
from typing import TypedDict

from provenance.testing.hub_requests import Refusal, Reply, Request
from provenance.testing.hub_state import RepoType

_MEDIA_TYPE = "application/vnd.git-lfs+json"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class _Object(TypedDict):
    oid: str
    size: int


def announce(request: Request, kind: RepoType | None, repo_id: str) -> Reply:
    """Say where to put files; nothing is said to do for those that the store has.

    Without a ``ref`` the files are for a pull request, and whoever may read may announce them.
    """
    asked = json.loads(request.body)
    request.writable(kind or "models", repo_id, proposing="ref" not in asked)
    if asked["operation"] != "upload":
        raise Refusal(422, message="only uploads are announced here")
    objects: list[_Object] = asked["objects"]
    answer = {"transfer": "basic", "objects": [_told(request, one) for one in objects]}
    return Reply.of_json(answer, {"Content-Type": _MEDIA_TYPE})


def put_stored(request: Request, digest: str) -> Reply:
    """Take a file that was announced; a token has no business here."""
    if "authorization" in request.headers:
        raise Refusal(400, message="a token was sent to the second origin")
    if digest not in request.hub.announced:
        raise Refusal(403, message="nobody announced this file")
    size = request.hub.announced[digest]
    if len(request.body) != size or hashlib.sha256(request.body).hexdigest() != digest:
        raise Refusal(400, message="these are not the bytes that were announced")
    # Whoever sees the file sees all of it.
    part = request.hub.lfs / f"{digest}.{threading.get_ident()}"
    part.write_bytes(request.body)
    part.replace(request.hub.lfs / digest)
    return Reply.empty(200, {"ETag": f'"{digest}"'})


def verify_stored(request: Request, digest: str) -> Reply:
    """Say whether the store has a file, of the size that its client knows."""
    user, said = request.signed_in, json.loads(request.body)
    path = request.hub.lfs / digest
    if not path.exists() or path.stat().st_size != said["size"]:
        raise Refusal(404, message="the store has no such file of that size")
    return Reply.of_json({"user": user.name})


def _told(request: Request, asked: _Object) -> dict[str, object]:
    """Return what a client is told of one file."""
    digest, size = asked["oid"], asked["size"]
    told: dict[str, object] = {"oid": digest, "size": size}
    if not _DIGEST.fullmatch(digest):
        return told | {"error": {"code": 422, "message": "not a SHA-256"}}
    if (request.hub.lfs / digest).exists():
        return told
    request.hub.announced[digest] = size
    put = {"href": f"{request.hub.store_url}/lfs/{digest}", "header": {}}
    verify = {"href": f"{request.hub.url}/api/lfs/{digest}/verify", "header": {}}
    return told | {"actions": {"upload": put, "verify": verify}}
