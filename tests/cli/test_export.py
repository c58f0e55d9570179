from pathlib import Path

import attrs
import pytest

from provenance.cli.exit_codes import ExitCode
from provenance.flows.signing.sign import dump_manifest
from provenance.frameworks.mof import assess
from provenance.values.rung import Rung
from tests.building import MANIFEST, reports
from tests.cli.running import Shell

MADE = reports(Rung.LOCATED)


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.json"
    found = attrs.evolve(MANIFEST, components=tuple(MADE.values()), assessments=(assess(MADE),))
    path.write_bytes(dump_manifest(found))
    return path


def test_a_record_is_printed_and_assessed_as_the_audit_was(
    shell: Shell, manifest: Path, tmp_path: Path
) -> None:
    record = tmp_path / "record.yml"

    printed = shell("export", "mot", manifest)
    written = shell("export", "mot", manifest, "-o", record)

    assert (printed.code, written.code, written.out) == (ExitCode.DONE, ExitCode.DONE, "")
    assert printed.out == record.read_text()
    assert "is class I (Open Science)" in shell("assess", "mof", record).out


def test_what_is_evident_is_another_record(shell: Shell, manifest: Path) -> None:
    said = shell("export", "mot", manifest, "--side", "evidenced")

    assert "components: []" in said.out
