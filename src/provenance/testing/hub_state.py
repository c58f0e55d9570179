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
        self.url = ""
        self.store_url = ""
        self._lock = threading.Lock()

    @property
    def lfs(self) -> Path:
        """Return the folder of all files in LFS, named by their SHA-256."""
        return self.root / "lfs"

    def met(self, seen: Seen) -> Fault | None:
        """Write a request into the log and return the fault that it meets, if any."""
        with self._lock:
            self.requests.append(seen)
            for fault in self.faults:
                if fault.meets(seen):
                    fault.times -= 1
                    return fault
        return None
