"""What a loopback Hub holds: repositories, users, faults, and a log of requests."""

import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import attrs

from provenance.testing.repository import Repository

if TYPE_CHECKING:
    from provenance.testing.xet_store import XetStore

RepoType = Literal["models", "datasets", "spaces"]
Gate = Literal[False, "auto", "manual"]


@attrs.frozen
class User:
    """Somebody with a token: a name, the gated repositories that let them in, organizations."""

    name: str
    granted: frozenset[str] = frozenset()
    orgs: frozenset[str] = frozenset()

    def may_write(self, repo_id: str) -> bool:
        """Tell whether a repository is this user's, or that of one of their organizations."""
        return repo_id.partition("/")[0] in {self.name, *self.orgs}


@attrs.frozen
class Discussion:
    """A discussion; with a ``base``, a commit, the pull request that starts there.

    ``branch`` is the ref that the pull request is for. The number is 0 until it is opened.
    """

    title: str
    text: str
    author: str
    branch: str | None = None
    base: str | None = None
    status: Literal["open", "draft"] = "open"
    number: int = 0

    @property
    def ref(self) -> str:
        """Return the ref of the pull request's commits."""
        return f"refs/pr/{self.number}"


@attrs.frozen
class Hosted:
    """A repository on the Hub, and what stands between a user and it."""

    type: RepoType
    id: str
    repository: Repository
    gated: Gate = False
    private: bool = False
    disabled: bool = False
    discussions: list[Discussion] = attrs.field(factory=list, eq=False, repr=False)


@attrs.frozen
class Seen:
    """One request that the Hub got: what was asked, which bytes, and whether a token came along."""

    method: str
    path: str
    range: str | None
    authorized: bool


@attrs.define
class Fault:
    """Something that goes wrong with the next requests that match; ``LoopbackHub.fault`` says what.

    ``swap`` and ``ignore_range`` meet only requests for a range.
    """

    method: str
    pattern: re.Pattern[str]
    times: int
    status: int | None = None
    headers: Mapping[str, str] = attrs.field(factory=dict)
    truncate: int | None = None
    corrupt: bool = False
    swap: bool = False
    ignore_range: bool = False
    rate: int | None = None
    delay: float = 0.0

    def meets(self, seen: "Seen") -> bool:
        """Tell whether this is a request that the fault waits for."""
        ranged = self.swap or self.ignore_range
        return (
            self.times > 0
            and self.method in {seen.method, "*"}
            and self.pattern.search(seen.path) is not None
            and (seen.range is not None or not ranged)
        )


class HubState:
    """Everything that a request may look at; ``url`` and ``store_url`` are set when it serves."""

    def __init__(self, root: Path, tokens: Mapping[str, User]) -> None:
        """Keep everything below ``root``."""
        self.root = root
        self.tokens = dict(tokens)
        self.hosted: dict[tuple[RepoType, str], Hosted] = {}
        self.renamed: dict[tuple[RepoType, str], str] = {}
        self.sources: dict[str, Repository] = {}
        self.requests: list[Seen] = []
        self.faults: list[Fault] = []
        self.page = 1000
        self.xet: XetStore | None = None
        # Sizes of the files that the second origin takes, by SHA-256: a client announced them.
        self.announced: dict[str, int] = {}
        # Held from the look at a branch's tip until the branch has moved.
        self.writing = threading.Lock()
        self.url = ""
        self.store_url = ""
        self._lock = threading.Lock()

    @property
    def lfs(self) -> Path:
        """Return the folder of all files in LFS, named by their SHA-256."""
        return self.root / "lfs"

    def host(
        self,
        kind: RepoType,
        repo_id: str,
        *,
        gated: Gate = False,
        private: bool = False,
        disabled: bool = False,
    ) -> Repository:
        """Add an empty repository and return it."""
        made = Repository.create(self.root / kind / f"{repo_id}.git", lfs=self.lfs)
        self.hosted[kind, repo_id] = Hosted(kind, repo_id, made, gated, private, disabled)
        return made

    def met(self, seen: Seen) -> Fault | None:
        """Write a request into the log and return the fault that it meets, if any."""
        with self._lock:
            self.requests.append(seen)
            for fault in self.faults:
                if fault.meets(seen):
                    fault.times -= 1
                    return fault
        return None
