import io
import pickle
import tarfile

import pytest

from provenance.weights.heads import HEAD, Head, head_of

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
