"""The options of ``provenance digest`` that say how to hash, and their types."""

import click

from provenance.cli.options import jobs_option, together
from provenance.values.digest import Algorithm


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


digesting_options = together(
    click.option(
        "--algorithms",
        type=AlgorithmsType(),
        default="sha256",
        metavar="A,B",
        help=f"The digests to take: {', '.join(Algorithm)}. One read feeds all of them.",
    ),
    jobs_option,
    click.option(
        "--part", type=PartType(), metavar="I/N", help="Hash one of N parts, to be merged."
    ),
    click.option("--no-cache", is_flag=True, help="Neither use nor fill the cache of digests."),
    click.option(
        "--strict", is_flag=True, help="Read every byte that the kernel does not vouch for."
    ),
)
