from pathlib import Path

import pytest

from tests.cli.running import Shell
from tests.cli.test_verify import AS, Signed, signed
from tests.signers.authorities import authority

__all__ = ["signed"]


def test_nobody_is_trusted_by_default(shell: Shell, signed: Signed) -> None:
    said = shell("verify", signed.folder, *AS, *signed.trust[:2], "--offline")

    assert said.code == 2
    assert "nobody is trusted" in said.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--certificate-identity", "email:a@b", "--unsafe-any-certificate-identity"),
            "contradict",
        ),
        ((), "not whose certificate"),
    ],
)
def test_roots_need_a_holder_and_only_one(
    shell: Shell, signed: Signed, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    root = tmp_path / "root.pem"
    root.write_bytes(authority().pem)

    found = shell(
        "verify", signed.folder, *AS, *signed.trust[:2], "--certificate-chain", root, *options
    )

    assert found.code == 2
    assert said in found.err


def test_a_key_and_a_root_may_both_be_trusted(shell: Shell, signed: Signed, tmp_path: Path) -> None:
    root = tmp_path / "root.pem"
    root.write_bytes(authority().pem)

    found = shell(
        *("verify", signed.folder, *AS, *signed.trust, "--certificate-chain", root),
        "--unsafe-any-certificate-identity",
    )

    assert found.code == 0
