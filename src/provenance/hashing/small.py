"""Small files, many at a time: what costs is each file, and not its bytes."""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

from provenance.doors.clock import settle
from provenance.doors.descriptor import (
    close,
    fetch_ahead,
    read,
    read_if_in_memory,
    stamp,
    stamp_of,
    status_of,
)
from provenance.errors import ProvenanceError
from provenance.hashing.algorithms import once
from provenance.hashing.wants import Want, Wants
from provenance.hashing.work import Files, Outcome, Watch, listed, touched, trouble
from provenance.values.stamp import CTIME, Stamp

# Below this size a file is read at once, and starting a thread for it would cost more than that.
SMALL = 64 * 2**10
BATCH = 256
# How many files may be open at once where a disk must be waited for: enough to keep it busy.
AHEAD = 32

_Open = Callable[[str], int]


def hash_batch(
    files: Files, wants: Sequence[Want], watch: Watch, *, ahead: int = AHEAD, probe: bool = False
) -> list[Outcome]:
    """Hash small files, folder by folder; outcomes come in order, and one failure stops no other.

    Four system calls for a file that has a stamp: open, read, fstat, close. ``ahead`` are opened at
    once; where the first of these is not in memory, a fifth call asks for the others before any is
    read. With ``probe`` the work ends early where many must be waited for: then there are fewer
    outcomes than wants, and more threads should do the others.

    Raises:
        Interrupted: when the watch says so.
    """
    outcomes: list[Outcome] = []
    for group in Wants.of(wants).groups(BATCH):
        settle(max([one[CTIME] for one in group.stamps if one], default=0))
        some = [group[at : at + ahead] for at in range(0, len(group), ahead)]
        misses = 0
        try:
            with files.within(group.folders[0]) as open_file:
                found: list[Outcome] = []
                for one in some:
                    misses += _hash(one, open_file, found, look=probe or ahead > 1)
        except (OSError, ProvenanceError) as cause:
            found = [trouble(want, cause) for want in group]
        outcomes += found
        watch.advance(sum(group.sizes))
        if probe and misses * 2 > len(some):
            watch.cold()
            break
    return outcomes


def _hash(some: Wants, open_file: _Open, found: list[Outcome], *, look: bool) -> bool:
    """Hash a few files of one folder; tell whether they had to be waited for."""
    opened: deque[int | ProvenanceError] = deque()
    digests = once(some.algorithms[0])
    try:
        waits = look and _fetch(some, open_file, opened)
        files = zip(some.names, some.sizes, some.stamps, strict=True)
        for at, (name, size, expected) in enumerate(files):
            try:
                descriptor = opened.popleft() if opened else open_file(name)
                if isinstance(descriptor, ProvenanceError):
                    raise descriptor
                try:
                    before = _listed(some[at], descriptor) if expected is None else expected
                    # One byte more than it has: a file that grew shows in the same read. Before its
                    # stamp is seen these may be anything's bytes, and are nobody's digest.
                    data = read(descriptor, size + 1)
                    after = stamp(status_of(descriptor))
                finally:
                    close(descriptor)
                if after != before or len(data) != size:
                    raise touched(some[at], after)
                found.append(digests(data))
            except (OSError, ProvenanceError) as cause:
                found.append(trouble(some[at], cause))
    finally:
        for left in opened:
            if isinstance(left, int):
                close(left)
    return waits


def _listed(want: Want, descriptor: int) -> Stamp:
    """Return the stamp of a file that none was listed for, once it would show a change."""
    before = listed(want, stamp_of(descriptor, want.path))
    settle(before[CTIME])
    return before


def _fetch(some: Wants, open_file: _Open, opened: deque[int | ProvenanceError]) -> bool:
    """Open files up to one that is in memory, or all, and ask for the bytes of the others ahead."""
    waits = False
    for at, (name, size) in enumerate(zip(some.names, some.sizes, strict=True)):
        try:
            descriptor = open_file(name)
        except (OSError, ProvenanceError) as cause:
            opened.append(trouble(some[at], cause))
            continue
        opened.append(descriptor)
        if waits:
            fetch_ahead(descriptor, size)
        elif size:
            if _is_in_memory(descriptor):
                return False
            waits = True
    return waits


def _is_in_memory(descriptor: int) -> bool:
    # What cannot be looked at cannot be read: that will say why.
    with suppress(OSError):
        return read_if_in_memory(descriptor, memoryview(bytearray(1)), 0) is not None
    return True
