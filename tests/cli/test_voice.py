import io

import pytest
from rich.console import Console

from provenance.cli.voice import Loudness, Voice
from provenance.errors import Code, UsageError
from provenance.values.verdict import Failed


def test_plain_lines_are_said_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Voice(Loudness.NORMAL).working() as voice:
        voice.step("reading \x1b[2J a file")
        voice.expect(3)
        voice.advance(3)

    assert capsys.readouterr().err == "reading \\x1b[2J a file\n"


def test_quiet_says_nothing_on_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    with Voice(Loudness.QUIET).working() as voice:
        voice.step("reading")

    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    shown = io.StringIO()
    voice = Voice(Loudness.NORMAL, Console(file=shown, force_terminal=True, width=100))

    with voice.working():
        voice.advance(1)
        voice.step("reading")
        voice.expect(100)
        voice.advance(50)
        voice.step("reading on")

    assert "reading on" in shown.getvalue()


def test_an_error_is_what_is_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    voice = Voice(Loudness.NORMAL)

    voice.error(UsageError("it is so \x07", hint="do this", code=Code.REF))
    voice.error(UsageError("only this"))

    said = capsys.readouterr().err.splitlines()
    assert said == ["error [REF]: it is so \\x07", "  to do: do this", "error [USAGE]: only this"]


def test_a_verdict_s_reasons_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    Voice(Loudness.NORMAL).verdict(Failed(("too little",)))

    assert capsys.readouterr().err == "failed: too little\n"
