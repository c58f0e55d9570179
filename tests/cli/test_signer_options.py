from pathlib import Path

from tests.cli.running import Shell
from tests.model_signatures import PRIVATE_PEM, model


def test_a_chain_without_a_certificate_is_nobody_s(shell: Shell, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(PRIVATE_PEM)
    key.chmod(0o600)

    said = shell("oms", "sign", model(tmp_path), "--key", key, "--certificate-chain", key)

    assert said.code == 2
    assert "--certificate" in said.err
