"""Options of ``provenance oms``: how a model is hashed, and what the caller leaves unlooked at."""

from pathlib import Path

import attrs
import click

from provenance.cli.model_paths import inside, relative
from provenance.cli.options import gathered, loudness, loudness_options, together
from provenance.cli.voice import Voice
from provenance.values.digest import Algorithm
from provenance.values.model_signature import HASH_TYPES, SHARD_SIZE, Method, Serialization
from provenance.values.path import RelPath
from provenance.values.settings import Settings

_ignore_option = click.option(
    "--ignore-paths",
    "ignored",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="P",
    help="A path in the model that is not covered, with all below it; from the current folder "
    "(repeatable).",
)
_links_option = click.option(
    "--allow-symlinks", "links", is_flag=True, help="Take links as the files that they lead to."
)


@attrs.frozen
class HashOptions:
    """The options about hashing, as they were typed."""

    hash_type: str
    size: int
    ignored: tuple[Path, ...]
    shards: bool
    links: bool

    def serialization(self, model: Path) -> Serialization:
        """Return what they come to for a model.

        Raises:
            UsageError: NAME for a path that is not inside it.
        """
        return Serialization(
            method=Method.SHARDS if self.shards else Method.FILES,
            hash_type=Algorithm(self.hash_type),
            allow_symlinks=self.links,
            shard_size=self.size if self.shards else None,
            ignore_paths=tuple(relative(model, path) for path in self.ignored),
        )


@attrs.frozen
class LeaveOptions:
    """The options about what is left unlooked at, as they were typed."""

    ignored: tuple[Path, ...]
    unsigned: bool
    links: bool


def leave_where(model: Path, signature: Path, ignored: tuple[Path, ...]) -> frozenset[RelPath]:
    """Return the paths that a caller leaves out, and the signature itself where it lies inside.

    Raises:
        UsageError: NAME for a path that is not inside the model.
    """
    beside = inside(model, signature)
    return frozenset({*(relative(model, path) for path in ignored), *((beside,) if beside else ())})


def _settings(jobs: int) -> Settings:
    return attrs.evolve(Settings(), jobs=jobs)


def _voice(*, quiet: bool, verbose: bool) -> Voice:
    return Voice(loudness(quiet=quiet, verbose=verbose))


settings_option = together(
    click.option(
        "--jobs",
        type=click.IntRange(min=0),
        default=0,
        metavar="N",
        help="Threads that hash; 0 for as many as there are processors.",
    ),
    gathered("settings", _settings, "jobs"),
)
voice_option = together(loudness_options, gathered("voice", _voice, "quiet", "verbose"))

hash_options = together(
    click.option(
        "--hash-type",
        type=click.Choice([one.value for one in HASH_TYPES]),
        default=Algorithm.SHA256.value,
        show_default=True,
        help="The hash of the files; every verifier knows sha256.",
    ),
    click.option("--shards", is_flag=True, help="Hash files in parts, each with a digest."),
    click.option(
        "--shard-size",
        "size",
        type=click.IntRange(min=1),
        default=SHARD_SIZE,
        show_default=True,
        metavar="BYTES",
        help="The size of a part.",
    ),
    _ignore_option,
    _links_option,
    gathered("hashing", HashOptions, "hash_type", "size", "ignored", "shards", "links"),
)
leave_options = together(
    _ignore_option,
    click.option(
        "--ignore-unsigned-files",
        "unsigned",
        is_flag=True,
        help="Accept files that are not listed.",
    ),
    _links_option,
    gathered("leave", LeaveOptions, "ignored", "unsigned", "links"),
)
