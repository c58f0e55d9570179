"""Options that several commands share, and the settings that they and the environment make."""

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import attrs
import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.voice import Loudness, Voice
from provenance.doors.clock import now_ns
from provenance.doors.writable import can_hold
from provenance.errors import ProvenanceError, SourceError
from provenance.values.digest import Algorithm
from provenance.values.revision import Revision, parse_revision
from provenance.values.settings import Mirror, Settings

if TYPE_CHECKING:
    from provenance.flows.digesting.known_digests import Memory

_DIGESTS = "digests"
# No folder can be made below a file: whoever tries is told so.
_NOWHERE = Path("/dev/null")
Command = TypeVar("Command", bound=Callable[..., object])


class MirrorType(click.ParamType[Mirror]):
    """``FROM=TO``: a link prefix, and where the caller keeps a copy of what is behind it."""

    name = "from=to"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Mirror:
        """Read a mirror, or fail as usage."""
        try:
            return Mirror.parse(value)
        except ProvenanceError as cause:
            self.fail(f"{cause.what}: {cause.hint}", param, ctx)


class RevisionType(click.ParamType[Revision]):
    """A commit, or the name of a branch or tag."""

    name = "revision"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Revision:
        """Read a revision, or fail as usage."""
        try:
            return parse_revision(value)
        except ProvenanceError as cause:
            self.fail(f"{cause.what}: {cause.hint}", param, ctx)


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


def together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return one decorator for several options, which the help shows in this order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def gathered(
    name: str, make: Callable[..., object], *fields: str
) -> Callable[[Callable[..., ExitCode]], Callable[..., ExitCode]]:
    """Return a decorator that hands some options to a command as one value.

    Args:
        name: the command's parameter for the value.
        make: makes it of the options, by their names.
        fields: the names of the options.
    """

    def decorate(command: Callable[..., ExitCode]) -> Callable[..., ExitCode]:
        @functools.wraps(command)
        def whole(**given: object) -> ExitCode:
            value = make(**{field: given.pop(field) for field in fields})
            return command(**given, **{name: value})

        return whole

    return decorate


loudness_options = together(
    click.option("--quiet", is_flag=True, help="Say nothing on the way."),
    click.option("--verbose", is_flag=True, help="Say more on the way."),
)

reach_options = together(
    click.option("--endpoint", metavar="URL", help="The Hub to ask instead of HF_ENDPOINT."),
    click.option("--offline", is_flag=True, help="Make no connection at all."),
)

place_options = together(
    click.option(
        "--revision",
        type=RevisionType(),
        metavar="R",
        help="The commit, branch or tag to look at.",
    ),
    reach_options,
)

algorithms_option = click.option(
    "--algorithms",
    type=AlgorithmsType(),
    default="sha256",
    metavar="A,B",
    help=f"The digests to take: {', '.join(Algorithm)}. One read feeds all of them.",
)

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Threads that hash; 0 for as many as there are processors.",
)

linked_options = together(
    click.option(
        "--mirror",
        "mirrors",
        type=MirrorType(),
        multiple=True,
        metavar="FROM=TO",
        help="Where you keep a copy of what links under FROM lead to (repeatable).",
    ),
    click.option("--no-weights", is_flag=True, help="Leave the weight files unread."),
    jobs_option,
)

source_options = together(place_options, linked_options)


def loudness(*, quiet: bool, verbose: bool) -> Loudness:
    """Return how much to say; both flags at once contradict each other."""
    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose contradict each other")
    return Loudness.QUIET if quiet else Loudness.VERBOSE if verbose else Loudness.NORMAL


@attrs.frozen
class SourceOptions:
    """The options about where to look, as they were typed."""

    endpoint: str | None
    mirrors: tuple[Mirror, ...]
    offline: bool
    no_weights: bool
    jobs: int
    evidence: Path | None = None
    git_proof: bool = False
    tensors: bool = False
    algorithms: tuple[Algorithm, ...] = (Algorithm.SHA256,)
    cached: bool = False


def settings_of(options: SourceOptions) -> Settings:
    """Return the settings that the options and the environment come to; options win."""
    found = Settings.from_environ(os.environ)
    offline = options.offline or found.offline
    return attrs.evolve(
        found,
        endpoint=(options.endpoint or found.endpoint).rstrip("/"),
        cache=_downloads(found, offline=offline),
        mirrors=options.mirrors,
        offline=offline,
        weights=not options.no_weights,
        jobs=options.jobs,
        evidence=options.evidence,
        git_proof=options.git_proof,
        tensors=options.tensors,
        # A release is known by its SHA-256, whatever else is wanted.
        algorithms=tuple(dict.fromkeys((Algorithm.SHA256, *options.algorithms))),
        digest_cache=_cache(found) / _DIGESTS if options.cached else None,
    )


def _cache(settings: Settings) -> Path:
    """Return the folder for what is remembered, whether or not it can be made."""
    if settings.cache:
        return settings.cache
    import platformdirs  # noqa: PLC0415 - not every command remembers something

    try:
        found = platformdirs.user_cache_path("provenance")
    except RuntimeError:
        # A user without a home, whom the system does not know.
        return _NOWHERE
    # Some versions leave the tilde in such a name: no folder is called so by accident.
    return found if found.is_absolute() else _NOWHERE


def _downloads(settings: Settings, *, offline: bool) -> Path | None:
    """Return the folder that downloads go to: the cache, or one that is gone after this command."""
    cache = _cache(settings)
    context = click.get_current_context(silent=True)
    if offline or context is None or can_hold(cache):
        return cache
    from provenance.doors.workspace import workspace  # noqa: PLC0415 - most have a cache

    try:
        return context.with_resource(workspace())
    except SourceError:
        # Whoever downloads something says so then: not every command does.
        return None


@contextmanager
def remembered(voice: Voice, *, strict: bool) -> "Iterator[Memory]":
    """Yield the cache of digests, in the folder for caches; what is wrong with it is said."""
    from provenance.flows.digesting.known_digests import Memory  # noqa: PLC0415 - SQLite with it
    from provenance.stores.digest_cache import DigestCache  # noqa: PLC0415 - as above

    folder = _cache(Settings.from_environ(os.environ)) / _DIGESTS
    with DigestCache.open(folder, report=voice.step, clock_ns=now_ns) as cache:
        yield Memory(cache, strict)
