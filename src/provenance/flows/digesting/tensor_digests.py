"""The tensors of listed files, each by its digest, and the root over all of them."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import attrs

from provenance.doors.processors import usable_processors
from provenance.errors import ProvenanceError
from provenance.flows.digesting.listed_paths import trouble_with
from provenance.hashing.tensor_file import hash_tensors
from provenance.hashing.wants import Want
from provenance.hashing.work import Files, Interrupted
from provenance.ports.progress import Progress
from provenance.values.digest import Digest
from provenance.values.digest_list import Trouble
from provenance.values.tensor_digest import TensorDigest
from provenance.weights.placed import PLACED
from provenance.weights.tensor_root import tensor_root

#: The ends of the names of files whose tensors can be hashed.
SUFFIXES = PLACED.endings


@attrs.frozen
class TensorsHashed:
    """The tensors by name, their root, and what there was trouble with.

    There is no root where a file is not safetensors, a tensor is there twice, or none is.
    """

    tensors: tuple[TensorDigest, ...]
    root: Digest | None
    troubles: tuple[Trouble, ...]


def digest_tensors(
    shown: Sequence[str], wants: Sequence[Want], files: Files, progress: Progress, threads: int = 0
) -> TensorsHashed:
    """Hash the tensors of safetensors files, some at once; trouble with one stops no other.

    ``shown`` are the files' paths for messages; ``threads`` is 0 for as many as there are usable
    processors. The files are read for this alone: no digest of theirs comes of it.
    """
    progress.expect(sum(want.size for want in wants))
    watch = _Watch(progress)
    with ThreadPoolExecutor(threads or usable_processors(), "tensors") as pool:
        try:
            futures = [pool.submit(hash_tensors, files, want, watch) for want in wants]
            outcomes = [future.result() for future in futures]
        finally:
            watch.stopped.set()
    troubles = [
        trouble_with(path, want.path, one)
        for path, want, one in zip(shown, wants, outcomes, strict=True)
        if isinstance(one, ProvenanceError)
    ]
    hashed = (one for one in outcomes if not isinstance(one, ProvenanceError))
    tensors = tuple(sorted((it for one in hashed for it in one), key=lambda it: it.name))
    root = None
    if tensors and not troubles:
        try:
            root = tensor_root(tensors)
        except ProvenanceError as cause:
            troubles.append(Trouble("", cause.code, cause.what))
    return TensorsHashed(tensors, root, tuple(troubles))


class _Watch:
    """Passes on how far the work is, until nobody wants it any more."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.stopped = Event()

    def advance(self, size: int) -> None:
        if self.stopped.is_set():
            raise Interrupted
        self._progress.advance(size)

    def cold(self) -> None:
        """Do nothing: the threads are as many as they are."""
