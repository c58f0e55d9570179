import pytest

from provenance.errors import Code
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.path import RelPath
from provenance.values.weight_names import WEIGHT_SUFFIXES
from provenance.weights.table import (
    ENDINGS,
    FORMATS,
    PICKLES,
    SHARED,
    WeightPaths,
    is_pickle_by_name,
    weight_paths,
    weights_in,
)


def paths_of(*names: str) -> WeightPaths:
    return weight_paths(Inventory(tuple(FileEntry(RelPath(name), 1) for name in names)))


def test_weights_and_indexes_are_known_by_their_names() -> None:
    found = paths_of(
        "README.md",
        "model.safetensors.index.json",
        "b.safetensors",
        "a/UPPER.SAFETENSORS",
        "model.safetensors.md",
        "index.json",
    )

    assert [path.text for path in found.read] == ["a/UPPER.SAFETENSORS", "b.safetensors"]
    assert [path.text for path in found.indexes] == ["model.safetensors.index.json"]
    assert found.pickles == ()
    assert found.hazards == ()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("pytorch_model.bin", True),
        ("a/pytorch_model-00001-of-00002.BIN", True),
        ("training_args.bin", True),
        ("flan_t5_adapter_model.bin", True),
        ("openvino_model.bin", False),
        ("vocab/lookups.bin", False),
        ("model.bin", False),
        ("a.bin/b.pt", True),
        ("a.pt/b.txt", False),
    ],
)
def test_of_an_ending_that_formats_share_only_names_of_one_of_them_tell(
    name: str, told: bool
) -> None:
    assert is_pickle_by_name(name) is told
    assert [one.path for one in paths_of(name).hazards] == [name] * told


@pytest.mark.parametrize("ending", sorted(PICKLES - {SHARED}))
def test_a_file_that_can_run_code_when_loaded_is_a_hazard(ending: str) -> None:
    found = paths_of(f"x{ending}", f"y{ending.upper()}", f"{ending}", f"z{ending}.txt")

    assert [path.text for path in found.pickles] == [f"x{ending}", f"y{ending.upper()}"]
    assert [(one.code, one.path) for one in found.hazards] == [
        (Code.PICKLE, f"x{ending}"),
        (Code.PICKLE, f"y{ending.upper()}"),
    ]
    assert found.read == ()


def test_an_ending_is_that_of_one_format() -> None:
    endings = [end for one in FORMATS for end in one.kind.endings]

    assert len(set(endings)) == len(endings)
    assert set(endings) == ENDINGS
    assert all(end == end.lower() and end.startswith(".") for end in endings)
    assert len({one.kind.name for one in FORMATS}) == len(FORMATS)


def test_whatever_statements_are_about_is_weights() -> None:
    assert WEIGHT_SUFFIXES < ENDINGS


FORMS = (
    ("model.safetensors", "safetensors"),
    ("model-q4.gguf", "gguf"),
    ("mixtral-00001-of-00003.gguf", "gguf"),
    ("mixtral.gguf-split-a", "pieces of a file"),
    ("mixtral.gguf.part1of2", "pieces of a file"),
    ("pytorch_model.bin.gz", "pieces of a file"),
    ("ggml-base.en.bin", "ggml"),
    ("model.llamafile", "gguf"),
    ("onnx/model.onnx", "onnx"),
    ("onnx/model.onnx_data", "onnx"),
    ("onnx/model.onnx_data_1", "onnx"),
    ("onnx/model.onnx.data", "onnx"),
    ("tf_model.h5", "tensorflow"),
    ("model.weights.h5", "tensorflow"),
    ("a.hdf5", "tensorflow"),
    ("saved_model.pb", "tensorflow"),
    ("variables/variables.data-00000-of-00001", "tensorflow"),
    ("1/variables/variables.index", "tensorflow"),
    ("model.ckpt-1000.data-00000-of-00001", "tensorflow"),
    ("model.ckpt.index", "tensorflow"),
    ("model.keras", "keras"),
    ("flax_model.msgpack", "flax"),
    ("checkpoint_1000000", "flax"),
    ("params/manifest.ocdbt", "orbax"),
    ("0/d/0123456789abcdef0123456789abcdef", "orbax"),
    ("0/ocdbt.process_0/d/ff", "orbax"),
    ("target.decoder/.zarray", "orbax"),
    ("model.tflite", "tflite"),
    ("gemma.task", "tflite"),
    ("openvino_model.bin", "openvino"),
    ("model.ncnn.param", "ncnn"),
    ("Model.mlmodel", "coreml"),
    ("a/M.mlpackage/Data/com.apple.CoreML/weights/weight.bin", "coreml"),
    ("M.mlmodelc/coremldata.bin", "coreml"),
    ("rust_model.ot", "rust"),
    ("model_state.pdparams", "paddle"),
    ("inference.pdiparams", "paddle"),
    ("arrays.npz", "numpy"),
    ("rank0.engine", "tensorrt"),
    ("model.plan", "tensorrt"),
    ("asr.nemo", "nemo"),
    ("llama.pte", "executorch"),
    ("resnet-0000.params", "mxnet"),
    ("bert.mar", "torchserve"),
    ("original/consolidated.00.pth", "pytorch"),
    ("__0_0.distcp", "pytorch"),
    ("yolo.weights", "darknet"),
    ("m.dduf", "diffusers"),
    ("ner/model", "a file without an ending"),
)


@pytest.mark.parametrize(("path", "expected"), FORMS)
def test_each_common_form_of_weights_is_known(path: str, expected: str) -> None:
    found = weights_in(RelPath(path))

    assert found is not None
    assert found.name == expected
    files = paths_of(path)
    assert len({*files.read, *files.pickles, *files.others}) == 1


@pytest.mark.parametrize(
    "path",
    [
        *("README.md", "config.json", "model.safetensors.index.json", "model.py", "models.txt"),
        *(
            "tokenizer.model",
            "spiece.model",
            "events.out.tfevents.1.pb",
            "model/README",
            "data.csv",
        ),
        *("modeling.bin.md", "checkpoint_1/notes.txt", "openvino_model.xml", "a.parquet"),
    ],
)
def test_what_is_beside_weights_is_none(path: str) -> None:
    assert weights_in(RelPath(path)) is None
    assert paths_of(path).others == ()


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("model.safetensors.index.json", True),
        ("unet/diffusion_pytorch_model.fp16.safetensors.index.json", True),
        ("model.safetensors.index.fp16.json", True),
        ("pytorch_model.bin.index.json", False),
        ("model.safetensors.index.json.bak", False),
    ],
)
def test_an_index_of_a_variant_is_an_index(name: str, *, known: bool) -> None:
    assert bool(paths_of(name).indexes) is known
