import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import TextIO

import pytest

from provenance.cli.exit_codes import ExitCode
from provenance.cli.main import run
from tests.cli.running import Shell, alone, my_model


@pytest.fixture
def key(shell: Shell, tmp_path: Path) -> Path:
    path = tmp_path / "k.pem"
    shell("key", "generate", "-o", path)
    return path


@pytest.fixture
def manifest(shell: Shell, model: Path, tmp_path: Path) -> Path:
    path = tmp_path / "m.json"
    shell("audit", model, "--offline", "-o", path)
    return path


@pytest.mark.parametrize("stream", ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_holds_the_result_and_nothing_else(
    shell: Shell, model: Path, manifest: Path, key: Path, stream: str
) -> None:
    audited = shell("audit", model, "--offline", "-o", stream)
    signed = shell("sign", manifest, "--key", key, "-o", stream)
    oms = shell("oms", "sign", model, "--key", key, "-o", stream)
    listed = shell("digest", model, "-o", stream)
    exported = shell("export", "mot", manifest, "-o", stream)
    policy = shell("policy", "init", "-o", stream)

    assert [one.code for one in (audited, signed, oms, listed, exported, policy)] == [0] * 6
    assert json.loads(audited.out)["subject"]
    assert "my-model" in audited.err
    assert json.loads(signed.out)["dsseEnvelope"]
    assert json.loads(oms.out)["dsseEnvelope"]
    assert listed.out.endswith("tokenizer.json\n")
    assert exported.out.startswith("framework:")
    assert policy.out.startswith("#")


def test_two_results_do_not_share_standard_output(
    shell: Shell, model: Path, manifest: Path, key: Path, tmp_path: Path
) -> None:
    bundle, policy = tmp_path / "b.json", tmp_path / "p.toml"
    shell("sign", manifest, "--key", key, "-o", bundle)
    shell("policy", "init", "-o", policy)
    judged = ("--policy", policy, "--verifier", "https://example.org/v")

    both = shell("audit", model, "--offline", "-o", "-", "--format", "json")
    verdict = shell("verify", model, "--bundle", bundle, *judged, "--vsa", "/dev/stdout")

    assert (both.code, verdict.code) == (2, 2)
    assert both.out == verdict.out == ""


def test_devices_and_pipes_are_written_into(
    shell: Shell, model: Path, manifest: Path, key: Path, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()

    piped = shell("audit", model, "--offline", "-o", pipe)
    reader.join()
    codes = [
        shell("audit", model, "--offline", "-o", "/dev/null").code,
        shell("sign", manifest, "--key", key, "-o", "/dev/null").code,
        shell("digest", model, "-o", "/dev/null").code,
        shell("export", "mot", manifest, "-o", "/dev/null").code,
        shell("policy", "init", "-o", "/dev/null").code,
    ]

    assert (piped.code, codes) == (0, [0] * 5)
    assert json.loads(got[0])["subject"]
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert stat.S_ISCHR(Path("/dev/null").lstat().st_mode)


@pytest.mark.parametrize("place", ["-", "/dev/stdout", "/dev/null", "pipe"])
def test_a_private_key_goes_to_a_file_of_its_own(shell: Shell, tmp_path: Path, place: str) -> None:
    os.mkfifo(tmp_path / "pipe")

    found = shell(
        "key", "generate", "--force", "-o", tmp_path / place if place == "pipe" else place
    )

    assert found.code == 2
    assert "PRIVATE" not in found.out
    assert not Path("/dev/null.pub").exists()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a release, its manifest, bundle, signature, key, policy and evidence."""
    folder = tmp_path_factory.mktemp("full")
    model = my_model(folder)
    key, kept = folder / "k.pem", folder / "kept"
    commands: tuple[tuple[str | Path, ...], ...] = (
        ("key", "generate", "-o", key),
        ("audit", model, "--offline", "--evidence", kept, "-o", folder / "m.json"),
        ("sign", folder / "m.json", "--key", key, "-o", folder / "b.json"),
        ("oms", "sign", model, "--key", key, "-o", folder / "model.sig"),
        ("policy", "init", "-o", folder / "p.toml"),
    )
    assert {run([str(one) for one in command]) for command in commands} == {ExitCode.DONE}
    return folder


ANSWERS = (
    *("audit my-model --offline", "audit my-model --offline --format json"),
    *("audit my-model --offline -o -", "compare m.json m.json", "digest my-model"),
    *("evidence list kept", "explain REMOTE_CODE", "export mot m.json", "inspect my-model"),
    *("inspect my-model --format json", "key show k.pem", "lint my-model", "policy init"),
    *("policy check p.toml", "policy explain p.toml", "policy schema", "--help", "--version"),
    "oms verify my-model --signature model.sig --public-key k.pem.pub",
    "verify my-model --as local:my-model --bundle b.json --public-key k.pem.pub",
    "sign m.json --key k.pem -o b2.json",
)


@pytest.mark.parametrize("line", ANSWERS)
def test_a_full_standard_output_is_one_line_and_exit_4(prepared: Path, line: str) -> None:
    with Path("/dev/full").open("w") as full:
        found = said_by(prepared, line, stdout=full, stderr=subprocess.PIPE)

    assert found.returncode == 4
    assert "error [DISK_FULL]: 'standard output' cannot be written" in found.stderr
    assert "Traceback" not in found.stderr
    assert "Exception ignored" not in found.stderr


@pytest.mark.parametrize(("line", "code"), [("lint my-model", 4), ("lint nowhere", 2), ("no", 2)])
def test_where_nothing_can_be_said_at_all_the_exit_code_says_it(
    prepared: Path, line: str, code: int
) -> None:
    with Path("/dev/full").open("w") as full:
        found = said_by(prepared, line, stdout=full, stderr=full)

    assert found.returncode == code


def said_by(
    folder: Path, line: str, *, stdout: TextIO, stderr: TextIO | int
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "provenance", *line.split()]
    return subprocess.run(
        command, check=False, cwd=folder, stdout=stdout, stderr=stderr, text=True, env=alone()
    )
