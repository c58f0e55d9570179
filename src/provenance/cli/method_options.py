"""Options of the methods of signing: what their table declares, offered and read."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, Self, TypeAlias, TypeVar, assert_never

import attrs
import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import gathered, together
from provenance.cli.private_key import LARGEST_PEM, PASSWORD_HELP, read_private_key
from provenance.doors.named_file import read_named
from provenance.ports.method import Way
from provenance.values.option import Given, Kind, Option, PrivatePem

Made = TypeVar("Made")
Decorator: TypeAlias = Callable[[Callable[..., ExitCode]], Callable[..., ExitCode]]

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@attrs.frozen
class Typed:
    """What was typed, by flags; what was not is not there."""

    values: Mapping[str, object]

    @classmethod
    def of(cls, options: Mapping[str, object]) -> Self:
        """Return what was typed, of options that also say what was not."""
        there = options.items()
        return cls({flag: value for flag, value in there if value not in {None, (), False}})

    def __contains__(self, flag: str) -> bool:
        """Tell whether an option was given."""
        return flag in self.values

    def paths(self, option: Option) -> tuple[Path, ...]:
        """Return the paths after an option."""
        value = self.values[option.flag]
        several = value if isinstance(value, tuple) else (value,)
        return tuple(one for one in several if isinstance(one, Path))


@attrs.frozen
class Ways(Generic[Made]):
    """The ways to one end, as all methods have them, and the options that they have together."""

    ways: tuple[Way[Made], ...]

    @property
    def options(self) -> tuple[Option, ...]:
        """The options in the order of the ways; those of one flag are one."""
        found: dict[str, Option] = {}
        for way in self.ways:
            for option in way.options:
                found.setdefault(option.flag, option)
        return tuple(found.values())

    def offered(self, name: str, make: Callable[[Typed], object]) -> Decorator:
        """Return a decorator that offers the options, and hands a command what they come to.

        Args:
            name: the command's parameter for the value.
            make: makes it of what was typed.
        """
        flags = {_parameter(option): option.flag for option in self.options}

        def made(**typed: object) -> object:
            return make(Typed.of({flags[one]: value for one, value in typed.items()}))

        offers = (self._click(option) for option in self.options)
        return together(*offers, gathered(name, made, *flags))

    def all_of(self, typed: Typed) -> tuple[Made, ...]:
        """Return what each way comes to that is meant.

        Raises:
            click.UsageError: for options that contradict each other, or mean nothing alone.
            UsageError: for a file that cannot be read.
        """
        return self._made(typed, self._meant(typed))

    def one_of(self, typed: Typed, question: str) -> Made:
        """Return what the only way comes to that is meant.

        Raises:
            click.UsageError: where none is meant, or several, with the ``question`` that they
                answer; and as :meth:`all_of`.
            UsageError: for a file that cannot be read.
        """
        meant = self._meant(typed)
        if len(meant) != 1:
            answers = ", or ".join(map(str, self.ways))
            raise click.UsageError(f"say {question} in one way: {answers}")
        return self._made(typed, meant)[0]

    def _click(self, option: Option) -> Decorator:
        """Return an option as click has it; what every way requires, click asks for by itself."""
        return click.option(
            option.flag,
            _parameter(option),
            type=None if option.kind in {Kind.TEXT, Kind.FLAG} else _FILE,
            is_flag=option.kind is Kind.FLAG,
            multiple=option.many,
            required=option.required and all(option in way.options for way in self.ways),
            metavar=option.metavar,
            help=option.help or PASSWORD_HELP,
        )

    def _meant(self, typed: Typed) -> tuple[Way[Made], ...]:
        """Return the ways that were begun, but for those that are the beginning of another."""
        begun = [way for way in self.ways if any(flag in typed for flag in way.begins)]
        return tuple(
            way
            for way in begun
            if not any(set(way.options) < set(other.options) for other in begun)
        )

    def _made(self, typed: Typed, meant: tuple[Way[Made], ...]) -> tuple[Made, ...]:
        for option in self.options:
            if option.flag in typed and option.with_flag and option.with_flag not in typed:
                raise click.UsageError(f"{option.flag} goes with {option.with_flag}")
        for way in meant:
            for choice in way.choices:
                chosen = sum(flag in typed for flag in choice.flags)
                if chosen > 1 or (chosen == 0 and choice.needed in typed):
                    raise click.UsageError(choice.said)
        given = _given(self.options, typed)
        return tuple(way.make(given) for way in meant)


def _parameter(option: Option) -> str:
    return option.flag.removeprefix("--").replace("-", "_")


def _given(options: tuple[Option, ...], typed: Typed) -> Given:
    """Read the files, and hand over all else as it was typed."""
    files: dict[str, tuple[bytes, ...]] = {}
    keys: dict[str, PrivatePem] = {}
    paths: dict[str, Path] = {}
    texts: dict[str, str] = {}
    flags: set[str] = set()
    there = [option for option in options if option.flag in typed]
    for option in there:
        match option.kind:
            case Kind.FILE:
                files[option.flag] = tuple(map(read_named, typed.paths(option)))
            case Kind.KEY_FILE:
                found = typed.paths(option)
                files[option.flag] = tuple(read_named(one, limit=LARGEST_PEM) for one in found)
            case Kind.PRIVATE_KEY:
                (path,) = typed.paths(option)
                keys[option.flag] = read_private_key(path, password_file=_password(there, typed))
            case Kind.PASSWORD_FILE:
                # It is read with the key, where that has a password.
                pass
            case Kind.PATH:
                (paths[option.flag],) = typed.paths(option)
            case Kind.TEXT:
                texts[option.flag] = str(typed.values[option.flag])
            case Kind.FLAG:
                flags.add(option.flag)
            case _:
                assert_never(option.kind)
    return Given(files, keys, paths, texts, frozenset(flags))


def _password(there: list[Option], typed: Typed) -> Path | None:
    of_its_kind = (option for option in there if option.kind is Kind.PASSWORD_FILE)
    return next((path for option in of_its_kind for path in typed.paths(option)), None)
