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
from provenance.recipe.loader_rules import RULES
from tests.cli.running import FILES, Said, Shell
from tests.journeys.gated import (
    CONTROLS,
    PICKLED,
    POINTER,
    SPACY,
    UNREAD,
    Files,
    lay,
    tarred,
    zipped,
)
from tests.journeys.hidden_code import HIDDEN

APACHE = (Path(__file__).resolve().parents[2] / "LICENSE").read_bytes()
OTHER = b"---\nlicense: other\n---\n# M\n\nIt was trained on one CPU with seed 7.\n"
SEVERAL = b"---\nlicense: [apache-2.0, cc-by-nc-4.0]\n---\n# M\n"
OPEN = '[licenses]\nfinal-parameters = ["open"]'


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
