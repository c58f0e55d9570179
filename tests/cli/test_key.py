import json
from pathlib import Path

import pytest

from provenance.cli.key import KINDS
from provenance.cli.private_key import PASSWORD_VARIABLE
from provenance.signers.key import KeyKind, is_encrypted, load_private, load_public
from tests.cli.running import Shell

SECRET = "correct horse battery staple"  # noqa: S105 - what must not be shown


def test_a_key_pair_is_made_and_never_replaced_unasked(shell: Shell, tmp_path: Path) -> None:
    key = tmp_path / "k.pem"

    assert shell("key", "generate", "-o", key).code == 0
    first = key.read_bytes()
    refused = shell("key", "generate", "-o", key)
    replaced = shell("key", "generate", "-o", key, "--force")

    assert key.stat().st_mode & 0o777 == 0o600
    assert b"PUBLIC" in (tmp_path / "k.pem.pub").read_bytes()
    assert (refused.code, replaced.code) == (2, 0)
    assert "KEY_FILE" in refused.err
    assert key.read_bytes() != first


def test_the_kinds_are_those_that_can_be_made() -> None:
    assert list(KINDS) == [kind.value for kind in KeyKind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_of_every_kind_is_made_and_shown(shell: Shell, tmp_path: Path, kind: str) -> None:
    key = tmp_path / "k.pem"
    shell("key", "generate", "-o", key, "--kind", kind)

    private = shell("key", "show", key, "--format", "json")
    public = shell("key", "show", tmp_path / "k.pem.pub", "--format", "json")
    pem = shell("key", "show", key, "--format", "pem")

    assert private.out == public.out
    shown = json.loads(public.out)
    identity = load_private(key.read_bytes()).public.identity
    assert shown["fingerprint"] == str(identity.fingerprint)
    assert shown["kind"] == identity.kind
    assert shown["hint"] == load_public(pem.out.encode()).hint
    assert pem.out.encode() == (tmp_path / "k.pem.pub").read_bytes()


@pytest.mark.parametrize("by", ["file", "environment"])
def test_an_encrypted_key_is_made_and_opened_by_its_password(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    key, file = tmp_path / "k.pem", tmp_path / "password"
    file.write_text(f"{SECRET}\n")
    file.chmod(0o600)
    if by == "environment":
        monkeypatch.setenv(PASSWORD_VARIABLE, SECRET)
    given = ("--password-file", str(file)) if by == "file" else ()

    made = shell("key", "generate", "-o", key, "--encrypt", *given)
    shown = shell("key", "show", key, *given)

    assert (made.code, shown.code) == (0, 0)
    assert (made.err, shown.err) == ("", "")
    assert is_encrypted(key.read_bytes())
    assert (
        load_private(key.read_bytes(), password=SECRET.encode()).public.identity.kind in shown.out
    )


def test_nothing_secret_is_in_any_output(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, wrong = tmp_path / "k.pem", tmp_path / "wrong"
    wrong.write_text("wrong-password")
    monkeypatch.setenv(PASSWORD_VARIABLE, SECRET)
    said = [
        shell("key", "generate", "-o", key, "--encrypt"),
        shell("key", "show", key),
        shell("key", "show", key, "--format", "json"),
        shell("key", "show", key, "--password-file", wrong),
        shell("key", "show", wrong),
    ]

    body = key.read_text().splitlines()[1]
    everything = "".join(one.out + one.err for one in said)
    assert [one.code for one in said] == [0, 0, 0, 2, 2]
    for secret in (SECRET, "wrong-password", body, "PRIVATE"):
        assert secret not in everything


def test_encryption_without_a_password_is_refused(shell: Shell, tmp_path: Path) -> None:
    said = shell("key", "generate", "-o", tmp_path / "k.pem", "--encrypt")

    assert said.code == 2
    assert "--password-file" in said.err
    assert not (tmp_path / "k.pem").exists()


@pytest.mark.parametrize(("mode", "warned"), [(0o600, False), (0o400, False), (0o640, True)])
def test_a_private_key_that_others_may_read_is_warned_about(
    shell: Shell, tmp_path: Path, mode: int, *, warned: bool
) -> None:
    key = tmp_path / "k.pem"
    shell("key", "generate", "-o", key)
    key.chmod(mode)

    said = shell("key", "show", key)

    assert said.code == 0
    assert ("chmod 600" in said.err) is warned
