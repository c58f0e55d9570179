import pytest

from provenance.values.inspection import Copy
from provenance.values.inventory import FileEntry
from provenance.values.path import RelPath
from provenance.weights.copies import copies, format_of


def entries(**sizes: int) -> list[FileEntry]:
    return [FileEntry(RelPath(path), size) for path, size in sizes.items()]


def test_one_model_in_seven_formats_is_seven_copies() -> None:
    names = [
        *("64.tflite", "flax_model.msgpack", "model.safetensors", "onnx/model.onnx"),
        *("pytorch_model.bin", "rust_model.ot", "tf_model.h5"),
    ]

    found = copies([FileEntry(RelPath(name), 1) for name in names])

    assert {one.name for one in found} == set(names)
    assert {one.format for one in found} == {
        *("tflite", "flax", "safetensors", "onnx", "pytorch", "rust", "tensorflow")
    }


@pytest.mark.parametrize("name", ["model-{:05}-of-00003", "model_{:05}-of-00003"])
def test_shards_of_one_name_are_one_copy(name: str) -> None:
    shards = [FileEntry(RelPath(f"{name.format(at)}.safetensors"), at) for at in (1, 2, 3)]

    assert copies(shards) == (Copy("safetensors", "model.safetensors", 3, 6),)


def test_the_largest_copy_comes_first() -> None:
    found = copies(entries(**{"a.safetensors": 1, "fp32/a.safetensors": 4, "b.gguf": 2}))

    assert [one.name for one in found] == ["fp32/a.safetensors", "b.gguf", "a.safetensors"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("openvino_model.bin", "openvino"),
        ("openvino_model.xml", None),
        ("optimizer.pt", None),
        ("training_args.bin", None),
        ("rng_state_0.pth", "pytorch"),
        ("scaler.pt", None),
        ("events.out.tfevents.1.pb", None),
        ("README.md", None),
        ("MODEL.SAFETENSORS", "safetensors"),
    ],
)
def test_a_format_is_told_by_the_name(path: str, expected: str | None) -> None:
    assert format_of(RelPath(path)) == expected
