import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.json_places import second_key

VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"a": 1,\n"a": 2}', 2),
        ('[{"a": 1}, {"a": 1},\n{"b": ["b"],\n"b": 1}]', 3),
        ('{"a": "a",\n"b": "a", "\\u0061": 1}', 2),
        ('{"x\\"y": 1,\n\n"x\\"y": 1}', 3),
    ],
)
def test_the_second_of_two_equal_keys_is_found(text: str, line: int) -> None:
    place = second_key(text)

    assert place is not None
    assert text.count("\n", 0, place) + 1 == line


@given(VALUES)
def test_where_no_key_stands_twice_none_is_found(value: object) -> None:
    assert second_key(json.dumps(value)) is None
