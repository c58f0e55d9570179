"""A Hub of this test's own: as little of one as the real client needs, and lies where told to."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypedDict, Unpack

from provenance.sources.hub import HubSource, Patience
from provenance.values.locator import LocatorKind
from provenance.values.ref import Ref
from provenance.values.settings import Budget, Settings
from tests.doors.served import Answer, Request, served

COMMIT = "c0ffee" * 6 + "beef"
NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)
#: Files of this size or more are kept outside of the repository.
LARGE = 1000

Fault = Callable[[Request], Answer | None]


def blob_id(data: bytes) -> str:
    """Return git's id of bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def pointer(data: bytes) -> bytes:
    """Return the text that stands for an LFS file."""
    oid = hashlib.sha256(data).hexdigest()
    return (
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(data)}\n".encode()
    )


def entry(path: str, data: bytes) -> dict[str, object]:
    """Return what a Hub lists of a file."""
    if len(data) < LARGE:
        return {"type": "file", "path": path, "size": len(data), "oid": blob_id(data)}
    text = pointer(data)
    lfs = {"oid": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": len(text)}
    return {"type": "file", "path": path, "size": len(data), "oid": blob_id(text), "lfs": lfs}


def error(status: int, code: str = "", message: str = "") -> Answer:
    """Return a refusal as the Hub writes it."""
    said = {"X-Error-Code": code, "X-Error-Message": message}
    body = json.dumps({"error": message}).encode()
    return Answer(status, body, {name: value for name, value in said.items() if value})


class Wishes(TypedDict, total=False):
    """Settings that a test may choose."""

    cache: Path
    token: str
    offline: bool
    budget: Budget


class Hub(NamedTuple):
    """A running Hub with one repository: its address, and every request so far."""

    url: str
    requests: list[Request]

    def source(
        self,
        ref: str = "org/name",
        kind: LocatorKind = LocatorKind.HUB_MODEL,
        **settings: Unpack[Wishes],
    ) -> HubSource:
        """Resolve the repository with the real client, which soon loses its patience."""
        return HubSource.resolve(
            Ref.parse(ref),
            kind=kind,
            settings=Settings(endpoint=self.url, **settings),
            clock=lambda: NOON,
            patience=Patience(answer=0.5, stall=1.5),
        )


@contextmanager
def hub(
    files: Mapping[str, bytes] | None = None,
    *,
    info: object = None,
    tree: object = None,
    fault: Fault | None = None,
) -> Iterator[Hub]:
    """Yield a Hub that holds the files; ``fault`` may answer any request in its place."""
    held = files or {}
    about = {"sha": COMMIT, "private": False, "gated": False, "disabled": False}
    said = {"id": "org/name", **about, **(info if isinstance(info, dict) else {})}
    listed = [entry(path, data) for path, data in held.items()] if tree is None else tree
    requests: list[Request] = []

    def answer(request: Request) -> Answer:
        requests.append(request)
        path = request.path.partition("?")[0]
        if fault and (odd := fault(request)):
            return odd
        if "/tree/" in path:
            return Answer(200, json.dumps(listed).encode())
        if path.startswith("/api/"):
            whole = said if info is None or isinstance(info, dict) else info
            return Answer(200, json.dumps(whole).encode())
        name = path.partition(f"/resolve/{COMMIT}/")[2]
        if name not in held:
            return error(404, "EntryNotFound")
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{blob_id(held[name])}"'}
        return Answer(200, held[name], headers)

    with served(answer) as url:
        yield Hub(url, requests)
