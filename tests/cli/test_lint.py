import json
from contextlib import chdir
from pathlib import Path

import pytest
import yaml

from provenance.cli.exit_codes import ExitCode
from provenance.policy.secrets import secrets_in
from provenance.values.advice import Rule
from tests.cli.running import Shell
from tests.policy.secret_samples import SECRETS

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


def test_the_least_severity_sets_what_fails(shell: Shell, model: Path) -> None:
    def code(*options: str) -> ExitCode:
        return shell("lint", model, *options).code

    (model / "LICENSE").write_bytes((ROOT / "LICENSE").read_bytes())
    (model / "README.md").write_text("---\nlicense: apache-2.0\n---\n# M\n")

    assert code("--min-severity", "error") is ExitCode.DONE
    assert code("--min-severity", "warning") is ExitCode.DONE
    assert code("--strict") is ExitCode.DONE
    assert code("--min-severity", "note") is ExitCode.NEGATIVE
    (model / "README.md").write_text("---\nlicense: apache-2.0\n---\n# M\n\nIn /home/ada/x.\n")
    assert code() is ExitCode.DONE
    assert code("--min-severity", "warning") is ExitCode.NEGATIVE
    assert code("--min-severity", "error", "--strict") is ExitCode.NEGATIVE


def test_what_fails_is_shown_even_when_quiet(shell: Shell, model: Path) -> None:
    said = shell("lint", model, "--quiet", "--min-severity", "note")

    assert said.code is ExitCode.NEGATIVE
    assert ": note [" in said.out


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("pytorch_model.bin", "weights", "pickle"),
        ("README.md", "# A card without metadata\n", "license-missing"),
        (".env", "HF_TOKEN=hf_" + "aB3" * 11, "secret"),
        ("Dockerfile", "ENV GH=ghp_" + "a1B2" * 9, "secret"),
    ],
)
def test_the_hook_as_it_is_shipped_fails_for_what_must_not_be_published(
    shell: Shell, model: Path, name: str, text: str, rule: str
) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    words: list[str] = [*hook["entry"].split(), *hook.get("args", [])]
    program, arguments = words[0], words[1:]

    with chdir(model):
        before = shell(*arguments)
        (model / name).write_text(text)
        after = shell(*arguments)

    assert program == "provenance"
    assert before.code is ExitCode.DONE
    assert after.code is ExitCode.NEGATIVE
    assert f"error [{rule}]" in after.out


def test_a_secret_in_a_quoted_link_is_not_repeated(shell: Shell, model: Path) -> None:
    secret = "gT7kQ9zzPw3LmB2x"  # noqa: S105 - made up
    text = f"---\nlicense: mit\n---\n# M\n\nCode: https://ada:{secret}@github.com/a/b\n"
    (model / "README.md").write_text(text)

    said = shell("lint", model)

    assert "README.md:6: error [secret] a password in an address, 16 characters" in said.out
    assert secret[:8] not in said.out + said.err


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_fails_the_command_and_stands_in_no_output(
    shell: Shell, model: Path, name: str
) -> None:
    path, text = SECRETS[name]
    place = model / "given" / path
    place.parent.mkdir(parents=True)
    place.write_text(text)
    hidden = [one.text[5:] for one in secrets_in(path, text.encode()) if one.text]

    for form in ("human", "json"):
        said = shell("lint", model, "--format", form)

        assert said.code is ExitCode.NEGATIVE
        assert f"given/{path}" in said.out
        assert not [one for one in hidden if one in said.out + said.err]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("config.json", '{\n "a": 1,\n "b": }', 3),
        ("train.py", "import os\ndef f(:\n", 2),
        ("README.md", "---\nlicense: mit\na: [\n---\n", 4),
        ("README.md", "---\nlicense: mit\n--- \n# M\n", 3),
        ("README.md", "---\nlicense: mit\n\ttags: a\n---\n", 3),
    ],
)
def test_a_trouble_of_a_file_names_file_and_line(
    shell: Shell, model: Path, name: str, text: str, line: int
) -> None:
    (model / name).write_text(text)

    assert f"{model / name}:{line}: " in shell("lint", model).out
