"""Parts of the engine alone, in seconds: ``python -m bench.micro``.

Each part is run until it has taken long enough to be timed, five times over; the fastest counts,
because everything else that a machine does only ever adds.
"""

import hashlib
import json
import sys
import tempfile
import time
import timeit
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from provenance.stores.digest_cache import DigestCache, Kept
from provenance.values.digest import Algorithm
from provenance.values.path import RelPath
from provenance.values.stamp import Stamp
from provenance.values.tree import LEAF, Leaves
from provenance.values.tree_hash import TreeHash
from provenance.weights.safetensors import parse

ROUNDS = 5
FEW, MANY = 500, 50_000
# 50 GB of weights.
LEAVES = 47_684
FILES = 20_000
OLD_NS = 1_700_000_000 * 10**9
STREAMED = 16 * LEAF
PATH = RelPath("model.safetensors")


@attrs.frozen
class Part:
    """A piece of work that is done often, and how many things it handles each time."""

    name: str
    work: Callable[[], object]
    handled: int
    unit: str


def header(tensors: int) -> bytes:
    """Return a header as large models have them."""
    entries = {
        f"model.layers.{at // 10}.block.{at % 10}.weight": {
            "dtype": "BF16",
            "shape": [1, 1],
            "data_offsets": [at * 2, at * 2 + 2],
        }
        for at in range(tensors)
    }
    return json.dumps(entries, separators=(",", ":")).encode()


def tree_parts() -> Iterator[Part]:
    """Yield the parts of the hash tree."""
    leaves = Leaves.of(LEAVES * LEAF, [hashlib.sha256(b"%d" % at).digest() for at in range(LEAVES)])
    yield Part("fold the leaves of 50 GB into the root", lambda: leaves.root, LEAVES, "leaf")

    data = bytes(STREAMED)

    def stream() -> bytes:
        tree = TreeHash()
        tree.update(data)
        return tree.digest()

    def alone() -> bytes:
        return hashlib.sha256(data).digest()

    yield Part("tree-sha256 of 16 MiB in memory", stream, STREAMED, "byte")
    yield Part("sha256 of the same, the floor", alone, STREAMED, "byte")


def header_parts() -> Iterator[Part]:
    """Yield the reading of headers, and the standard library's JSON reader for comparison."""
    for tensors in (FEW, MANY):
        text = header(tensors)
        size = 8 + len(text) + 2 * tensors

        def read(text: bytes = text, size: int = size) -> object:
            return parse(text, size, PATH)

        def floor(text: bytes = text) -> object:
            return json.loads(text)

        yield Part(f"safetensors header of {tensors:,} tensors", read, tensors, "tensor")
        yield Part(f"{tensors:,} tensors by json.loads, the floor", floor, tensors, "tensor")


def stamp(inode: int) -> Stamp:
    """Return the stamp of a file that nobody touched for years."""
    return (1, inode, 4096, OLD_NS, OLD_NS)


def cache_parts(folder: Path) -> Iterator[Part]:
    """Yield looking up and keeping digests, all of them in one call each."""
    stamps = [stamp(inode) for inode in range(1, FILES + 1)]
    wanted = (Algorithm.SHA256,)
    now = time.time_ns()
    kept = [Kept(one, now, ((Algorithm.SHA256, bytes(32)),)) for one in stamps]
    with DigestCache.open(folder / "cache", report=print, clock_ns=time.time_ns) as cache:
        cache.keep(kept)
        if None in cache.find(stamps, wanted):
            sys.exit("the cache does not find what it kept")
        yield Part("look up known digests", lambda: cache.find(stamps, wanted), FILES, "file")
        yield Part("keep digests", lambda: cache.keep(kept), FILES, "file")


def parts(folder: Path) -> Iterator[Part]:
    """Yield every part; what needs files makes them in the folder."""
    yield from tree_parts()
    yield from header_parts()
    yield from cache_parts(folder)


def seconds(part: Part) -> float:
    """Return the seconds that the work takes once."""
    timer = timeit.Timer(part.work)
    count, _ = timer.autorange()
    return min(timer.repeat(ROUNDS, count)) / count


def main() -> int:
    """Print a row for each part."""
    print("| part | once | each |\n| --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        for part in parts(Path(name)):
            once = seconds(part)
            each = f"{once / part.handled * 1e9:,.1f} ns a {part.unit}"
            print(f"| {part.name} | {once * 1e3:,.3f} ms | {each} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
