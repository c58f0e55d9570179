import json
from pathlib import Path

import pytest

from provenance.cli.exit_codes import ExitCode
from tests import mot
from tests.cli.running import Said, Shell

GOOD = b"release: {components: [{name: Model card, license: MIT}, {name: Datasets}]}\n"


def assess(shell: Shell, tmp_path: Path, *files: bytes, options: tuple[str, ...] = ()) -> Said:
    paths = []
    for place, data in enumerate(files):
        paths.append(tmp_path / f"{place}.yml")
        paths[-1].write_bytes(data)
    return shell("assess", "mof", *paths, *options)


def test_each_record_is_one_line_of_json(shell: Shell, tmp_path: Path) -> None:
    amber = mot.records("models")["models/Amber.yml"]

    said = assess(shell, tmp_path, GOOD, amber, options=("--format", "json"))

    first, second = map(json.loads, said.out.splitlines())
    assert said.code is ExitCode.DONE
    assert first == {
        "file": str(tmp_path / "0.yml"),
        "class": 0,
        "progress": {"1": 0, "2": 0, "3": pytest.approx(100 / 6)},
        "components": {"Model card": "open", "Datasets": "unlicensed"},
    }
    assert (second["class"], second["progress"]) == (1, {"1": 100, "2": 100, "3": 100})


def test_a_record_is_shown_to_people(shell: Shell, tmp_path: Path) -> None:
    said = assess(shell, tmp_path, mot.records("models")["models/BLOOM.yml"])

    assert said.code is ExitCode.DONE
    assert "0.yml is unclassified" in said.out
    assert "progress to class I 0.0 %, II 0.0 %, III 16.7 %" in said.out
    assert "invalid    Model architecture: BigScience-BLOOM-RAIL-1.0" in said.out


def test_a_file_that_is_no_record_is_told_of_and_the_others_are_assessed(
    shell: Shell, tmp_path: Path
) -> None:
    said = assess(
        shell,
        tmp_path,
        b"release: !!python/object:os.x {}",
        GOOD,
        b"x",
        options=("--format", "json"),
    )

    assert said.code is ExitCode.NEGATIVE
    assert [json.loads(line)["file"] for line in said.out.splitlines()] == [str(tmp_path / "1.yml")]
    assert "0.yml" in said.err
    assert "YAML_TAG" in said.err
    assert "MOF_RECORD" in said.err


def test_a_file_that_is_not_there_is_a_matter_of_usage_and_the_others_are_assessed(
    shell: Shell, tmp_path: Path
) -> None:
    good = tmp_path / "good.yml"
    good.write_bytes(GOOD)

    said = shell("assess", "mof", tmp_path / "none.yml", tmp_path, good, "--format", "json")

    assert said.code is ExitCode.USAGE
    assert said.err.count("PATH_MISSING") == 2
    assert json.loads(said.out)["file"] == str(good)


def test_a_record_that_is_too_large_is_not_read(shell: Shell, tmp_path: Path) -> None:
    said = assess(shell, tmp_path, GOOD + b"#" * (10 * 2**20), GOOD, options=("--format", "json"))

    assert said.code is ExitCode.USAGE
    assert "RESOURCE" in said.err
    assert len(said.out.splitlines()) == 1


def test_what_does_not_count_is_said_and_text_of_a_record_is_escaped(
    shell: Shell, tmp_path: Path
) -> None:
    named = b'{name: "a\\e[31m", license: x}, {name: Datasets, license: "\\u202ex"}'
    odd = b"release: {components: [" + named + b"]}"

    said = assess(shell, tmp_path, odd)

    assert "MOF 1.0 has no component" in said.err
    assert "\x1b" not in said.out + said.err
    assert "\u202e" not in said.out
    assert assess(shell, tmp_path, odd, options=("--quiet",)).err == ""
