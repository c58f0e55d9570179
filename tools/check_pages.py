"""Write the reference of the checks from their docstrings; ``--check`` only compares."""

import inspect
import re
import sys
from pathlib import Path

from provenance.checks.table import CHECKS
from provenance.ports.check import Check

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "checks.md"
HEAD = """# Checks

One check for each component. A rung counts only if all lower ones hold; what could not be looked at
is *unknown*, and is never called absent. This page is written from the checks' own docstrings by
`python tools/check_pages.py`.

"""
_PARTS = ("Needs", "Proves", "Does not prove", "Example")
_PART = re.compile(rf"^({'|'.join(_PARTS)}): ", re.MULTILINE)


def parts_of(check: Check) -> dict[str, str]:
    """Return the first line of a check's docstring under ``""``, and each of its parts.

    Raises:
        ValueError: when a part is missing, or out of order.
    """
    text = inspect.cleandoc(type(check).__doc__ or "").replace("``", "`")
    first, *rest = _PART.split(text)
    found = {"": first} | dict(zip(rest[::2], rest[1::2], strict=True))
    if tuple(found) != ("", *_PARTS):
        message = f"{check.id} does not say, in this order: {', '.join(_PARTS)}"
        raise ValueError(message)
    return {name: " ".join(part.split()) for name, part in found.items()}


def page() -> str:
    """Return the page: one section for each check, in the order of the components."""
    sections = []
    for check in CHECKS:
        parts = parts_of(check)
        lines = [f"## {check.component.title}", "", f"`{check.id}`: {parts['']}", ""]
        for name in _PARTS:
            lines += [f"- **{name}:** {parts[name]}"]
        sections.append("\n".join(lines))
    return HEAD + "\n\n".join(sections) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or say that it is not what the docstrings say."""
    if "--check" not in arguments:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print(f"{PAGE.name} is not what the checks say: run python tools/check_pages.py")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
