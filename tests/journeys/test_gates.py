"""A policy that forbids code, held against releases that hide it, that may, and that do not."""

import gzip
import lzma
import pickle
import zlib
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

import pytest

from provenance.cli.exit_codes import ExitCode
from provenance.recipe.loader_rules import RULES
from tests.cli.running import Said, Shell
from tests.journeys.gated import CONTROLS, PICKLED, UNREAD, Files, lay, tarred, zipped
from tests.journeys.hidden_code import HIDDEN

APACHE = (Path(__file__).resolve().parents[2] / "LICENSE").read_bytes()
OTHER = b"---\nlicense: other\n---\n# M\n\nIt was trained on one CPU with seed 7.\n"
SEVERAL = b"---\nlicense: [apache-2.0, cc-by-nc-4.0]\n---\n# M\n"
OPEN = '[licenses]\nfinal-parameters = ["open"]'


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Run commands in this process."""
    return Shell(capsys)


def gate(shell: Shell, folder: Path, files: Files, code: str = "REMOTE_CODE") -> Said:
    policy = folder / "policy.toml"
    policy.write_text(
        f'schema = 1\nname = "gate"\nhazards-in = "release"\nforbid-hazards = ["{code}"]\n'
    )
    model = lay(folder / "model", files)
    return shell("audit", model, "--offline", "--policy", policy, "-o", folder / "m.json")


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
HIDDEN_PICKLES: Mapping[str, Files] = {
    "in an archive in an archive": {"a.zip": zipped({"b.zip": zipped({"c.pkl": PICKLED})})},
    "in what nothing lists": {"a.7z": b"7z\xbc\xaf\x27\x1c"},
    "in half a zip": {"a.zip": zipped({"a.txt": b"a"})[:40]},
}


@pytest.mark.parametrize("name", PICKLES)
def test_a_pickle_fails_a_gate_under_any_name(shell: Shell, tmp_path: Path, name: str) -> None:
    said = gate(shell, tmp_path, PICKLES[name], "PICKLE")

    assert said.code is ExitCode.NEGATIVE, said


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
