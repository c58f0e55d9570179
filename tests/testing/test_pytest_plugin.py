import os
import subprocess
import sys
from pathlib import Path

# A test as another project would write it: nothing but the fixture's name.
ANOTHER_PROJECT = """
import os
import pathlib
import sys

LIGHT = "huggingface_hub" not in sys.modules and "provenance.testing.hub" not in sys.modules


def test_the_client_meets_the_hub(hub, tmp_path):
    from huggingface_hub import HfApi, hf_hub_download

    commit = hub.add_model("org/m").commit({"a.txt": b"1"}, message="m")

    assert HfApi(endpoint=hub.url, token=False).model_info("org/m").sha == commit
    path = hf_hub_download("org/m", "a.txt", endpoint=hub.url, token=False, local_dir=tmp_path)
    assert pathlib.Path(path).read_bytes() == b"1"


def test_each_test_has_a_hub_of_its_own(hub):
    assert hub.hosted == {}
    assert hub.requests == []


def test_nothing_was_loaded_or_set_before(hub):
    assert LIGHT
    assert "HF_ENDPOINT" not in os.environ
"""


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run pytest as another project does: its own folder, no settings of ours."""
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options)
    return subprocess.run(
        command,
        cwd=folder,
        env=dict(os.environ) | {"NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


def test_another_project_only_names_the_fixture(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --strict-config --strict-markers\n")
    (tmp_path / "test_other.py").write_text(ANOTHER_PROJECT)

    done = run(tmp_path, "-W", "error")

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("3 passed")


def test_a_project_s_own_fixture_of_that_name_wins(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text(
        "import pytest\n\n\n@pytest.fixture\ndef hub():\n    return 1\n\n\n"
        "def test_it_is_ours(hub):\n    assert hub == 1\n"
    )

    done = run(tmp_path)

    assert done.stdout.splitlines()[-1].startswith("1 passed"), done.stdout


def test_the_fixture_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text("def test_nothing():\n    pass\n")

    done = run(tmp_path, "--fixtures")

    assert "fixtures defined from provenance.testing.pytest_plugin" in done.stdout
    assert "Serve an empty Hub of its own to each test" in done.stdout
