from pathlib import Path

from tests.cli.running import Shell


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
