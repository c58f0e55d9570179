"""The bytes that the loopback Hub hands out: those of files in LFS from a second origin."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from provenance.testing.hub_requests import Refusal, Reply, Request
from provenance.testing.hub_state import RepoType
from provenance.testing.hub_xet import xet_headers
from provenance.testing.repository import TreeEntry

_CHUNK = 2**20
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def get_file(
    request: Request, kind: RepoType | None, repo_id: str, revision: str, path: str
) -> Reply:
    """Send the client to where a file's bytes are."""
    place: RepoType = kind or "models"
    hosted = request.hosted(place, repo_id, content=True)
    commit = request.commit(hosted, revision)
    entry = _entry(hosted.repository.entries(commit), unquote(path))
    headers = {"X-Repo-Commit": commit, "Accept-Ranges": "bytes"}
    headers |= {"X-Linked-Size": str(entry.size), "X-Linked-ETag": f'"{entry.lfs or entry.oid}"'}
    headers |= xet_headers(request, place, repo_id, commit, entry)
    if entry.lfs:
        location = f"{request.hub.store_url}/lfs/{entry.lfs}"
        return Reply.empty(302, headers | {"Location": location})
    location = f"/api/resolve-cache/{place}/{repo_id}/{commit}/{quote(entry.path)}"
    return Reply.empty(307, headers | {"Location": location})


def get_small(request: Request, kind: RepoType, repo_id: str, revision: str, path: str) -> Reply:
    """Hand out a file that git itself holds."""
    hosted = request.hosted(kind, repo_id, content=True)
    commit = request.commit(hosted, revision)
    entry = _entry(hosted.repository.entries(commit), unquote(path))
    data = hosted.repository.blob(entry.oid)
    headers = {"X-Repo-Commit": commit, "ETag": f'"{entry.oid}"', "Accept-Ranges": "bytes"}
    start, end, status = _span(request, len(data))
    piece = data[start:end]
    return Reply(status, len(piece), (piece,), headers | _ranged(status, start, end, len(data)))


def get_stored(request: Request, digest: str) -> Reply:
    """Hand out a file in LFS, a chunk at a time; a token has no business here."""
    if "authorization" in request.headers:
        raise Refusal(400, message="a token was sent to the second origin")
    path = request.hub.lfs / digest
    if not path.exists():
        raise Refusal(404, message="no such file")
    size = path.stat().st_size
    start, end, status = _span(request, size)
    headers = {"ETag": f'"{digest}"', "Accept-Ranges": "bytes"}
    headers |= _ranged(status, start, end, size)
    return Reply(status, end - start, _pieces(path, start, end), headers)


def _entry(entries: tuple[TreeEntry, ...], path: str) -> TreeEntry:
    found = next((entry for entry in entries if entry.path == path), None)
    if found is None:
        raise Refusal(404, "EntryNotFound", "Entry not found")
    return found


def _span(request: Request, size: int) -> tuple[int, int, int]:
    """Return start, end and status of the bytes that were asked for."""
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    if match is None or (request.fault and request.fault.ignore_range):
        return 0, size, 200
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) + 1, size) if first and last else size
    if start >= size:
        raise Refusal(416, message="the range begins after the end")
    return start, end, 206


def _ranged(status: int, start: int, end: int, size: int) -> dict[str, str]:
    partial = {"Content-Range": f"bytes {start}-{end - 1}/{size}"}
    return {"Content-Type": "application/octet-stream"} | (partial if status == 206 else {})  # noqa: PLR2004 - HTTP's own number


def _pieces(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        left = end - start
        while left > 0 and (piece := file.read(min(_CHUNK, left))):
            left -= len(piece)
            yield piece
