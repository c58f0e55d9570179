"""Options that name what a command writes: looked at before the work, not after it."""

from pathlib import Path

import click

from provenance.doors.writable import require_folder, require_place


class NewFile(click.Path):
    """A file to write, or to replace: its folder is there, and may be written to.

    ``-`` and the streams that ``/dev`` names are for the command to understand.
    """

    def __init__(self) -> None:
        super().__init__(path_type=Path, dir_okay=False, allow_dash=True)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Read the path.

        Raises:
            UsageError: PATH_MISSING, USAGE.
            ToolError: FS_PERMISSION.
        """
        path = Path(str(super().convert(str(value), param, ctx)))
        require_place(path)
        return path


class NewFolder(click.Path):
    """A folder to write into, which is made where it is not there."""

    def __init__(self, *, exists: bool = False) -> None:
        super().__init__(path_type=Path, file_okay=False, exists=exists)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Read the path.

        Raises:
            ToolError: FS_PERMISSION.
        """
        path = Path(str(super().convert(str(value), param, ctx)))
        require_folder(path)
        return path
