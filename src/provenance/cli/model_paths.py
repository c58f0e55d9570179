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
    """Return a path that a caller leaves out: relative to the model, or in full.

    Raises:
        UsageError: for the model itself, and for what is not inside it.
    """
    try:
        if path.is_absolute():
            return RelPath(
                (path.parent.resolve() / path.name).relative_to(model.resolve()).as_posix()
            )
        return RelPath(path.as_posix())
    except (InvalidValueError, ValueError) as cause:
        raise UsageError(
            f"{str(path)[:200]!a} is no path inside the model",
            hint="name paths relative to the model's folder, without '..'",
            code=Code.NAME,
        ) from cause
