import io

from rich.console import Console

from provenance.cli.terminal import MOST_ROWS, PLAIN_WIDTH, console, rows, safe


def test_a_pipe_has_a_fixed_width() -> None:
    assert console().width == PLAIN_WIDTH


def test_text_from_anywhere_commands_no_terminal_and_is_cut() -> None:
    assert safe("\x1b[2Jall is well").plain.startswith("\\x1b[2J")
    assert len(safe("x" * 1000, 20).plain) == 20


def test_rows_say_how_many_are_not_shown_and_no_title_stands_alone() -> None:
    out = Console(file=io.StringIO(), width=80)

    rows(out, "Nothing", [])
    rows(out, "Much", [f"row {number}" for number in range(MOST_ROWS + 3)], rest="elsewhere")

    assert isinstance(out.file, io.StringIO)
    lines = out.file.getvalue().splitlines()
    assert lines[:3] == ["", "Much", "  row 0"]
    assert lines[-1] == "  and 3 more, elsewhere"
    assert len(lines) == MOST_ROWS + 3
