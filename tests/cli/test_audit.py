import json
from pathlib import Path

import pytest

from tests.cli.running import Shell


def policy(folder: Path, text: str) -> Path:
    path = folder / "policy.toml"
    path.write_text(f"schema = 1\n{text}\n")
    return path


def test_json_on_standard_output_is_the_predicate_alone(shell: Shell, model: Path) -> None:
    said = shell("audit", model, "--offline", "--format", "json", "--quiet")

    found = json.loads(said.out)
    assert (said.code, said.err) == (0, "")
    assert found["label"] == "open-weights"
    assert {entry["path"] for entry in found["inventory"]} >= {"model.safetensors"}


def test_the_tensor_root_is_taken_when_it_is_asked_for(shell: Shell, model: Path) -> None:
    command = ("audit", model, "--offline", "--format", "json", "--quiet")
    digested = json.loads(shell("digest", "--tensors", model, "--format", "json").out)

    said = shell(*command, "--tensors")

    assert digested["tensor_root"]
    assert json.loads(said.out)["profile"]["tensor_root"] == digested["tensor_root"]
    assert json.loads(shell(*command).out)["profile"]["tensor_root"] is None


def test_a_report_for_people_comes_with_the_way_on_standard_error(
    shell: Shell, model: Path
) -> None:
    said = shell("audit", model, "--offline")

    assert "local:my-model is open-weights" in said.out
    assert "reading local:my-model" in said.err


def test_the_manifest_and_the_evidence_are_written(
    shell: Shell, model: Path, tmp_path: Path
) -> None:
    out, evidence = tmp_path / "m.json", tmp_path / "evidence"

    shell("audit", model, "--offline", "-o", out, "--evidence", evidence)

    assert json.loads(out.read_bytes())["_type"] == "https://in-toto.io/Statement/v1"
    assert (evidence / "index.json").is_file()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('label = "open-weights"', 0),
        ("[rungs]\nfinal-parameters = 4", 1),
        ("[rungs]\nenvironment = 3", 3),
        ("nonsense = 1", 2),
    ],
)
@pytest.mark.parametrize("form", ["human", "json"])
def test_a_policy_decides_the_exit_code(
    shell: Shell, model: Path, tmp_path: Path, text: str, code: int, form: str
) -> None:
    path = policy(tmp_path, text)
    card = model / "README.md"
    card.write_bytes(card.read_bytes() + b"\nThe training code: https://github.com/org/code\n")

    said = shell("audit", model, "--offline", "--policy", path, "--format", form)

    assert said.code == code


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("model.safetensors", b"short", "ST_TOO_SHORT"),
        ("README.md", b"\xff", "CARD_ENCODING"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_report(
    shell: Shell, model: Path, tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    (model / name).write_bytes(data)
    out = tmp_path / "m.json"

    said = shell("audit", model, "--offline", "--quiet", "-o", out)

    assert said.code == 0
    assert code in said.out
    assert code in out.read_text()


def test_what_no_release_can_hold_ends_in_two_lines_and_nothing_half_written(
    shell: Shell, model: Path, tmp_path: Path
) -> None:
    (model / "x").symlink_to("/etc/passwd")
    out = tmp_path / "m.json"

    said = shell("audit", model, "--offline", "--quiet", "-o", out)

    assert (said.code, said.out) == (1, "")
    first, second = said.err.splitlines()
    assert first.startswith("error [FS_SYMLINK_ESCAPE]: ")
    assert second.startswith("  to do: ")
    assert not out.exists()


def test_missing_and_empty_folders_are_told_apart(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert shell("audit", tmp_path / "nothing").code == 2
    assert shell("audit", tmp_path / "empty").code == 1
    assert shell("audit", "org/name", "--offline").code == 4
    assert shell("audit", "org/name", "--revision", "a..b", "--offline").code == 2


def test_more_digests_and_older_ones_are_asked_for_by_name(
    shell: Shell, model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PROVENANCE_CACHE", str(tmp_path / "cache"))

    said = shell(
        "audit", model, "--offline", "--format", "json", "--cached", "--algorithms", "tree-sha256"
    )

    files = json.loads(said.out)["inventory"]
    assert {one["how"] for one in files} == {"read"}
    assert all(len(one["tree_sha256"]) == len(one["sha256"]) for one in files)
    assert (tmp_path / "cache/digests").is_dir()
