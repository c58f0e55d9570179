"""The commands of conformance suites: two answers, and the eras that suites try."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from provenance.cli.exit_codes import ExitCode
from tests.cli.running import Shell
from tests.model_signatures import IDENTITY, ISSUER, KEYS, PRIVATE_PEM, SIGNED, SIGNER, model
from tests.signers.authorities import authority, signer

KEY_OPTIONS = ("--method", "key", "--public-key", KEYS / "signing-key-pub.pem")
CHAIN_OPTIONS = ("--method", "certificate", "--cert-chain", KEYS / "ca-cert.pem")
KEYLESS_OPTIONS = ("--method", "sigstore", "--identity", IDENTITY, "--identity-provider", ISSUER)
ERAS = sorted(path.parent for path in SIGNED.glob("*/model.sig"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Sigstore's library unpack its trusted root where nobody else looks."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)


@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.name)
def test_every_era_is_accepted(shell: Shell, era: Path) -> None:
    options = {
        "elliptic-key": KEY_OPTIONS,
        "certificate": CHAIN_OPTIONS,
        "sigstore": KEYLESS_OPTIONS,
    }[era.name.partition("-")[2]]

    said = shell(
        *("oms", "verify-model", "--model-path", era, "--bundle", era / "model.sig"),
        *options,
        *("--ignore-paths", era / "ignore-me"),
    )

    assert (said.code, said.out) == (0, "")


def test_a_model_is_signed_and_verified(shell: Shell, tmp_path: Path) -> None:
    folder = model(tmp_path)
    (tmp_path / "key").write_bytes(PRIVATE_PEM)
    (tmp_path / "key").chmod(0o600)
    (tmp_path / "key.pub").write_bytes(SIGNER.public.pem)
    paths = ("--model-path", folder)

    signed = shell(
        *("oms", "sign-model", "--method", "key", *paths, "--private-key", tmp_path / "key"),
        *("--output-bundle", folder / "bundle.sig"),
    )
    options = ("--method", "key", "--public-key", str(tmp_path / "key.pub"))
    verify: tuple[str | Path, ...] = (
        "oms",
        "verify-model",
        *paths,
        "--bundle",
        folder / "bundle.sig",
        *options,
    )
    accepted = shell(*verify)
    (folder / "extra").write_bytes(b"")
    refused = shell(*verify)
    ignoring = shell(*verify, "--ignore-unsigned-files")

    assert [one.code for one in (signed, accepted, refused, ignoring)] == [0, 0, 1, 0]
    assert "FILE_ADDED" in refused.err


@pytest.mark.parametrize(
    "options",
    [
        ("--method", "key"),
        ("--method", "certificate", "--private-key", "key"),
        ("--method", "sigstore"),
        ("--method", "key", "--private-key", "nowhere"),
    ],
)
def test_whatever_is_wrong_is_a_no_with_a_reason(
    shell: Shell, tmp_path: Path, options: tuple[str, ...]
) -> None:
    said = shell(
        *("oms", "sign-model", "--model-path", str(model(tmp_path))),
        *("--output-bundle", str(tmp_path / "a.sig"), *options),
    )

    assert said.code == 1
    assert "error" in said.err
    assert not (tmp_path / "a.sig").exists()


@pytest.mark.parametrize("options", [("--method", "key"), CHAIN_OPTIONS, KEYLESS_OPTIONS])
def test_a_bundle_of_another_method_is_refused(
    shell: Shell, options: tuple[str | Path, ...]
) -> None:
    era = SIGNED / "v1.1.0-elliptic-key"

    said = shell(
        *("oms", "verify-model", "--model-path", era, "--bundle", era / "model.sig", *options)
    )

    assert said.code == 1


@pytest.mark.parametrize("command", ["sign-model", "verify-model"])
@pytest.mark.parametrize("options", [(), ("--method", "magic"), ("--no-such-option",)])
def test_what_cannot_be_meant_is_a_no(shell: Shell, command: str, options: tuple[str, ...]) -> None:
    said = shell("oms", command, *options)

    assert said.code is ExitCode.NEGATIVE
    assert said.out == ""
    assert "error [USAGE]" in said.err


def test_a_model_is_signed_and_verified_by_certificate(shell: Shell, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    start, end = now - timedelta(1), now + timedelta(1)
    root = authority(start=start, end=end)
    middle = authority("Middle", root, start=start, end=end)
    own = signer(middle, start=start, end=end)
    folder = model(tmp_path)
    for name, data in (("key", own.key_pem), ("own", own.pem), ("above", middle.pem)):
        (tmp_path / name).write_bytes(data)
        (tmp_path / name).chmod(0o600)
    (tmp_path / "root").write_bytes(root.pem)
    common = ("--method", "certificate", "--model-path", folder)

    signed = shell(
        *("oms", "sign-model", *common, "--private-key", tmp_path / "key"),
        *("--signing-cert", tmp_path / "own", "--cert-chain", tmp_path / "above"),
        *("--output-bundle", folder / "bundle.sig"),
    )
    accepted = shell(
        *("oms", "verify-model", *common, "--cert-chain", tmp_path / "root"),
        *("--bundle", folder / "bundle.sig"),
    )

    assert (signed.code, accepted.code) == (0, 0)
