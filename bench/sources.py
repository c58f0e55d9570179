"""What the sources cost, side by side: time, requests, bytes and memory, in one run.

``python -m bench.sources [--size MIB]`` serves a Hub on loopback from a process of its own.
"""

import argparse
import json
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from huggingface_hub import hf_hub_download
from huggingface_hub.utils import disable_progress_bars  # type: ignore[attr-defined]

from provenance.flows.auditing.audit import audit
from provenance.flows.inspect import inspect
from provenance.flows.resolving.resolve import resolve
from provenance.testing.hub import LoopbackHub
from provenance.values.path import RelPath
from provenance.values.settings import Settings

SHARDS = 191
FILES = 20_000
LARGE = "large.safetensors"
COUNT, STOP = "count", "stop"


class Row(NamedTuple):
    """One measurement: what, how it came out, and what was asked for."""

    what: str
    measured: str
    asked: str


def shard(number: int) -> bytes:
    """Return a small shard with a header as large as those of the largest models."""
    header = {
        f"model.layers.{number}.experts.{at}.weight": {
            "dtype": "U8",
            "shape": [1],
            "data_offsets": [at, at + 1],
        }
        for at in range(500)
    }
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + bytes(500)


def serve(folder: Path, size: int, pipe: Connection) -> None:
    """Serve three releases until told to stop; say how many requests came when asked."""
    large = folder / LARGE
    with large.open("wb") as file:
        header = json.dumps(
            {"w": {"dtype": "U8", "shape": [size], "data_offsets": [0, size]}}
        ).encode()
        file.write(len(header).to_bytes(8, "little") + header)
        file.truncate(8 + len(header) + size)
    with LoopbackHub(folder / "hub") as hub:
        names = [f"model-{at + 1:05}-of-{SHARDS:05}.safetensors" for at in range(SHARDS)]
        shards = {name: shard(at) for at, name in enumerate(names)}
        hub.add_model("org/shards").commit(dict(shards), message="m")
        many = {f"d{at % 100}/f{at}.txt": b"%d" % at for at in range(FILES)}
        hub.add_model("org/many").commit(dict(many), message="m")
        hub.add_model("org/large").commit({LARGE: large}, message="m")
        pipe.send(hub.url)
        while pipe.recv() == COUNT:
            pipe.send(len(hub.requests))
            hub.requests.clear()


@contextmanager
def served(folder: Path, size: int) -> Iterator[tuple[str, Callable[[], int]]]:
    """Yield the Hub's address, and a function that counts the requests since it was last called."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(folder, size, theirs))
    process.start()

    def asked() -> int:
        ours.send(COUNT)
        return int(ours.recv())

    yield ours.recv(), asked
    ours.send(STOP)
    process.join()


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def now() -> datetime:
    """Return a moment."""
    return datetime(2026, 1, 1, tzinfo=UTC)


def measured(url: str, asked: Callable[[], int], folder: Path) -> Iterator[Row]:
    """Yield the rows, one after the other."""
    plain = Settings(endpoint=url, cache=folder / "cache", weights=False)
    asked()
    seconds = timed(lambda: audit("org/shards", settings=plain, clock=now))
    per_shard = asked() / SHARDS
    yield Row("audit --no-weights, 191 shards", f"{seconds:.1f} s", "<= 10 s")
    yield Row("requests for each shard", f"{per_shard:.2f}", "<= 3")
    seconds = timed(lambda: inspect("org/many", settings=plain, clock=now))
    yield Row("inventory of 20,000 files", f"{seconds:.1f} s, {asked()} requests", "<= 5 s, 25")
    ratios = []
    for turn in range(3):
        alone = timed(partial(client, url, folder / f"client{turn}"))
        ours = timed(partial(download, url, folder / f"ours{turn}"))
        ratios.append(ours / alone)
    low, middle, high = sorted(ratios)
    spread = f"{middle:.2f} ({low:.2f} to {high:.2f})"
    yield Row("download and hash / the client's download", spread, "<= 1.15")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Row("peak memory of all this", f"{peak:.0f} MB", "<= 150 MB")


def client(url: str, folder: Path) -> None:
    """Download the large file with the Hub's client."""
    hf_hub_download("org/large", LARGE, endpoint=url, local_dir=folder, token=False)
    shutil.rmtree(folder)


def download(url: str, folder: Path) -> None:
    """Download the large file as an audit does: hashed, and compared with the list."""
    source = resolve("org/large", settings=Settings(endpoint=url, cache=folder), clock=now)
    source.prepare([RelPath(LARGE)])
    shutil.rmtree(folder)


def main() -> int:
    """Print the rows as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1024, help="MiB of the large file")
    size = parser.parse_args().size * 2**20
    disable_progress_bars()
    with tempfile.TemporaryDirectory() as name, served(Path(name), size) as (url, asked):
        print("| what | measured | asked |\n| --- | --- | --- |")
        for row in measured(url, asked, Path(name)):
            print(f"| {row.what} | {row.measured} | {row.asked} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
