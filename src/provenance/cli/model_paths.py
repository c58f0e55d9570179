"""Paths that a caller names, as they are called inside a model."""

from pathlib import Path

from provenance.errors import Code, InvalidValueError, UsageError
from provenance.values.path import RelPath


def inside(model: Path, path: Path) -> RelPath | None:
    """Return where in a model's folder a file lies, or ``None`` when it lies elsewhere.

    Links on the way to either are followed, so that one file has one name.
    """
    folder, name = path.parent.resolve(), path.name
    found = (folder / name).is_relative_to(model.resolve()) and model.is_dir()
    return RelPath((folder / name).relative_to(model.resolve()).as_posix()) if found else None


def relative(model: Path, path: Path) -> RelPath:
    """Return the name inside the model of a path that a caller leaves out.

    A relative path begins at the current folder, like every other path of a command, and as the
    commands of model signing have it. Links on the way are followed, the last part is taken as is.

    Raises:
        UsageError: for the model itself, and for what is not inside it.
    """
    try:
        found = path.parent.resolve() / path.name
        return RelPath(found.relative_to(model.resolve()).as_posix())
    except (InvalidValueError, ValueError) as cause:
        plain = path.name and ".." not in path.parts and not path.is_absolute()
        meant = f": {str(model / path)[:200]!a}, if that is meant" if plain else ""
        raise UsageError(
            f"{str(path)[:200]!a} is no path inside the model",
            hint=f"name paths in the model's folder, from where you are{meant}",
            code=Code.NAME,
        ) from cause
