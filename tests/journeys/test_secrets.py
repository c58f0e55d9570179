"""A token goes to the Hub, and stays out of everything that an audit writes or says."""

import json
from pathlib import Path

import pytest

from provenance.cli.exit_codes import ExitCode
from provenance.testing.hub import LoopbackHub
from provenance.testing.hub_state import User
from tests.cli.running import FILES, Shell

CANARY = "hf_canary0123456789"
CARD = b"""---
license: mit
datasets:
- org/data
---
# M

Trained with [code](https://github.com/o/r); see [a page](https://example.org/page).
"""


@pytest.mark.parametrize("trouble", ["", "denied", "cut"])
def test_a_token_reaches_the_hub_and_nothing_else(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    trouble: str,
) -> None:
    monkeypatch.setenv("HF_TOKEN", CANARY)
    monkeypatch.setenv("PROVENANCE_CACHE", str(tmp_path / "cache"))
    with LoopbackHub(tmp_path / "hub", tokens={CANARY: User("me", orgs=frozenset({"org"}))}) as hub:
        hub.add_model("org/m").commit({**FILES, "README.md": CARD}, message="m")
        hub.add_dataset("org/data").commit({"a.csv": b"1"}, message="m")
        hub.add_git("github.com/o/r").commit({"train.py": b"x = 1\n"}, message="m")
        if trouble == "denied":
            hub.fault("*", "/resolve/.*tokenizer", times=99, status=403)
        if trouble == "cut":
            hub.fault("*", "/git/", times=99, truncate=3)
        said = Shell(capfd)(
            *("audit", "org/m", "--endpoint", hub.url, "--evidence", tmp_path / "evidence"),
            *("-o", tmp_path / "m.json", "--format", "json", "--verbose", "--git-proof"),
            *("--mirror", f"https://github.com/={hub.url}/git/github.com/"),
            *("--mirror", f"https://example.org/={hub.url}/pages/"),
        )
        asked = list(hub.requests)

    assert said.code is ExitCode.DONE
    assert json.loads(said.out)["release"]["uri"] == "hf:org/m"
    assert any(one.authorized for one in asked)
    assert not any(
        one.authorized for one in asked if not one.path.startswith(("/api/", "/org/", "/datasets/"))
    )
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in written if CANARY.encode() in path.read_bytes()] == []
    assert CANARY not in said.out + said.err
