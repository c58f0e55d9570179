import json
from pathlib import Path

import pytest

from provenance.signers.key import KeyTrust, load_public
from provenance.wire.bundle import parse_bundle
from tests.cli.running import Said, Shell
from tests.cli.test_policy import written
from tests.cli.test_verify import AS, Signed, signed

__all__ = ["signed"]
GATE = ("--verifier", "https://example.org/gate/v1")


def decided(shell: Shell, signed: Signed, demand: str, *options: str | Path) -> Said:
    policy = signed.folder.parent / "policy.toml"
    policy.write_text(f"schema = 1\n{demand}\n")
    return shell("verify", signed.folder, *AS, *signed.trust, "--policy", policy, *options)


@pytest.mark.parametrize(
    ("demand", "code", "result", "passed"),
    [
        ("[rungs]\nfinal-parameters = 3", 0, "PASSED", True),
        ("[rungs]\nfinal-parameters = 6", 1, "FAILED", False),
    ],
)
def test_a_verdict_is_written_as_statements(
    shell: Shell,
    signed: Signed,
    tmp_path: Path,
    demand: str,
    code: int,
    result: str,
    passed: bool,
) -> None:
    vsa, svr = tmp_path / "vsa.json", tmp_path / "svr.json"

    said = decided(shell, signed, demand, "--vsa", vsa, "--svr", svr, *GATE)

    assert said.code == code
    assert json.loads(vsa.read_bytes())["predicate"]["verificationResult"] == result
    properties = json.loads(svr.read_bytes())["predicate"]["properties"]
    assert ("PROVENANCE_POLICY_PASSED" in properties) is passed


def test_an_undecided_verdict_is_no_vsa(shell: Shell, signed: Signed, tmp_path: Path) -> None:
    vsa, svr = tmp_path / "vsa.json", tmp_path / "svr.json"

    said = decided(shell, signed, "max-signature-age-days = 1", "--vsa", vsa, "--svr", svr, *GATE)

    assert said.code == 3
    assert "no VSA is written" in said.err
    assert (vsa.exists(), svr.exists()) == (False, True)


def test_a_statement_is_signed_on_request(shell: Shell, signed: Signed, tmp_path: Path) -> None:
    shell("key", "generate", "-o", tmp_path / "gate.pem")
    vsa = tmp_path / "vsa.json"

    decided(
        *(shell, signed, "[rungs]\nfinal-parameters = 3", "--vsa", vsa, *GATE),
        *("--verdict-key", tmp_path / "gate.pem"),
    )

    trust = KeyTrust(load_public((tmp_path / "gate.pem.pub").read_bytes()))
    opened = trust.open(parse_bundle(vsa.read_bytes()))
    assert json.loads(opened.payload)["predicateType"].endswith("/verification_summary/v1")


def test_files_that_differ_are_no_verdict(shell: Shell, signed: Signed, tmp_path: Path) -> None:
    (signed.folder / "config.json").write_bytes(b"{ }")
    vsa = tmp_path / "vsa.json"

    said = decided(shell, signed, "[rungs]\nfinal-parameters = 3", "--vsa", vsa, *GATE)

    assert said.code == 1
    assert not vsa.exists()


def test_a_verdict_of_earlier_is_none_of_today(
    shell: Shell, signed: Signed, tmp_path: Path
) -> None:
    (tmp_path / "vsa.json").write_bytes(b"{}")

    said = decided(
        shell, signed, "[rungs]\nfinal-parameters = 3", "--vsa", tmp_path / "vsa.json", *GATE
    )

    assert said.code == 2
    assert "there already" in said.err


def test_statements_need_a_policy_and_who_decides(
    shell: Shell, signed: Signed, tmp_path: Path
) -> None:
    vsa = ("--vsa", tmp_path / "vsa.json")

    nobody = decided(shell, signed, "[rungs]\nfinal-parameters = 3", *vsa)
    nothing = decided(shell, signed, "[rungs]\nfinal-parameters = 3", *GATE)
    free = shell("verify", signed.folder, *AS, *signed.trust, *vsa, *GATE)

    nameless = decided(
        shell, signed, "[rungs]\nfinal-parameters = 3", *vsa, "--verifier", "the gate"
    )

    assert (nobody.code, nothing.code, free.code, nameless.code) == (2, 2, 2, 2)


def test_a_vsa_without_the_release_s_name_is_refused_before_anything_is_read(
    shell: Shell, signed: Signed, tmp_path: Path
) -> None:
    policy = written(tmp_path, "schema = 1\n[rungs]\nfinal-parameters = 3\n")
    asked = ("verify", signed.folder, "--any-release", *signed.trust, "--policy", policy)

    vsa = shell(*asked, "--vsa", tmp_path / "vsa.json", *GATE)
    svr = shell(*asked, "--svr", tmp_path / "svr.json", *GATE)

    assert (vsa.code, svr.code) == (2, 0)
    assert "a VSA names the release" in vsa.err
    properties = json.loads((tmp_path / "svr.json").read_bytes())["predicate"]["properties"]
    assert "PROVENANCE_RELEASE_NAMED" not in properties


def test_a_key_that_others_may_read_is_warned_about_once(
    shell: Shell, signed: Signed, tmp_path: Path
) -> None:
    shell("key", "generate", "-o", tmp_path / "gate.pem")
    (tmp_path / "gate.pem").chmod(0o644)

    said = decided(
        *(shell, signed, "[rungs]\nfinal-parameters = 3", *GATE),
        *("--vsa", tmp_path / "vsa.json", "--svr", tmp_path / "svr.json"),
        *("--verdict-key", tmp_path / "gate.pem"),
    )

    assert said.code == 0
    assert said.err.count("warning:") == 1
