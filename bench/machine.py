"""Where the numbers come from: the processor, the kernel, and the version of each tool."""

import os
import platform
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

HUB = ROOT / ".venv-bench-huggingface/bin/python"
SIGNING = ROOT / ".venv-bench-model-signing/bin/python"
TENSORS = ROOT / ".venv-bench-safetensors/bin/python"
OURS = Path(sys.executable)
B3SUM = ROOT / ".venv-bench-b3sum/usr/bin/b3sum"


def b3sum() -> str:
    """Return how b3sum is called where it is installed, or else where we put it."""
    return shutil.which("b3sum") or str(B3SUM)


def facts() -> Iterator[tuple[str, str]]:
    """Yield what a reader must know of the machine."""
    cores = len(os.sched_getaffinity(0))
    yield "processor", f"{_processor()}, {cores} usable of {os.cpu_count()} cores"
    yield "memory", f"{_meminfo('MemTotal') / 2**30:.0f} GiB"
    yield "kernel", f"{platform.system()} {platform.release()}"
    yield "Python", f"{platform.python_version()}, {ssl.OPENSSL_VERSION}"


def versions() -> Iterator[tuple[str, str]]:
    """Yield each tool that is measured, and its version."""
    yield "provenance", f"{version('provenance-verifier')}{_commit()}"
    yield "huggingface_hub", _package(HUB, "huggingface_hub")
    yield "model-signing", _package(SIGNING, "model-signing")
    yield "blake3 (in model-signing)", _package(SIGNING, "blake3")
    yield "safetensors", _package(TENSORS, "safetensors")
    yield "numpy", _package(TENSORS, "numpy")
    yield "sha256sum", _said("sha256sum", "--version")
    yield "git", _said("git", "--version")
    yield "b3sum", _said(b3sum(), "--version")


def available_memory() -> int:
    """Return the bytes that could be had without swapping."""
    return _meminfo("MemAvailable")


def _meminfo(key: str) -> int:
    for line in Path("/proc/meminfo").read_text("ascii").splitlines():
        if line.startswith(f"{key}:"):
            return int(line.split()[1]) * 1024
    return 0


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _commit() -> str:
    revision = _output("git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=12")
    return f", commit {revision}" if revision else ""


def _package(python: Path, name: str) -> str:
    code = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))"
    return _output(str(python), "-c", code, name)


def _said(*command: str) -> str:
    return _output(*command).partition("\n")[0]


def _output(*command: str) -> str:
    if not shutil.which(command[0]):
        return "not here"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()
