"""A Hub on this machine, so that the unmodified client runs in every test.

Two threaded servers on 127.0.0.1: the Hub itself, and a second origin that hands out the bytes of
files in LFS, as the real one does. Behind each id stands a bare git repository.

>>> import tempfile, pathlib
>>> with tempfile.TemporaryDirectory() as folder, LoopbackHub(pathlib.Path(folder)) as hub:
...     hub.url.startswith("http://127.0.0.1:")
True
"""

import re
import threading
from collections.abc import Mapping
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import attrs

from provenance.testing.repository import Repository

RepoType = Literal["models", "datasets"]
Gate = Literal[False, "auto", "manual"]


@attrs.frozen
class User:
    """Somebody with a token: a name, and the gated repositories that let them in."""

    name: str
    granted: frozenset[str] = frozenset()


@attrs.frozen
class Hosted:
    """A repository on the Hub, and what stands between a user and it."""

    type: RepoType
    id: str
    repository: Repository
    gated: Gate = False
    private: bool = False
    disabled: bool = False


@attrs.frozen
class Seen:
    """One request that the Hub got: what was asked, which bytes, and whether a token came along."""

    method: str
    path: str
    range: str | None
    authorized: bool


@attrs.define
class Fault:
    """Something that goes wrong with the next requests that match.

    ``status`` and ``headers`` answer in the file's place; ``truncate`` closes after so many bytes;
    ``corrupt`` flips the first byte at the same size; ``delay`` waits so many seconds first.
    """

    method: str
    pattern: re.Pattern[str]
    times: int
    status: int | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict)
    truncate: int | None = None
    corrupt: bool = False
    delay: float = 0.0


class LoopbackHub:
    """A Hub for tests: repositories, users, faults and a log of requests; a context manager."""

    def __init__(self, root: Path, *, tokens: Mapping[str, User] | None = None) -> None:
        """Keep everything below ``root``; ``tokens`` are the users that may sign in."""
        self.root = root
        self.tokens = dict(tokens or {})
        self.hosted: dict[tuple[RepoType, str], Hosted] = {}
        self.sources: dict[str, Repository] = {}
        self.requests: list[Seen] = []
        self.page = 1000
        self._faults: list[Fault] = []
        self._lock = threading.Lock()
        self._servers: list[ThreadingHTTPServer] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        """Start both servers."""
        from provenance.testing.hub_requests import handler_for  # noqa: PLC0415 - it knows the Hub

        for _ in range(2):
            server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(self))
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            self._servers.append(server)
            self._threads.append(thread)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop both servers and wait until the last request is answered."""
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()

    @property
    def url(self) -> str:
        """Return the endpoint that clients are given."""
        return f"http://127.0.0.1:{self._servers[0].server_port}"

    @property
    def store_url(self) -> str:
        """Return the origin that hands out the bytes of files in LFS."""
        return f"http://127.0.0.1:{self._servers[1].server_port}"

    @property
    def lfs(self) -> Path:
        """Return the folder of all files in LFS, named by their SHA-256."""
        return self.root / "lfs"

    def add_model(
        self, repo_id: str, *, gated: Gate = False, private: bool = False, disabled: bool = False
    ) -> Repository:
        """Add an empty model repository and return it."""
        return self._add("models", repo_id, gated=gated, private=private, disabled=disabled)

    def add_dataset(
        self, repo_id: str, *, gated: Gate = False, private: bool = False, disabled: bool = False
    ) -> Repository:
        """Add an empty dataset repository and return it."""
        return self._add("datasets", repo_id, gated=gated, private=private, disabled=disabled)

    def add_git(self, name: str) -> Repository:
        """Add an empty git repository, served as ``<url>/git/<name>``; no LFS rules apply."""
        made = Repository.create(self.root / "git" / f"{name}.git", lfs=self.lfs)
        self.sources[name] = made
        return made

    def fault(  # noqa: PLR0913 - one parameter for each thing that can go wrong
        self,
        method: str,
        pattern: str,
        *,
        times: int = 1,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        truncate: int | None = None,
        corrupt: bool = False,
        delay: float = 0.0,
    ) -> None:
        """Let something go wrong with the next ``times`` requests whose path matches ``pattern``."""
        found = re.compile(pattern)
        given = dict(headers or {})
        self._faults.append(Fault(method, found, times, status, given, truncate, corrupt, delay))

    def met(self, seen: Seen) -> Fault | None:
        """Write a request into the log and return the fault that it meets, if any."""
        with self._lock:
            self.requests.append(seen)
            for fault in self._faults:
                if fault.times and fault.method == seen.method and fault.pattern.search(seen.path):
                    fault.times -= 1
                    return fault
        return None

    def _add(self, kind: RepoType, repo_id: str, **access: Gate) -> Repository:
        made = Repository.create(self.root / kind / f"{repo_id}.git", lfs=self.lfs)
        self.hosted[kind, repo_id] = Hosted(kind, repo_id, made, **access)  # type: ignore[arg-type]
        return made
