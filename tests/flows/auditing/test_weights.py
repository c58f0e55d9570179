import json
from pathlib import Path

import pytest

from provenance.errors import Code
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.weights import MOST_COPIES, WeightsRead, read_weights
from provenance.flows.digesting.observe import observe
from provenance.ports.silence import Silence
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.settings import Budget, Settings
from tests.building import TOY
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
    return read_weights(inventory, Desk(source, EvidenceStore(None), noon, TOY))


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


def test_a_malformed_header_is_a_hazard_and_leaves_the_parameters_unknown(tmp_path: Path) -> None:
    found = read(tmp_path, {"model.safetensors": shard(["a"]) + b"x"})

    assert isinstance(found.look, Unseen)
    assert found.look.code is Code.ST_TRAILING
    assert [(one.code, one.path) for one in found.hazards] == [
        (Code.ST_TRAILING, "model.safetensors")
    ]


def test_one_bad_shard_leaves_the_others_read(tmp_path: Path) -> None:
    found = read(tmp_path, {ONE: shard(["a"]), TWO: shard(["b"])[:-1], **INDEX})

    assert isinstance(found.look, Unseen)
    assert [(one.code, one.path) for one in found.hazards] == [(Code.ST_OFFSET, TWO)]
    assert [(one.code, one.what) for one in found.limits] == [(Code.ST_OFFSET, TWO)]


def test_a_type_that_nobody_knows_leaves_the_parameters_unknown(tmp_path: Path) -> None:
    data = shard(["a"]).replace(b'"U8"', b'"Q7"')

    found = read(tmp_path, {"model.safetensors": data})

    assert isinstance(found.look, Unseen)
    assert "'Q7'" in found.look.reason
    assert [one.code for one in found.hazards] == [Code.ST_DTYPE]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"{", Code.IX_JSON),
        (b'{"weight_map":{"a":"a","a":"b"}}', Code.IX_JSON),
        (b'{"weight_map":[]}', Code.IX_SHAPE),
        (b'{"weight_map":{"a":"../a.safetensors"}}', Code.IX_PATH),
        (b'{"weight_map":{"a":"pytorch_model.bin"}}', Code.IX_PATH),
    ],
)
def test_a_broken_index_leaves_unknown_what_it_would_list(
    tmp_path: Path, text: bytes, code: Code
) -> None:
    found = read(
        tmp_path, {"model.safetensors.index.json": text, "model.safetensors": shard(["a"])}
    )

    assert isinstance(found.look, Unseen)
    assert found.look.code is code
    assert [(one.code, one.path) for one in found.hazards] == [
        (code, "model.safetensors.index.json")
    ]


def test_a_sum_of_sizes_that_is_another_is_told_and_the_parameters_are_whole(
    tmp_path: Path,
) -> None:
    other = {name: data.replace(b": 8}", b": 700}") for name, data in INDEX.items()}

    found = read(tmp_path, {ONE: shard(["a"]), TWO: shard(["b"]), **other})

    assert isinstance(found.look, Seen)
    assert (found.look.value.profile.parameters, found.look.value.sizes_agree) == (8, False)
    assert [one.code for one in found.hazards] == [Code.IX_TOTAL_SIZE]


@pytest.mark.parametrize(
    "name",
    [
        *("model.gguf", "model.onnx", "tf_model.h5", "model.keras", "flax_model.msgpack"),
        *("model.tflite", "openvino_model.bin", "saved_model.pb", "rust_model.ot", "m.pdparams"),
        *("m.mlmodel", "m.npz", "m.engine", "m.nemo", "m.llamafile", "m.pte", "m.params"),
    ],
)
def test_weights_in_another_format_are_listed_and_unknown(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, {name: b"x" * 200, "README.md": b"# M\n"})

    assert isinstance(found.look, Unseen)
    assert found.look.code is Code.NOT_COVERED
    assert [str(path) for path in found.files] == [name]
    assert [one.what for one in found.limits] == [name]


def test_a_copy_in_another_format_says_nothing_of_the_one_that_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, {"model.safetensors": shard(["a"]), "model.gguf": b"GGUF"})

    assert isinstance(found.look, Seen)
    assert [one.what for one in found.limits] == ["model.gguf"]


def test_a_broken_copy_beside_one_that_is_not_read_contradicts_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, {ONE: shard(["a"]), **INDEX, "model.gguf": b"GGUF"})

    assert isinstance(found.look, Unseen)
    assert "IX_MISSING_SHARD" in found.look.reason
    assert Code.IX_MISSING_SHARD in {one.code for one in found.hazards}


@pytest.mark.parametrize("name", ["model.safetensors", "model.gguf", "pytorch_model.bin"])
def test_weights_without_a_byte_are_a_hazard(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, {name: b"", "README.md": b"# M\n"})

    assert isinstance(found.look, Unseen)
    assert Code.EMPTY in {one.code for one in found.hazards}


def test_the_tensors_beside_the_configuration_are_those_of_the_top_folder(tmp_path: Path) -> None:
    (tmp_path / "draft").mkdir()

    found = read(
        tmp_path, {"model.safetensors": shard(["a"]), "draft/model.safetensors": shard(["b"])}
    )

    assert isinstance(found.look, Seen)
    assert [one.name for one in found.look.value.tensors] == ["a"]
    assert found.look.value.counts == (4, 4)


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12\n" % (b"0" * 64)


def test_a_pointer_in_the_place_of_weights_is_called_one(tmp_path: Path) -> None:
    found = read(tmp_path, {ONE: POINTER, TWO: POINTER, **INDEX})

    assert isinstance(found.look, Unseen)
    assert found.look.code is Code.GIT_LFS
    assert "its 12 bytes are elsewhere" in found.look.reason
    assert [(one.code, one.path) for one in found.hazards] == [
        (Code.GIT_LFS, ONE),
        (Code.GIT_LFS, TWO),
    ]


def test_many_files_in_a_format_that_is_not_read_are_told_together(tmp_path: Path) -> None:
    found = read(tmp_path, {f"{at}.onnx": b"x" for at in range(MOST_COPIES + 5)})

    assert len(found.limits) == MOST_COPIES + 1
    assert "other files in onnx" in {one.what for one in found.limits}
    assert "weights in onnx, 5 more files: listed, their tensors not read" in {
        one.why for one in found.limits
    }
