"""Options as a table of methods has them, of which two share an option and one stands alone."""

from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from provenance.cli.exit_codes import ExitCode
from provenance.cli.method_options import Typed, Ways
from provenance.ports.method import Way
from provenance.values.option import Choice, Given, Kind, Option

KEY = Option("--a-key", Kind.KEY_FILE, "A key.", required=True)
MORE = Option("--more", Kind.TEXT, "More.", with_flag="--a-key")
EITHER = Option("--either", Kind.FLAG, "Either.")
OTHERS = Option("--others", Kind.FILE, "Others.", many=True)
PLACE = Option("--place", Kind.PATH, "A place.")
CHOICE = Choice(("--either", "--place"), "either, or a place", needed="--others")


def told(name: str) -> "Way[tuple[str, Given]]":
    ways: dict[str, Way[tuple[str, Given]]] = {
        "key": Way((KEY,), ("--a-key",), lambda given: ("key", given)),
        "more": Way((KEY, MORE), ("--more",), lambda given: ("more", given)),
        "others": Way(
            (OTHERS, EITHER, PLACE), ("--others",), lambda given: ("others", given), (CHOICE,)
        ),
    }
    return ways[name]


WAYS = Ways(tuple(map(told, ("key", "more", "others"))))


def offered(ways: "Ways[tuple[str, Given]]", arguments: Sequence[str]) -> tuple[int, str]:
    @click.command()
    @ways.offered("found", lambda typed: sorted(typed.values))
    def command(*, found: list[str]) -> ExitCode:
        click.echo(" ".join(found))
        return ExitCode.DONE

    done = CliRunner().invoke(command, list(arguments))
    return done.exit_code, done.output


def test_a_command_is_handed_what_was_typed_by_flags(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    code, said = offered(WAYS, ["--more", "a", "--either", "--others", str(tmp_path / "file")])

    assert (code, said) == (0, "--either --more --others\n")


def test_an_option_that_every_way_requires_is_asked_for() -> None:
    code, said = offered(Ways((told("key"), told("more"))), [])

    assert code == 2
    assert "Missing option '--a-key'" in said


def test_an_option_that_only_some_ways_require_is_not() -> None:
    assert offered(WAYS, [])[0] == 0


def test_a_file_that_is_not_there_is_no_option_s() -> None:
    assert offered(WAYS, ["--a-key", "/nowhere"])[0] == 2


def test_a_way_that_is_the_beginning_of_another_gives_way(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"key")

    name, given = WAYS.one_of(Typed.of({"--a-key": tmp_path / "key", "--more": "a"}), "who")

    assert name == "more"
    assert given.files == {"--a-key": (b"key",)}
    assert given.texts == {"--more": "a"}


def test_all_ways_that_are_meant_are_told(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"key")
    typed = {"--a-key": tmp_path / "key", "--others": (tmp_path / "key",) * 2, "--place": tmp_path}

    found = WAYS.all_of(Typed.of(typed))

    assert [name for name, _ in found] == ["key", "others"]
    assert found[1][1].files["--others"] == (b"key", b"key")
    assert found[1][1].paths == {"--place": tmp_path}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"--more": "a"}, "--more goes with --a-key"),
        ({"--others": (Path("a"),)}, "either, or a place"),
        ({"--others": (Path("a"),), "--either": True, "--place": Path("a")}, "either, or a place"),
        ({}, "say who in one way: --a-key, or --more, or --others"),
        ({"--a-key": Path("a"), "--others": (Path("a"),)}, "say who in one way"),
    ],
)
def test_options_that_mean_nothing_are_refused(typed: dict[str, object], said: str) -> None:
    with pytest.raises(click.UsageError, match=said):
        WAYS.one_of(Typed.of(typed), "who")
