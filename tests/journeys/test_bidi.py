"""Characters that reorder text, everywhere in a release: no command shows them as they are."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import shell  # noqa: F401 - a fixture
from tests.cli.running import Said, Shell
from tests.flows.auditing.test_headers import shard

ODD = "\u202egnp.\u2066x\u2069\u200f"
REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
FILES = {
    "README.md": f"---\nlicense: '{ODD}'\ndatasets: ['a/{ODD}']\nbase_model: 'a/{ODD}'\n---\n"
    f"# M {ODD}\n\n"
    f"We trained it on {ODD} data with seed 7: [code](https://a.org/{ODD}).\n",
    "LICENSE": f"{ODD} licence\n",
    "config.json": json.dumps(
        {"model_type": ODD, "auto_map": {"A": f"{ODD}.A"}}, ensure_ascii=False
    ),
    "tokenizer_config.json": json.dumps({"chat_template": ODD}, ensure_ascii=False),
    "train.py": f"# {ODD}\nimport torch\nname = '{ODD}'\nloss.backward()\noptimizer.step()\n",
    f"notes{ODD}.txt": "notes\n",
    "CITATION.cff": f"cff-version: 1.2.0\ntitle: M {ODD}\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / f"model{ODD}"
    place.mkdir()
    for name, text in FILES.items():
        (place / name).write_text(text)
    (place / "model.safetensors").write_bytes(shard([f"layer.{ODD}"]))
    return place


def raw(said: Said) -> set[str]:
    return set(said.out + said.err) & REORDERING


def test_no_command_shows_what_reorders_text(
    folder: Path,
    tmp_path: Path,
    shell: Shell,  # noqa: F811 - the fixture
) -> None:
    key, manifest = tmp_path / f"{ODD}.pem", tmp_path / f"{ODD}.json"
    kept, bundle = tmp_path / f"kept{ODD}", tmp_path / f"b{ODD}"
    trust = ("--public-key", tmp_path / f"{ODD}.pem.pub")
    commands: tuple[tuple[str | Path, ...], ...] = (
        ("key", "generate", "-o", key),
        ("key", "show", key),
        ("audit", folder, "--offline", "--evidence", kept, "-o", manifest),
        ("audit", folder, "--offline", "--format", "json"),
        ("audit", tmp_path / f"none{ODD}"),
        ("lint", folder),
        ("lint", folder, "--format", "json"),
        ("inspect", folder),
        ("inspect", folder, "--format", "json"),
        ("digest", folder),
        ("digest", folder, "--format", "json"),
        ("digest", folder, "--tensors"),
        ("digest", folder, "--algorithm", "tree-sha256"),
        ("sign", manifest, "--key", key, "-o", bundle),
        ("verify", folder, "--as", "local:m", "--bundle", bundle, *trust),
        ("verify", folder, "--any-release", "--bundle", bundle, *trust, "--format", "json"),
        ("oms", "sign", folder, "--key", key, "-o", tmp_path / f"{ODD}.sig"),
        ("oms", "verify", folder, "--signature", tmp_path / f"{ODD}.sig", *trust),
        ("compare", manifest, manifest),
        ("export", "mot", manifest),
        ("evidence", "list", kept),
        ("explain", "REMOTE_CODE", manifest),
        ("policy", "init", "-o", tmp_path / f"{ODD}.toml"),
        ("policy", "check", tmp_path / f"{ODD}.toml", manifest),
        ("sign", tmp_path / f"{ODD}.toml", "--key", key, "-o", bundle),
        ("audit", folder, f"--{ODD}"),
        (ODD,),
    )

    said = [(command, shell(*command)) for command in commands]

    assert [(command, raw(one)) for command, one in said if raw(one)] == []


def test_a_list_for_sha256sum_leaves_out_a_name_that_it_cannot_escape(
    folder: Path,
    tmp_path: Path,
    shell: Shell,  # noqa: F811 - the fixture
) -> None:
    output = tmp_path / "list"

    refused = shell("digest", folder, "-o", output)
    named = shell("digest", folder, "--format", "json")
    shutil.move(folder / f"notes{ODD}.txt", folder / "notes.txt")
    clean = shell("digest", folder)

    assert (refused.code, named.code, clean.code) == (1, 0, 0)
    assert "trouble [BIDI]" in refused.err
    assert "notes" not in output.read_text()
    assert "README.md" in output.read_text()
    assert "notes\\u202e" in named.out
