import json
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.signers.key import generate
from tests.cli.running import Said, Shell, alone
from tests.model_signatures import FILES, KEYS, PRIVATE_PEM, SIGNED, SIGNER, model
from tests.signers.authorities import EMAIL, Issued, authority, signer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return model(tmp_path)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    place = tmp_path / "key.pem"
    place.write_bytes(PRIVATE_PEM)
    place.chmod(0o600)
    (tmp_path / "key.pem.pub").write_bytes(SIGNER.public.pem)
    return place


def verify(shell: Shell, folder: Path, *more: str | Path) -> Said:
    return shell("oms", "verify", folder, "--signature", folder / "model.sig", *more)


def test_a_model_is_signed_in_its_folder_and_verified(
    shell: Shell, folder: Path, key: Path
) -> None:
    signed = shell("oms", "sign", folder, "--key", key)
    said = verify(shell, folder, "--public-key", f"{key}.pub")

    assert (signed.code, signed.out) == (0, f"signed: {folder / 'model.sig'}\n")
    assert said.code == 0
    lines = [line.split(maxsplit=1) for line in said.out.splitlines()]
    assert lines[0] == ["verified"]
    assert [line[0] for line in lines[1:7]] == [
        *("signature", "time", "identity", "subject", "files", "evidence"),
    ]
    assert "safe" not in said.out


#: What verifying a model's signature does without: each would delay its first work.
SLOW = ("sqlite3", "asyncio", "ssl", "http", "sigstore", "huggingface_hub", "numpy")
SLOW_ROOMS = ("frameworks", "checks", "recipe", "lineage", "stores", "wire.manifest_v1")


def test_a_verification_loads_only_what_it_needs(folder: Path, key: Path, shell: Shell) -> None:
    shell("oms", "sign", folder, "--key", key, "--quiet")
    program = (
        "import sys; from provenance.cli.main import run; code = run(sys.argv[1:]);"
        "print(*sys.modules); sys.exit(code)"
    )
    command: list[str | Path] = ["oms", "verify", folder, "--signature", folder / "model.sig"]
    command += ["--public-key", f"{key}.pub", "--format", "json", "--quiet"]

    done = subprocess.run(
        [sys.executable, "-c", program, *command],
        capture_output=True,
        check=True,
        text=True,
        env=alone(),
    )

    loaded = set(done.stdout.splitlines()[-1].split())
    assert "provenance.flows.signing.oms_verify" in loaded
    assert not loaded & {*SLOW, *(f"provenance.{room}" for room in SLOW_ROOMS)}
    assert not {name for name in loaded if name.partition(".")[0] == "rich"}


def test_the_result_is_there_for_machines_too(shell: Shell, folder: Path, key: Path) -> None:
    shell("oms", "sign", folder, "--key", key, "--quiet")

    said = verify(shell, folder, "--public-key", f"{key}.pub", "--format", "json", "--quiet")

    found = json.loads(said.out)
    states = found["states"]
    assert [one["method"] for one in states["identity"]["signers"]] == ["key"]
    assert states["time"]["state"] == "unknown"
    assert states["files"]["compared"] == len(FILES)
    assert states["files"]["not_covered"] == ["model.sig"]
    assert len(found["root"]) == 64


def test_a_refusal_says_how_far_it_got(shell: Shell, folder: Path, key: Path) -> None:
    shell("oms", "sign", folder, "--key", key, "--quiet")
    (folder / "config.json").write_bytes(b"[]")

    said = verify(shell, folder, "--public-key", f"{key}.pub", "--format", "json")

    found = json.loads(said.out)
    assert (said.code, found["outcome"], found["error"]["code"]) == (1, "refused", "FILE_CHANGED")
    assert {name: one["state"] for name, one in found["states"].items()} == {
        "signature": "held",
        "time": "not looked at",
        "identity": "held",
        "subject": "held",
        "files": "refused",
        "evidence": "not looked at",
    }


@pytest.mark.parametrize(
    "options",
    [
        ("--hash-type", "blake2b"),
        ("--hash-type", "blake3"),
        ("--shards", "--shard-size", "3"),
        ("--ignore-paths", "model/data", "--jobs", "1"),
    ],
)
def test_a_model_is_signed_as_the_caller_says(
    shell: Shell,
    folder: Path,
    key: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
) -> None:
    signature = tmp_path / "a.sig"
    monkeypatch.chdir(folder.parent)
    shell("oms", "sign", folder, "--key", key, "-o", signature, *options)

    left = ("--ignore-paths", "model/data") if "--ignore-paths" in options else ()
    said = shell(
        *("oms", "verify", folder, "--signature", signature, "--public-key", f"{key}.pub"), *left
    )

    assert said.code == 0


def test_a_changed_model_is_refused_with_what_to_do(shell: Shell, folder: Path, key: Path) -> None:
    shell("oms", "sign", folder, "--key", key)
    (folder / "config.json").write_bytes(b"[]")

    said = verify(shell, folder, "--public-key", f"{key}.pub")

    assert said.code == 1
    assert said.out == ""
    assert "error [FILE_CHANGED]: 'config.json'" in said.err
    assert "to do:" in said.err


def test_a_single_file_is_a_model(shell: Shell, folder: Path, key: Path) -> None:
    path = folder / "model.safetensors"

    signed = shell("oms", "sign", path, "--key", key, "-o", folder / "a.sig")
    said = shell(
        "oms", "verify", path, "--signature", folder / "a.sig", "--public-key", f"{key}.pub"
    )

    assert (signed.code, said.code) == (0, 0)


def issued(folder: Path) -> tuple[Issued, Issued]:
    """Write a chain that is valid today, as the command line has no other clock."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415 - here alone the wall clock counts

    now = datetime.now(UTC).replace(microsecond=0)
    start, end = now - timedelta(days=1), now + timedelta(days=1)
    root = authority(start=start, end=end)
    middle = authority("Middle", root, start=start, end=end)
    own = signer(middle, start=start, end=end)
    for name, data in (
        ("root.pem", root.pem),
        ("middle.pem", middle.pem),
        ("own.pem", own.pem),
        ("own.key", own.key_pem),
    ):
        (folder / name).write_bytes(data)
        (folder / name).chmod(0o600)
    return root, own


def test_a_model_is_signed_by_certificate(shell: Shell, folder: Path, tmp_path: Path) -> None:
    issued(tmp_path)
    chain = ("--certificate-chain", tmp_path / "root.pem")

    signed = shell(
        *("oms", "sign", folder, "--key", tmp_path / "own.key"),
        *("--certificate", tmp_path / "own.pem", "--certificate-chain", tmp_path / "middle.pem"),
    )
    said = verify(shell, folder, *chain, "--certificate-identity", EMAIL)
    anybody = verify(shell, folder, *chain, "--unsafe-any-certificate-identity")
    other = verify(shell, folder, *chain, "--certificate-identity", "other@example.org")
    untrusted = verify(
        shell, folder, "--certificate-chain", KEYS / "ca-cert.pem", "--certificate-identity", EMAIL
    )

    assert [one.code for one in (signed, said, anybody, other, untrusted)] == [0, 0, 0, 1, 1]
    assert "CERTIFICATE_IDENTITY" in other.err
    assert "CERTIFICATE_UNTRUSTED" in untrusted.err


def test_a_certificate_of_another_key_signs_nothing(
    shell: Shell, folder: Path, key: Path, tmp_path: Path
) -> None:
    issued(tmp_path)

    said = shell("oms", "sign", folder, "--key", key, "--certificate", tmp_path / "own.pem")
    alone = shell("oms", "sign", folder, "--key", key, "--certificate-chain", tmp_path / "root.pem")

    assert (said.code, alone.code) == (2, 2)
    assert not (folder / "model.sig").exists()


def test_the_oldest_signatures_are_accepted_only_when_it_is_said(shell: Shell) -> None:
    era = SIGNED / "v0.2.0-certificate"
    trust = (
        "--certificate-chain",
        KEYS / "ca-cert.pem",
        "--certificate-identity",
        "cn:intermediate-ca",
    )

    refused = verify(shell, era, *trust)
    accepted = verify(shell, era, *trust, "--allow-legacy")

    assert (refused.code, accepted.code) == (1, 0)
    assert "LEGACY" in refused.err
    assert "0.2.0" in accepted.out


def test_a_wrong_key_is_refused(shell: Shell, folder: Path, key: Path, tmp_path: Path) -> None:
    shell("oms", "sign", folder, "--key", key)
    other = tmp_path / "other.pub"
    other.write_bytes(generate()[1])

    said = verify(shell, folder, "--public-key", other)

    assert said.code == 1
    assert "KEY_UNTRUSTED" in said.err


def test_what_is_left_out_lies_inside_the_model(shell: Shell, folder: Path, key: Path) -> None:
    said = [
        shell("oms", "sign", folder, "--key", key, "--ignore-paths", path)
        for path in ("..", ".", "/etc", folder)
    ]

    assert [one.code for one in said] == [2, 2, 2, 2]
    assert not (folder / "model.sig").exists()
