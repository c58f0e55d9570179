"""Reading the objects of a repository on this disk; each one is hashed again."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum, unique
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import TYPE_CHECKING, Self

import attrs

from provenance.errors import Code, ReleaseError, ToolError
from provenance.values.revision import Commit

if TYPE_CHECKING:
    import git

# For one object of at most some megabytes, read from this disk.
PATIENCE = 10.0
_TRACES = ("TRACE", "TRACE2", "TRACE2_EVENT", "TRACE2_PERF", "TRACE_SETUP", "TRACE_PACKET")


@unique
class ObjectKind(StrEnum):
    """What an object of git is; annotated tags are not read."""

    COMMIT = "commit"
    TREE = "tree"
    BLOB = "blob"


def _environment(repository: Path) -> dict[str, str]:
    """Return what overrules each ambient variable that could lead git elsewhere."""
    return {
        "GIT_DIR": str(repository),
        "GIT_COMMON_DIR": str(repository),
        "GIT_OBJECT_DIRECTORY": str(repository / "objects"),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
        "GIT_NAMESPACE": "",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_COUNT": "0",
        "GIT_CONFIG_PARAMETERS": "",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "HOME": str(repository),
        "XDG_CONFIG_HOME": str(repository),
        **{f"GIT_{name}": "0" for name in _TRACES},
    }


@attrs.frozen
class Objects:
    """The objects of a bare repository, read by one thread; ``close`` ends the processes behind."""

    _repo: "git.Repo"
    _seconds: float

    @classmethod
    def at(cls, repository: Path, *, seconds: float = PATIENCE) -> Self:
        """Open the bare repository in this folder; git has so many seconds for each object.

        Raises:
            ToolError: GIT_MISSING, when GitPython, which asks git for its version, gets no answer.
        """
        try:
            import git  # noqa: PLC0415 - heavy, and only needed once there is something to read
        except ImportError as cause:
            raise ToolError(
                "GitPython cannot be loaded",
                hint="check that `git version` works here",
                code=Code.GIT_MISSING,
            ) from cause
        repo = git.Repo(repository, expand_vars=False)
        repo.git.update_environment(**_environment(repository))
        return cls(repo, seconds)

    def __enter__(self) -> Self:
        """Return the objects: the processes behind them are ended at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes."""
        self.close()

    def close(self) -> None:
        """End the processes; a second call does nothing, and reading starts them anew."""
        self._repo.close()

    def size(self, oid: Commit) -> int | None:
        """Return the size of an object in bytes, or ``None`` when it is not here."""
        try:
            with self._hurried():
                return int(self._repo.odb.info(bytes.fromhex(oid.hex)).size)
        except (ValueError, OSError):
            # Not here, or git gave up over it: the next question goes to a new process.
            self.close()
            return None

    def read(self, oid: Commit, kind: ObjectKind, limit: int) -> bytes:
        """Return the bytes of an object that is here.

        Raises:
            ReleaseError: GIT_CORRUPT, for an object that is of another kind, is not there or does
                not have the hash that names it; RESOURCE, when it is larger than ``limit`` bytes.
        """
        size = self.size(oid)
        if size is None:
            raise _corrupt(oid, "cannot be read")
        if size > limit:
            raise ReleaseError(
                f"the {kind} {oid} has {size} bytes, more than {limit}",
                hint="look at the repository by hand",
                code=Code.RESOURCE,
            )
        said, data = self._bytes(oid, size)
        header = f"{said} {len(data)}\0".encode()
        # git's own name for an object: not our choice of hash, and never the only digest we keep.
        if hashlib.sha1(header + data, usedforsecurity=False).hexdigest() != oid.hex:
            # What is left of a bad answer must not be taken for the next one.
            self.close()
            raise _corrupt(oid, "does not have the hash that names it")
        if said != kind:
            raise _corrupt(oid, f"is not a {kind}")
        return data

    def _bytes(self, oid: Commit, size: int) -> tuple[str, bytes]:
        try:
            with self._hurried():
                found = self._repo.odb.stream(bytes.fromhex(oid.hex))
                said = found.type.decode() if isinstance(found.type, bytes) else str(found.type)
                return said, bytes(found.read(size))
        except (ValueError, OSError) as cause:
            self.close()
            raise _corrupt(oid, "cannot be read") from cause

    @contextmanager
    def _hurried(self) -> Iterator[None]:
        """Kill the processes when they take too long: over a broken object git waits for ever."""
        timer = Timer(self._seconds, self._kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _kill(self) -> None:
        for command in (self._repo.git.cat_file_all, self._repo.git.cat_file_header):
            if command is not None and command.proc is not None:
                command.proc.kill()


def _corrupt(oid: Commit, what: str) -> ReleaseError:
    return ReleaseError(
        f"the git object {oid} {what}",
        hint="fetch the repository again; if it stays so, do not trust it",
        code=Code.GIT_CORRUPT,
    )
