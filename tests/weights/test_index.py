import json

import pytest

from provenance.errors import Code, WeightsError
from provenance.values.path import RelPath
from provenance.values.weights import ShardIndex
from provenance.weights.index import parse

PATH = RelPath("model.safetensors.index.json")


def code_of(data: bytes, path: RelPath = PATH) -> Code:
    with pytest.raises(WeightsError) as caught:
        parse(data, path)
    return caught.value.code


def index(weight_map: object, **metadata: object) -> bytes:
    return json.dumps({"metadata": metadata, "weight_map": weight_map}).encode()


def test_an_index_says_which_file_holds_which_tensor() -> None:
    found = parse(index({"b": "2.safetensors", "a": "1.safetensors"}, total_size=32), PATH)

    assert found == ShardIndex(PATH, (("a", "1.safetensors"), ("b", "2.safetensors")), 32)


def test_an_index_may_be_silent_about_sizes() -> None:
    assert parse(b'{"weight_map":{"a":"1.safetensors"}}', PATH).total_size is None


def test_files_are_named_from_the_folder_of_the_index() -> None:
    found = parse(index({"a": "x/1.safetensors"}), RelPath("unet/i.safetensors.index.json"))

    assert found.weight_map == (("a", "unet/x/1.safetensors"),)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"weight_map":{"a":"x","a":"y"}}'])
def test_an_index_that_is_not_strict_json_is_refused(data: bytes) -> None:
    assert code_of(data) is Code.IX_JSON


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"{}",
        index([]),
        index({}),
        index({"a": 1}),
        index({"a": None}),
        index({"a": ["1.safetensors"]}),
        index({"a": "1.safetensors"}, total_size=-1),
        index({"a": "1.safetensors"}, total_size=1.5),
        index({"a": "1.safetensors"}, total_size=True),
        index({"a": "1.safetensors"}, total_size="1"),
        b'{"metadata":[],"weight_map":{"a":"1.safetensors"}}',
    ],
)
def test_an_index_of_another_shape_is_refused(data: bytes) -> None:
    assert code_of(data) is Code.IX_SHAPE


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../outside/evil.safetensors",
        "/etc/evil.safetensors",
        "a/../b.safetensors",
        "./a.safetensors",
        "a//b.safetensors",
        "pytorch_model.bin",
        "safetensors",
        ".safetensors",
        "a.safetensors/",
        "..\\evil.safetensors",
        "C:evil.safetensors",
        "a\n.safetensors",
    ],
)
@pytest.mark.parametrize("folder", ["", "sub/"])
def test_an_index_that_leads_anywhere_but_to_shards_is_refused(name: str, folder: str) -> None:
    assert code_of(index({"a": name}), RelPath(f"{folder}i.json")) is Code.IX_PATH


def test_a_hostile_name_never_reaches_the_message_raw() -> None:
    with pytest.raises(WeightsError) as caught:
        parse(index({"a": "\x1b[2K.bin"}), PATH)

    assert "\x1b" not in str(caught.value)
