import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.cli.exit_codes import ExitCode
from tests.cli.running import Shell, alone


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "release/sub").mkdir(parents=True)
    (tmp_path / "release/a").write_bytes(b"1")
    (tmp_path / "release/sub/b").write_bytes(b"22")
    return tmp_path / "release"


def line(data: bytes, path: str) -> str:
    return f"{hashlib.sha256(data).hexdigest()}  {path}\n"


def test_a_folder_becomes_a_list_for_sha256sum(shell: Shell, folder: Path) -> None:
    said = shell("digest", folder)

    assert said.code is ExitCode.DONE
    assert said.out == line(b"1", "a") + line(b"22", "sub/b")
    assert "2 files, 3 bytes: 2 read; 0 troubles" in said.err


def test_who_hashes_files_loads_nothing_else(folder: Path) -> None:
    unused = "{'sqlite3', 'asyncio', 'ssl', 'rich', 'numpy', 'cryptography', 'huggingface_hub'}"
    program = f"""
import sys
from provenance.cli.main import run
run(["digest", "--no-cache", "--quiet", {str(folder)!r}])
sys.exit(", ".join({unused} & set(sys.modules)) or 0)
"""

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=alone()
    )

    assert (done.returncode, done.stdout.count("\n")) == (0, 2), done.stderr


def test_a_list_is_checked_from_a_file(shell: Shell, folder: Path, tmp_path: Path) -> None:
    written = shell("digest", folder, "-o", tmp_path / "list")
    matching = shell("digest", "--check", tmp_path / "list", folder)
    (folder / "a").write_bytes(b"2")
    (folder / "sub/b").unlink()
    differing = shell("digest", "--check", tmp_path / "list", folder)

    assert written.out == ""
    assert matching.code is ExitCode.DONE
    assert "2 files match" in matching.err
    assert differing.code is ExitCode.NEGATIVE
    assert differing.out == "a: differs\nsub/b: is not there\n"


def test_the_current_folder_is_checked_when_none_is_named(
    shell: Shell, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("digest", folder, "-o", tmp_path / "list")
    monkeypatch.chdir(folder)

    assert shell("digest", "--check", tmp_path / "list").code is ExitCode.DONE


def test_json_says_how_each_digest_came_to_be_known(shell: Shell, folder: Path) -> None:
    said = shell("digest", folder, "--format", "json", "--algorithms", "tree-sha256,sha256")

    content = json.loads(said.out)
    assert content["algorithms"] == ["tree-sha256", "sha256"]
    assert [(one["path"], one["how"]) for one in content["files"]] == [
        ("a", "read"),
        ("sub/b", "read"),
    ]
    assert content["files"][0]["digests"]["sha256"] == hashlib.sha256(b"1").hexdigest()


def test_a_check_is_told_as_json(shell: Shell, folder: Path, tmp_path: Path) -> None:
    shell("digest", folder, "--format", "json", "-o", tmp_path / "list")
    (folder / "c").write_bytes(b"")

    said = shell("digest", "--check", tmp_path / "list", folder, "--format", "json")

    assert json.loads(said.out) == {
        "clean": True,
        "differing": [],
        "matching": 2,
        "missing": [],
        "troubles": [],
        "unlisted": 1,
    }


def test_parts_are_merged_to_what_one_run_gives(shell: Shell, folder: Path, tmp_path: Path) -> None:
    for number in "12":
        shell("digest", folder, "--part", f"{number}/2", "-o", tmp_path / number)

    merged = shell("digest", "--merge", tmp_path / "2", tmp_path / "1")
    missing = shell("digest", "--merge", tmp_path / "2")

    assert merged.out == shell("digest", folder).out
    assert missing.code is ExitCode.USAGE
    assert "[1] are missing" in missing.err


def test_files_that_nobody_touched_are_read_once(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PROVENANCE_CACHE", str(tmp_path))
    # Older than what is too new to be believed.
    old = Path(__file__).parents[2] / "fixtures/recipes"

    first = shell("digest", old)
    second = shell("digest", old)
    strict = shell("digest", old, "--strict")
    without = shell("digest", old, "--no-cache")

    assert " cached" not in first.err
    assert " read" not in second.err
    assert " cached" not in strict.err
    assert " cached" not in without.err
    assert first.out == second.out == strict.out == without.out


def test_a_cache_that_is_of_no_use_is_told_of(
    shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PROVENANCE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/digests").write_bytes(b"no folder")

    said = shell("digest", folder)

    assert said.code is ExitCode.DONE
    assert "cache" in said.err


def test_each_algorithm_has_a_line(shell: Shell, folder: Path) -> None:
    said = shell("digest", folder / "a", "--algorithms", "sha256,gitblob")

    assert said.out.splitlines() == [
        f"sha256:{hashlib.sha256(b'1').hexdigest()}  {folder}/a",
        f"gitblob:56a6051ca2b02b04ef92d5150c9ef600403cb1de  {folder}/a",
    ]


def test_each_tensor_has_a_line_and_the_root_is_the_last(shell: Shell, folder: Path) -> None:
    header = b'{"a\\n\\u001b[8m":{"dtype":"U8","shape":[2,2],"data_offsets":[0,4]}}'
    data = len(header).to_bytes(8, "little") + header + b"1234"
    (folder / "m.safetensors").write_bytes(data)

    said = shell("digest", "--tensors", folder)
    told = json.loads(shell("digest", "--tensors", folder, "--format", "json").out)
    (folder / "n.safetensors").write_bytes(data)
    twice = shell("digest", "--tensors", folder)

    digest = hashlib.sha256(b"1234").hexdigest()
    assert said.out == (
        f"{digest}  U8[2,2]  a\\n\\x1b[8m\ntensor root: sha256:{told['tensor_root']}\n"
    )
    assert told["tensors"][0]["sha256"] == digest
    assert twice.code is ExitCode.NEGATIVE
    assert "trouble [IX_TENSOR_TWICE]" in twice.err
    assert twice.out.endswith("tensor root: none\n")


def test_trouble_is_told_and_is_not_clean(shell: Shell, folder: Path) -> None:
    (folder / "gone").symlink_to("nowhere\x1b[8m")

    said = shell("digest", folder)

    assert said.code is ExitCode.NEGATIVE
    assert said.out == line(b"1", "a") + line(b"22", "sub/b")
    assert "trouble [FS_SYMLINK_BROKEN]: 'gone'" in said.err
    assert "\x1b" not in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--part", "0/2", "."),
        ("--part", "3/2", "."),
        ("--part", "one", "."),
        ("--algorithms", "md5", "."),
        ("--algorithms", "", "."),
        ("--merge", "--part", "1/2", "."),
        ("--jobs", "-1", "."),
        ("--tensors", "--part", "1/2", "."),
        ("--jobs", "1", "--dask", "tcp://127.0.0.1:1", "."),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_usage(shell: Shell, arguments: tuple[str, ...]) -> None:
    assert shell("digest", *arguments).code is ExitCode.USAGE
