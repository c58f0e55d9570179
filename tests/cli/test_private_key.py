from pathlib import Path

import pytest

from provenance.cli.private_key import (
    PASSWORD_VARIABLE,
    load_private_key,
    password_from,
    warn_of_others,
)
from provenance.errors import UsageError
from provenance.signers.key import generate


def written(folder: Path, data: bytes, mode: int = 0o600) -> Path:
    place = folder / "file"
    place.write_bytes(data)
    place.chmod(mode)
    return place


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_a_password_is_one_line_of_a_file(tmp_path: Path, ending: bytes) -> None:
    assert password_from(written(tmp_path, b" secret " + ending)) == b" secret "


def test_the_file_is_asked_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert password_from(None) is None
    monkeypatch.setenv(PASSWORD_VARIABLE, "environment")

    assert password_from(None) == b"environment"
    assert password_from(written(tmp_path, b"file")) == b"file"


def test_a_password_in_the_environment_does_not_bother_a_key_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "secret")
    key = written(tmp_path, generate()[0])

    assert load_private_key(key).public.identity.kind == "EC P-256"
    other = tmp_path / "other"
    other.write_bytes(b"secret")
    with pytest.raises(UsageError, match="not encrypted"):
        load_private_key(key, password_file=other)


def test_an_encrypted_key_without_its_password_is_refused(tmp_path: Path) -> None:
    key = written(tmp_path, generate(password=b"secret")[0])

    with pytest.raises(UsageError, match="encrypted"):
        load_private_key(key)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o610])
def test_whatever_others_may_do_is_warned_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mode: int
) -> None:
    warn_of_others(written(tmp_path, b"", mode))

    assert "others may read or change" in capsys.readouterr().err
