import pytest

from provenance.ports.silence import Silence


def test_silence_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    silence = Silence()

    silence.step("something")
    silence.expect(1)
    silence.advance(1)

    assert capsys.readouterr() == ("", "")
