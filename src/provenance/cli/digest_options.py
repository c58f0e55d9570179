"""The options of ``provenance digest`` that say how to hash, and their types."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import attrs
import click

from provenance.cli.options import (
    algorithms_option,
    gathered,
    jobs_option,
    remembered,
    together,
)
from provenance.cli.voice import Voice
from provenance.flows.digesting.digest import Digesting
from provenance.values.digest import Algorithm


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


@attrs.frozen
class DigestOptions:
    """How to hash, as it was typed."""

    algorithms: tuple[Algorithm, ...]
    jobs: int
    part: tuple[int, int] | None
    dask: str | None
    tensors: bool
    no_cache: bool
    strict: bool

    @contextmanager
    def digesting(self, voice: Voice) -> Iterator[Digesting]:
        """Yield how to hash; who does it, and what is remembered, is at hand as long as that lasts.

        Raises:
            ToolError: as ``dask_executor``.
        """
        with ExitStack() as stack:
            executor = memory = None
            if self.dask:
                from provenance.executors.dask import dask_executor  # noqa: PLC0415 - few ask

                executor = stack.enter_context(dask_executor(self.dask))
            if not self.no_cache:
                memory = stack.enter_context(remembered(voice, strict=self.strict))
            yield Digesting(
                algorithms=self.algorithms,
                jobs=self.jobs,
                executor=executor,
                share=self.part,
                tensors=self.tensors,
                memory=memory,
            )


digesting_options = together(
    algorithms_option,
    jobs_option,
    click.option(
        "--part", type=PartType(), metavar="I/N", help="Hash one of N parts, to be merged."
    ),
    click.option(
        "--dask",
        metavar="ADDRESS",
        help="Hash on the workers of this Dask scheduler, which see the same paths.",
    ),
    click.option(
        "--tensors",
        is_flag=True,
        help="Tell each tensor of safetensors files, and their root; the files are read once more.",
    ),
    click.option("--no-cache", is_flag=True, help="Neither use nor fill the cache of digests."),
    click.option(
        "--strict", is_flag=True, help="Read every byte that the kernel does not vouch for."
    ),
    gathered(
        "options",
        DigestOptions,
        *("algorithms", "jobs", "part", "dask", "tensors", "no_cache", "strict"),
    ),
)
