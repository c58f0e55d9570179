import hashlib
import json
from pathlib import Path

import attrs
import pytest

from provenance.cli.exit_codes import ExitCode
from provenance.flows.auditing.audit import audit
from provenance.stores.evidence import EvidenceStore
from provenance.values.address import Address
from provenance.values.evidence import Capture, EvidenceKind
from provenance.values.inventory import How
from tests.building import NOW, TOY
from tests.charlm import Charlm, noon
from tests.cli.running import Shell, my_model

HOSTILE = Capture(
    EvidenceKind.FILE, Address.parse("hf:o/n/\x1b[2J"), "text/plain", NOW, b"a\x1b[31mb\n\xff\n"
)


@pytest.fixture
def shell(capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capfd)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    store = EvidenceStore(tmp_path / "evidence")
    store.keep(HOSTILE)
    store.close()
    return tmp_path / "evidence"


def test_evidence_says_what_was_seen_where_and_when(kept: Path, shell: Shell) -> None:
    said = shell("evidence", "show", HOSTILE.evidence.id, "--evidence", kept)

    assert said.code is ExitCode.DONE
    assert "file of hf:o/n/" in said.out
    assert "seen 2026-" in said.out
    assert str(HOSTILE.evidence.digest) in said.out


def test_evidence_is_shown_without_what_would_rule_a_terminal(kept: Path, shell: Shell) -> None:
    shown = shell("evidence", "show", HOSTILE.evidence.id, "--evidence", kept)
    listed = shell("evidence", "list", kept)

    assert "\x1b" not in shown.out + listed.out
    assert HOSTILE.evidence.id in listed.out


def test_evidence_is_written_as_it_is_when_asked_for(
    kept: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    from provenance.cli.main import run  # noqa: PLC0415 - after the capture began

    code = run(["evidence", "show", HOSTILE.evidence.id, "--evidence", str(kept), "--raw"])

    assert code is ExitCode.DONE
    assert capfdbinary.readouterr().out == HOSTILE.payload


@pytest.mark.parametrize("digits", ["0000000", "", "abc", "ffffffffffffffff"])
def test_an_id_that_names_nothing_is_usage(kept: Path, shell: Shell, digits: str) -> None:
    said = shell("evidence", "show", digits, "--evidence", kept)

    assert said.code is ExitCode.USAGE
    assert "names no capture" in said.err


def test_evidence_that_was_changed_is_not_shown(kept: Path, shell: Shell) -> None:
    digits = HOSTILE.evidence.digest.hex
    (kept / "sha256" / digits[:2] / digits).write_bytes(b"other")

    said = shell("evidence", "show", digits, "--evidence", kept)

    assert said.code is ExitCode.NEGATIVE
    assert "FILE_CHANGED" in said.err


def test_a_folder_without_evidence_is_usage(tmp_path: Path, shell: Shell) -> None:
    said = shell("evidence", "list", tmp_path)

    assert said.code is ExitCode.USAGE
    assert "--evidence" in said.err


def test_a_long_capture_is_cut(tmp_path: Path, shell: Shell) -> None:
    store = EvidenceStore(tmp_path / "e")
    long = store.keep(Capture(EvidenceKind.FILE, TOY, "text/plain", NOW, b"x" * 80_000))
    store.close()

    said = shell("evidence", "show", long.id, "--evidence", tmp_path / "e")

    assert "and 14464 bytes more" in said.out


def test_an_audit_is_replayed_offline(tmp_path: Path, shell: Shell) -> None:
    model, kept = my_model(tmp_path), tmp_path / "kept"
    first = shell("audit", model, "--evidence", kept, "--format", "json", "--quiet")

    again = shell("audit", model, "--evidence", kept, "--format", "json", "--quiet", "--offline")

    assert first.code is again.code is ExitCode.DONE
    assert json.loads(again.out) == {**json.loads(first.out), "replayed": True}


def test_the_bytes_that_a_finding_names_are_shown_alone(kept: Path, shell: Shell) -> None:
    named = f"sha256:{HOSTILE.evidence.digest.hex}"

    part = shell("evidence", "show", f"{named}:6-7", "--evidence", kept)
    whole = shell("evidence", "show", f"{named}:0-0", "--evidence", kept)

    assert "bytes 6 to 7" in part.out
    assert part.out.splitlines()[-1] == "b"
    assert f"bytes 0 to {len(HOSTILE.payload)}" in whole.out
    assert "by a tool that gave no name" in whole.out


@pytest.mark.parametrize("span", ["5-4", "0-999", "x", "1-"])
def test_a_span_that_is_none_is_usage(kept: Path, shell: Shell, span: str) -> None:
    said = shell("evidence", "show", f"{HOSTILE.evidence.id}:{span}", "--evidence", kept)

    assert said.code is ExitCode.USAGE
    assert "is no span" in said.err


def test_where_only_facts_were_kept_it_says_so(tmp_path: Path, shell: Shell) -> None:
    model, kept = my_model(tmp_path), tmp_path / "evidence"
    shell("audit", model, "--offline", "--evidence", kept)
    weights = next(model.glob("*.safetensors"))
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()

    said = shell("evidence", "show", digest[:16], "--evidence", kept)
    few = shell("evidence", "show", digest[:3], "--evidence", kept)

    assert said.code is ExitCode.DONE
    assert "only these facts were kept, and not its bytes" in said.out
    assert f"sha256:{digest}, read and hashed by provenance-verifier" in said.out
    assert "bytes are kept as" in said.out
    assert few.code is ExitCode.USAGE


def test_a_server_s_word_is_called_so(charlm: Charlm, tmp_path: Path, shell: Shell) -> None:
    kept = tmp_path / "evidence"
    settings = attrs.evolve(charlm.settings, evidence=kept, weights=False)
    found = audit(charlm.published.model, settings=settings, clock=noon)
    entry = next(one for one in found.inventory if one.how is How.CLAIMED and one.sha256)
    assert entry.sha256

    said = shell("evidence", "show", entry.sha256.hex, "--evidence", kept)

    assert "by the word of its server" in said.out
