"""The tools that are measured: how each is called inside a folder, and which digest it claims."""

from collections.abc import Sequence
from pathlib import Path

import attrs

from bench import machine
from bench.measure import Tool, sum_digests, worker_digests

READ = "read only, one thread"
HASHLIB = "hashlib.file_digest, one thread"
STAT = "scandir + stat"
GUARDED = "scandir, stat, open, read, SHA-256, fstat, close"
MEMORY = "read into new memory, one thread"
NOTHING = "a Python that does nothing"
LOAD_FILE = "safetensors.numpy.load_file"
HUGGINGFACE = "huggingface_hub verify"

_PROGRAM = (str(machine.OURS), "-m", "provenance", "digest", "--quiet")


def _worker(name: str, python: Path, *arguments: str, claim: str = "", floor: bool = False) -> Tool:
    module, *rest = arguments
    command = (str(python), "-m", f"bench.workers.{module}", *rest)
    return Tool(name, command, claim, worker_digests, floor)


def read() -> Tool:
    """Read all and hash nothing."""
    return _worker(READ, machine.OURS, "floors", "read", ".", floor=True)


def hashlib() -> Tool:
    """Hash with the standard library alone."""
    return _worker(HASHLIB, machine.OURS, "floors", "sha256", ".", claim="sha256", floor=True)


def memory() -> Tool:
    """Read all into memory of its own and hash nothing."""
    return _worker(MEMORY, machine.OURS, "floors", "memory", ".", floor=True)


def guarded() -> Tool:
    """Hash small files with the guards that we have, and with nothing else."""
    return _worker(GUARDED, machine.OURS, "floors", "guarded", ".", claim="sha256", floor=True)


def stat() -> Tool:
    """Look at all names, sizes and times."""
    return _worker(STAT, machine.OURS, "floors", "stat", ".", floor=True)


def nothing() -> Tool:
    """Start an interpreter, and end it."""
    return _worker(NOTHING, machine.OURS, "floors", "nothing", ".", floor=True)


def ours(name: str, *arguments: str, claim: str = "") -> Tool:
    """Run this package."""
    return attrs.evolve(_worker(name, machine.OURS, "ours", *arguments, claim=claim), ours=True)


def command(name: str, algorithm: str) -> Tool:
    """Run this package as its users do, from the command line; nothing is remembered."""
    claim = algorithm if algorithm == "sha256" else ""
    options = ("--no-cache", "--algorithms", algorithm, ".")
    return Tool(name, (*_PROGRAM, *options), claim, sum_digests, ours=True)


def recall(name: str, cache: Path) -> Tool:
    """Ask for the digests of files that were hashed before, and not touched."""
    module = (str(machine.OURS), "-m", "bench.workers.recalling")
    tool = _worker(name, machine.OURS, "recalling", "recall", str(cache), ".", claim="sha256")
    return attrs.evolve(tool, before=(*module, "fill", str(cache), "."), ours=True)


def recall_command(name: str, cache: Path) -> Tool:
    """Ask for the same as users do."""
    line = ("env", f"PROVENANCE_CACHE={cache}", *_PROGRAM, ".")
    return Tool(name, line, "sha256", sum_digests, ours=True, before=line)


def huggingface(expected: Path) -> Tool:
    """Verify against digests that a file holds."""
    arguments = ("huggingface", ".", str(expected))
    return _worker(HUGGINGFACE, machine.HUB, *arguments, claim="sha256")


def signing(serialization: str, algorithm: str) -> Tool:
    """Hash as model-signing does; the digests of shards are no other tool's."""
    claim = algorithm if serialization == "file" else ""
    name = f"model-signing {serialization} {algorithm}"
    return _worker(name, machine.SIGNING, "signing", serialization, algorithm, ".", claim=claim)


def load_file(name: str) -> Tool:
    """Load the tensors of a file, unverified."""
    tool = _worker(LOAD_FILE, machine.TENSORS, "tensors", name, claim="tensors")
    return attrs.evolve(tool, check=("check",))


def load(title: str, algorithm: str, name: str, manifest: Path) -> Tool:
    """Load the tensors of a file, verified; what they have to be is noted once."""
    arguments = (algorithm, name, str(manifest))
    tool = _worker(title, machine.OURS, "loading", "load", *arguments, claim="tensors")
    before = (str(machine.OURS), "-m", "bench.workers.loading", "note", *arguments)
    return attrs.evolve(tool, before=before, check=("check",), ours=True)


def sha256sum(names: Sequence[str]) -> Tool:
    """Run the one of coreutils."""
    return Tool("sha256sum", ("sha256sum", "--", *names), "sha256", sum_digests)


def b3sum(names: Sequence[str]) -> Tool:
    """Run BLAKE3's own command, which maps files into memory and uses all cores."""
    return Tool("b3sum", (machine.b3sum(), "--", *names), "blake3", sum_digests)


def git(names: Sequence[str]) -> Tool:
    """Run git's own; it prints the ids without the names."""
    command = ("git", "hash-object", "--no-filters", "--", *names)
    return Tool(
        "git hash-object",
        command,
        "gitblob",
        lambda printed: dict(zip(names, printed.split(), strict=True)),
    )
