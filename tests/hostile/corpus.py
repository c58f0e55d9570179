"""Hostile releases, and benign twins of them: what each is, and how an audit of it must end."""

from collections.abc import Callable, Mapping
from enum import Enum, auto, unique
from pathlib import Path

import attrs

from provenance.errors import Code

Build = Callable[[Path], None]


@unique
class Ends(Enum):
    """How the audit of a case ends."""

    CLEAN = auto()
    # A manifest may be made, and carries the hazard.
    REPORTED = auto()
    REFUSED = auto()


@attrs.frozen
class Case:
    """A release that ``build`` writes, and its end; ``code`` is the trouble's exact name."""

    id: str
    ends: Ends
    build: Build
    code: Code | None = None


def files(contents: Mapping[str, bytes]) -> Build:
    """Return what writes these files."""

    def build(folder: Path) -> None:
        for name, data in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    return build


def clean(case_id: str, build: Build) -> Case:
    """Return a benign case: refusing it would be too strict."""
    return Case(case_id, Ends.CLEAN, build)


def reported(case_id: str, code: Code, build: Build) -> Case:
    """Return a case that a report must name."""
    return Case(case_id, Ends.REPORTED, build, code)


def refused(case_id: str, code: Code, build: Build) -> Case:
    """Return a case that must end in an error of this code."""
    return Case(case_id, Ends.REFUSED, build, code)
