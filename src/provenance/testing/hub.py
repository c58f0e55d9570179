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
from typing import Self

import attrs

from provenance.testing.hub_server import handler_for
from provenance.testing.hub_state import Fault, Gate, HubState, RepoType, User
from provenance.testing.repository import Repository
from provenance.testing.xet_store import XetStore, require_hf_xet


class LoopbackHub(HubState):
    """A Hub for tests: repositories, users, faults and a log of requests; a context manager.

    ``url`` is the endpoint for clients, ``store_url`` the origin that hands out the bytes
    of files in LFS.
    """

    def __init__(
        self, root: Path, *, tokens: Mapping[str, User] | None = None, xet: bool = False
    ) -> None:
        """Keep everything below ``root``; ``tokens`` are the users that may sign in.

        With ``xet``, files in LFS are in xet too, in a store on this disk.

        Raises:
            ToolError: USAGE, for ``xet`` where hf_xet is not installed.
        """
        super().__init__(root, tokens or {})
        if xet:
            require_hf_xet()
            self.xet = XetStore(root.absolute() / "xet")
        self._servers: list[ThreadingHTTPServer] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        """Start both servers."""
        self.url = self._serve()
        # Another name of this machine: clients that compare hosts and no ports see two origins.
        self.store_url = self._serve().replace("127.0.0.1", "localhost")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop both servers; connections that clients keep open are left to end by themselves."""
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()

    def add_model(
        self, repo_id: str, *, gated: Gate = False, private: bool = False, disabled: bool = False
    ) -> Repository:
        """Add an empty model repository and return it."""
        return self.host("models", repo_id, gated=gated, private=private, disabled=disabled)

    def add_dataset(
        self, repo_id: str, *, gated: Gate = False, private: bool = False, disabled: bool = False
    ) -> Repository:
        """Add an empty dataset repository and return it."""
        return self.host("datasets", repo_id, gated=gated, private=private, disabled=disabled)

    def add_space(self, repo_id: str, *, private: bool = False) -> Repository:
        """Add an empty space, of files alone: nothing runs; return its repository."""
        return self.host("spaces", repo_id, private=private)

    def rename(self, kind: RepoType, old: str, new: str) -> None:
        """Give a repository another id; whoever asks for the old one is sent to the new one."""
        self.hosted[kind, new] = attrs.evolve(self.hosted.pop((kind, old)), id=new)
        self.renamed[kind, old] = new

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
        swap: bool = False,
        ignore_range: bool = False,
        rate: int | None = None,
        delay: float = 0.0,
    ) -> None:
        """Let something go wrong with the next requests that fit; a request meets one fault.

        Args:
            method: of the requests; ``*`` is any.
            pattern: searched for in path and query.
            times: how many requests it meets.
            status: answered in place of what was asked for, with ``headers`` and no body.
            headers: without a status: put over those of the answer, a wrong ``ETag`` for example.
            truncate: bytes after which the connection ends.
            corrupt: flip a bit of the first byte; the size stays.
            swap: answer a request for a range with bytes of another content.
            ignore_range: answer a request for a range with the whole, and status 200.
            rate: bytes in a second.
            delay: seconds before the answer.

        """
        self.faults.append(
            Fault(
                method,
                re.compile(pattern),
                times,
                status=status,
                headers=dict(headers or {}),
                truncate=truncate,
                corrupt=corrupt,
                swap=swap,
                ignore_range=ignore_range,
                rate=rate,
                delay=delay,
            )
        )

    def _serve(self) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler_for(self))
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        self._servers.append(server)
        self._threads.append(thread)
        return f"http://127.0.0.1:{server.server_port}"
