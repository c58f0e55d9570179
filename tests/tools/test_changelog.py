from pathlib import Path

import pytest

from tools import changelog

LOG = """# Changelog

## Unreleased

### Added

#### Signing

- One.

#### Digests and loading

## 0.1.0

#### Signing

- Old.
"""


def kept(folder: Path, text: str) -> Path:
    (folder / "changes").mkdir()
    (folder / "changes" / "README.md").write_text("# Rules\n")
    (folder / "changes" / "branch.md").write_text(text)
    (folder / "CHANGELOG.md").write_text(LOG)
    return folder


def test_an_entry_goes_to_the_end_of_its_theme_of_what_is_not_released() -> None:
    found = changelog.entries("- [signing] Two,\n  in two lines.\n- [digests and loading] Three.\n")

    log = changelog.added(LOG, found)

    assert "#### Signing\n\n- One.\n- Two,\n  in two lines.\n\n#### Digests" in log
    assert "#### Digests and loading\n\n- Three.\n\n## 0.1.0\n" in log
    assert log.endswith("- Old.\n")


def test_a_log_without_a_version_ends_with_its_entries() -> None:
    log = changelog.added(LOG.partition("## 0.1.0")[0], [("digests and loading", "Last.")])

    assert log.endswith("#### Digests and loading\n\n- Last.\n")


def test_the_files_are_gone_when_their_entries_are_there(tmp_path: Path) -> None:
    root = kept(tmp_path, "- [signing] Two.\n")

    assert changelog.main(["--check"], root) == 0
    assert (root / "CHANGELOG.md").read_text() == LOG
    assert changelog.main([], root) == 0
    assert "- Two.\n" in (root / "CHANGELOG.md").read_text()
    assert [one.name for one in (root / "changes").iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    "text", ["", "Two.\n", "- [signing] Two.", "- [signing]\n", "- [magic] Two.\n"]
)
def test_what_is_no_entry_is_refused_and_stays(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = kept(tmp_path, text)

    assert changelog.main([], root) == 1
    assert "branch.md" in capsys.readouterr().out
    assert (root / "changes" / "branch.md").is_file()


def test_the_entries_of_this_repository_can_be_put_in() -> None:
    assert changelog.main(["--check"]) == 0
