"""A policy that forbids code, held against releases that hide it, that may, and that do not."""

import gzip
import lzma
import pickle
import struct
import zlib
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

import pytest

from provenance.cli.exit_codes import ExitCode
from provenance.recipe.code.loader_rules import RULES
from tests.cli.running import FILES, Said, Shell
from tests.journeys.gated import (
    CONTROLS,
    PICKLED,
    POINTER,
    SPACY,
    UNREAD,
    Files,
    js,
    lay,
    tarred,
    zipped,
)
from tests.journeys.hidden_code import HIDDEN

APACHE = (Path(__file__).resolve().parents[2] / "LICENSE").read_bytes()
OTHER = b"---\nlicense: other\n---\n# M\n\nIt was trained on one CPU with seed 7.\n"
SEVERAL = b"---\nlicense: [apache-2.0, cc-by-nc-4.0]\n---\n# M\n"
OPEN = '[licenses]\nfinal-parameters = ["open"]'


APACHE_ONLY = '[licenses]\nfinal-parameters = ["Apache-2.0"]'
LLAMA = (
    b"LLAMA 3 COMMUNITY LICENSE AGREEMENT\n700 million monthly active users; Acceptable Use Policy"
)
MIT = (Path(__file__).resolve().parents[2] / "fixtures" / "mot" / "LICENSE").read_bytes()


def card(front: str) -> Files:
    return {"README.md": f"---\n{front}\n---\n# M\n".encode()}


#: Terms that may bind more than the text of an open licence beside them.
MORE_TERMS: Mapping[str, Files] = {
    "a stricter one in a folder": {"original/LICENSE": LLAMA},
    "an unknown one in a folder": {"weights/LICENSE.txt": b"For research only.\n"},
    "one that is not read": {"weights/LICENSE.pdf": b"%PDF"},
    "deep": {"a/b/c/MODEL_LICENSE": LLAMA},
    "under a longer name": {"LICENSE-llama3.txt": LLAMA},
    "of a model, in front": {"Llama-License.md": LLAMA},
    "a licence of others that is known to restrict": {"third_party/llama/LICENSE": LLAMA},
    "in a zip": {"weights.zip": zipped({"w/LICENSE": LLAMA})},
    "in a zip, not known": {"weights.zip": zipped({"LICENSE.txt": b"For research only.\n"})},
    "in a tar": {"weights.tar.gz": gzip.compress(tarred({"w/LICENSE": LLAMA}))},
    "a policy in a zip": {"weights.zip": zipped({"USE_POLICY.md": b"Not for lawyers.\n"})},
    "a policy": {"USE_POLICY.md": b"Do not use it on Sundays.\n"},
    "a policy of another name": {"acceptable_use_policy.txt": b"Do not use it on Sundays.\n"},
    "terms of use": {"TERMS_OF_USE.md": b"Do not use it on Sundays.\n"},
    "too many": {f"m{n}/LICENSE": MIT for n in range(70)},
    "a prompt": card('license: apache-2.0\nextra_gated_prompt: "You agree to do no research."'),
    "boxes": card("license: apache-2.0\nextra_gated_fields:\n  I am no competitor: checkbox"),
    "boxes in full": card(
        "license: apache-2.0\nextra_gated_fields:\n  I agree:\n    type: checkbox\n"
    ),
    "a licence twice": card("license: apache-2.0\nlicense: cc-by-nc-4.0"),
    "a licence twice, in quotes": card("license: apache-2.0\n'license': cc-by-nc-4.0"),
    "a name twice": card("license: apache-2.0\nlicense_name: a\nlicense_name: b"),
    "a licence twice, after much else": card(
        "license: apache-2.0\n" + "x: yes\n" * 300 + "license: cc-by-nc-4.0"
    ),
    "a licence that is merged": card("a: &a\n  license: other\n<<: *a"),
}
#: What stands in ordinary releases beside the text of a licence.
NO_MORE_TERMS: Mapping[str, Files] = {
    "the same text in a folder": {"original/LICENSE": APACHE},
    "another open licence": {"code/LICENSE": MIT},
    "licences of others": {
        "third_party/zlib/LICENSE": b"Altered source versions must be marked.\n",
        "vendor/x/COPYING": b"Do as you like.\n",
        "src/node_modules/y/LICENSE": b"Do as you like.\n",
    },
    "notices": {"NOTICE": b"Copyright\n", "THIRD_PARTY_NOTICES.txt": b"Parts are by others.\n"},
    "notices as licences": {"third-party-licenses.txt": b"Parts are by others.\n"},
    "a licence of code": {"LICENSE-CODE": b"Do as you like.\n"},
    "texts in a folder for them": {"LICENSES/Apache-2.0.txt": APACHE, "LICENSES/x.txt": b"Hm.\n"},
    "many licences of others": {f"vendor/m{n}/LICENSE": b"Do as you like.\n" for n in range(40)},
    "programs about licences": {"license.py": b"1\n", "tools/check_license.sh": b"true\n"},
    "data about licences": {"licenses.json": b"[]", "terms.csv": b"a,b\n"},
    "a wheel": {"x-1-py3-none-any.whl": zipped({"x-1.dist-info/LICENSE": b"Do as you like.\n"})},
    "the same text in a zip": {"weights.zip": zipped({"w/LICENSE": APACHE})},
    "licences of others in a zip": {"a.zip": zipped({"m/third_party/z/LICENSE": b"Do.\n"})},
    "who asks": card("license: apache-2.0\nextra_gated_fields:\n  Name: text\n  Country: country"),
    "another key twice": card("license: apache-2.0\ntags: [a]\ntags: [b]"),
    "a licence of results": card(
        "license: apache-2.0\nmodel-index:\n- name: x\n  results: []\nlanguage: en"
    ),
}


INDEX = "model.safetensors.index.json"
WHOLE = js({"metadata": {"total_size": 4}, "weight_map": {"a": "model.safetensors"}})
LACKING = js({"weight_map": {"a": "model.safetensors", "b": "model-2.safetensors"}})
SHARD = FILES["model.safetensors"]
SHARDS = {"model.safetensors": b"", "model-00001-of-00002.safetensors": SHARD}


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Run commands in this process."""
    return Shell(capsys)


def gate(
    shell: Shell, folder: Path, files: Files, code: str = "REMOTE_CODE", *options: str
) -> Said:
    policy = folder / "policy.toml"
    policy.write_text(
        f'schema = 1\nname = "gate"\nhazards-in = "release"\nforbid-hazards = ["{code}"]\n'
    )
    model = lay(folder / "model", files)
    options = ("--offline", *options)
    return shell("audit", model, *options, "--policy", policy, "-o", folder / "m.json")


@pytest.mark.parametrize("name", HIDDEN)
def test_code_that_a_loader_runs_fails_a_gate_wherever_it_hides(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    said = gate(shell, tmp_path, HIDDEN[name][1])

    assert said.code is ExitCode.NEGATIVE, said
    assert "REMOTE_CODE is forbidden, and found" in said.out + said.err


@pytest.mark.parametrize("name", UNREAD)
def test_what_may_name_code_and_was_not_read_leaves_a_gate_undecided(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    said = gate(shell, tmp_path, UNREAD[name])

    assert said.code is ExitCode.UNDECIDED, said
    assert next(iter(UNREAD[name])) in said.out + said.err


@pytest.mark.parametrize("name", CONTROLS)
def test_an_ordinary_release_passes_a_gate(shell: Shell, tmp_path: Path, name: str) -> None:
    said = gate(shell, tmp_path, CONTROLS[name])

    assert said.code is ExitCode.DONE, said


def test_every_rule_that_finds_code_is_hidden_behind_once() -> None:
    assert {one.id for one in RULES} - {"none"} == {rule for rule, _ in HIDDEN.values()}


#: Pickles under names that do not say so, and one in an archive.
PICKLES: Mapping[str, Files] = {
    "under another name": {"weights.dat": PICKLED},
    "without an ending": {"model": PICKLED},
    "as a picture": {"logo.png": PICKLED},
    "in a zip": {"weights.zip": zipped({"archive/data.pkl": PICKLED})},
    "in a tar.gz": {"w.tar.gz": gzip.compress(tarred({"w/pytorch_model.bin": b"x"}))},
    "compressed": {"weights.gz": gzip.compress(PICKLED)},
    **{
        f"of version {version}, {type(one).__name__}": {"weights.dat": pickle.dumps(one, version)}
        for version in range(6)
        for one in ("a", (1, 2), {"a": 1}, [0.5], OrderedDict(a=1))
    },
    "that imports late": {"weights.dat": b"I1\n0cos\nsystem\n(S'id'\ntR."},
    "that imports in one step": {"weights.dat": b"(S'id'\nios\nsystem\n."},
    "in zlib": {"weights.dat": zlib.compress(PICKLED)},
    "in LZMA": {"weights.dat": lzma.compress(PICKLED, lzma.FORMAT_ALONE)},
    "in objects of numbers": {
        "weights.dat": b"\x93NUMPY\x01\0\x76\0{'descr': [('a', '|O')], 'shape': (1,)}\n" + PICKLED
    },
    "of a server": {"m.mar": zipped({"model.pt": b"x", "MAR-INF/MANIFEST.json": b"{}"})},
}
PICKLES_OF_PYTORCH: Mapping[str, Files] = {
    "by its name": {"pytorch_model.bin": b"x"},
    "after steps that do nothing": {"model.bin": b"N0" * 300 + PICKLED},
    "that begins late": {"model.bin": b"(" + b"I1\n" * 200 + b"cos\nsystem\n(S'id'\ntR."},
    "a line that does not end": {"model.bin": b"V" + b"a" * 600 + b"\n0cos\nsystem\n(tR."},
    "a text of many bytes": {"model.bin": b"X\0\2\0\0" + b"a" * 512 + b"0cos\nsystem\n(tR."},
    "as PyTorch writes it": {"model.bin": zipped({"model/data.pkl": PICKLED})},
    "as PyTorch wrote it": {"model.bin": tarred({"pickle": PICKLED, "tensors": b"1"})},
    "in an archive": {"a.zip": zipped({"model.bin": b"N0" * 300 + PICKLED})},
}
#: What ends as files of PyTorch do, and is none.
NO_PICKLES: Mapping[str, Files] = {
    "OpenVINO": {"openvino_model.bin": b"\x01\0\0\0" * 64, "openvino_model.xml": b"<net/>"},
    "OpenVINO, numbers": {"openvino_model.bin": struct.pack("<64f", *(n / 7 for n in range(64)))},
    "tables of spaCy": {"vocab/lookups.bin": b"\x81\xabtable_names\x90", "config.cfg": SPACY},
    "no tables of spaCy": {"vocab/lookups.bin": b"\x80"},
    "two tables of spaCy": {"vocab/lookups.bin": b"\x82\xa3one\x80\xa3two\x80"},
    "whisper": {"ggml-base.bin": b"lmgg" + b"\x01\0\0\0" * 64},
    "word vectors": {"vectors.bin": b"3000 300\nthe " + b"\x9a\x99\x19\x3e" * 300},
    "a fast text model": {"lid.176.bin": b"\xba\x16\x4f\x2f\x0c\0\0\0" + b"\x10\0\0\0" * 40},
    "ncnn": {"model.ncnn.bin": b"\x47\x6b\x30\x01" + b"\0" * 400},
    "safetensors": {"model.bin": FILES["model.safetensors"]},
    "nothing": {"model.bin": b"\0" * 600},
    "in an archive": {"a.zip": zipped({"lookups.bin": b"\x81\xabtable_names\x90"})},
}
#: Where bytes are not here, whatever they are.
POINTED: Mapping[str, Files] = {
    "a pointer": {"model.bin": POINTER},
    "a pointer of an invented tool": {
        "model.bin": b"version https://blobs.example/v1\noid " + b"a1" * 32 + b"\nsize 7\n"
    },
    "a pointer of an invented version": {
        "weights.dat": b"# xet version zero\nfilesize = 6\nhash = '" + b"6a" * 32 + b"'\n"
    },
    "an address": {"weights": b"https://blobs.example/" + b"6a" * 32 + b"\n"},
}
HIDDEN_PICKLES: Mapping[str, Files] = {
    **POINTED,
    "in an archive in an archive": {"a.zip": zipped({"b.zip": zipped({"c.pkl": PICKLED})})},
    "in what nothing lists": {"a.7z": b"7z\xbc\xaf\x27\x1c"},
    "in half a zip": {"a.zip": zipped({"a.txt": b"a"})[:40]},
}


@pytest.mark.parametrize("name", PICKLES)
def test_a_pickle_fails_a_gate_under_any_name(shell: Shell, tmp_path: Path, name: str) -> None:
    said = gate(shell, tmp_path, PICKLES[name], "PICKLE")

    assert said.code is ExitCode.NEGATIVE, said


@pytest.mark.parametrize("name", PICKLES_OF_PYTORCH)
def test_what_ends_as_files_of_pytorch_fails_a_gate_where_it_may_be_a_pickle(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    said = gate(shell, tmp_path, PICKLES_OF_PYTORCH[name], "PICKLE")

    assert said.code is ExitCode.NEGATIVE, said


@pytest.mark.parametrize("name", NO_PICKLES)
def test_what_ends_as_files_of_pytorch_and_cannot_be_a_pickle_passes(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    said = gate(shell, tmp_path, NO_PICKLES[name], "PICKLE")

    assert said.code is ExitCode.DONE, said


@pytest.mark.parametrize("name", ["OpenVINO", "tables of spaCy", "word vectors"])
def test_what_ends_as_files_of_pytorch_and_was_not_read_leaves_a_gate_undecided(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    said = gate(shell, tmp_path, NO_PICKLES[name], "PICKLE", "--no-weights")

    assert said.code is ExitCode.UNDECIDED, said


@pytest.mark.parametrize("name", POINTED)
def test_code_may_be_behind_a_pointer_of_any_tool(shell: Shell, tmp_path: Path, name: str) -> None:
    assert gate(shell, tmp_path, POINTED[name]).code is ExitCode.UNDECIDED


@pytest.mark.parametrize("name", HIDDEN_PICKLES)
def test_where_a_pickle_may_be_a_gate_is_undecided(shell: Shell, tmp_path: Path, name: str) -> None:
    said = gate(shell, tmp_path, HIDDEN_PICKLES[name], "PICKLE")

    assert said.code is ExitCode.UNDECIDED, said


@pytest.mark.parametrize("name", ["truncated", "empty", "deep"])
def test_a_configuration_that_cannot_be_read_hides_no_pickle(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    said = gate(shell, tmp_path, UNREAD[name], "PICKLE")

    assert said.code is ExitCode.DONE, said


@pytest.mark.parametrize(
    ("demand", "files", "code"),
    [
        ('forbid-qualifiers = ["gated"]', {}, ExitCode.UNDECIDED),
        ('forbid-qualifiers = ["partial"]', {}, ExitCode.DONE),
        ('forbid-qualifiers = ["restricted"]', {}, ExitCode.UNDECIDED),
        ('forbid-qualifiers = ["restricted"]', {"LICENSE": APACHE}, ExitCode.DONE),
        (OPEN, {"LICENSE": APACHE}, ExitCode.DONE),
        (OPEN, {}, ExitCode.UNDECIDED),
        (OPEN, {"LICENSE": APACHE, "LICENSE.pdf": b"%PDF"}, ExitCode.UNDECIDED),
        (OPEN, {"LICENSE": APACHE, "LICENSE.txt": b"my own"}, ExitCode.UNDECIDED),
        (OPEN, {"LICENSE": APACHE, "README.md": OTHER}, ExitCode.UNDECIDED),
        (OPEN, {"LICENSE": APACHE, "README.md": SEVERAL}, ExitCode.UNDECIDED),
        ('forbid-qualifiers = ["restricted"]', {"m/LICENSE": LLAMA}, ExitCode.UNDECIDED),
        ('forbid-qualifiers = ["partial"]', {INDEX: LACKING}, ExitCode.NEGATIVE),
        ('forbid-qualifiers = ["partial"]', {INDEX: WHOLE}, ExitCode.DONE),
        ('forbid-qualifiers = ["partial"]', SHARDS, ExitCode.NEGATIVE),
        ('forbid-qualifiers = ["partial"]', {INDEX: b"{"}, ExitCode.UNDECIDED),
        (OPEN, {"LICENSE": LLAMA, "USE_POLICY.md": b"No."}, ExitCode.NEGATIVE),
        (OPEN, {"LICENSE": APACHE, "README.md": b"---\nlicense: [a\n---\n"}, ExitCode.UNDECIDED),
    ],
)
def test_every_other_demand_has_three_outcomes_too(
    shell: Shell, tmp_path: Path, demand: str, files: Files, code: ExitCode
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(f'schema = 1\nname = "gate"\n{demand}\n')
    model = lay(tmp_path / "model", files)

    said = shell("audit", model, "--offline", "--policy", policy, "-o", tmp_path / "m.json")

    assert said.code is code, said


def licensed(shell: Shell, folder: Path, files: Files, demand: str) -> Said:
    policy = folder / "policy.toml"
    policy.write_text(f'schema = 1\nname = "gate"\n{demand}\n')
    model = lay(folder / "model", {"LICENSE": APACHE, **files})
    return shell("audit", model, "--offline", "--policy", policy, "-o", folder / "m.json")


@pytest.mark.parametrize("demand", [OPEN, APACHE_ONLY])
@pytest.mark.parametrize("name", MORE_TERMS)
def test_terms_beside_an_open_licence_leave_its_demand_undecided(
    shell: Shell, tmp_path: Path, name: str, demand: str
) -> None:
    said = licensed(shell, tmp_path, MORE_TERMS[name], demand)

    assert said.code is ExitCode.UNDECIDED, said


@pytest.mark.parametrize("name", NO_MORE_TERMS)
def test_what_stands_beside_licences_in_ordinary_releases_changes_no_demand(
    shell: Shell, tmp_path: Path, name: str
) -> None:
    said = licensed(shell, tmp_path, NO_MORE_TERMS[name], OPEN)

    assert said.code is ExitCode.DONE, said
