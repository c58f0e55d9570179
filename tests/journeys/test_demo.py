"""The demo, as a newcomer runs it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_tells_the_whole_story() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / "demo.py")],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=50,
    )

    assert done.returncode == 0, done.stderr
    for said in (
        "is open-source",
        "final-parameters                5 consistent",
        "training-code                   5 consistent",
        "signed: charlm.recipe.sigstore.json",
        "same revision",
    ):
        assert said in done.stdout
    assert "error [FILE_CHANGED]: 'model-00002-of-00002.safetensors'" in done.stderr
