"""The digest engine: each file is read once, and what changes meanwhile is noticed."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import TYPE_CHECKING, assert_never

from provenance.errors import Code, ProvenanceError, ToolError
from provenance.hashing.crew import Crew, Elsewhere, Result, Threads
from provenance.hashing.schedule import Batch, Task, batches, schedule
from provenance.hashing.small import BATCH
from provenance.hashing.wants import Want, Wants
from provenance.hashing.work import Files, Outcome, Span, changed
from provenance.ports.progress import Progress
from provenance.values.stamp import INODE
from provenance.values.tree import root

if TYPE_CHECKING:
    from provenance.values.stamp import Stamp

# Seconds that a signal may have to wait: one that comes as we begin to wait wakes nobody.
_LOOK_UP = 0.2


def digest_files(
    wants: Sequence[Want],
    files: Files,
    *,
    threads: int = 0,
    executor: Executor | None = None,
    progress: Progress,
) -> tuple[Outcome, ...]:
    """Hash files; outcomes come in the order of ``wants``, and one failure stops no other.

    ``threads`` is 0 for as many as there are usable processors, and a few more while a disk is
    waited for. Each file is opened once and read once; names of one unchanged inode share what was
    read. Memory is a quarter of a megabyte for each thread, whatever the sizes. An interrupt ends
    all threads within one read.

    An ``executor`` of the caller's does the work instead, in processes or on machines that see the
    same files: then ``files`` and the outcomes travel, and a large file of which only the hash tree
    is wanted is opened by everyone who reads a part of it.

    A file fails with FS_CHANGED when it is not what was listed or is touched while it is read, with
    FS_IO when its disk fails, and with whatever else ``files`` raises.

    Raises:
        ToolError: when the executor breaks.
    """
    if executor:
        return _hashed(Wants.of(wants), Elsewhere(files, executor, progress), progress)
    with Threads(files, threads, progress) as crew:
        return _hashed(Wants.of(wants), crew, progress)


def _hashed(wants: Wants, crew: Crew, progress: Progress) -> tuple[Outcome, ...]:
    first = _first_names(wants)
    if isinstance(first, range):
        progress.expect(sum(wants.sizes))
        return tuple(_Work(crew, wants).outcomes())
    alone = [at for at, one in enumerate(first) if at == one]
    progress.expect(sum([wants.sizes[at] for at in alone]))
    found = dict(zip(alone, _Work(crew, wants.chosen(alone)).outcomes(), strict=True))
    # A name whose file failed under its first name is looked at for itself.
    failed = (at for at, one in enumerate(first) if isinstance(found[one], ProvenanceError))
    again = [at for at in failed if at not in found]
    found |= zip(again, _Work(crew, wants.chosen(again)).outcomes(), strict=True)
    return tuple([found[at if at in found else one] for at, one in enumerate(first)])


def _first_names(wants: Wants) -> Sequence[int]:
    """Return for each file the place of the first that is the same inode, mostly its own."""
    stamps = wants.stamps
    if len({stamp and stamp[INODE] for stamp in stamps}) == len(stamps):
        return range(len(stamps))
    known: dict[Stamp, int] = {}
    places = []
    for at, stamp in enumerate(stamps):
        place = at if stamp is None else known.setdefault(stamp, at)
        places.append(place if wants.algorithms[place] == wants.algorithms[at] else at)
    return places


class _Work:
    """Hands out tasks as there is room, and puts together what they come to."""

    def __init__(self, crew: Crew, wants: Wants) -> None:
        self._crew = crew
        self._wants = wants
        self._tasks = deque(schedule(wants, span=crew.span, together=crew.together))
        self._outcomes: dict[int, Outcome] = {}
        self._spans: dict[int, list[Span]] = {}
        # How much of each file in parts is done: a large one has thousands of parts.
        self._sizes: Counter[int] = Counter()

    def outcomes(self) -> list[Outcome]:
        for task, result in self._results():
            self._take(task, result)
        return [self._outcomes[at] for at in range(len(self._wants))]

    def _results(self) -> Iterator[tuple[Task, Result]]:
        under_way: dict[Future[Result], Task] = {}
        try:
            while self._tasks or under_way:
                while self._tasks and len(under_way) < self._crew.room:
                    task = self._tasks.popleft()
                    alone = not self._tasks and not under_way
                    begin = self._crew.alone if alone else self._crew.submit
                    under_way[begin(task, self._of(task))] = task
                done, _ = wait(under_way, _LOOK_UP, FIRST_COMPLETED)
                for future in done:
                    yield under_way.pop(future), future.result()
        except BrokenExecutor as cause:
            what = f"those who hash gave up: {cause}"
            raise ToolError(what, hint="start them again", code=Code.EXECUTOR) from cause
        finally:
            for future in under_way:
                future.cancel()

    def _of(self, task: Task) -> Wants:
        return self._wants.chosen(_places(task))

    def _take(self, task: Task, result: Result) -> None:
        places = _places(task)
        match result:
            case Span():
                self._join(places[0], result)
            case ProvenanceError():
                self._outcomes[places[0]] = result
            case list():
                self._outcomes |= zip(places, result, strict=False)
                # Who probed, and had to wait, left the others for more threads.
                self._tasks.extendleft(batches(places[len(result) :], BATCH))
            case _:
                assert_never(result)

    def _join(self, place: int, span: Span) -> None:
        """Add a part of a file; the last one completes it, unless another one failed."""
        want, spans = self._wants[place], self._spans.setdefault(place, [])
        spans.append(span)
        self._sizes[place] += span.size
        if place in self._outcomes or self._sizes[place] < want.size:
            return
        # Each machine has a number of its own for the device.
        if len({one.stamp[INODE:] for one in spans}) > 1:
            self._outcomes[place] = changed(want, "was written to while it was read")
        else:
            subtrees = [subtree for one in sorted(spans) for subtree in one.subtrees]
            self._outcomes[place] = (root(want.size, subtrees).value,)


def _places(task: Task) -> Sequence[int]:
    return task.places if isinstance(task, Batch) else (task.place,)
