import hashlib
import sys
from pathlib import Path

import hf_xet  # type: ignore[import-untyped]
import pytest

from provenance.errors import Code, ToolError
from provenance.testing.hub import LoopbackHub
from provenance.testing.xet_store import XetStore

DATA = bytes(range(256)) * 1000
DIGEST = hashlib.sha256(DATA).hexdigest()


def test_what_was_put_into_the_store_comes_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(DATA)
    store = XetStore(tmp_path / "xet")

    found = store.hash_of(tmp_path / "f", DIGEST)
    with hf_xet.XetSession().new_file_download_group(endpoint=store.url) as group:
        group.start_download_file(hf_xet.XetFileInfo(found, len(DATA)), str(tmp_path / "out"))

    assert found == hf_xet.hash_files([str(tmp_path / "f")])[0].hash
    assert (tmp_path / "out").read_bytes() == DATA


def test_a_file_is_put_into_the_store_once(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(DATA)
    store = XetStore(tmp_path / "xet")

    first = store.hash_of(tmp_path / "f", DIGEST)
    (tmp_path / "f").unlink()

    assert store.hash_of(tmp_path / "f", DIGEST) == first


def test_without_hf_xet_a_hub_with_xet_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "hf_xet", None)

    with pytest.raises(ToolError) as raised:
        LoopbackHub(tmp_path / "hub", xet=True)

    assert raised.value.code is Code.USAGE
    assert LoopbackHub(tmp_path / "hub").xet is None
