"""What is known of files before any byte is read: from the cache, or by the kernel's word."""

from collections.abc import Iterable, Sequence

import attrs

from provenance.doors.verity import measure
from provenance.errors import ProvenanceError
from provenance.hashing.wants import Columns, Want
from provenance.hashing.work import Files, Outcome, opened
from provenance.stores.digest_cache import DigestCache, Kept
from provenance.values.digest import Algorithm
from provenance.values.inventory import How

# Opening a smaller file to ask the kernel is hardly less work than reading it.
WORTH_ASKING = 2**20


@attrs.frozen
class Memory:
    """Digests of earlier readings; a ``strict`` one believes the kernel alone.

    The cache knows a file by its stamp, which a store through a mapping that was dirty before does
    not change. What the kernel measured (fs-verity) is a file that nobody can change.
    """

    cache: DigestCache
    strict: bool = False

    @property
    def how(self) -> How:
        """Return how digests that are recalled came to be known."""
        return How.KERNEL if self.strict else How.CACHED

    def recall(
        self, files: Files, columns: Columns, algorithms: tuple[Algorithm, ...]
    ) -> list[tuple[bytes, ...] | None]:
        """Return the digests of each file that are known, in order."""
        if not self.strict:
            return self.cache.find(columns.stamps, algorithms)
        return [self._vouched(files, want) for want in columns.wants(algorithms)]

    def recall_each(self, wants: Sequence[Want]) -> list[tuple[bytes, ...] | None]:
        """Return what the cache knows of files that may differ in what is wanted of them."""
        found: list[tuple[bytes, ...] | None] = [None] * len(wants)
        for algorithms in {want.algorithms for want in wants}:
            stamps = {
                at: want.stamp
                for at, want in enumerate(wants)
                if want.stamp and want.algorithms == algorithms
            }
            for at, digests in zip(
                stamps, self.cache.find(list(stamps.values()), algorithms), strict=True
            ):
                found[at] = digests
        return found

    def keep(
        self, files: Files, wants: Sequence[Want], outcomes: Sequence[Outcome], started_ns: int
    ) -> None:
        """Keep what was read since ``started_ns``, for the next time."""
        pairs = zip(wants, outcomes, strict=True)
        read = [(want, outcome) for want, outcome in pairs if isinstance(outcome, tuple)]
        self.cache.keep(
            Kept(want.stamp, started_ns, tuple(_named(want, digests)))
            for want, digests in read
            if want.stamp
        )
        for want, digests in read if self.strict else ():
            if measurement := _measured(files, want):
                self.cache.keep_measured(measurement, want.size, _named(want, digests))

    def _vouched(self, files: Files, want: Want) -> tuple[bytes, ...] | None:
        measurement = _measured(files, want)
        if measurement is None:
            return None
        return self.cache.find_measured(measurement, want.size, want.algorithms)


def _named(want: Want, digests: tuple[bytes, ...]) -> Iterable[tuple[Algorithm, bytes]]:
    return zip(want.algorithms, digests, strict=True)


def _measured(files: Files, want: Want) -> bytes | None:
    """Return what the kernel measured of a file that is still what was listed."""
    if want.size < WORTH_ASKING:
        return None
    try:
        with opened(files, want) as (descriptor, _):
            found = measure(descriptor)
    except (OSError, ProvenanceError):
        # Reading it will meet the same trouble, and tell of it.
        return None
    return bytes(found) if found else None
