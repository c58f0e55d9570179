import json
from pathlib import Path

import pytest

from provenance.errors import Code
from provenance.flows.auditing.own_config import ConfigRead, read_own_config
from provenance.values.look import Missing, Seen, Unseen
from tests.flows.auditing.test_small_file import POINTER
from tests.flows.own import desk_of

CONFIG = b'{"architectures": ["Toy"], "hidden_size": 8, "num_hidden_layers": 2}'
UNET = b'{"_class_name": "UNet", "in_channels": 4, "sample_size": 8}'
INDEX = json.dumps(
    {"_class_name": "Pipe", "unet": ["diffusers", "UNet"], "scheduler": ["diffusers", "XScheduler"]}
).encode()
PARAMS = b'{"dim": 8, "n_layers": 2, "n_heads": 2, "vocab_size": -1}'


def read(
    folder: Path, files: dict[str, bytes], *, made_from: bool = False, complete: bool = True
) -> ConfigRead:
    inventory, desk = desk_of(folder, files, complete=complete)
    return read_own_config(inventory, desk, made_from=made_from)


@pytest.mark.parametrize(
    ("files", "path", "name"),
    [
        ({"config.json": CONFIG}, "config.json", "Toy"),
        ({"params.json": PARAMS}, "params.json", None),
        ({"model_index.json": INDEX, "unet/config.json": UNET}, "model_index.json", "Pipe"),
        (
            {"modules.json": b"[]", "0_Transformer/config.json": CONFIG, "1_P/config.json": b"{}"},
            "0_Transformer/config.json",
            "Toy",
        ),
        ({"original/params.json": PARAMS}, "original/params.json", None),
    ],
    ids=["usual", "params", "pipeline", "modules", "original"],
)
def test_a_configuration_is_read_in_the_form_that_it_has(
    tmp_path: Path, files: dict[str, bytes], path: str, name: str | None
) -> None:
    look = read(tmp_path, files).look

    assert isinstance(look, Seen)
    assert look.value.path == path
    assert look.value.architectures[:1] == ((name,) if name else ())
    assert len(look.value.settings) > 1


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"config.json": POINTER}, Code.GIT_LFS),
        ({"config.json": b" " * (4 * 2**20 + 1)}, Code.RESOURCE),
        ({"config.json": b"{"}, Code.JSON_SYNTAX),
        ({"model_index.json": INDEX}, Code.NOT_COVERED),
        ({"model_index.json": INDEX, "unet/config.json": b"{"}, Code.JSON_SYNTAX),
        ({"model_index.json": POINTER, "unet/config.json": UNET}, Code.GIT_LFS),
        ({"model_index.json": b"{", "unet/config.json": UNET}, Code.JSON_SYNTAX),
        ({"0_T/config.json": CONFIG, "1_P/config.json": b"["}, Code.JSON_SYNTAX),
        ({"adapter_config.json": b"{}"}, Code.NOT_COVERED),
        ({"model.gguf": b"GGUF"}, Code.NOT_COVERED),
        ({"config.yaml": b"a: 1"}, Code.NOT_COVERED),
        ({"model.py": b"class A: ..."}, Code.NOT_COVERED),
    ],
)
def test_what_was_not_read_leaves_the_architecture_unknown(
    tmp_path: Path, files: dict[str, bytes], code: Code
) -> None:
    look = read(tmp_path, files).look

    assert isinstance(look, Unseen)
    assert look.code is code


def test_only_where_nothing_could_describe_it_it_is_missing(tmp_path: Path) -> None:
    files = {"README.md": b"# M", "model.safetensors": b"x", "tokenizer.json": b"{}"}

    assert isinstance(read(tmp_path, files).look, Missing)
    assert isinstance(read(tmp_path, files, made_from=True).look, Unseen)
    assert isinstance(read(tmp_path, files, complete=False).look, Unseen)


@pytest.mark.parametrize("other", ["model.gguf", "model.py", "model.onnx"])
def test_an_empty_configuration_denies_nothing_that_another_file_may_describe(
    tmp_path: Path, other: str
) -> None:
    files = {"config.json": b"{}", "model.safetensors": b"x", "tokenizer.json": b"{}"}

    alone, beside = read(tmp_path / "a", files), read(tmp_path / "b", {**files, other: b"x"})

    assert isinstance(alone.look, Seen)
    assert isinstance(beside.look, Unseen)
    assert other in beside.look.reason


def test_of_two_configurations_the_usual_one_counts_and_what_differs_is_told(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, {"config.json": CONFIG, "params.json": PARAMS.replace(b"2,", b"3,", 1)})

    assert isinstance(found.look, Seen)
    assert found.look.value.path == "config.json"
    assert [(one.code, one.path) for one in found.hazards] == [
        (Code.CONFIG_CONFLICT, "params.json")
    ]
    assert "num_hidden_layers is 3, and 2" in found.hazards[0].detail


def test_two_configurations_that_agree_are_nothing_to_tell(tmp_path: Path) -> None:
    files = {"config.json": CONFIG, "original/params.json": PARAMS}

    assert read(tmp_path, files).hazards == ()


def test_very_many_folders_are_looked_at_in_part(tmp_path: Path) -> None:
    found = read(tmp_path, {f"{n:03}/config.json": b"[]" for n in range(40)})

    assert isinstance(found.look, Unseen)
    assert len(found.hazards) == 32
