import io
import pickle
import tarfile
from collections import OrderedDict

import pytest

from provenance.weights.heads import HEAD, Head, cannot_be_pickle, head_of

VALUES: tuple[object, ...] = (
    {},
    {"a": 1},
    [1.0],
    (1, 2),
    "a text",
    7,
    None,
    pytest.approx,
    {1, 2},
    b"bytes",
    2**70,
)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_what_pickle_writes_begins_as_a_pickle(value: object, protocol: int) -> None:
    assert head_of(pickle.dumps(value, protocol)[:HEAD]) is Head.PICKLE


@pytest.mark.parametrize("protocol", [0, 1])
@pytest.mark.parametrize("value", [{"a": 1}, [1], pytest.approx(1)], ids=["map", "list", "call"])
def test_so_does_what_it_wrote_as_text(value: object, protocol: int) -> None:
    found = head_of(pickle.dumps(value, protocol)[:HEAD])

    assert found is Head.PICKLE or protocol == 1


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"cos\nsin\ntan\n",
        b"click\nflask\n",
        b"cat\ndog\n(a)\n",
        b"(dp",
        b"Git v2.31.7 Release Notes\n=====\n",
        b"The cat\nsat.\n",
        b"Vocabulary\nof words\n",
        b"x^ and x squared",
        b"GGUF\x03\0\0\0",
        b"\x80\0\0\0\0\0\0\0{",
        b"\x93NUMPY\x01\0v\0{'descr': '<f4', 'fortran_order': False}",
        b"\x00" * HEAD,
    ],
)
def test_other_files_begin_as_nothing_that_is_known(start: bytes) -> None:
    assert head_of(start) is (Head.PICKLE if start.startswith(b"cat\ndog\n(") else None)


def test_an_array_of_objects_and_a_call_are_pickles() -> None:
    array = b"\x93NUMPY\x01\0v\0{'descr': '|O', 'fortran_order': False}"

    assert head_of(array) is head_of(b"cos\nsystem\n(S'id'\ntR.") is Head.PICKLE


def test_a_tar_is_known_by_its_mark() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"))

    assert head_of(out.getvalue()[:HEAD]) is Head.TAR


@pytest.mark.parametrize(
    ("start", "size"),
    [
        (b"", 0),
        (b"\0" * 512, 4096),
        (b"\x80", 1),
        (b"\x81\xa5table", 99),
        (b"\x82\xa3one", 99),
        (b"(1(0", 4),
        (b"t", 99),
        (b"I\xff\n.", 99),
        (b"c\xff\nx\n.", 99),
        (b"c\xff\xff" + b"a" * 600, 9999),
        (b"X\1\0\0\0\xff.", 99),
        (b"X\xff\xff\xff\xff", 99),
        (b"X\xff\0\0\0abc", 7),
        (b"T\xff\xff\xff\xff", 99),
        (b"((0N\xff", 99),
    ],
)
def test_bytes_at_which_every_reader_fails_are_no_pickle(start: bytes, size: int) -> None:
    assert cannot_be_pickle(start, size)


@pytest.mark.parametrize(
    "start",
    [
        b"N." + b"x" * 99,
        b"N0" * 256,
        b"(1(0",
        b"cos\nsystem\n(tR.",
        b"c\xc3\xa9\nx\n",
        b"Paddress\n.",
        b"(S'id'\nios\nsystem\n.",
        b"(1N0cos\nsystem\n",
        b"V" + b"a" * 511,
        b"I0x10\n0cos\nsystem\n",
        b"X\xff\0\0\0abc",
        b"S'\xff'\n0cos\n",
    ],
)
def test_bytes_that_may_go_on_as_a_pickle_clear_no_file(start: bytes) -> None:
    assert not cannot_be_pickle(start, 9999)


@pytest.mark.parametrize("version", range(6))
@pytest.mark.parametrize("value", [{"a": [1.5, (2,)]}, OrderedDict(a={1}), "x" * 800, b"x" * 600])
def test_no_pickle_is_cleared(value: object, version: int) -> None:
    data = pickle.dumps(value, version)

    assert not cannot_be_pickle(data[:HEAD], len(data))


@pytest.mark.filterwarnings("error")
def test_an_odd_text_in_a_pickle_is_no_warning() -> None:
    assert head_of(b"S'\\u'\n.") is Head.PICKLE
    assert not cannot_be_pickle(b"S'\\u'\n.", 7)
