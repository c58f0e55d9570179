"""``provenance digest``: hash files and folders, check them against a list, divide the work."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.digest_options import DigestOptions, digesting_options
from provenance.cli.digest_report import tell, tell_checked
from provenance.cli.exit_codes import ExitCode
from provenance.cli.new_file import NewFile
from provenance.cli.options import loudness, loudness_options
from provenance.cli.voice import Voice
from provenance.doors.named_file import read_named
from provenance.flows.digesting.digest import digest

if TYPE_CHECKING:
    from provenance.values.digest_list import DigestList

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_LONGEST_LIST = 2**30


@click.command("digest")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH...")
@digesting_options
@click.option("--check", type=_FILE, metavar="FILE", help="Hold the files against this list.")
@click.option("--merge", "merged", is_flag=True, help="Put the parts together that PATHs name.")
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@click.option(
    "-o",
    "--output",
    type=NewFile(),
    metavar="FILE",
    help="Write there instead of standard output.",
)
@loudness_options
def digest_command(  # noqa: PLR0913 - one parameter for each option of the contract
    paths: tuple[Path, ...],
    options: DigestOptions,
    check: Path | None,
    form: str,
    output: Path | None,
    *,
    merged: bool,
    quiet: bool,
    verbose: bool,
) -> ExitCode:
    """Hash every file of the PATHs once, and print a list that sha256sum can check.

    Files of a single folder are named by their path inside it. With --check, PATH is the folder
    that the list's names begin at, the current one if there is none.
    """
    _require_sense(paths, check, options, merged=merged)
    loud = loudness(quiet=quiet, verbose=verbose)
    if merged:
        return tell(_merged(paths), form, output)
    with Voice(loud).working() as voice, options.digesting(voice) as how:
        if check is None:
            return tell(digest(paths, how, progress=voice), form, output)
        from provenance.flows.digesting.check_digests import (  # noqa: PLC0415 - and its parsers
            check_digests,
            read_list,
        )

        expected = read_list(read_named(check, limit=_LONGEST_LIST))
        checked = check_digests(expected, paths or (Path(),), how, progress=voice)
    return tell_checked(checked, form, output)


def _merged(paths: tuple[Path, ...]) -> "DigestList":
    from provenance.hashing.share import merge  # noqa: PLC0415 - few ask for it
    from provenance.wire.digests_json import parse_digests  # noqa: PLC0415 - as above

    return merge([parse_digests(read_named(path, limit=_LONGEST_LIST)) for path in paths])


def _require_sense(
    paths: tuple[Path, ...], check: Path | None, options: DigestOptions, *, merged: bool
) -> None:
    if not paths and not check:
        raise click.UsageError("name a file or a folder")
    if sum(map(bool, (check, options.part, merged))) > 1:
        raise click.UsageError("--check, --part and --merge exclude each other")
    if options.tensors and (check or options.part or merged):
        raise click.UsageError("--tensors tells of whole models: not with --check, --part, --merge")
    if options.dask and options.jobs:
        raise click.UsageError("--jobs are threads of this machine, and --dask hashes elsewhere")
