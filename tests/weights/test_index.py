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


@pytest.mark.parametrize(
    ("said", "size"),
    [(b"512", 512), (b"512.0", 512), (b"5.12e2", 512), (b"0", 0), (b"null", None)],
)
def test_a_whole_number_of_bytes_is_a_size_however_it_is_written(
    said: bytes, size: int | None
) -> None:
    data = b'{"metadata":{"total_size":%s},"weight_map":{"a":"1.safetensors"}}' % said

    found = parse(data, PATH)

    assert (found.total_size, found.odd) == (size, ())


@pytest.mark.parametrize(
    "said",
    [b"-1", b"1.5", b"true", b'"512"', b"[]", b"{}", b"NaN", b"1e999", b'"%s"' % (b"9" * 99)],
)
def test_a_size_that_is_no_number_of_bytes_is_odd_and_the_index_is_read(said: bytes) -> None:
    data = b'{"metadata":{"total_size":%s},"weight_map":{"a":"1.safetensors"}}' % said

    found = parse(data, PATH)

    assert (found.weight_map, found.total_size) == ((("a", "1.safetensors"),), None)
    assert Code.IX_TOTAL_SIZE in {one.code for one in found.odd}
    assert all(len(one.detail) < 120 for one in found.odd)


@pytest.mark.parametrize("metadata", [b"[]", b'"x"', b"7"])
def test_metadata_of_another_shape_is_odd_and_the_index_is_read(metadata: bytes) -> None:
    found = parse(b'{"metadata":%s,"weight_map":{"a":"1.safetensors"}}' % metadata, PATH)

    assert found.weight_map == (("a", "1.safetensors"),)


def test_what_loaders_read_is_read_and_told() -> None:
    data = b'\xef\xbb\xbf{"x":Infinity,"weight_map":{"a":"1.safetensors"}}'

    found = parse(data, PATH)

    assert [one.code for one in found.odd] == [Code.JSON_BOM, Code.JSON_NONFINITE]
