import json
import struct
from typing import TypedDict

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, WeightsError
from provenance.values.hazard import Hazard
from provenance.values.look import Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.weights import DType, Header, Tensor
from provenance.weights.safetensors import (
    LONGEST_HEADER,
    LONGEST_READ,
    MOST_TENSORS,
    PREFIX,
    header_length,
    parse,
    too_large,
)

PATH = RelPath("model.safetensors")


class Described(TypedDict):
    dtype: str
    shape: list[int]
    data_offsets: list[int]


def tensor(start: int, end: int, shape: tuple[int, ...] = (2, 2), dtype: str = "F32") -> Described:
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [start, end]}


def raw(header: object) -> bytes:
    return header if isinstance(header, bytes) else json.dumps(header).encode()


def parsed(header: object, data_size: int = 16) -> tuple[Header, tuple[Hazard, ...]]:
    data = raw(header)
    look, hazards = parse(data, PREFIX + len(data) + data_size, PATH)
    assert isinstance(look, Seen)
    return look.value, hazards


def code_of(header: object, data_size: int = 16) -> Code:
    data = raw(header)
    with pytest.raises(WeightsError) as caught:
        parse(data, PREFIX + len(data) + data_size, PATH)
    assert "\x1b" not in str(caught.value)
    return caught.value.code


def codes(header: object, data_size: int = 16) -> list[Code]:
    return [hazard.code for hazard in parsed(header, data_size)[1]]


def test_the_length_stands_in_the_first_eight_bytes() -> None:
    assert header_length(struct.pack("<Q", 2), 10, PATH) == 2
    assert header_length(struct.pack("<Q", 300) + b"{", 1000, PATH) == 300


@pytest.mark.parametrize("start", [b"", b"\x02\0\0\0\0\0\0"])
def test_a_file_too_short_for_a_length_is_refused(start: bytes) -> None:
    with pytest.raises(WeightsError) as caught:
        header_length(start, len(start), PATH)

    assert caught.value.code is Code.ST_TOO_SHORT


@pytest.mark.parametrize(
    ("length", "file_size"),
    [
        (2**64 - 1, 10),
        (2**63, 10),
        (10**9, 10**10),
        (LONGEST_HEADER + 1, 10**10),
        (3, 10),
        (0, 10),
        (1, 10),
        (struct.unpack("<Q", b"cos\nsyst")[0], 10**6),
    ],
)
def test_a_length_that_there_is_no_room_for_is_refused(length: int, file_size: int) -> None:
    with pytest.raises(WeightsError) as caught:
        header_length(struct.pack("<Q", length), file_size, PATH)

    assert caught.value.code is Code.ST_HEADER_LEN


@pytest.mark.parametrize("length", [LONGEST_READ + 1, LONGEST_HEADER])
def test_a_length_that_is_allowed_and_more_than_we_read_is_unseen(length: int) -> None:
    unseen = header_length(struct.pack("<Q", length), 10**10, PATH)

    assert isinstance(unseen, Unseen)
    assert unseen.code is Code.RESOURCE
    assert too_large(PATH, unseen) == Hazard(Code.RESOURCE, PATH.text, unseen.reason)
    assert header_length(struct.pack("<Q", LONGEST_READ), 10**10, PATH) == LONGEST_READ


def test_tensors_come_in_order_of_their_place() -> None:
    found, hazards = parsed(
        {"b": tensor(0, 16), "a": tensor(16, 32), "__metadata__": {"z": "1", "format": "pt"}}, 32
    )

    assert found == Header(
        (Tensor("b", DType.F32, (2, 2), 0, 16), Tensor("a", DType.F32, (2, 2), 16, 32)),
        (("format", "pt"), ("z", "1")),
    )
    assert hazards == ()


@pytest.mark.parametrize(
    ("header", "data_size"),
    [
        ({}, 0),
        ({"__metadata__": {"format": "pt"}}, 0),
        ({"a": tensor(0, 4, ())}, 4),
        ({"a": tensor(0, 16), "z": tensor(16, 16, (0, 5))}, 16),
        ({"z": tensor(0, 0, (0,)), "a": tensor(0, 16)}, 16),
        (raw({"a": tensor(0, 16)}).ljust(96), 16),
        ({"a": tensor(0, 1, (2,), "F4")}, 1),
        ({"a": tensor(0, 3, (4,), "F6_E2M3")}, 3),
        ({"model.layers.0/x": tensor(0, 16)}, 16),
        ({"__metadata__": {"note": "two\nlines\tand a tab"}}, 0),
    ],
)
def test_an_honest_header_is_read_without_a_hazard(header: object, data_size: int) -> None:
    assert parsed(header, data_size)[1] == ()


@pytest.mark.parametrize("dtype", list(DType))
def test_every_element_type_of_the_format_is_known(dtype: DType) -> None:
    found, _ = parsed({"a": tensor(0, dtype.bits, (8,), dtype.label)}, dtype.bits)

    assert found.tensors[0].dtype is dtype


BROKEN: list[tuple[object, Code]] = [
    (b'{"\xff\xfe":{}}', Code.ST_HEADER_ENCODING),
    (b"\xef\xbb\xbf{}", Code.ST_HEADER_ENCODING),
    ('{"a":1}'.encode("utf-16"), Code.ST_HEADER_ENCODING),
    (b"{nope}", Code.ST_HEADER_JSON),
    (b"[]", Code.ST_HEADER_JSON),
    (b"null", Code.ST_HEADER_JSON),
    (b' {"a":1}', Code.ST_HEADER_JSON),
    (b"{}\n", Code.ST_HEADER_JSON),
    (b"{} {}", Code.ST_HEADER_JSON),
    (b'{"a":1}', Code.ST_HEADER_JSON),
    (b'{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16],"x":1}}', Code.ST_HEADER_JSON),
    (b'{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16],"x":NaN}}', Code.ST_HEADER_JSON),
    (b'{"a":{"dtype":"F32","shape":[2,2]}}', Code.ST_HEADER_JSON),
    (raw({"a": tensor(0, 16)}).ljust(96, b"\0"), Code.ST_HEADER_JSON),
    (b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}", Code.ST_HEADER_JSON),
    (
        b'{"a":{"dtype":"F32","shape":[' + b"9" * 2_000_000 + b'],"data_offsets":[0,16]}}',
        Code.ST_HEADER_JSON,
    ),
    (b'{"a":{},"a":{}}', Code.ST_DUP_KEY),
    (b'{"__metadata__":{},"__metadata__":{}}', Code.ST_DUP_KEY),
    (
        b'{"a":{"dtype":"F32","dtype":"I32","shape":[2,2],"data_offsets":[0,16]}}',
        Code.ST_DUP_KEY,
    ),
    ({"__metadata__": []}, Code.ST_METADATA),
    ({"__metadata__": None}, Code.ST_METADATA),
    ({"__metadata__": {"\x1b": {"b": 1}}}, Code.ST_METADATA),
    ({"__metadata__": {"a": 1}}, Code.ST_METADATA),
    ({"a": tensor(0, 16, (16,), "Q7")}, Code.ST_DTYPE),
    ({"\x1b": tensor(0, 16, (16,), "")}, Code.ST_DTYPE),
    ({"a": {"dtype": 7, "shape": [], "data_offsets": [0, 16]}}, Code.ST_DTYPE),
    ({"a": {"dtype": ["F32"], "shape": [], "data_offsets": [0, 16]}}, Code.ST_DTYPE),
    ({"a": tensor(-16, 0)}, Code.ST_OFFSET),
    ({"a": tensor(16, 0)}, Code.ST_OFFSET),
    ({"a": tensor(0, 17)}, Code.ST_OFFSET),
    ({"a": tensor(0, 2**64)}, Code.ST_OFFSET),
    ({"a": {**tensor(0, 16), "data_offsets": [0.0, 16.0]}}, Code.ST_OFFSET),
    ({"a": {**tensor(0, 16), "data_offsets": [0, 16, 16]}}, Code.ST_OFFSET),
    ({"a": {**tensor(0, 16), "data_offsets": [False, 16]}}, Code.ST_OFFSET),
    ({"a": {**tensor(0, 16), "data_offsets": "0-16"}}, Code.ST_OFFSET),
    ({"a": tensor(0, 16, (2**32, 2**32, 4))}, Code.ST_SHAPE),
    ({"a": tensor(0, 16, (-2, -2))}, Code.ST_SHAPE),
    ({"a": tensor(0, 16, (3,))}, Code.ST_SHAPE),
    ({"a": {**tensor(0, 16), "shape": 4}}, Code.ST_SHAPE),
    ({"a": {**tensor(0, 16), "shape": [2.0, 2]}}, Code.ST_SHAPE),
    ({"a": tensor(0, 1, (3,), "F4")}, Code.ST_SHAPE),
    ({"a": tensor(0, 16), "b": tensor(0, 16)}, Code.ST_OVERLAP),
    ({"a": tensor(0, 8, (2,)), "b": tensor(4, 16, (3,))}, Code.ST_OVERLAP),
    ({"a": tensor(0, 16), "z": tensor(8, 8, (0,))}, Code.ST_OVERLAP),
    ({"a": tensor(0, 4, ()), "b": tensor(8, 16, (2,))}, Code.ST_HOLE),
    ({"a": tensor(8, 16, (2,))}, Code.ST_HOLE),
    ({"a": tensor(0, 8, (2,))}, Code.ST_TRAILING),
    ({}, Code.ST_TRAILING),
]


@pytest.mark.parametrize(("header", "code"), BROKEN)
def test_a_header_that_breaks_a_rule_is_refused(header: object, code: Code) -> None:
    assert code_of(header) is code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../../etc/passwd", Code.NAME),
        ("/etc/passwd", Code.NAME),
        ("a\\..\\b", Code.NAME),
        ("C:\\x", Code.NAME),
        ("..", Code.NAME),
        ("a\x1b[2K", Code.CTRL_CHARS),
        ("a\nb", Code.CTRL_CHARS),
        ("a\u2028b", Code.CTRL_CHARS),
        ("a\u202eb", Code.BIDI),
    ],
)
def test_a_name_that_deceives_is_a_hazard(name: str, code: Code) -> None:
    assert codes({name: tensor(0, 16)}) == [code]
    assert codes({"__metadata__": {name: ""}}, 0) == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [("mit\x1b[2K\x1b[1A\x1b]0;owned\x07", Code.CTRL_CHARS), ("tim\u202emit", Code.BIDI)],
)
def test_metadata_that_deceives_is_a_hazard(text: str, code: Code) -> None:
    assert codes({"__metadata__": {"license": text}}, 0) == [code]


@pytest.mark.parametrize("shape", [(0, 2**62), (2**40, 0, 2**20), (2**49, 0)])
def test_an_empty_tensor_whose_shape_lies_is_a_hazard(shape: tuple[int, ...]) -> None:
    assert codes({"a": tensor(0, 0, shape)}, 0) == [Code.ST_SHAPE]


def test_a_hazard_of_many_tensors_is_told_once_and_never_raw() -> None:
    header = {f"\x1b{number}": tensor(0, 0, (0,)) for number in range(1000)}

    ((hazard,)) = parsed(header, 0)[1]

    assert hazard.path == PATH.text
    assert hazard.detail == "'\\x1b0' holds control characters (and 999 more)"


@pytest.mark.parametrize("key", ["data_offsets", "data\\u005foffsets"])
def test_more_tensors_than_we_read_are_unseen(key: str) -> None:
    one = f'{{"dtype":"F32","shape":[0],"{key}":[0,0]}}'
    tensors = ",".join(f'"{number}":{one}' for number in range(MOST_TENSORS + 2))
    header = f"{{{tensors}}}".encode()

    look, hazards = parse(header, PREFIX + len(header), PATH)

    assert isinstance(look, Unseen)
    assert look.code is Code.RESOURCE
    assert hazards == (too_large(PATH, look),)


def test_a_header_beyond_the_budget_of_the_reader_is_unseen() -> None:
    header = raw({"__metadata__": {"a": "," * 5_000_000}})

    look, hazards = parse(header, PREFIX + len(header), PATH)

    assert isinstance(look, Unseen)
    assert [hazard.code for hazard in hazards] == [Code.RESOURCE]


def test_as_many_tensors_as_we_read_are_read() -> None:
    header = {str(number): tensor(0, 0, (0,)) for number in range(MOST_TENSORS - 1)}

    assert len(parsed(header | {"__metadata__": {}}, 0)[0].tensors) == MOST_TENSORS - 1


@given(
    shapes=st.dictionaries(
        st.text(st.characters(categories=("L", "N")), min_size=1).filter("__metadata__".__ne__),
        st.lists(st.integers(0, 4), max_size=4).map(tuple),
        max_size=6,
    ),
    dtype=st.sampled_from(["float32", "float16", "int64", "uint8", "bool"]),
)
def test_what_the_reference_library_writes_is_read_back(
    shapes: dict[str, tuple[int, ...]], dtype: str
) -> None:
    arrays = {name: np.zeros(shape, dtype) for name, shape in shapes.items()}
    file = safetensors.numpy.save(arrays, metadata={"format": "np"})

    length = header_length(file[:PREFIX], len(file), PATH)
    assert isinstance(length, int)
    look, hazards = parse(file[PREFIX : PREFIX + length], len(file), PATH)

    assert hazards == ()
    assert isinstance(look, Seen)
    assert {one.name: one.shape for one in look.value.tensors} == shapes
    assert look.value.metadata == (("format", "np"),)


@given(data=st.binary(max_size=200), size=st.integers(0, 300))
def test_any_bytes_end_in_a_header_or_a_typed_error(data: bytes, size: int) -> None:
    outcome: Code | type[object]
    try:
        outcome = type(parse(data, PREFIX + len(data) + size, PATH)[0])
    except WeightsError as error:
        outcome = error.code

    assert outcome is Seen or str(outcome).startswith("ST_")
