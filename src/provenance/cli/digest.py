"""``provenance digest``: hash files and folders, check them against a list, divide the work."""

from pathlib import Path

import click

from provenance.cli.digest_report import tell, tell_checked
from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import jobs_option, loudness, loudness_options
from provenance.cli.voice import Voice
from provenance.doors.named_file import read_named
from provenance.flows.check_digests import check_digests, read_list
from provenance.flows.digest import Digesting, digest
from provenance.hashing.share import merge
from provenance.values.digest import Algorithm
from provenance.values.digest_list import DigestList
from provenance.wire.digests_json import parse_digests

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_LONGEST_LIST = 2**30


class AlgorithmsType(click.ParamType[tuple[Algorithm, ...]]):
    """Names of algorithms, with commas between them."""

    name = "algorithms"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Algorithm, ...]:
        """Read names, or fail as usage."""
        names = list(dict.fromkeys(value.split(",")))
        known = {one.value: one for one in Algorithm}
        if unknown := [name for name in names if name not in known]:
            self.fail(f"{unknown[0]!r} is none of {', '.join(known)}", param, ctx)
        return tuple(known[name] for name in names)


class PartType(click.ParamType[tuple[int, int]]):
    """``i/n``: the i-th of n parts, from 1."""

    name = "i/n"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Read a part, or fail as usage."""
        number, _, count = value.partition("/")
        if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
            self.fail(f"{value!r} is no part: write 1/4 to 4/4", param, ctx)
        return int(number), int(count)


@click.command("digest")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--algorithms",
    type=AlgorithmsType(),
    default="sha256",
    metavar="A,B",
    help=f"The digests to take: {', '.join(Algorithm)}. One read feeds all of them.",
)
@jobs_option
@click.option("--check", type=_FILE, metavar="FILE", help="Hold the files against this list.")
@click.option("--part", type=PartType(), metavar="I/N", help="Hash one of N parts, to be merged.")
@click.option("--merge", "merged", is_flag=True, help="Put the parts together that PATHs name.")
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write there instead of standard output.",
)
@loudness_options
def digest_command(  # noqa: PLR0913, PLR0917 - one parameter for each option of the contract
    paths: tuple[Path, ...],
    algorithms: tuple[Algorithm, ...],
    jobs: int,
    check: Path | None,
    part: tuple[int, int] | None,
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
    _require_sense(paths, check, part, merged=merged)
    how = Digesting(algorithms=algorithms, jobs=jobs, share=part)
    with Voice(loudness(quiet=quiet, verbose=verbose)).working() as voice:
        if check:
            expected = read_list(read_named(check, limit=_LONGEST_LIST))
            checked = check_digests(expected, paths or (Path(),), how, progress=voice)
            return tell_checked(checked, form, output)
        found = _merged(paths) if merged else digest(paths, how, progress=voice)
    return tell(found, form, output)


def _merged(paths: tuple[Path, ...]) -> DigestList:
    return merge([parse_digests(read_named(path, limit=_LONGEST_LIST)) for path in paths])


def _require_sense(
    paths: tuple[Path, ...], check: Path | None, part: tuple[int, int] | None, *, merged: bool
) -> None:
    if not paths and not check:
        raise click.UsageError("name a file or a folder")
    if sum(map(bool, (check, part, merged))) > 1:
        raise click.UsageError("--check, --part and --merge exclude each other")
