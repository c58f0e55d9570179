"""Put the entries of ``changes/`` into CHANGELOG.md, by theme; ``--check`` only reads them."""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_ENTRY = re.compile(r"- \[([a-z ]+)\] (\S.*(?:\n  \S.*)*)\n?")
_HEADING = re.compile(r"^#### (.+)\n", re.MULTILINE)
#: What follows the entries of an unreleased version.
_NEXT = re.compile(r"^## (?!Unreleased)", re.MULTILINE)


def entries(text: str) -> list[tuple[str, str]]:
    """Return theme and words of each entry of a file.

    Raises:
        ValueError: for anything else in it.
    """
    found = _ENTRY.findall(text)
    if "".join(f"- [{theme}] {words}\n" for theme, words in found) != text or not found:
        message = "not a list of entries, each '- [theme] words', ended by a line feed"
        raise ValueError(message)
    return found


def themes(log: str) -> list[str]:
    """Return the headings of what is not released yet, in small letters."""
    return [heading.lower() for heading in _HEADING.findall(unreleased(log))]


def unreleased(log: str) -> str:
    """Return the part of the log that comes before the first version."""
    following = _NEXT.search(log)
    return log[: following.start()] if following else log


def added(log: str, found: Iterable[tuple[str, str]]) -> str:
    """Return the log with the entries at the ends of their themes.

    Raises:
        ValueError: for a theme that is no heading.
    """
    for theme, words in found:
        head = unreleased(log)
        heading = next((one for one in _HEADING.finditer(head) if one[1].lower() == theme), None)
        if heading is None:
            message = f"[{theme}] is no theme; these are: {', '.join(themes(log))}"
            raise ValueError(message)
        following = re.compile(r"^##", re.MULTILINE).search(head, heading.end())
        end = following.start() if following else len(head)
        before = log[:end].rstrip("\n")
        blank = "\n" if before.endswith(heading[1]) else ""
        after = f"\n{log[end:]}" if log[end:] else ""
        log = f"{before}\n{blank}- {words}\n{after}"
    return log


def fragments(folder: Path) -> Iterator[Path]:
    """Yield the files of entries, by name."""
    return (path for path in sorted(folder.glob("*.md")) if path.name != "README.md")


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Check the files, or put them into the log; return the exit status."""
    log, paths = (root / "CHANGELOG.md").read_text("utf-8"), [*fragments(root / "changes")]
    for path in paths:
        try:
            log = added(log, entries(path.read_text("utf-8")))
        except ValueError as error:
            print(f"{path.name}: {error}")
            return 1
    if "--check" not in arguments:
        (root / "CHANGELOG.md").write_text(log, "utf-8")
        for path in paths:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
