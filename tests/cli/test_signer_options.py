from pathlib import Path

from provenance.signers.key import generate
from tests.cli.running import Shell
from tests.model_signatures import PRIVATE_PEM, model


def test_a_chain_without_a_certificate_is_nobody_s(shell: Shell, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(PRIVATE_PEM)
    key.chmod(0o600)

    said = shell("oms", "sign", model(tmp_path), "--key", key, "--certificate-chain", key)

    assert said.code == 2
    assert "--certificate" in said.err


def test_an_encrypted_key_signs_with_the_password_in_a_file(shell: Shell, tmp_path: Path) -> None:
    for name, data in (("key", generate(password=b"secret")[0]), ("word", b"secret\n")):
        (tmp_path / name).write_bytes(data)
        (tmp_path / name).chmod(0o600)
    files = ("--key", tmp_path / "key", "--password-file", tmp_path / "word")

    assert shell("oms", "sign", model(tmp_path), *files).code == 0
