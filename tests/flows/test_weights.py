import json
from pathlib import Path

import pytest

from provenance.errors import Code, WeightsError
from provenance.flows.desk import Desk
from provenance.flows.observe import observe
from provenance.flows.silence import Silence
from provenance.flows.weights import WeightsRead, read_weights
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.settings import Budget, Settings
from tests.charlm import noon


def shard(names: list[str], length: int | None = None) -> bytes:
    spans = {
        name: {"dtype": "U8", "shape": [4], "data_offsets": [4 * at, 4 * at + 4]}
        for at, name in enumerate(names)
    }
    header = json.dumps(spans).encode()
    size = len(header) if length is None else length
    return size.to_bytes(8, "little") + header + bytes(4 * len(names))


def read(folder: Path, files: dict[str, bytes], *, unread: bool = False) -> WeightsRead:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    source = LocalSource(folder, budget=Budget(), clock=noon)
    listing = source.listing()
    seen = observe(source, listing, settings=Settings(jobs=1), progress=Silence())
    inventory = listing.inventory if unread else seen.inventory
    return read_weights(inventory, Desk(source, EvidenceStore(None), noon, "local:m"))


ONE, TWO = "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"
INDEX = {
    "model.safetensors.index.json": json.dumps(
        {"metadata": {"total_size": 8}, "weight_map": {"a": ONE, "b": TWO}}
    ).encode()
}


def test_shards_and_index_make_one_model(tmp_path: Path) -> None:
    found = read(tmp_path, {ONE: shard(["a"]), TWO: shard(["b"]), **INDEX})

    assert isinstance(found.look, Seen)
    assert (found.look.value.profile.parameters, found.hazards) == (8, ())
    assert [str(path) for path in found.files] == [ONE, TWO]


def test_an_index_that_does_not_fit_is_a_hazard_and_no_model(tmp_path: Path) -> None:
    found = read(tmp_path, {ONE: shard(["a"]), TWO: shard(["c"]), **INDEX})

    assert isinstance(found.look, Missing)
    assert Code.IX_TENSOR_MISSING in {one.code for one in found.hazards}


def test_of_what_was_not_read_the_header_is(tmp_path: Path) -> None:
    found = read(tmp_path, {ONE: shard(["a"]), TWO: shard(["b"]), **INDEX}, unread=True)

    assert isinstance(found.look, Seen)
    assert found.look.value.profile.parameters == 8
    assert all("#bytes=0-" in where.uri for where in found.look.value.where)


def test_a_pickle_is_listed_and_never_loaded(tmp_path: Path) -> None:
    found = read(tmp_path, {"pytorch_model.bin": b"cos\nsystem\n(S'x'\ntR."})

    assert isinstance(found.look, Unseen)
    assert [one.code for one in found.hazards] == [Code.PICKLE]


def test_a_header_too_large_to_read_is_unseen(tmp_path: Path) -> None:
    data = shard(["a"], length=30_000_000) + bytes(30_000_000)

    found = read(tmp_path, {"model.safetensors": data})

    assert isinstance(found.look, Unseen)
    assert [one.code for one in found.hazards] == [Code.RESOURCE]


def test_a_malformed_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError) as caught:
        read(tmp_path, {"model.safetensors": shard(["a"]) + b"x"})

    assert caught.value.code is Code.ST_TRAILING
