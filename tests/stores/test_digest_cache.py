import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.doors.descriptor import stamp as stamp_of_status
from provenance.doors.verity import Measurement, VerityAlgorithm
from provenance.errors import Code, InvalidValueError
from provenance.stores.digest_cache import RACY_NS, DigestCache, Kept
from provenance.values.digest import Algorithm
from provenance.values.stamp import CTIME, DEVICE, INODE, MTIME, Stamp
from tests.stores.stamps import READ, SECOND, TOUCHED, digest, kept, stamp

SHA256, GIT_BLOB, TREE = Algorithm.SHA256, Algorithm.GIT_BLOB, Algorithm.TREE_SHA256
LATER = READ + 10 * SECOND


@contextmanager
def opened(
    folder: Path, *, clock: Callable[[], int] = lambda: LATER, capacity: int = 2**28
) -> Iterator[DigestCache]:
    """Have a cache that never has trouble."""
    with DigestCache.open(
        folder / "cache", report=pytest.fail, clock_ns=clock, capacity=capacity
    ) as cache:
        yield cache


def found(cache: DigestCache, *files: Stamp) -> list[bool]:
    """Say of which files the cache knows the SHA-256, which must be the right one."""
    answers = cache.find(files, [SHA256])
    assert [it for it in answers if it] == [
        (digest(file, SHA256),) for file, it in zip(files, answers, strict=True) if it
    ]
    return [it is not None for it in answers]


def test_what_was_kept_is_found_in_another_run(tmp_path: Path) -> None:
    files = [stamp(inode) for inode in range(1, 2000, 3)]

    with opened(tmp_path) as cache:
        cache.keep(map(kept, files))

    with opened(tmp_path) as cache:
        assert found(cache, *files) == [True] * len(files)
        assert found(cache, stamp(2)) == [False]


@pytest.mark.parametrize(
    "other",
    [
        stamp(7, device=2),
        stamp(8),
        stamp(7 + 2**32),
        stamp(7, size=11),
        stamp(7, mtime=TOUCHED + 1),
        stamp(7, mtime=TOUCHED - 1),
        # A writer put the time of modification back.
        stamp(7, ctime=TOUCHED + 1),
    ],
    ids=["device", "inode", "far-inode", "size", "mtime", "earlier", "restored"],
)
def test_a_file_of_another_identity_is_another_file(tmp_path: Path, other: Stamp) -> None:
    with opened(tmp_path) as cache:
        cache.keep([kept(stamp(7))])

        assert found(cache, other, stamp(7), other) == [False, True, False]


def test_all_digests_that_are_asked_for_have_to_be_known(tmp_path: Path) -> None:
    one, two = stamp(1), stamp(2)

    with opened(tmp_path) as cache:
        cache.keep([kept(one, SHA256, GIT_BLOB), kept(two, SHA256)])
        cache.keep([kept(two, TREE)])

        assert cache.find([two, one], [SHA256, GIT_BLOB]) == [
            None,
            (digest(one, SHA256), digest(one, GIT_BLOB)),
        ]
        assert cache.find([two, one], [TREE, SHA256]) == [
            (digest(two, TREE), digest(two, SHA256)),
            None,
        ]
        assert cache.find([two, one], []) == [(), ()]
        assert cache.find([], [SHA256, TREE]) == []


def test_the_newer_state_of_a_file_takes_the_place_of_the_older(tmp_path: Path) -> None:
    old, new = stamp(7, size=1), stamp(7, size=2)

    with opened(tmp_path) as cache:
        cache.keep([kept(old), kept(stamp(8))])
        cache.keep([kept(new)])

        assert found(cache, old, new, stamp(8)) == [False, True, True]


@pytest.mark.parametrize(
    ("age", "lasting"), [(RACY_NS + 1, True), (RACY_NS, False), (1, False), (-SECOND, False)]
)
@pytest.mark.parametrize("which", ["mtime", "ctime"])
def test_what_was_touched_right_before_it_was_read_is_not_kept(
    tmp_path: Path, which: str, age: int, lasting: bool
) -> None:
    times = {"mtime": TOUCHED, "ctime": TOUCHED} | {which: READ - age}
    one = stamp(7, mtime=times["mtime"], ctime=times["ctime"])

    with opened(tmp_path) as cache:
        cache.keep([kept(one)])

        assert found(cache, one) == [lasting]


def test_times_before_1970_are_times(tmp_path: Path) -> None:
    one = stamp(7, mtime=-5 * SECOND)

    with opened(tmp_path) as cache:
        cache.keep([kept(one)])

        assert found(cache, one) == [True]


@pytest.mark.parametrize(
    "one",
    [stamp(7, mtime=-(2**63) - 1), stamp(7, device=2**63), stamp(2**64), stamp(-1)],
    ids=["mtime", "device", "inode", "negative"],
)
def test_what_64_bits_do_not_hold_is_not_kept_and_does_no_harm(tmp_path: Path, one: Stamp) -> None:
    with opened(tmp_path) as cache:
        cache.keep([kept(one), kept(stamp(7))])

        assert found(cache, one, stamp(7)) == [False, True]


def test_the_largest_numbers_of_64_bits_are_kept(tmp_path: Path) -> None:
    one = stamp(2**64 - 1, size=2**63 - 1, device=2**63 - 1, mtime=-(2**63))

    with opened(tmp_path) as cache:
        cache.keep([kept(one)])

        assert found(cache, one) == [True]


def test_a_clock_that_was_set_back_makes_the_cache_forget(tmp_path: Path) -> None:
    said: list[str] = []
    now = [LATER]
    with DigestCache.open(tmp_path / "cache", report=said.append, clock_ns=lambda: now[0]) as cache:
        cache.keep([kept(stamp(7))])
        now[0] = READ - RACY_NS
        assert found(cache, stamp(7)) == [True]
        assert said == []

        now[0] = READ - RACY_NS - 1
        assert found(cache, stamp(7)) == [False]
        assert said == ["the clock was set back: pages of the digest cache are dropped"]

        now[0] = LATER
        assert found(cache, stamp(7)) == [False]


def touched(path: Path, mtime_ns: int) -> Stamp:
    os.utime(path, ns=(mtime_ns, mtime_ns))
    return stamp_of_status(path.stat())


def read_later(one: Stamp) -> Kept:
    """Return what is kept of a real file that is read long after it was touched."""
    return kept(one, started=one[CTIME] + RACY_NS + 1)


def test_a_file_that_is_written_and_gets_its_time_back_is_another(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    before = touched(path, TOUCHED)

    with opened(tmp_path, clock=lambda: 2**62) as cache:
        cache.keep([read_later(before)])
        assert found(cache, stamp_of_status(path.stat())) == [True]

        # Until the clock of the file system has ticked, which takes some milliseconds.
        while path.stat().st_ctime_ns == before[CTIME]:
            path.write_bytes(b"new")
            touched(path, TOUCHED)

        assert path.stat().st_mtime_ns == before[MTIME]
        assert found(cache, stamp_of_status(path.stat())) == [False]


def test_a_file_under_another_name_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"content")

    with opened(tmp_path, clock=lambda: 2**62) as cache:
        os.link(path, tmp_path / "link")
        cache.keep([read_later(stamp_of_status(path.stat()))])

        assert found(cache, stamp_of_status((tmp_path / "link").stat())) == [True]


def test_a_full_cache_drops_what_was_kept_longest_ago(tmp_path: Path) -> None:
    with opened(tmp_path, capacity=2**19) as cache:
        for number in range(50):
            files = [stamp(inode, device=number) for inode in range(256)]
            cache.keep(kept(it, started=READ + number) for it in files)

    with opened(tmp_path) as cache:
        known = [found(cache, stamp(9, device=number))[0] for number in range(50)]

    assert known == sorted(known)
    assert 10 < sum(known) < 30
    assert (tmp_path / "cache/digests.sqlite").stat().st_size < 1.1 * 2**19


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_digest_of_another_length_is_refused(tmp_path: Path, algorithm: Algorithm) -> None:
    short = ((algorithm, bytes(algorithm.size - 1)),)

    with opened(tmp_path) as cache:
        with pytest.raises(InvalidValueError) as caught:
            cache.keep([Kept(stamp(7), READ, short)])
        with pytest.raises(InvalidValueError) as caught_measured:
            cache.keep_measured(bytes(MEASURED), 10, short)

    assert caught.value.code is caught_measured.value.code is Code.DIGEST


def test_threads_share_a_cache(tmp_path: Path) -> None:
    def use(device: int) -> list[bool]:
        files = [stamp(inode, device=device) for inode in range(300)]
        for start in range(0, 300, 50):
            cache.keep(map(kept, files[start : start + 50]))
        return found(cache, *files)

    with opened(tmp_path) as cache, ThreadPoolExecutor(8) as pool:
        assert list(pool.map(use, range(16))) == [[True] * 300] * 16


MEASURED = Measurement(VerityAlgorithm.SHA256, bytes(32))


def test_what_the_kernel_measured_is_found_whatever_file_has_it(tmp_path: Path) -> None:
    digests = ((SHA256, b"s" * 32), (GIT_BLOB, b"g" * 20))

    with opened(tmp_path) as cache:
        cache.keep_measured(bytes(MEASURED), 10, digests)

    with opened(tmp_path) as cache:
        assert cache.find_measured(bytes(MEASURED), 10, [GIT_BLOB, SHA256]) == (
            b"g" * 20,
            b"s" * 32,
        )
        assert cache.find_measured(bytes(MEASURED), 10, [SHA256, TREE]) is None
        assert cache.find_measured(bytes(MEASURED), 11, [SHA256]) is None
        other = Measurement(VerityAlgorithm.SHA256, b"1" * 32)
        assert cache.find_measured(bytes(other), 10, [SHA256]) is None


identities = st.builds(
    stamp,
    st.sampled_from([0, 1, 255, 256]),
    size=st.integers(0, 2),
    mtime=st.sampled_from([TOUCHED, TOUCHED + 1, READ]),
    ctime=st.sampled_from([TOUCHED, READ - RACY_NS, READ + SECOND]),
    device=st.integers(0, 1),
)
steps = st.lists(st.lists(st.tuples(identities, st.sets(st.sampled_from(Algorithm)))), max_size=6)


@given(steps=steps, asked=st.lists(identities), wanted=st.sets(st.sampled_from(Algorithm)))
def test_a_cache_is_a_table_of_the_newest_states(
    steps: list[list[tuple[Stamp, set[Algorithm]]]],
    asked: list[Stamp],
    wanted: set[Algorithm],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    model: dict[tuple[Algorithm, int, int], bytes] = {}
    folder = tmp_path_factory.mktemp("model")
    algorithms = sorted(wanted)

    for step in steps:
        with opened(folder) as cache:
            cache.keep(kept(one, *sorted(them)) for one, them in step if them)
        for one, them in step:
            if max(one[MTIME], one[CTIME]) < READ - RACY_NS:
                model |= {(it, one[DEVICE], one[INODE]): digest(one, it) for it in them}

    with opened(folder) as cache:
        answers = cache.find(asked, algorithms)
    rows = [tuple(digest(one, it) for it in algorithms) for one in asked]
    assert answers == [
        row if row == tuple(model.get((it, one[DEVICE], one[INODE])) for it in algorithms) else None
        for one, row in zip(asked, rows, strict=True)
    ]
