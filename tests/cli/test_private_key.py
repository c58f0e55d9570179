import os
from pathlib import Path

import pytest

from provenance.cli.private_key import (
    LARGEST_PEM,
    PASSWORD_VARIABLE,
    load_private_key,
    password_from,
    warn_of_others,
)
from provenance.errors import UsageError
from provenance.signers import key as signers_key
from provenance.signers.key import generate


def written(folder: Path, data: bytes, mode: int = 0o600) -> Path:
    place = folder / "file"
    place.write_bytes(data)
    place.chmod(mode)
    return place


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_a_password_is_one_line_of_a_file(tmp_path: Path, ending: bytes) -> None:
    assert password_from(written(tmp_path, b" secret " + ending)) == b" secret "


def test_a_password_s_file_holds_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="more than one line"):
        password_from(written(tmp_path, b"secret\nand a note\n"))
    with pytest.raises(UsageError, match="larger than 4096"):
        password_from(written(tmp_path, b"x" * 5000))


def test_a_password_in_the_environment_need_not_be_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, os.fsdecode(b"a\xffb"))

    key = written(tmp_path, generate(password=b"a\xffb")[0])

    assert load_private_key(key).public.identity.kind == "EC P-256"


def test_no_more_is_read_than_a_key_can_be(tmp_path: Path) -> None:
    assert LARGEST_PEM == signers_key.LARGEST_PEM

    with pytest.raises(UsageError, match="larger than 65536"):
        load_private_key(written(tmp_path, b" " * (LARGEST_PEM + 1)))


def test_a_public_key_is_nobody_s_secret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UsageError, match="this is a public key"):
        load_private_key(written(tmp_path, generate()[1], 0o644))

    assert capsys.readouterr().err == ""


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

    with pytest.raises(UsageError, match="encrypted") as caught:
        load_private_key(key)

    assert "--password-file" in caught.value.hint
    assert PASSWORD_VARIABLE in caught.value.hint


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o610])
def test_whatever_others_may_do_is_warned_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mode: int
) -> None:
    warn_of_others(written(tmp_path, b"", mode))

    assert "others may read or change" in capsys.readouterr().err
