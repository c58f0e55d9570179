from collections.abc import Callable
from enum import StrEnum

import pytest

from provenance.errors import Code, TextError
from provenance.text.shape import Reader


class Color(StrEnum):
    RED = "red"
    BLUE = "blue"


TREE = Reader.of(
    {
        "name": "n",
        "size": 3,
        "share": 0.5,
        "gone": None,
        "ok": True,
        "color": "red",
        "tags": ["a", "b"],
        "mixed": ["a", 1],
        "inner": {"x": 1},
        "list": [{"x": 1}, {"x": 2}, {"x": "3"}],
        "table": {"k": {"x": 1}},
    }
)


def test_each_key_is_read_as_what_it_is() -> None:
    assert TREE.text("name") == "n"
    assert TREE.integer("size", 3, 3) == 3
    assert (TREE.number("share"), TREE.number("size")) == (0.5, 3)
    assert TREE.boolean("ok") is True
    assert TREE.choice("color", Color) is Color.RED
    assert TREE.texts("tags") == ("a", "b")
    assert TREE.array("mixed") == ("a", 1)
    assert TREE.object("inner").integer("x") == 1
    assert [one.where for one in TREE.objects("list")] == ["list[0]", "list[1]", "list[2]"]
    assert [(key, one.where) for key, one in TREE.entries("table")] == [("k", "table.k")]
    assert TREE.value("gone") is None


def test_optional_keys_may_be_missing_and_only_that() -> None:
    assert TREE.optional_text("no") is None
    assert TREE.optional_integer("no") is None
    assert TREE.optional_boolean("no") is None
    assert TREE.optional_object("no") is None
    assert TREE.optional_choice("no", Color) is None
    assert TREE.optional_text("name") == "n"
    assert TREE.optional_integer("size") == 3
    assert TREE.optional_boolean("ok") is True
    assert TREE.optional_object("inner") == TREE.object("inner")
    assert TREE.optional_choice("color", Color) is Color.RED
    assert (TREE.has("gone"), TREE.has("no")) == (True, False)
    with pytest.raises(TextError, match="gone: expected a text, found null"):
        TREE.optional_text("gone")


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda: TREE.text("size"), "size: expected a text, found an integer"),
        (lambda: TREE.text("no"), "no: it is missing"),
        (lambda: TREE.integer("ok"), "ok: expected an integer, found a boolean"),
        (lambda: TREE.integer("share"), "share: expected an integer, found a float"),
        (lambda: TREE.integer("size", 4), f"size: expected 4 to {2**63 - 1}, found 3"),
        (lambda: TREE.integer("size", 0, 2), "size: expected 0 to 2, found 3"),
        (lambda: TREE.number("ok"), "ok: expected a number, found a boolean"),
        (lambda: TREE.number("tags"), "tags: expected a number, found an array"),
        (lambda: TREE.boolean("size"), "size: expected a boolean, found an integer"),
        (lambda: TREE.choice("name", Color), "name: expected one of red, blue, found 'n'"),
        (lambda: TREE.array("inner"), "inner: expected an array, found an object"),
        (lambda: TREE.texts("mixed"), "mixed[1]: expected a text, found an integer"),
        (lambda: TREE.object("name"), "name: expected an object, found a text"),
        (lambda: TREE.objects("tags"), "tags[0]: expected an object, found a text"),
        (
            lambda: TREE.objects("list")[2].integer("x"),
            "list[2].x: expected an integer, found a text",
        ),
        (lambda: TREE.object("inner").only_keys("y"), "inner.x: there is no such key"),
        (lambda: TREE.object("inner").text("\x1b"), r"inner.'\x1b': it is missing"),
        (lambda: Reader.of([]), "the whole: expected an object, found an array"),
    ],
)
def test_a_surprise_names_its_place(read: Callable[[], object], message: str) -> None:
    with pytest.raises(TextError) as caught:
        read()

    assert caught.value.what == message
    assert caught.value.code is Code.JSON_SHAPE


def test_the_code_of_the_errors_goes_down_with_the_reader() -> None:
    reader = Reader.of({"a": [{"b": 1}]}, code=Code.MANIFEST_SHAPE)

    with pytest.raises(TextError) as caught:
        reader.objects("a")[0].text("b")

    assert caught.value.code is Code.MANIFEST_SHAPE


def test_only_the_keys_that_are_allowed_may_be_there() -> None:
    TREE.object("inner").only_keys("x", "y")

    with pytest.raises(TextError, match="a: there is no such key"):
        Reader.of({"b": 1, "a": 2, "c": 3}).only_keys("c")
