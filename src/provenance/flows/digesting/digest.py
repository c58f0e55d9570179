"""Digesting: files and folders of this disk, each read once, and told of whole."""

from collections.abc import Collection, Sequence
from concurrent.futures import Executor
from itertools import compress
from operator import lt
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from provenance.doors.clock import now_ns
from provenance.errors import ProvenanceError
from provenance.flows.digesting.listed_paths import Listed, list_paths, trouble_with
from provenance.hashing.engine import digest_files
from provenance.hashing.share import listing_digest, part_of
from provenance.hashing.wants import Columns
from provenance.hashing.work import Outcome
from provenance.ports.progress import Progress
from provenance.ports.silence import Silence
from provenance.values.digest import Algorithm
from provenance.values.digest_list import DigestList, Rows, Share, Trouble
from provenance.values.inventory import How
from provenance.values.settings import Budget

if TYPE_CHECKING:
    from provenance.flows.digesting.known_digests import Memory

_DEFAULT = (Algorithm.SHA256,)
_BUDGET = Budget()


@attrs.frozen(kw_only=True)
class Digesting:
    """How to digest: with what, by whom, and which share of it.

    ``jobs`` is the number of threads, 0 for as many as there are usable processors. An ``executor``
    does the work instead, on machines that see the same paths. ``share`` is (part, of how many).
    With ``tensors`` the safetensors files among them are read once more, by threads here, for the
    digests of their tensors. ``only`` leaves out every path that it does not hold. Without a
    ``memory`` every byte is read.
    """

    algorithms: tuple[Algorithm, ...] = _DEFAULT
    jobs: int = 0
    executor: Executor | None = None
    share: tuple[int, int] | None = None
    tensors: bool = False
    only: Collection[str] | None = None
    memory: "Memory | None" = None
    budget: Budget = _BUDGET


_PLAIN = Digesting()


def digest(
    paths: Sequence[Path], how: Digesting = _PLAIN, *, progress: Progress | None = None
) -> DigestList:
    """Hash every file of some paths, once for each inode, whatever there is trouble with.

    Returned are the files in order of path, and every path of which nothing is known, with the
    reason: the list is ``clean`` when there is none. Files of a single folder are named by their
    path inside it, all others as they were given.

    Raises:
        ToolError: when an executor breaks.
    """
    progress = progress or Silence()
    progress.step("listing files")
    listed = list_paths(paths, how.budget)
    places = _chosen(listed, how.only)
    left_out = len(listed.shown) - len(places)
    share = None
    if how.share:
        number, count = how.share
        sizes = listed.columns.sizes
        files = [(listed.shown[at], sizes[at]) for at in places]
        share = Share(number, count, listing_digest(files))
        places = [places[at] for at in part_of(files, number, count)]
    rows, troubles = _hash(listed, places, how, progress)
    found = DigestList(
        how.algorithms, rows, tuple(sorted((*listed.troubles, *troubles))), share, left_out
    )
    return _with_tensors(found, listed, places, how, progress) if how.tensors else found


def _with_tensors(
    found: DigestList, listed: Listed, places: Sequence[int], how: Digesting, progress: Progress
) -> DigestList:
    """Add the tensors of the files that have digests; what was not read could hold others."""
    # Few ask for them, and they bring readers of headers along.
    from provenance.flows.digesting.tensor_digests import SUFFIXES, digest_tensors  # noqa: PLC0415

    hashed = {path for path in found.rows.paths if path.lower().endswith(SUFFIXES)}
    chosen = [at for at in places if listed.shown[at] in hashed]
    progress.step(f"hashing the tensors of {len(chosen)} files")
    read = digest_tensors(
        [listed.shown[at] for at in chosen],
        listed.columns.chosen(chosen).wants(()),
        listed.places,
        progress,
        how.jobs,
    )
    return attrs.evolve(
        found,
        troubles=tuple(sorted((*found.troubles, *read.troubles))),
        tensors=read.tensors,
        tensor_root=read.root if found.clean else None,
    )


def _chosen(listed: Listed, only: Collection[str] | None) -> Sequence[int]:
    """Return the places of the files that are wanted, in order of path."""
    shown = listed.shown
    places: Sequence[int] = range(len(shown))
    # Mostly they were listed in order.
    if not all(map(lt, shown, shown[1:])):
        places = sorted(places, key=shown.__getitem__)
    return places if only is None else [at for at in places if shown[at] in only]


def _hash(
    listed: Listed, places: Sequence[int], how: Digesting, progress: Progress
) -> tuple[Rows, list[Trouble]]:
    files, memory, columns = listed.places, how.memory, listed.columns.chosen(places)
    known = memory.recall(files, columns, how.algorithms) if memory else []
    left = [at for at, digests in enumerate(known) if not digests] if memory else range(len(places))
    wants = columns.wants(how.algorithms).chosen(left)
    progress.step(f"hashing {len(wants)} files")
    measured = memory.measuring(files, wants) if memory else None
    started_ns = now_ns()
    outcomes = digest_files(
        wants, measured or files, threads=how.jobs, executor=how.executor, progress=progress
    )
    if memory and measured and wants:
        memory.keep(wants, outcomes, started_ns, measured.measurements())
    shown = [listed.shown[at] for at in places]
    if memory is None:
        return _told(shown, columns, [How.READ] * len(places), outcomes)
    rest = iter(outcomes)
    values = [digests or next(rest) for digests in known]
    hows = [memory.how if digests else How.READ for digests in known]
    return _told(shown, columns, hows, values)


def _told(
    shown: list[str], columns: Columns, hows: list[How], values: Sequence[Outcome]
) -> tuple[Rows, list[Trouble]]:
    """Return the files that have digests, and those that do not."""
    digests = tuple([value for value in values if isinstance(value, tuple)])
    if len(digests) == len(values):
        return Rows(tuple(shown), tuple(columns.sizes), tuple(hows), digests), []
    hashed = [isinstance(value, tuple) for value in values]
    rows = Rows(
        tuple(compress(shown, hashed)),
        tuple(compress(columns.sizes, hashed)),
        tuple(compress(hows, hashed)),
        digests,
    )
    troubles = [
        trouble_with(path, columns.folders[at] + columns.names[at], value)
        for at, (path, value) in enumerate(zip(shown, values, strict=True))
        if isinstance(value, ProvenanceError)
    ]
    return rows, troubles
