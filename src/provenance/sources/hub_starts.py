"""Parts of the Hub's files, mostly their beginnings: many at once, and none of the rest."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import attrs

from provenance.errors import SourceError
from provenance.ports.starts import Start, Wanted
from provenance.sources.hub_errors import translated
from provenance.sources.hub_stream import Begun, Line
from provenance.sources.hub_watch import watched
from provenance.values.inventory import FileEntry
from provenance.values.look import Seen, Unseen
from provenance.values.path import RelPath

THREADS = 8
# How often a connection may be lost on the way to one beginning.
TRIES = 3


@attrs.frozen(eq=False)
class Beginnings:
    """Remembers where the first bytes of each file came from: more come straight from there."""

    _addresses: dict[RelPath, str] = attrs.field(factory=dict)

    def read(
        self, line: Line, wanted: Sequence[tuple[FileEntry, Wanted]], stall: float
    ) -> Mapping[RelPath, Start]:
        """Return the beginnings; what cannot be had is unseen.

        Raises:
            ReleaseError: HUB_MISMATCH, HUB_ANSWER.
        """

        def look(pair: tuple[FileEntry, Wanted]) -> Start:
            try:
                return Seen(self._read(line, *pair, stall))
            except SourceError as error:
                return Unseen(error.what, error.code)

        with ThreadPoolExecutor(THREADS, thread_name_prefix="provenance-starts") as pool:
            return dict(zip((one.path for _, one in wanted), pool.map(look, wanted), strict=True))

    def _read(self, line: Line, entry: FileEntry, wanted: Wanted, stall: float) -> bytes:
        what = f"{line.repo_id}: {entry.path.text!a}"

        def work(answer: Callable[[Begun], None]) -> None:
            with translated(what):
                answer(self._start(line, entry, wanted))

        (start,) = watched(work, what=what, stall=stall)
        self._addresses[entry.path] = start.address
        return start.data

    def _start(self, line: Line, entry: FileEntry, wanted: Wanted) -> Begun:
        at = wanted.start
        size = max(min(wanted.size, entry.size - at), 0)
        address = self._addresses.get(entry.path)
        start = Begun(wanted.known, address) if address else line.start(entry, size, at=at)
        for _ in range(TRIES):
            if len(start.data) >= size:
                return start
            start = line.rest(entry, start, size, at=at)
        raise SourceError("the connection is lost again and again", hint="try again later")
