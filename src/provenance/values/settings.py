"""Settings: everything about the caller's world that the work depends on, passed explicitly."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import attrs

from provenance.errors import InvalidValueError
from provenance.values.digest import Algorithm
from provenance.values.network import Network

PUBLIC_HUB = "https://huggingface.co"
GIBIBYTE = 2**30


@attrs.frozen
class Mirror:
    """A link prefix, and where the caller keeps a copy of what is behind it."""

    prefix: str
    target: str

    def __attrs_post_init__(self) -> None:
        """Refuse a mirror whose ends are not addresses."""
        for end in (self.prefix, self.target):
            parts = urlsplit(end)
            if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username:
                raise InvalidValueError(
                    f"{end!r} is not an address",
                    hint="write FROM=TO with http(s) addresses, for example "
                    "https://github.com/=https://git.example.org/mirror/",
                )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``FROM=TO``; the inverse of ``str``."""
        prefix, _, target = text.partition("=")
        return cls(prefix, target)

    def covers(self, address: str) -> bool:
        """Whether an address begins with the prefix, and the prefix ends where a name does.

        >>> Mirror.parse("https://a.org=https://b.org").covers("https://a.org.example/x")
        False
        """
        rest = address.removeprefix(self.prefix)
        whole = self.prefix.endswith("/") or not rest or rest[0] in "/?#@"
        return address.startswith(self.prefix) and whole

    def __str__(self) -> str:
        """Return ``FROM=TO``."""
        return f"{self.prefix}={self.target}"


@attrs.frozen
class Budget:
    """What may be spent on one release, in bytes and files; each bound ends as a hazard."""

    file: int = 1024 * GIBIBYTE
    release: int = 16 * 1024 * GIBIBYTE
    files: int = 1_000_000
    depth: int = 64
    # The data files of one linked dataset; larger ones stay listed with their server's digests.
    dataset: int = 256 * 2**20
    # One linked repository, on the wire and unpacked.
    repository: int = 512 * 2**20
    links: int = 64
    # Seconds for everything that is linked, together; what is not reached by then stays unseen.
    following: float = 900.0


def _with_sha256(_: object, __: object, algorithms: tuple[Algorithm, ...]) -> None:
    if Algorithm.SHA256 not in algorithms:
        raise InvalidValueError(
            "digests without sha256 among them", hint="add sha256: a release is known by it"
        )


@attrs.frozen
class Settings:
    """Where to look, what to keep, how much to spend.

    ``cache`` is the folder that downloads go to; ``jobs`` is the number of hashing threads, 0 for
    as many as there are usable processors; ``weights`` false leaves the weight files unread;
    ``algorithms`` are the digests that every file gets, SHA-256 among them; with a
    ``digest_cache``, digests of files on this disk that nobody touched since they were hashed come
    from there; ``git_proof`` holds the Hub's list against its git repository; ``tensors`` reads the
    weights once more, for the root over their tensors; ``network`` is the way out.
    """

    endpoint: str = PUBLIC_HUB
    token: str | None = attrs.field(default=None, repr=False)
    cache: Path | None = None
    evidence: Path | None = None
    mirrors: tuple[Mirror, ...] = ()
    offline: bool = False
    weights: bool = True
    git_proof: bool = False
    tensors: bool = False
    jobs: int = 0
    algorithms: tuple[Algorithm, ...] = attrs.field(
        default=(Algorithm.SHA256,), validator=_with_sha256
    )
    digest_cache: Path | None = None
    budget: Budget = Budget()
    network: Network = attrs.field(factory=Network)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read the Hub's usual variables: ``HF_ENDPOINT``, ``HF_TOKEN``, ``HF_HUB_OFFLINE``.

        The cache is ``PROVENANCE_CACHE``, or ``provenance`` in ``XDG_CACHE_HOME`` or ``~/.cache``,
        where these are whole paths. Proxies and certificates: see :meth:`Network.from_environ`.
        """
        home = environ.get("HOME", "")
        folders = (environ.get("XDG_CACHE_HOME", ""), f"{home}/.cache" if home else "")
        caches = (f"{folder}/provenance" for folder in folders if folder.startswith("/"))
        cache = environ.get("PROVENANCE_CACHE") or next(caches, "")
        return cls(
            endpoint=environ.get("HF_ENDPOINT") or PUBLIC_HUB,
            token=environ.get("HF_TOKEN") or None,
            cache=Path(cache) if cache else None,
            offline=environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"},
            network=Network.from_environ(environ),
        )

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """Return the addresses that the caller named: only they may be plain or not public."""
        return (self.endpoint, *(mirror.target for mirror in self.mirrors))

    def mirrored(self, address: str) -> str:
        """Return where the caller keeps ``address``: the longest matching prefix is rewritten."""
        fitting = [one for one in self.mirrors if one.covers(address)]
        best = max(fitting, key=lambda one: len(one.prefix), default=None)
        return best.target + address.removeprefix(best.prefix) if best else address
