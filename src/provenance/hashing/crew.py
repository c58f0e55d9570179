"""Who hashes: threads of this process, or whoever stands behind an executor."""

from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Event
from types import TracebackType
from typing import NamedTuple, Protocol, Self, assert_never

from provenance.doors.processors import usable_processors
from provenance.errors import ProvenanceError
from provenance.hashing.lending import Lender
from provenance.hashing.schedule import Batch, Part, Task, Whole
from provenance.hashing.small import AHEAD, hash_batch
from provenance.hashing.wants import Want
from provenance.hashing.work import (
    Files,
    Interrupted,
    Opener,
    Outcome,
    Span,
    Unwatched,
    Watch,
    hash_span,
    hash_whole,
    opened,
)
from provenance.ports.progress import Progress
from provenance.values.stamp import DEVICE
from provenance.values.tree import SUBTREE

# Threads that wait for a disk leave the processors to others.
MORE_WHEN_COLD = 2
# What somebody elsewhere reads of one file at once: each part opens the file again.
SPAN_ELSEWHERE = 64 * SUBTREE
# Tasks handed over at once to workers that nobody counted.
TASKS_ELSEWHERE = 256
# Small files that all threads together may hold open: a process has a thousand descriptors mostly.
OPEN = 4 * AHEAD
# And those of one worker elsewhere, who may be one of many threads of a process.
OPEN_ELSEWHERE = 4

# What a task comes to: the outcomes of files, fewer than asked for after a probe; or a part.
Result = list[Outcome] | Span | ProvenanceError


class Crew(Protocol):
    """Takes tasks; ``room`` is how many at once, which may grow."""

    @property
    def span(self) -> int:
        """Return how many bytes of one file a task may be about."""
        ...

    @property
    def together(self) -> bool:
        """Return whether small files belong in one task."""
        ...

    @property
    def room(self) -> int:
        """Return how many tasks may be under way."""
        ...

    def submit(self, task: Task, wants: Sequence[Want]) -> "Future[Result]":
        """Begin a task; ``wants`` are the files that it is about."""
        ...

    def alone(self, task: Task, wants: Sequence[Want]) -> "Future[Result]":
        """Begin a task while there is no other, or do it."""
        ...


class Threads:
    """Threads of this process: they share open files, say how far they are, and can be stopped."""

    span = SUBTREE

    def __init__(self, files: Files, threads: int, progress: Progress) -> None:
        """Begin with none; ``threads`` is 0 for as many as there are usable processors."""
        self._files = files
        self._lender = Lender(files)
        self.watch = _Shared(progress)
        self._room = threads or usable_processors()
        self._more = 0 if threads else MORE_WHEN_COLD
        self._ahead = max(1, min(AHEAD, OPEN // (self._room + self._more)))
        self._pool = ThreadPoolExecutor(self._room + self._more, "hashing")

    def __enter__(self) -> Self:
        """Return the crew; at the end all threads are stopped, and waited for."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop all threads, and close what they left open."""
        self.watch.stopped.set()
        self._pool.shutdown(cancel_futures=True)
        self._lender.close()

    @property
    def together(self) -> bool:
        """Whether small files belong in one thread: as long as none had to be waited for."""
        return not self.watch.waited.is_set()

    @property
    def room(self) -> int:
        """Return how many tasks may be under way: more when a disk is waited for."""
        return self._room if self.together else self._room + self._more

    def submit(self, task: Task, wants: Sequence[Want]) -> "Future[Result]":
        """Begin a task in a thread."""
        if isinstance(task, Part):
            self._lender.expect(wants[0], -(-wants[0].size // self.span))
        hands = _Hands(self._files, self._lender.opened, self.watch, self._ahead)
        return self._pool.submit(_run, task, wants, hands, probe=self.together)

    def alone(self, task: Task, wants: Sequence[Want]) -> "Future[Result]":
        """Hash small files in the thread that would only wait for them; begin anything else."""
        if not isinstance(task, Batch):
            return self.submit(task, wants)
        done: Future[Result] = Future()
        hands = _Hands(self._files, self._lender.opened, self.watch, self._ahead)
        done.set_result(_run(task, wants, hands, probe=self.together))
        return done


class Elsewhere:
    """An executor of the caller's; what it is given and gives back travels as pickles."""

    span = SPAN_ELSEWHERE
    together = False
    room = TASKS_ELSEWHERE

    def __init__(self, files: Files, executor: Executor, progress: Progress) -> None:
        """Begin with no task; the executor stays the caller's."""
        self._files = files
        self._executor = executor
        self._progress = progress

    def submit(self, task: Task, wants: Sequence[Want]) -> "Future[Result]":
        """Begin a task somewhere."""
        hands = _Hands(self._files, partial(opened, self._files), Unwatched(), OPEN_ELSEWHERE)
        future = self._executor.submit(_run_there, task, wants, hands)
        size = task.end - task.begin if isinstance(task, Part) else sum(it.size for it in wants)
        future.add_done_callback(lambda _: self._progress.advance(size))
        return future

    def alone(self, task: Task, wants: Sequence[Want]) -> "Future[Result]":
        """Begin a task somewhere, as any other."""
        return self.submit(task, wants)


class _Shared:
    """What threads of one process share: progress, a way to be stopped, and what they met."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.stopped = Event()
        self.waited = Event()

    def advance(self, size: int) -> None:
        if self.stopped.is_set():
            raise Interrupted
        self._progress.advance(size)

    def cold(self) -> None:
        self.waited.set()


class _Hands(NamedTuple):
    """What it takes to do a task: where files are opened, who watches, and how many are open."""

    files: Files
    opener: Opener
    watch: Watch
    ahead: int


def _run_there(task: Task, wants: Sequence[Want], hands: _Hands) -> Result:
    """Do one task where the same files may lie on a device of another number."""
    return _run(task, _as_seen_here(hands.files, wants), hands)


def _as_seen_here(files: Files, wants: Sequence[Want]) -> list[Want]:
    """Return wants whose stamps have this machine's numbers of devices.

    A file system that machines share has a number of its own on each; one file tells which.
    """
    here: dict[int, int] = {}
    found = []
    for want in wants:
        stamp = want.stamp
        if stamp is None:
            found.append(want)
            continue
        device, inode, size, mtime, ctime = stamp
        if device not in here:
            # What cannot be opened says why when it is hashed.
            with suppress(OSError, ProvenanceError), opened(files, want._replace(stamp=None)) as it:
                here[device] = it[1][DEVICE]
        found.append(want._replace(stamp=(here.get(device, device), inode, size, mtime, ctime)))
    return found


def _run(task: Task, wants: Sequence[Want], hands: _Hands, *, probe: bool = False) -> Result:
    """Do one task.

    Raises:
        Interrupted: when the watch says so.
    """
    match task:
        case Batch():
            return hash_batch(hands.files, wants, hands.watch, ahead=hands.ahead, probe=probe)
        case Whole():
            return [hash_whole(hands.files, wants[0], hands.watch)]
        case Part(_, begin, end):
            return hash_span(hands.opener, wants[0], begin, end, hands.watch)
        case _:
            assert_never(task)
