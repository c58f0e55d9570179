from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.cli.running import Shell
from tests.signers.authorities import EMAIL, authority, signer


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


def test_one_run_signs_recipe_and_model_beside_each_other(
    shell: Shell, model: Path, tmp_path: Path
) -> None:
    key, manifest = tmp_path / "k.pem", tmp_path / "m.json"
    shell("key", "generate", "-o", key)
    shell("audit", model, "--offline", "-o", manifest)

    signed = shell("sign", manifest, "--key", key, "--into", model)
    trust = ("--public-key", tmp_path / "k.pem.pub")
    recipe = model / "model.recipe.sigstore.json"
    verified = shell("verify", model, "--as", "local:my-model", "--bundle", recipe, *trust)
    oms = shell("oms", "verify", model, "--signature", model / "model.sig", *trust)

    assert (signed.code, verified.code, oms.code) == (0, 0, 0)
    assert signed.out.count("signed: ") == 2


def test_a_certificate_signs_and_its_holder_is_asked_for(
    shell: Shell, model: Path, tmp_path: Path
) -> None:
    moment = datetime.now(UTC)
    root = authority(start=moment - timedelta(1), end=moment + timedelta(1))
    holder = signer(root, start=moment - timedelta(1), end=moment + timedelta(1))
    for name, data in (("r", root.pem), ("c", holder.pem), ("k", holder.key_pem)):
        (tmp_path / f"{name}.pem").write_bytes(data)
    (tmp_path / "k.pem").chmod(0o600)
    shell("audit", model, "--offline", "-o", tmp_path / "m.json")
    by = ("--key", tmp_path / "k.pem", "--certificate-chain", tmp_path / "r.pem")

    alone = shell("sign", tmp_path / "m.json", *by, "-o", tmp_path / "b.json")
    signed = shell(
        *("sign", tmp_path / "m.json", *by, "--certificate", tmp_path / "c.pem"),
        *("-o", tmp_path / "b.json"),
    )
    trust = ("--certificate-chain", tmp_path / "r.pem", "--certificate-identity", f"email:{EMAIL}")
    verified = shell(
        "verify", model, "--as", "local:my-model", "--bundle", tmp_path / "b.json", *trust
    )

    assert (alone.code, signed.code, verified.code) == (2, 0, 0)
    assert f"email:{EMAIL}" in verified.out


def test_where_a_signature_goes_is_said_once(shell: Shell, model: Path, tmp_path: Path) -> None:
    key, manifest = tmp_path / "k.pem", tmp_path / "m.json"
    shell("key", "generate", "-o", key)
    shell("audit", model, "--offline", "-o", manifest)

    nowhere = shell("sign", manifest, "--key", key)
    twice = shell("sign", manifest, "--key", key, "-o", tmp_path / "b", "--into", tmp_path)

    assert (nowhere.code, twice.code) == (2, 2)


def test_a_replay_is_signed_where_it_is_said_to_be_one(
    shell: Shell, model: Path, tmp_path: Path
) -> None:
    key, manifest, kept = tmp_path / "k.pem", tmp_path / "m.json", tmp_path / "kept"
    shell("key", "generate", "-o", key)
    shell("audit", model, "--evidence", kept)
    report = shell("audit", model, "--evidence", kept, "--offline", "-o", manifest)

    refused = shell("sign", manifest, "--key", key, "-o", tmp_path / "b.json")
    signed = shell("sign", manifest, "--key", key, "-o", tmp_path / "b.json", "--replayed")

    assert "replayed from the evidence" in report.out
    assert refused.code == 1
    assert "[MANIFEST_REPLAYED]" in refused.err
    assert signed.code == 0
