from pathlib import Path

import pytest

import provenance
from provenance import evidence


def test_a_folder_that_no_audit_kept_anything_in_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(provenance.UsageError) as caught:
        evidence.list_evidence(tmp_path)

    assert caught.value.code is provenance.Code.PATH_MISSING


def test_what_an_audit_kept_is_listed_and_shown(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "README.md").write_text("# Mine")
    settings = provenance.Settings(evidence=tmp_path / "kept")
    provenance.audit(tmp_path / "model", settings=settings)

    card = next(one for one in evidence.list_evidence(tmp_path / "kept") if "README" in one.uri)
    shown = evidence.show_evidence(f"{card.id}:2-6", tmp_path / "kept")

    assert isinstance(shown, evidence.Shown)
    assert shown.data == b"Mine"
