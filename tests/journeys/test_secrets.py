"""Tokens, keys and passwords stay out of everything that a command writes or says."""

import json
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from provenance.cli.exit_codes import ExitCode
from provenance.testing.hub import LoopbackHub
from provenance.testing.hub_state import User
from tests.cli.running import FILES, Shell, my_model

CANARY = "hf_canary0123456789"
CARD = b"""---
license: mit
datasets:
- org/data
---
# M

Trained with [code](https://github.com/o/r); see [a page](https://example.org/page).
"""


@pytest.mark.parametrize("trouble", ["", "denied", "cut"])
def test_a_token_reaches_the_hub_and_nothing_else(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    trouble: str,
) -> None:
    monkeypatch.setenv("HF_TOKEN", CANARY)
    monkeypatch.setenv("PROVENANCE_CACHE", str(tmp_path / "cache"))
    with LoopbackHub(tmp_path / "hub", tokens={CANARY: User("me", orgs=frozenset({"org"}))}) as hub:
        hub.add_model("org/m").commit({**FILES, "README.md": CARD}, message="m")
        hub.add_dataset("org/data").commit({"a.csv": b"1"}, message="m")
        hub.add_git("github.com/o/r").commit({"train.py": b"x = 1\n"}, message="m")
        if trouble == "denied":
            hub.fault("*", "/resolve/.*tokenizer", times=99, status=403)
        if trouble == "cut":
            hub.fault("*", "/git/", times=99, truncate=3)
        said = Shell(capfd)(
            *("audit", "org/m", "--endpoint", hub.url, "--evidence", tmp_path / "evidence"),
            *("-o", tmp_path / "m.json", "--format", "json", "--verbose", "--git-proof"),
            *("--mirror", f"https://github.com/={hub.url}/git/github.com/"),
            *("--mirror", f"https://example.org/={hub.url}/pages/"),
        )
        asked = list(hub.requests)

    assert said.code is ExitCode.DONE
    assert json.loads(said.out)["release"]["uri"] == "hf:org/m"
    assert any(one.authorized for one in asked)
    assert not any(
        one.authorized for one in asked if not one.path.startswith(("/api/", "/org/", "/datasets/"))
    )
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in written if CANARY.encode() in path.read_bytes()] == []
    assert CANARY not in said.out + said.err


LOCK = "canary-password-0123456789"
FORMS = ("human", "json", "pem")


def secrets_of(pem: bytes) -> set[str]:
    """Return a private key's text and number, in the spellings that could get out."""
    raw = load_pem_private_key(pem, None)
    assert isinstance(raw, EllipticCurvePrivateKey)
    number = raw.private_numbers().private_value
    body = pem.decode().splitlines()[1:-1]
    return {*body, f"{number:x}", str(number), b64encode(number.to_bytes(32)).decode()}


def test_a_key_and_its_password_are_in_no_output_whatever_goes_wrong(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell, model = Shell(capfd), my_model(tmp_path)
    key, locked, manifest = (tmp_path / name for name in ("a.pem", "b.pem", "m.json"))
    shell("key", "generate", "-o", key)
    secrets = {LOCK, *secrets_of(key.read_bytes())}
    locked.write_bytes(
        load_pem_private_key(key.read_bytes(), None).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(LOCK.encode())
        )
    )
    wrong, spoiled = tmp_path / "wrong", tmp_path / "spoiled.pem"
    wrong.write_text(f"{LOCK}!")
    spoiled.write_bytes(key.read_bytes().replace(b"MIGH", b"MIGX"))
    monkeypatch.setenv("PROVENANCE_KEY_PASSWORD", LOCK)
    policy, vsa = tmp_path / "p.toml", tmp_path / "vsa.json"
    policy.write_text("schema = 1\n[rungs]\nfinal-parameters = 1\n")
    shell("audit", model, "--offline", "-o", manifest)
    trust = ("--bundle", tmp_path / "s.json", "--public-key", tmp_path / "a.pem.pub")
    gate = ("--policy", policy, "--verifier", "https://a/gate", "--verdict-key", locked)

    said = [
        shell(*(str(one) for one in command))
        for command in (
            *(("key", "show", one, "--format", form) for one in (key, locked) for form in FORMS),
            *(("key", "show", one, "--password-file", wrong) for one in (key, locked, spoiled)),
            ("sign", manifest, "--key", locked, "-o", tmp_path / "s.json"),
            ("sign", manifest, "--key", locked, "--password-file", wrong, "-o", tmp_path / "x"),
            ("oms", "sign", model, "--key", locked),
            ("oms", "sign", model, "--key", spoiled),
            ("oms", "verify", model, "--signature", model / "model.sig", "--public-key", key),
            ("verify", model, "--any-release", "--bundle", key, *trust[2:], "--format", "json"),
            ("verify", model, "--as", "local:my-model", *trust, *gate, "--vsa", vsa),
            ("policy", "init", "--public-key", key),
            ("policy", "check", key),
            ("inspect", key),
        )
    ]

    assert {one.code for one in said} >= {ExitCode.DONE, ExitCode.USAGE}
    assert vsa.exists()
    shown = "\n".join(one.out + one.err for one in said)
    assert "Traceback" not in shown
    kept = {key, locked, wrong, spoiled}
    for path in tmp_path.rglob("*"):
        if path.is_file() and path not in kept:
            shown += path.read_text("utf-8", "replace")
    assert [secret for secret in secrets if secret in shown] == []
