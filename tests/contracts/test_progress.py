"""What everybody who listens to progress keeps to."""

import pytest

from provenance.cli.voice import Loudness, Voice
from provenance.ports.progress import Progress
from provenance.ports.silence import Silence


@pytest.mark.parametrize("progress", [Silence(), *map(Voice, Loudness)])
def test_progress_can_be_told_anything_in_any_order(
    progress: Progress, capsys: pytest.CaptureFixture[str]
) -> None:
    progress.advance(1)
    progress.expect(2)
    progress.step("\x1b[2J[bold]reading")
    progress.advance(1)

    said = capsys.readouterr()
    assert said.out == ""
    assert "\x1b[2J" not in said.err
