import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.text.strict_json import JsonValue
from provenance.values.digest import Algorithm, Digest
from provenance.values.digest_list import DigestList, Row, Share, Trouble
from provenance.values.inventory import How
from provenance.values.tensor_digest import TensorDigest
from provenance.values.weights import DType
from provenance.wire.digests_json import encode_digests, parse_digests

SHA, TREE = Algorithm.SHA256, Algorithm.TREE_SHA256
LIST = DigestList(
    (SHA, TREE),
    (Row("a", 3, How.READ, (b"\x01" * 32, b"\x02" * 32)),),
    (Trouble("b", Code.FS_IO, "cannot be read"),),
    Share(1, 2, Digest.sha256("0" * 64)),
)


@st.composite
def lists(draw: st.DrawFn) -> DigestList:
    algorithms = tuple(draw(st.lists(st.sampled_from(Algorithm), min_size=1, unique=True)))
    texts = st.text(st.characters(codec="utf-8"))
    rows = tuple(
        Row(
            path,
            draw(st.integers(0, 2**53 - 1)),
            draw(st.sampled_from(How)),
            tuple(draw(st.binary(min_size=it.size, max_size=it.size)) for it in algorithms),
        )
        for path in sorted(draw(st.sets(texts, max_size=4)))
    )
    troubles = st.builds(Trouble, texts, st.sampled_from(Code), texts)
    tensors = st.builds(
        TensorDigest,
        texts,
        st.sampled_from(DType),
        st.lists(st.integers(0, 2**53 - 1), max_size=3).map(tuple),
        st.just(Digest.sha256("cd" * 32)),
    )
    asked = draw(st.none() | st.lists(tensors, max_size=2).map(tuple))
    root = None if asked is None else draw(st.none() | st.just(Digest.sha256("ef" * 32)))
    share = st.none() | st.just(Share(2, 3, Digest.sha256("ab" * 32)))
    told = tuple(draw(st.lists(troubles, max_size=2)))
    return DigestList(algorithms, rows, told, draw(share), tensors=asked, tensor_root=root)


@given(lists())
def test_a_list_comes_back(found: DigestList) -> None:
    assert parse_digests(json.dumps(encode_digests(found)).encode()) == found


@pytest.mark.parametrize(
    "change",
    [
        {"version": "provenance digests v2"},
        {"algorithms": []},
        {"algorithms": ["sha256", "sha256"]},
        {"algorithms": ["sha256", "md5"]},
        {"algorithms": ["sha256"]},
        {"clean": True},
        {"troubles": []},
        {"files": [{"path": "a"}]},
        {"part": {"number": 3, "count": 2, "listing": "0" * 64}},
        {"part": {"number": 1, "count": 2, "listing": "0"}},
        {"part": None},
        {"extra": 1},
    ],
    ids=str,
)
def test_what_is_no_list_is_refused(change: dict[str, JsonValue]) -> None:
    with pytest.raises(TextError) as caught:
        parse_digests(json.dumps({**encode_digests(LIST), **change}).encode())

    assert caught.value.code is Code.DIGESTS_SHAPE


@pytest.mark.parametrize(
    "change",
    [
        {"path": 1},
        {"size": -1},
        {"how": "dreamt"},
        {"digests": {"sha256": "01" * 32}},
        {"digests": {"sha256": "01" * 32, "tree-sha256": "02" * 31}},
        {"digests": {"sha256": "01" * 32, "tree-sha256": "AB" * 32}},
        {"extra": 1},
    ],
    ids=str,
)
def test_a_file_that_cannot_be_is_refused(change: dict[str, JsonValue]) -> None:
    content = encode_digests(LIST)
    files = content["files"]
    assert isinstance(files, list)
    assert isinstance(files[0], dict)
    files[0].update(change)

    with pytest.raises(TextError) as caught:
        parse_digests(json.dumps(content).encode())

    assert caught.value.code is Code.DIGESTS_SHAPE


def test_files_out_of_order_are_refused() -> None:
    content = encode_digests(
        DigestList((SHA,), tuple(Row(p, 0, How.READ, (bytes(32),)) for p in "ab"))
    )
    files = content["files"]
    assert isinstance(files, list)
    files.reverse()

    with pytest.raises(TextError) as caught:
        parse_digests(json.dumps(content).encode())

    assert caught.value.code is Code.DIGESTS_SHAPE


@pytest.mark.parametrize(
    "change",
    [
        {"dtype": "F128"},
        {"dtype": 1},
        {"shape": [-1]},
        {"shape": [True]},
        {"shape": "2"},
        {"sha256": "ab"},
        {"extra": 1},
    ],
    ids=str,
)
def test_a_tensor_that_cannot_be_is_refused(change: dict[str, JsonValue]) -> None:
    tensor: dict[str, JsonValue] = {"dtype": "U8", "name": "a", "sha256": "0" * 64, "shape": [2]}
    content = {**encode_digests(LIST), "tensors": [{**tensor, **change}], "tensor_root": None}

    with pytest.raises(TextError) as caught:
        parse_digests(json.dumps(content).encode())

    assert caught.value.code is Code.DIGESTS_SHAPE


def test_a_root_without_tensors_is_refused() -> None:
    content = {**encode_digests(LIST), "tensor_root": "0" * 64}

    with pytest.raises(TextError):
        parse_digests(json.dumps(content).encode())
