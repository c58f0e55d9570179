"""The xet read path of the loopback Hub: which files are in xet, and who may read them there.

The Hub says the hash, the store's place and a token; the bytes never pass through it.
"""

import time
from typing import Any

from provenance.testing.hub_requests import Refusal, Reply, Request
from provenance.testing.hub_state import RepoType
from provenance.testing.repository import TreeEntry

_TOKEN = "a token for xet"  # noqa: S105 - made up
# Clients keep a token by its address until a minute before its end. So short a one is never kept:
# the next Hub may get this one's port. The store on this disk does not look at it.
_SECONDS = 60


def get_read_token(request: Request, kind: RepoType, repo_id: str, revision: str) -> Reply:
    """Say where the repository's store is, to those who may read its files."""
    hosted = request.hosted(kind, repo_id, content=True)
    request.commit(hosted, revision)
    store = request.hub.xet
    if store is None:
        raise Refusal(404, message="this Hub keeps nothing in xet")
    expires = int(time.time()) + _SECONDS
    answer = {"casUrl": store.url, "accessToken": _TOKEN, "exp": expires}
    headers = {
        "X-Xet-Cas-Url": store.url,
        "X-Xet-Access-Token": _TOKEN,
        "X-Xet-Token-Expiration": str(expires),
    }
    return Reply.of_json(answer, headers)


def xet_headers(
    request: Request, kind: RepoType, repo_id: str, commit: str, entry: TreeEntry
) -> dict[str, str]:
    """Return what ``resolve`` adds for a file in xet: its hash, and the way to a token."""
    found = xet_hash(request, entry.lfs, entry.size)
    if found is None:
        return {}
    route = f"{request.hub.url}/api/{kind}/{repo_id}/xet-read-token/{commit}"
    return {"X-Xet-Hash": found, "Link": f'<{route}>; rel="xet-auth"'}


def with_xet(request: Request, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of a listing with its hash in xet, if it is there."""
    if "lfs" not in row:
        return row
    found = xet_hash(request, row["lfs"]["oid"], row["size"])
    return row | {"xetHash": found} if found else row


def xet_hash(request: Request, lfs: str | None, size: int) -> str | None:
    """Return a file's hash in xet: what is in LFS is in xet too, empty files excepted."""
    store = request.hub.xet
    path = request.hub.lfs / (lfs or "")
    if store is None or lfs is None or not size or not path.is_file():
        return None
    return store.hash_of(path, lfs)
