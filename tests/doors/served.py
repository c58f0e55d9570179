"""A web server of this test's own on 127.0.0.1: it answers as it is told, or with git's bytes."""

import atexit
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple, Self

GIT = shutil.which("git") or "git"


class Request(NamedTuple):
    """What was asked: method, path with its query, headers in lowercase, body."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Answer(NamedTuple):
    """What is answered; ``cut`` breaks the line after so many bytes, ``hang`` never answers."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}
    cut: int | None = None
    hang: bool = False


#: What is answered when the test is over.
NOTHING = Answer(404)


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the server's function, and its answer back."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def answer(self) -> None:
        """Answer one request as the function says."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        said = self.server.say(Request(self.command, self.path, headers, self.body()))
        if said.hang:
            self.server.over.wait(30)
            said = NOTHING
        self.send_response(said.status)
        for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said.body[: said.cut])
        self.close_connection = said.cut is not None

    def body(self) -> bytes:
        """Read the body of the request, in one piece or in chunks."""
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    do_GET = do_POST = do_HEAD = answer  # noqa: N815 - names of the standard library


class Server(ThreadingHTTPServer):
    """A server with the function that answers, and an event for its end."""

    daemon_threads = True

    def __init__(self, say: Callable[[Request], Answer]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.say = say
        self.over = threading.Event()

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that went away."""


def left_behind() -> set[threading.Thread]:
    """Return the threads that still wait for a Hub."""
    return {one for one in threading.enumerate() if one.name == "provenance-hub"}


@contextmanager
def served(answer: Callable[[Request], Answer]) -> Iterator[str]:
    """Yield the address of a server that answers each request as the function says."""
    before = left_behind()
    server = Server(answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()

    def end() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.say = lambda _: NOTHING
        server.over.set()
        if left_behind() - before:
            # Who was left behind asks again when the test is over; a refused connection would then
            # break those of the tests that come after.
            atexit.register(end)
        else:
            end()


def clean(home: Path) -> dict[str, str]:
    """Return an environment for git in which nothing of this machine's is read."""
    who = {"NAME": "A", "EMAIL": "a@example.org", "DATE": "2024-01-01T00:00:00+0000"}
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{f"GIT_{role}_{key}": it for role in ("AUTHOR", "COMMITTER") for key, it in who.items()},
    }


class Hosted:
    """A bare repository that the server offers at ``/<name>``; objects are made by hand."""

    path: Path

    @classmethod
    def at(cls, path: Path) -> Self:
        """Return a repository that is there already."""
        hosted = cls.__new__(cls)
        hosted.path = path
        return hosted

    def __init__(self, root: Path, name: str) -> None:
        self.path = root / name
        self.path.mkdir(parents=True)
        self.git("init", "--quiet", "--bare", "--initial-branch=main", ".")
        self.git("config", "uploadpack.allowFilter", "true")

    def has(self, oid: str) -> bool:
        """Tell whether an object is here; none is fetched from elsewhere."""
        found = self.git("cat-file", "--batch-check", stdin=f"{oid}\n".encode())
        return not found.endswith("missing")

    def git(self, *command: str, stdin: bytes = b"") -> str:
        """Run git in the repository and return what it prints."""
        done = subprocess.run(
            (GIT, *command),
            cwd=self.path,
            env=clean(self.path),
            input=stdin,
            stdout=subprocess.PIPE,
            check=True,
        )
        return done.stdout.decode().strip()

    def object(self, kind: str, data: bytes) -> str:
        """Write an object, however odd, and return its id."""
        return self.git("hash-object", "-t", kind, "-w", "--stdin", "--literally", stdin=data)

    def tree(self, *entries: tuple[str, str | bytes, str]) -> str:
        """Write a tree of (mode, name, id) entries as they are, and return its id."""
        parts = (
            mode.encode()
            + b" "
            + (name if isinstance(name, bytes) else name.encode())
            + b"\0"
            + bytes.fromhex(oid)
            for mode, name, oid in entries
        )
        return self.object("tree", b"".join(parts))

    def commit(self, tree: str, *names: str) -> str:
        """Write a commit of the tree, point the refs at it, and return its id."""
        commit = self.git("commit-tree", tree, "-m", "a commit")
        for name in names or ("refs/heads/main",):
            self.git("update-ref", name, commit)
        return commit

    def files(self, files: Mapping[str, bytes], *names: str) -> str:
        """Commit files in one folder, and return the commit's id."""
        entries = [("100644", name, self.object("blob", it)) for name, it in sorted(files.items())]
        return self.commit(self.tree(*entries), *names)


def git_answers(root: Path) -> Callable[[Request], Answer]:
    """Return a function that answers as git's own http server over the folder does."""

    def answer(request: Request) -> Answer:
        path, _, query = request.path.partition("?")
        done = subprocess.run(
            (GIT, "http-backend"),
            input=request.body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
            env={
                **clean(root),
                "GIT_PROJECT_ROOT": str(root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "REQUEST_METHOD": request.method,
                "REMOTE_ADDR": "127.0.0.1",
                "CONTENT_TYPE": request.headers.get("content-type", ""),
                "CONTENT_LENGTH": str(len(request.body)),
                "HTTP_CONTENT_ENCODING": request.headers.get("content-encoding", ""),
                "GIT_PROTOCOL": request.headers.get("git-protocol", ""),
            },
        )
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        status = int(headers.pop("Status", "200").split()[0])
        return Answer(status, body, headers)

    return answer
