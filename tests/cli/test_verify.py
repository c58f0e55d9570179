import json
from pathlib import Path

import attrs
import pytest

from provenance.signers.key import load_public
from tests.cli.running import Shell


@attrs.frozen
class Signed:
    folder: Path
    trust: tuple[str | Path, ...]


@pytest.fixture
def signed(shell: Shell, model: Path, tmp_path: Path) -> Signed:
    key, manifest, bundle = tmp_path / "k.pem", tmp_path / "m.json", tmp_path / "b.json"
    shell("key", "generate", "-o", key)
    shell("audit", model, "--offline", "-o", manifest)
    shell("sign", manifest, "--key", key, "-o", bundle)
    return Signed(model, ("--bundle", bundle, "--public-key", tmp_path / "k.pem.pub", "--offline"))


AS = ("--as", "local:my-model")


def test_each_state_is_told_to_people_and_as_json(shell: Shell, signed: Signed) -> None:
    people = shell("verify", signed.folder, *AS, *signed.trust)
    machine = shell("verify", signed.folder, *AS, *signed.trust, "--format", "json")

    assert people.out.startswith("verified\n")
    assert "no trusted time" in people.out
    assert json.loads(machine.out)["states"]["files"]["compared"] == 5


def test_the_caller_says_which_release_or_that_any_will_do(shell: Shell, signed: Signed) -> None:
    neither = shell("verify", signed.folder, *signed.trust)
    both = shell("verify", signed.folder, *AS, "--any-release", *signed.trust)
    any_release = shell("verify", signed.folder, "--any-release", *signed.trust)
    other = shell("verify", signed.folder, "--as", "local:other", *signed.trust)

    assert (neither.code, both.code, any_release.code, other.code) == (2, 2, 0, 1)
    assert "the name was not checked" in any_release.out
    assert "RELEASE_NAME" in other.err


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda folder: (folder / "config.json").write_bytes(b"{ }"), "FILE_CHANGED"),
        (lambda folder: (folder / "more.txt").write_bytes(b""), "FILE_ADDED"),
        (lambda folder: (folder / "LICENSE").unlink(), "FILE_REMOVED"),
        (lambda folder: (folder / "LICENSE").rename(folder / "license"), "FILE_REMOVED"),
    ],
    ids=["changed", "added", "removed", "renamed"],
)
def test_one_file_that_is_not_as_listed_is_refused_by_name(
    shell: Shell, signed: Signed, change: object, code: str
) -> None:
    assert callable(change)
    change(signed.folder)

    said = shell("verify", signed.folder, *AS, *signed.trust)

    assert (said.code, said.out) == (1, "")
    assert f"error [{code}]: " in said.err


def test_a_bundle_that_is_none_and_another_key_are_refused(
    shell: Shell, signed: Signed, tmp_path: Path
) -> None:
    shell("key", "generate", "-o", tmp_path / "other.pem")
    (tmp_path / "none.json").write_bytes(b"not json")
    bundle, key = signed.trust[1], signed.trust[3]

    other = shell(
        "verify", signed.folder, *AS, "--bundle", bundle, "--public-key", tmp_path / "other.pem.pub"
    )
    none = shell(
        "verify", signed.folder, *AS, "--bundle", tmp_path / "none.json", "--public-key", key
    )

    assert (other.code, none.code) == (1, 1)
    assert "KEY_UNTRUSTED" in other.err
    assert "BUNDLE_JSON" in none.err


@pytest.mark.parametrize(("rung", "code"), [(3, 0), (4, 1)])
@pytest.mark.parametrize("form", ["human", "json"])
def test_a_policy_decides_after_the_signature(
    shell: Shell, signed: Signed, tmp_path: Path, rung: int, code: int, form: str
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(f"schema = 1\n[rungs]\nfinal-parameters = {rung}\n")

    said = shell("verify", signed.folder, *AS, *signed.trust, "--policy", policy, "--format", form)

    assert said.code == code
    assert "passed" in said.out or "failed" in said.out
    assert ("verified" in said.out.splitlines()[0 if form == "human" else 2]) is (code == 0)


def test_a_folder_has_no_revision(shell: Shell, signed: Signed) -> None:
    said = shell("verify", signed.folder, *AS, *signed.trust, "--revision", "main")

    assert said.code == 2


def test_a_refusal_says_how_far_it_got(shell: Shell, signed: Signed) -> None:
    (signed.folder / "config.json").write_bytes(b"{ }")

    people = shell("verify", signed.folder, *AS, *signed.trust)
    machine = shell("verify", signed.folder, *AS, *signed.trust, "--format", "json")

    assert "stopped at: files; held before: signature, identity, subject" in people.err
    told = json.loads(machine.out)
    assert (machine.code, told["outcome"], told["error"]["code"]) == (1, "refused", "FILE_CHANGED")
    assert told["states"]["files"]["state"] == "refused"


def test_two_of_two_signers_are_asked_for_and_given(
    shell: Shell, signed: Signed, tmp_path: Path
) -> None:
    shell("key", "generate", "-o", tmp_path / "second.pem")
    shell(
        *("sign", tmp_path / "m.json", "--key", tmp_path / "second.pem"),
        *("-o", tmp_path / "second.json"),
    )
    keys = [tmp_path / "k.pem.pub", tmp_path / "second.pem.pub"]
    accept = [load_public(key.read_bytes()).identity.fingerprint for key in keys]
    policy = tmp_path / "policy.toml"
    policy.write_text(
        'schema = 1\n[signers]\nrequire = "all"\n'
        + "".join(f'[[signers.accept]]\nkey = "{key}"\n' for key in accept)
    )
    trust = (*signed.trust, "--public-key", keys[1], "--policy", policy)

    one = shell("verify", signed.folder, *AS, *trust)
    both = shell("verify", signed.folder, *AS, *trust, "--bundle", tmp_path / "second.json")

    assert (one.code, both.code) == (1, 0)
    assert "1 of the accepted signers signed; 2 of 2" in one.out
    assert both.out.count("identity") == 2
