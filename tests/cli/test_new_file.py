"""Each option that names an output is looked at before the work begins."""

from pathlib import Path

import pytest

from provenance.cli.exit_codes import ExitCode
from tests.cli.running import Shell


@pytest.mark.parametrize(
    "command",
    [
        ("audit", "{model}", "--offline", "-o", "{there}"),
        ("audit", "{model}", "--offline", "--evidence", "{file}/below"),
        ("digest", "{model}", "-o", "{there}"),
        ("key", "generate", "-o", "{there}"),
        ("policy", "init", "-o", "{there}"),
        ("oms", "sign", "{model}", "--key", "{file}", "-o", "{there}"),
        ("sign", "{file}", "--key", "{file}", "-o", "{there}"),
        ("export", "mot", "{file}", "-o", "{there}"),
        *(
            ("verify", "{model}", "--bundle", "{file}", "--public-key", "{file}", option, "{there}")
            for option in ("--vsa", "--svr")
        ),
    ],
    ids=" ".join,
)
def test_an_output_without_a_folder_is_told_before_the_work(
    shell: Shell, model: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_bytes(b"no key, and nothing else that is read")
    places = {"model": model, "file": tmp_path / "file", "there": tmp_path / "none" / "there"}

    said = shell(*(word.format(**places) for word in command))

    assert said.code in {ExitCode.USAGE, ExitCode.ENVIRONMENT}
    assert "cannot be written" in said.err
    assert "reading" not in said.err
    assert not (tmp_path / "none").exists()


def test_a_folder_in_a_file_s_place_is_usage(shell: Shell, model: Path, tmp_path: Path) -> None:
    said = shell("audit", model, "--offline", "-o", tmp_path)

    assert said.code is ExitCode.USAGE
    assert "is a directory" in said.err


def test_an_evidence_folder_is_made_where_it_is_not_there(
    shell: Shell, model: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "a" / "b"

    assert shell("audit", model, "--offline", "--evidence", folder).code is ExitCode.DONE
    assert (folder / "index.json").exists()


def test_a_public_key_s_place_is_looked_at_too(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.pem.pub").mkdir()

    said = shell("key", "generate", "-o", tmp_path / "a.pem", "--force")

    assert said.code is ExitCode.USAGE
    assert not (tmp_path / "a.pem").exists()
