import json
from pathlib import Path

import yaml

from provenance.cli.exit_codes import ExitCode
from provenance.values.advice import Rule
from tests.cli.running import Shell

ROOT = Path(__file__).parents[2]


def test_findings_are_lines_with_file_line_and_severity(shell: Shell, model: Path) -> None:
    (model / "README.md").write_text("---\nlicense: mit\n---\n# M\n\nIn /home/ada/x.\n")

    said = shell("lint", model)

    assert said.code is ExitCode.DONE
    assert f"{model}/README.md:6: warning [private-path] nobody else has '/home/ada/'" in said.out
    assert "note [not-shown]" in said.out
    assert said.err.startswith("0 errors, ")


def test_errors_fail_and_warnings_only_when_strict(shell: Shell, model: Path) -> None:
    assert shell("lint", model).code is ExitCode.DONE
    assert shell("lint", model, "--strict").code is ExitCode.NEGATIVE
    (model / "a.json").write_text('"hf_' + "aB3" * 11 + '"')
    assert shell("lint", model).code is ExitCode.NEGATIVE


def test_findings_are_json_lines(shell: Shell, model: Path) -> None:
    (model / "a.json").write_text('"/home/ada/x"')

    found = [json.loads(line) for line in shell("lint", model, "--format", "json").out.splitlines()]

    assert {one["rule"] for one in found} <= {rule.value for rule in Rule}
    (path,) = [one for one in found if one["rule"] == "private-path"]
    assert (path["file"], path["line"], path["severity"]) == (str(model / "a.json"), 1, "warning")


def test_notes_are_left_out_when_quiet(shell: Shell, model: Path) -> None:
    said = shell("lint", model, "--quiet")

    assert ": note [" not in said.out
    assert ": warning [" in said.out
    assert said.err == ""


def test_a_malformed_release_is_an_error_of_its_own(shell: Shell, model: Path) -> None:
    (model / "README.md").write_text("---\na: &a [*a]\n---\n\x1b[31m")

    said = shell("lint", model)

    assert said.code is ExitCode.NEGATIVE
    assert "error [unreadable] YAML_ALIAS" in said.out
    assert "\x1b" not in said.out


def test_a_folder_that_is_not_there_is_a_matter_of_usage(shell: Shell, tmp_path: Path) -> None:
    assert shell("lint", tmp_path / "none").code is ExitCode.USAGE


def test_the_hook_runs_what_there_is() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())

    assert hook["entry"].split() == ["provenance", "lint", "--quiet"]
    assert hook["pass_filenames"] is False


def test_the_page_lists_every_rule() -> None:
    page = (ROOT / "docs" / "how-to" / "lint.md").read_text()

    for rule in Rule:
        assert f"| `{rule}` | {rule.severity.word} | {rule.finds} |" in page
