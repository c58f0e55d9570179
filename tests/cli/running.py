"""Running commands inside the test's own process, and a small release for them to look at."""

import json
import os
from pathlib import Path

import attrs
import pytest

from provenance.cli.exit_codes import ExitCode
from provenance.cli.main import run

HEADER = json.dumps({"a": {"dtype": "U8", "shape": [4], "data_offsets": [0, 4]}}).encode()
FILES = {
    "README.md": b"---\nlicense: mit\n---\n# My model\n\nIt was trained on one CPU with seed 7.\n",
    "config.json": json.dumps({"model_type": "toy", "n_embd": 8, "n_layer": 2}).encode(),
    "tokenizer.json": json.dumps({"model": {"type": "BPE", "vocab": {"a": 0}}}).encode(),
    "LICENSE": b"Do as you like.\n",
    "model.safetensors": len(HEADER).to_bytes(8, "little") + HEADER + b"1234",
}


@attrs.frozen
class Said:
    """How a command ended, and what it said where."""

    code: ExitCode
    out: str
    err: str


@attrs.frozen
class Shell:
    """Runs commands and collects what they say."""

    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str | Path) -> Said:
        """Run one command."""
        code = run([str(one) for one in arguments])
        said = self.capture.readouterr()
        return Said(code, said.out, said.err)


def alone() -> dict[str, str]:
    """Return the environment of a process that nobody measures: what measures it loads modules."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def my_model(folder: Path) -> Path:
    """Write the small release."""
    place = folder / "my-model"
    place.mkdir()
    for name, data in FILES.items():
        (place / name).write_bytes(data)
    return place
