import json
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from bench import cases, machine, run
from bench.cases import TINY
from bench.machine import ROOT
from bench.run import NoRoom, bench

GIBIBYTE = 2**30


def test_a_run_writes_the_numbers_and_the_page(tmp_path: Path) -> None:
    scratch, out = tmp_path / "scratch", tmp_path / "out"
    scratch.mkdir()
    where = ["--data", str(scratch), "--out", str(out)]

    done = subprocess.run(
        [sys.executable, "-m", "bench.run", "--tiny", "--keep-names", "--only", "sparse", *where],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    found = json.loads((out / "tiny.json").read_text("utf-8"))
    (sample,) = found["cases"]["sparse"]["samples"]["provenance tree-sha256"]
    assert 0 < sample["work_wall"] < sample["wall"]
    assert {goal["verdict"] for goal in found["goals"]} == {"met", "not measured"}
    assert (out / "tiny.md").read_text("utf-8") == done.stdout.removesuffix("\n")
    # What was hashed is gone again.
    assert list(scratch.iterdir()) == []


def test_data_that_does_not_fit_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": GIBIBYTE // 4})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)

    with pytest.raises(NoRoom, match=r"has 0\.2 GiB free, and 0\.5 are needed.*--data"):
        bench(TINY, [cases.FILE], tmp_path, drop=False)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scale", cases.SCALES.values(), ids=cases.SCALES.keys())
def test_every_case_says_how_much_room_it_takes(scale: cases.Scale) -> None:
    assert max(case.room for case in cases.cases(scale).values()) <= 4 * GIBIBYTE


@pytest.mark.parametrize(
    ("option", "why"),
    [
        ("--data=/no/such/folder", "there is no folder at /no/such/folder"),
        ("--out=/dev/null", "/dev/null is no folder"),
    ],
)
def test_a_folder_that_is_none_is_refused_before_anything_runs(
    option: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run.main(["--tiny", option])

    assert why in capsys.readouterr().err


def test_a_tool_that_is_not_here_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for peer in ("B3SUM", "HUB", "SIGNING"):
        monkeypatch.setattr(machine, peer, tmp_path / "no such peer")
    here = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "b3sum" else here(name))
    scale = attrs.evolve(TINY, small=3)

    (ran,) = bench(scale, [cases.SMALL], tmp_path, drop=False)

    absent = ["huggingface_hub verify", "model-signing file sha256", "model-signing file blake3"]
    assert ran.notes == [f"Not here, so not measured: {', '.join([*absent, 'b3sum'])}."]
    assert not {*absent, "b3sum"} & ran.table.rows.keys()
