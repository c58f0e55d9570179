"""Git over HTTP: ``git http-backend`` behind the loopback Hub."""

import subprocess
from collections.abc import Iterator
from urllib.parse import urlencode

from provenance.testing.hub_requests import Refusal, Reply, Request
from provenance.testing.hub_state import RepoType
from provenance.testing.repository import Repository, git_environment


def speak_git(request: Request, kind: RepoType | None, repo_id: str, service: str) -> Reply:
    """Serve a repository of the Hub's to git."""
    hosted = request.hosted(kind or "models", repo_id.removesuffix(".git"), content=True)
    return _backend(request, hosted.repository, service)


def speak_source(request: Request, name: str, service: str) -> Reply:
    """Serve a source repository to git."""
    found = request.hub.sources.get(name)
    if found is None:
        raise Refusal(404, message="no such repository")
    return _backend(request, found, service)


def _backend(request: Request, repository: Repository, service: str) -> Reply:
    environment = git_environment() | {
        "GIT_PROJECT_ROOT": str(repository.path),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": f"/{service}",
        "REQUEST_METHOD": request.method,
        "QUERY_STRING": urlencode(request.query),
        "CONTENT_TYPE": request.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(request.body)),
        "HTTP_CONTENT_ENCODING": request.headers.get("content-encoding", ""),
        "GIT_PROTOCOL": request.headers.get("git-protocol", ""),
        "REMOTE_ADDR": "127.0.0.1",
    }
    done = subprocess.run(
        ("git", "http-backend"),  # noqa: S607 - the caller's git
        input=request.body,
        capture_output=True,
        check=False,
        env=environment,
    )
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    headers = dict(_headers(head))
    status = int(headers.pop("Status", "200 OK").split()[0])
    return Reply(status, len(body), (body,), headers)


def _headers(head: bytes) -> Iterator[tuple[str, str]]:
    for line in head.decode("latin-1").split("\r\n"):
        name, colon, value = line.partition(": ")
        if colon:
            yield name, value
