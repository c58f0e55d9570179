"""The main job, for real and offline: audit a release, sign it, verify it, catch a change.

A loopback Hub on this machine serves ``charlm``, a small language model that this project trained
itself, with its source repository and its dataset. Everything else is what a user runs: the
unmodified Hub client, real git over HTTP, the commands as anybody would type them.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from provenance.testing import LoopbackHub, publish_release

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SHARD = "model-00002-of-00002.safetensors"


class Shell:
    """Runs commands in one folder and shows them as a user would see them."""

    def __init__(self, folder: Path, names: dict[str, str]) -> None:
        """Run in ``folder``; ``names`` shortens what is too long to read (addresses)."""
        self._folder = folder
        self._names = names
        self._environment = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "PROVENANCE_CACHE": str(folder / "cache"),
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "TERM": os.environ.get("TERM", "dumb"),
            "COLUMNS": os.environ.get("COLUMNS", "110"),
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        }

    def run(self, *arguments: str, expect: int = 0) -> None:
        """Show a command, run it, show what it says; stop when it ends otherwise than expected."""
        line = shlex.join(("provenance", *arguments))
        for long, short in self._names.items():
            line = line.replace(long, short)
        print(f"\n$ {line}", flush=True)
        command = [sys.executable, "-m", "provenance", *arguments]
        done = subprocess.run(command, cwd=self._folder, env=self._environment, check=False)
        print(f"(exit code {done.returncode})", flush=True)
        if done.returncode != expect:
            sys.exit(f"the demo expected exit code {expect}")


def say(text: str) -> None:
    """Print what comes next."""
    print(f"\n== {text}", flush=True)


def flip_one_byte(path: Path) -> None:
    """Change the last byte of a file."""
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def demo(folder: Path) -> None:
    """Run the whole story in an empty folder."""
    with LoopbackHub(folder / "hub") as hub:
        released = publish_release(hub, FIXTURES / "releases/charlm/release.toml", FIXTURES)
        say(
            f"A Hub on this machine serves {released.model}; its card links a dataset and its code."
        )
        shell = Shell(folder, {hub.url: "$HUB"})
        hub_options = (
            *("--endpoint", hub.url),
            *("--mirror", f"https://github.com/={hub.url}/git/github.com/"),
        )

        say("Audit: resolve, download, hash, follow the links, judge every component.")
        shell.run(
            *("audit", released.model, *hub_options),
            *("--evidence", "evidence", "-o", "charlm.manifest.json"),
        )

        say("Sign the manifest with a key, and verify the release against the signed bundle.")
        shell.run("key", "generate", "-o", "publisher.pem")
        shell.run(
            *("sign", "charlm.manifest.json", "--key", "publisher.pem"),
            *("-o", "charlm.recipe.sigstore.json"),
        )
        trust = ("--bundle", "charlm.recipe.sigstore.json", "--public-key", "publisher.pem.pub")
        shell.run("verify", released.model, *trust, "--endpoint", hub.url)

    say(f"The same release in a folder, with one byte of {SHARD} flipped.")
    shutil.copytree(FIXTURES / "releases/charlm/model", folder / "charlm")
    expected = ("--as", f"hf:{released.model}@{released.model_commit}")
    shell.run("verify", "./charlm", *expected, *trust)
    flip_one_byte(folder / "charlm" / SHARD)
    shell.run("verify", "./charlm", *expected, *trust, expect=1)


def main() -> None:
    """Run the demo in a temporary folder and say how long it took."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="provenance-demo-") as folder:
        demo(Path(folder))
    print(f"\nThe whole story took {time.monotonic() - started:.1f} seconds, without a network.")


if __name__ == "__main__":
    main()
