from pathlib import Path

import pytest

from provenance.errors import Code, ReleaseError
from provenance.flows.auditing.desk import Desk, media_type
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.settings import Budget
from tests.building import TOY
from tests.charlm import noon


def test_what_is_read_is_kept_as_evidence_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(b"# M\n")
    store = EvidenceStore(None)
    desk = Desk(LocalSource(tmp_path, budget=Budget(), clock=noon), store, noon, TOY)

    document = desk.read("README.md")

    (evidence,) = store.evidence
    assert (evidence.uri, evidence.media_type) == ("local:toy/README.md", "text/markdown")
    assert (document.data, document.where.digest) == (b"# M\n", evidence.digest)


def test_a_document_is_no_larger_than_its_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    source = LocalSource(tmp_path, budget=Budget(), clock=noon)

    with pytest.raises(ReleaseError) as caught:
        Desk(source, EvidenceStore(None), noon, TOY).read("a", limit=4)

    assert caught.value.code is Code.RESOURCE


def test_bytes_of_no_known_kind_are_called_so() -> None:
    assert media_type("a.bin") == "application/octet-stream"
    assert media_type("LICENSE") == "text/plain"
