"""What is known of files before any byte is read: from the cache, or by the kernel's word."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import attrs

from provenance.doors.verity import measure
from provenance.errors import ProvenanceError
from provenance.flows.digesting.measured_files import Ask, MeasuredFiles, asked
from provenance.hashing.wants import Columns, Want
from provenance.hashing.work import Files, Outcome, opened
from provenance.stores.digest_cache import DigestCache, Kept
from provenance.values.digest import Algorithm
from provenance.values.inventory import How

# Opening a smaller file to ask the kernel is hardly less work than reading it.
WORTH_ASKING = 2**20
_NOTHING: Mapping[str, bytes] = MappingProxyType({})


@attrs.frozen
class Memory:
    """Digests of earlier readings; a ``strict`` one believes the kernel alone.

    The cache knows a file by its stamp, which a store through a mapping that was dirty before does
    not change. What the kernel measured (fs-verity) is a file that nobody can change. ``ask`` is
    how it is asked.
    """

    cache: DigestCache
    strict: bool = False
    ask: Ask = measure

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

    def measuring(self, files: Files, wants: Iterable[Want]) -> MeasuredFiles:
        """Return the same files, of which a strict memory has those measured that it may keep."""
        worth = [want for want in wants if want.size >= WORTH_ASKING] if self.strict else []
        return MeasuredFiles(files, worth, self.ask)

    def keep(
        self,
        wants: Sequence[Want],
        outcomes: Sequence[Outcome],
        started_ns: int,
        measured: Mapping[str, bytes] = _NOTHING,
    ) -> None:
        """Keep what was read since ``started_ns``, for the next time.

        ``measured`` is what the kernel measured of each file before its first byte was read, by
        path: see :class:`MeasuredFiles`.
        """
        pairs = zip(wants, outcomes, strict=True)
        read = [(want, outcome) for want, outcome in pairs if isinstance(outcome, tuple)]
        self.cache.keep(
            Kept(want.stamp, started_ns, tuple(_named(want, digests)))
            for want, digests in read
            if want.stamp
        )
        for want, digests in read:
            if measurement := measured.get(want.path):
                self.cache.keep_measured(measurement, want.size, _named(want, digests))

    def _vouched(self, files: Files, want: Want) -> tuple[bytes, ...] | None:
        measurement = self._measured(files, want)
        if measurement is None:
            return None
        return self.cache.find_measured(measurement, want.size, want.algorithms)

    def _measured(self, files: Files, want: Want) -> bytes | None:
        """Return what the kernel measured of a file that is still what was listed."""
        if want.size < WORTH_ASKING:
            return None
        try:
            with opened(files, want) as (descriptor, _):
                return asked(descriptor, self.ask)
        except (OSError, ProvenanceError):
            # Reading it will meet the same trouble, and tell of it.
            return None


def _named(want: Want, digests: tuple[bytes, ...]) -> Iterable[tuple[Algorithm, bytes]]:
    return zip(want.algorithms, digests, strict=True)
