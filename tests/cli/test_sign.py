from pathlib import Path

from tests.cli.running import Shell


def test_a_manifest_is_signed_and_anything_else_is_refused(
    shell: Shell, model: Path, tmp_path: Path
) -> None:
    key, manifest, bundle = tmp_path / "k.pem", tmp_path / "m.json", tmp_path / "b.json"
    shell("key", "generate", "-o", key)
    shell("audit", model, "--offline", "-o", manifest)

    signed = shell("sign", manifest, "--key", key, "-o", bundle)
    refused = shell("sign", key, "--key", key, "-o", tmp_path / "never.json")
    keyless = shell("sign", manifest, "--key", manifest, "-o", tmp_path / "never.json")

    assert (signed.code, signed.out) == (0, f"signed: {bundle}\n")
    assert (refused.code, keyless.code) == (1, 2)
    assert not (tmp_path / "never.json").exists()
