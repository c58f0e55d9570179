import json
import tomllib
from pathlib import Path

import pytest

from tests.cli.running import Shell

POLICY = "schema = 1\nlabel = 'open-weights'\n[rungs]\nfinal-parameters = 3\n"


@pytest.fixture
def manifest(shell: Shell, model: Path, tmp_path: Path) -> Path:
    shell("audit", model, "--offline", "-o", tmp_path / "m.json", "--quiet")
    return tmp_path / "m.json"


def written(folder: Path, text: str) -> Path:
    (folder / "policy.toml").write_text(text)
    return folder / "policy.toml"


def test_a_first_policy_is_written_and_accepts_the_key_that_is_given(
    shell: Shell, tmp_path: Path
) -> None:
    shell("key", "generate", "-o", tmp_path / "k.pem")
    policy = tmp_path / "policy.toml"

    said = shell("policy", "init", "-o", policy, "--public-key", tmp_path / "k.pem.pub")
    checked = shell("policy", "check", policy)

    assert (said.code, said.out) == (0, f"policy: {policy}\n")
    assert (checked.code, checked.out) == (0, f"{policy} is a policy\n")
    accepted = tomllib.loads(policy.read_text())["signers"]["accept"]
    assert [set(one) for one in accepted] == [{"key"}]


def test_a_first_policy_goes_to_standard_output_too(shell: Shell) -> None:
    assert tomllib.loads(shell("policy", "init").out)["schema"] == 1


def test_a_policy_that_is_there_is_replaced_only_when_told_to(shell: Shell, tmp_path: Path) -> None:
    policy = written(tmp_path, POLICY)

    kept = shell("policy", "init", "-o", policy)
    forced = shell("policy", "init", "-o", policy, "--force")

    assert (kept.code, forced.code) == (2, 0)
    assert "POLICY_FILE" in kept.err
    assert policy.read_text() != POLICY


def test_no_demand_is_cut_where_it_is_explained(shell: Shell, tmp_path: Path) -> None:
    ids = [f"LicenseRef-{number:060}" for number in range(40)]
    demands = f"schema = 1\n[licenses]\ndatasets = {ids}\n"

    said = shell("policy", "explain", written(tmp_path, demands)).out

    assert all(one in said for one in ids)
    assert "…" not in said


def test_a_policy_is_explained_in_sentences_and_as_json(shell: Shell, tmp_path: Path) -> None:
    policy = written(tmp_path, POLICY)

    people = shell("policy", "explain", policy)
    machine = shell("policy", "explain", policy, "--format", "json")

    assert people.out.startswith("- The label that is shown has to be open-weights or higher.\n")
    assert len(json.loads(machine.out)) == 3


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("[rungs]\nfinal-parameters = 3", 0, "passed"),
        ("[rungs]\nfinal-parameters = 6", 1, "failed"),
        ("[rungs]\nevaluation-code = 3", 1, "failed"),
        ("exact-revision = true", 3, "undecided"),
        ("[rungs]\nfinal-parameters = 7", 2, ""),
    ],
)
def test_a_manifest_is_held_against_a_policy(
    shell: Shell, manifest: Path, tmp_path: Path, text: str, code: int, word: str
) -> None:
    policy = written(tmp_path, f"schema = 1\n{text}\n")

    people = shell("policy", "check", policy, manifest)
    machine = shell("policy", "check", policy, manifest, "--format", "json")

    assert (people.code, machine.code) == (code, code)
    if word:
        assert f"policy: {word}" in people.out
        assert "nobody vouches" in people.out
        told = json.loads(machine.out)["policy"]
        assert (told["verdict"], bool(told["to_do"])) == (word, word != "passed")
        assert len(told["answers"]) == 1


def test_a_file_that_is_no_manifest_is_refused(shell: Shell, tmp_path: Path) -> None:
    policy = written(tmp_path, POLICY)

    assert shell("policy", "check", policy, policy).code == 1


def test_the_schema_is_printed(shell: Shell) -> None:
    assert json.loads(shell("policy", "schema").out)["title"].startswith("A policy")
