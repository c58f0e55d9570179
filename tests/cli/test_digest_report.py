import io
import json
import sys
from pathlib import Path

import attrs
import pytest

from provenance.cli.digest_report import AT_ONCE, tell
from provenance.cli.exit_codes import ExitCode
from provenance.values.digest import Algorithm
from provenance.values.digest_list import DigestList, Row
from provenance.values.inventory import How

NAME = "evil\u200b.bin"
ODD = "evil\u202e.bin"
FOUND = DigestList(
    (Algorithm.SHA256,),
    (Row("a", 1, How.CACHED, (bytes(32),)), Row(NAME, 2, How.READ, (bytes(32),))),
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_eyes_see_what_hides_or_moves_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())

    tell(FOUND, "human", None)

    said = sys.stdout
    assert isinstance(said, Terminal)
    assert said.getvalue().endswith("  evil\\u200b.bin\n")


def test_programs_get_names_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell(FOUND, "human", None) is ExitCode.DONE
    out, err = capsys.readouterr()

    assert out.endswith(f"  {NAME}\n")
    assert err == "2 files, 3 bytes: 1 read, 1 cached; 0 troubles\n"


def test_a_name_that_reorders_text_is_trouble_and_only_json_names_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = attrs.evolve(FOUND, rows=(*FOUND.rows, Row(ODD, 3, How.READ, (bytes(32),))))

    assert tell(found, "human", None) is ExitCode.NEGATIVE
    out, err = capsys.readouterr()
    assert tell(found, "json", None) is ExitCode.DONE

    assert out.count("\n") == 2
    assert "trouble [BIDI]: 'evil\\u202e.bin'" in err
    assert json.loads(capsys.readouterr().out)["files"][-1]["path"] == ODD


def test_a_list_is_written_whole(tmp_path: Path) -> None:
    tell(FOUND, "human", tmp_path / "list")

    assert (tmp_path / "list").read_text("utf-8").count("\n") == 2


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, 2 * AT_ONCE + 1])
def test_a_long_list_is_printed_to_its_end(capsys: pytest.CaptureFixture[str], count: int) -> None:
    names = [f"{number:06}" for number in range(count)]
    rows = [Row(name, 1, How.READ, (bytes(32),)) for name in names]

    tell(DigestList((Algorithm.SHA256,), rows), "human", None)

    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"{'0' * 64}  {name}" for name in names]
