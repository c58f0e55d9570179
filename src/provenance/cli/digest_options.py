"""The options of ``provenance digest`` that say how to hash, and their types."""

import click

from provenance.cli.options import algorithms_option, jobs_option, together


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


digesting_options = together(
    algorithms_option,
    jobs_option,
    click.option(
        "--part", type=PartType(), metavar="I/N", help="Hash one of N parts, to be merged."
    ),
    click.option("--no-cache", is_flag=True, help="Neither use nor fill the cache of digests."),
    click.option(
        "--strict", is_flag=True, help="Read every byte that the kernel does not vouch for."
    ),
)
