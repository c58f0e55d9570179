"""The tensors of a release as a mapping: whatever it hands out was verified where it lies."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, RLock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from provenance.doors.processors import usable_processors
from provenance.errors import Code, MissingTensorError, UsageError, WeightsError
from provenance.flows.loading.arrays import array_of
from provenance.flows.loading.shard import Shard
from provenance.flows.loading.slices import TensorSlice
from provenance.hashing.checked import Pace
from provenance.values.weights import Header, Tensor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class VerifiedTensors(Mapping[str, "NDArray[np.generic]"]):
    """The tensors of one weight file, or of all shards of a release, by name; read when asked for.

    Arrays are read-only views of private memory that was read once and hashed there: what happens
    to the file afterwards cannot reach them, and none is handed out before its bytes were found to
    be those that the manifest lists. (One that is small beside what was hashed with it, or lies
    askew in its file, is a copy made from such memory.)

    The methods are those of ``safetensors.safe_open``. Iteration goes through the files in order
    and through each in order of place. The file that was used last stays in memory, so that going
    through all names reads every file once; arrays keep theirs as long as they live.

    Every access can raise VerificationError (FILE_CHANGED, FILE_REMOVED), WeightsError for a file
    that is as listed and breaks its format's rules, and ReleaseError for a file that cannot be
    read. It may be used from several threads.
    """

    def __init__(self, shards: Sequence[Shard], *, threads: int = 0) -> None:
        """Take the files; ``threads`` is 0 for as many as there are usable processors."""
        self._shards = tuple(shards)
        self._threads = threads or usable_processors()
        self._pace = Pace(self._threads)
        self._hints: tuple[Header | None, ...] | None = None
        self._index: dict[str, tuple[Shard, Tensor]] | None = None
        self._last: Shard | None = None
        self._closed = False
        self._lock = RLock()

    def __enter__(self) -> Self:
        """Return the mapping."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of what is in memory; arrays that were handed out stay good."""
        self._closed = True
        self._use(None)

    def __getitem__(self, name: str) -> "NDArray[np.generic]":
        """Return a tensor: see :meth:`get_tensor`."""
        return self.get_tensor(name)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names, file by file."""
        for shard in self._shards:
            for tensor in self._header(shard).tensors:
                yield tensor.name

    def __len__(self) -> int:
        """Return the number of tensors; all headers are verified for it."""
        return len(self._all())

    def __contains__(self, name: object) -> bool:
        """Tell whether a tensor is there; that it is not, only verified headers can say."""
        if not isinstance(name, str):
            return False
        try:
            self._find(name)
        except MissingTensorError:
            return False
        return True

    def get_tensor(self, name: str) -> "NDArray[np.generic]":
        """Return a tensor as a read-only array.

        Raises:
            MissingTensorError: TENSOR_MISSING, a KeyError: no verified header names it.
            UsageError: for elements of less than a byte: see :meth:`get_bytes`.
            ToolError: EXTRA_MISSING; RESOURCE, where memory ends.
            VerificationError, WeightsError, ReleaseError: as every access.
        """
        shard, tensor = self._find(name)
        return array_of(shard.bytes_of(tensor, self._pace), tensor)

    def get_bytes(self, name: str) -> "NDArray[np.uint8]":
        """Return the raw little-endian bytes of a tensor, of whatever type, as a read-only array.

        Raises:
            MissingTensorError, ToolError, VerificationError, WeightsError, ReleaseError: as
                :meth:`get_tensor`.
        """
        shard, tensor = self._find(name)
        return shard.bytes_of(tensor, self._pace)

    def get_slice(self, name: str) -> TensorSlice:
        """Return a handle on a tensor, of which only what is asked for is read.

        Raises:
            MissingTensorError, VerificationError, WeightsError, ReleaseError: as
                :meth:`get_tensor`.
        """
        shard, tensor = self._find(name)
        return TensorSlice(tensor, lambda part: array_of(shard.bytes_of(part, self._pace), part))

    def get_tensors(self) -> "dict[str, NDArray[np.generic]]":
        """Return all tensors; files are read whole, side by side, into memory that the arrays keep.

        Raises:
            UsageError, ToolError, VerificationError, WeightsError, ReleaseError: as
                :meth:`get_tensor`.
        """
        self._require_open()
        try:
            return self._read_all()
        finally:
            for shard in self._shards:
                shard.let_go()

    def offset_keys(self) -> list[str]:
        """Return the names in order of file and place."""
        return list(self)

    def metadata(self) -> dict[str, str]:
        """Return the free-text metadata on which all files agree; of one file, all of it."""
        first, *others = [set(self._header(shard).metadata) for shard in self._shards]
        return dict(sorted(first.intersection(*others)))

    def describe(self, name: str) -> Tensor:
        """Return a tensor's type, shape and place, without reading it.

        Raises:
            MissingTensorError, VerificationError, WeightsError, ReleaseError: as
                :meth:`get_tensor`.
        """
        return self._find(name)[1]

    def _require_open(self) -> None:
        if self._closed:
            raise UsageError("these tensors were closed", hint="load the release again")

    def _use(self, shard: Shard | None) -> None:
        """Keep one file in memory, and let go of the one before."""
        with self._lock:
            before, self._last = self._last, shard
            if before and before is not shard:
                before.let_go()

    def _header(self, shard: Shard) -> Header:
        self._require_open()
        self._use(shard)
        return shard.header(self._pace)

    def _find(self, name: str) -> tuple[Shard, Tensor]:
        """Return where a tensor is, by a verified header."""
        if self._index is None:
            for shard in self._hinted(name):
                for tensor in self._header(shard).tensors:
                    if tensor.name == name:
                        return shard, tensor
        found = self._all().get(name)
        if found is None:
            raise MissingTensorError(
                f"there is no tensor {name[:80]!a}", hint="ask keys() for those that are there"
            )
        self._require_open()
        self._use(found[0])
        return found

    def _hinted(self, name: str) -> list[Shard]:
        """Return the file whose header seems to name a tensor, without having read all files."""
        with self._lock:
            if self._hints is None:
                self._hints = tuple(shard.hinted() for shard in self._shards)
            pairs = zip(self._shards, self._hints, strict=True)
        found = [
            shard
            for shard, hint in pairs
            if hint and any(tensor.name == name for tensor in hint.tensors)
        ]
        if found[1:]:
            raise _twice(name)
        return found

    def _all(self) -> dict[str, tuple[Shard, Tensor]]:
        """Return where every tensor is, by verified headers."""
        with self._lock:
            if self._index is None:
                index: dict[str, tuple[Shard, Tensor]] = {}
                for shard in self._shards:
                    for tensor in self._header(shard).tensors:
                        if tensor.name in index:
                            raise _twice(tensor.name)
                        index[tensor.name] = shard, tensor
                self._index = index
            return self._index

    def _read_all(self) -> "dict[str, NDArray[np.generic]]":
        # A file with a tree keeps all threads busy; of those without, each keeps one.
        for shard in self._shards:
            if shard.by_leaves:
                shard.whole(self._pace)
        self._side_by_side([shard for shard in self._shards if not shard.by_leaves])
        found: dict[str, NDArray[np.generic]] = {}
        for shard in self._shards:
            placed, whole = shard.whole(self._pace)
            for tensor in placed.header.tensors:
                if tensor.name in found:
                    raise _twice(tensor.name)
                data = whole[placed.data + tensor.start : placed.data + tensor.end]
                found[tensor.name] = array_of(data, tensor)
        return found

    def _side_by_side(self, shards: Sequence[Shard]) -> None:
        """Read files whole, as many at once as there are threads, and end all when one fails."""
        stop = Event()
        pace = Pace(max(self._threads // max(len(shards), 1), 1), stop)
        pool = ThreadPoolExecutor(self._threads, "loading")
        try:
            for future in [pool.submit(shard.whole, pace) for shard in shards]:
                future.result()
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)


def _twice(name: str) -> WeightsError:
    return WeightsError(
        f"the tensor {name[:80]!a} is in more than one file",
        hint="name the files of one model: files=[…]",
        code=Code.IX_TENSOR_TWICE,
    )
