"""What the tests of commands share."""

from pathlib import Path

import pytest

from tests.cli.running import Shell, my_model


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Run commands in this process."""
    return Shell(capsys)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Return a small release in a folder."""
    return my_model(tmp_path)
