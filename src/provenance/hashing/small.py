"""Small files, many at a time: what costs is each file, and not its bytes."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from provenance.doors.clock import settle
from provenance.doors.descriptor import (
    CTIME,
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
    """Hash a few files that are open at once; tell whether they had to be waited for."""
    opened: deque[int | ProvenanceError] = deque()
    digests = once(some.algorithms[0])
    try:
        for at, name in enumerate(some.names):
            try:
                opened.append(open_file(name))
            except (OSError, ProvenanceError) as cause:
                opened.append(trouble(some[at], cause))
        waits = look and _fetch(opened, some.sizes)
        for at in range(len(opened)):
            descriptor = opened.popleft()
            if isinstance(descriptor, ProvenanceError):
                found.append(descriptor)
                continue
            try:
                found.append(digests(_bytes(descriptor, some, at)))
            except (OSError, ProvenanceError) as cause:
                found.append(trouble(some[at], cause))
    finally:
        for left in opened:
            if isinstance(left, int):
                close(left)
    return waits


def _bytes(descriptor: int, some: Wants, at: int) -> bytes:
    """Return the bytes of an open file, if it is what was listed before and after; close it."""
    size, expected = some.sizes[at], some.stamps[at]
    try:
        if expected is None:
            expected = listed(some[at], stamp_of(descriptor, some[at].path))
            settle(expected[CTIME])
        # One byte more than it has: a file that grew shows in the same read. Before its stamp is
        # seen these may be anything's bytes, and are nobody's digest.
        data = read(descriptor, size + 1)
        after = stamp(status_of(descriptor))
    finally:
        close(descriptor)
    if after != expected or len(data) != size:
        raise touched(some[at], after)
    return data


def _fetch(opened: Iterable[int | ProvenanceError], sizes: Iterable[int]) -> bool:
    """Look at the first file; where its bytes are not in memory, ask for those of the others."""
    pairs = zip(opened, sizes, strict=True)
    full = ((one, size) for one, size in pairs if size and isinstance(one, int))
    first = next(full, None)
    if first is None or _is_in_memory(first[0]):
        return False
    for descriptor, size in full:
        fetch_ahead(descriptor, size)
    return True


def _is_in_memory(descriptor: int) -> bool:
    # What cannot be looked at cannot be read: that will say why.
    with suppress(OSError):
        return read_if_in_memory(descriptor, memoryview(bytearray(1)), 0) is not None
    return True
