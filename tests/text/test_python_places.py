import ast

import pytest

from provenance.text.python_places import PythonPlaces
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from tests.building import TOY

WHOLE = Where(TOY, Digest.sha256("0" * 64))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_node_stands_at_its_bytes(mark: bytes, end: bytes) -> None:
    data = mark + "a = 'é'".encode() + end + b"b = f(1,\n  2)" + end
    module = ast.parse(data)

    found = [PythonPlaces.of(data).where(one, WHOLE) for one in module.body]

    assert [data[one.start : one.end] for one in found] == ["a = 'é'".encode(), b"b = f(1,\n  2)"]


def test_a_node_without_a_place_stands_for_the_file() -> None:
    assert PythonPlaces.of(b"a").where(ast.parse("a"), WHOLE) == WHOLE
