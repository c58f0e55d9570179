import json
from pathlib import Path

import pytest

from provenance.cli.exit_codes import ExitCode
from tests.charlm import Charlm
from tests.cli.running import Shell, my_model


@pytest.fixture
def shell(capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capfd)


def test_an_inspection_is_a_table(charlm: Charlm, shell: Shell) -> None:
    said = shell("inspect", charlm.published.model, "--endpoint", charlm.hub.url, "--quiet")

    assert said.code is ExitCode.DONE
    assert f"hf:{charlm.published.model}@{charlm.published.model_commit}" in said.out
    assert "weights in safetensors: model.safetensors, 2 files" in said.out
    assert "not pinned" in said.out
    assert "in samples, badges and menus" in said.out
    assert said.err == ""


def test_an_inspection_is_json(charlm: Charlm, shell: Shell) -> None:
    said = shell(
        *("inspect", charlm.published.model, "--endpoint", charlm.hub.url, "--format", "json")
    )

    found = json.loads(said.out)
    assert found["release"]["revision"] == charlm.published.model_commit
    assert found["weights"] == [
        {"format": "safetensors", "name": "model.safetensors", "files": 2, "size": 472688}
    ]
    assert {one["kind"] for one in found["links"]} >= {"git", "hub-dataset"}
    assert "label" not in found


def test_a_folder_without_links_is_inspected(tmp_path: Path, shell: Shell) -> None:
    said = shell("inspect", my_model(tmp_path), "--offline")

    assert said.code is ExitCode.DONE
    assert "5 files" in said.out
    assert "Links" not in said.out


def test_a_release_that_nobody_knows_is_a_matter_of_the_environment(
    charlm: Charlm, shell: Shell
) -> None:
    said = shell("inspect", "org/nothing", "--endpoint", charlm.hub.url)

    assert said.code is ExitCode.ENVIRONMENT
    assert "HUB_HIDDEN" in said.err
