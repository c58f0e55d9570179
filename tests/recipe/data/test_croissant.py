import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code
from provenance.recipe.data.croissant import (
    BUDGET,
    LONGEST_TEXT,
    MOST_ITEMS,
    CroissantRead,
    read_croissant,
)
from provenance.values.dataset import Declared
from provenance.values.dataset_card import CroissantFacts, CroissantFile
from provenance.values.digest import Digest
from tests.building import TOY

SHA = "Ab" * 32
PLACEHOLDER = "https://github.com/mlcommons/croissant/issues/80"
FILE = {"@type": "cr:FileObject", "name": "a.csv", "contentUrl": "a.csv", "contentSize": "7 B"}


def read(value: object) -> CroissantRead:
    return read_croissant(json.dumps(value).encode(), address=TOY, path="c.json")


def good(value: object) -> CroissantFacts:
    found = read(value)

    assert found.hazards == ()
    assert found.facts is not None
    return found.facts


def file(**changes: object) -> CroissantFile:
    (found,) = good({"distribution": [{**FILE, **changes}]}).files
    return found


def test_a_description_is_read_as_plain_json() -> None:
    found = good(
        {
            "@context": {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"},
            "@type": "sc:Dataset",
            "name": "letters",
            "license": [
                "https://choosealicense.com/licenses/mit/",
                {"@id": "mit"},
                {"name": "MIT"},
            ],
            "version": 1.5,
            "datePublished": "2026-01-02",
            "recordSet": [{"@type": "cr:RecordSet"}, {}],
            "distribution": [
                {
                    "@type": "cr:FileObject",
                    "@id": "repo",
                    "sha256": PLACEHOLDER,
                    "contentSize": "9",
                },
                {
                    "@type": "cr:FileSet",
                    "@id": "parquet",
                    "containedIn": {"@id": "repo"},
                    "encodingFormat": ["application/x-parquet", "b"],
                    "includes": "*.parquet",
                },
            ],
        }
    )

    assert (found.name, found.version, found.published) == ("letters", "1.5", "2026-01-02")
    assert found.licenses == ("https://choosealicense.com/licenses/mit/", "mit", "MIT")
    assert found.record_sets == 2
    assert found.files == (
        CroissantFile("repo", size=9),
        CroissantFile("parquet", format="application/x-parquet", whole=False),
    )
    assert found.declared == Declared(9, 9)


def test_a_description_without_anything_declares_nothing() -> None:
    found = good({})

    assert (found.name, found.licenses, found.files, found.record_sets) == (None, (), (), 0)
    assert found.declared is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SHA, Digest.sha256(SHA.lower())),
        (PLACEHOLDER, None),
        ("", None),
        ("ab" * 31, None),
        ("ab" * 33, None),
        ("zz" * 32, None),
        ("ab" * 32 + "\n", None),
        ("sha256:" + "ab" * 32, None),
        ("\u0661" * 64, None),
    ],
)
def test_only_64_hexadecimal_digits_are_a_digest(text: str, expected: Digest | None) -> None:
    assert file(sha256=text).sha256 == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7 B", 7),
        ("7B", 7),
        ("7", 7),
        (7, 7),
        ("7 bytes", 7),
        ("7.5 MB", None),
        ("7 MB", None),
        (-7, None),
        (7.0, None),
        (True, None),
        ([7], None),
        ("9" * 16, None),
        ("9" * 17, None),
        (None, None),
    ],
)
def test_only_whole_bytes_are_a_size(text: object, expected: int | None) -> None:
    assert file(contentSize=text).size == expected


@pytest.mark.parametrize(
    "kind", ["FileSet", "cr:FileSet", "http://mlcommons.org/croissant/FileSet", ["x", "cr:FileSet"]]
)
def test_a_type_counts_by_its_last_part(kind: object) -> None:
    assert not file(**{"@type": kind}).whole
    assert file().whole


def test_keys_count_by_their_last_part() -> None:
    found = good({"sc:name": "a", "http://schema.org/distribution": {"sc:name": "b"}})

    assert (found.name, [one.name for one in found.files]) == ("a", ["b"])


def test_a_file_without_a_name_goes_by_its_id() -> None:
    found = good({"distribution": [{"@id": "i"}, {}]})

    assert [one.name for one in found.files] == ["i", ""]


@pytest.mark.parametrize(
    ("value", "code", "detail"),
    [
        ({"name": []}, Code.JSON_SHAPE, "name: expected a text, found an array"),
        ({"name": True}, Code.JSON_SHAPE, "name: expected a text, found a boolean"),
        ({"license": [7]}, Code.JSON_SHAPE, "license: an item is no text"),
        ({"license": {"a": 1}}, Code.JSON_SHAPE, "license: an item is no text"),
        (
            {"distribution": ["a"]},
            Code.JSON_SHAPE,
            "distribution[0]: expected an object, found a text",
        ),
        (
            {"distribution": {"contentUrl": {}}},
            Code.JSON_SHAPE,
            "distribution[0].contentUrl: expected a text, found an object",
        ),
        (
            {"name": "a", "sc:name": "b"},
            Code.JSON_DUP_KEY,
            "'sc:name': another key has the same last part",
        ),
        (
            {"version": "a" * (LONGEST_TEXT + 1)},
            Code.RESOURCE,
            f"version: a text of {LONGEST_TEXT + 1} characters",
        ),
        (
            {"recordSet": [{}] * (MOST_ITEMS + 1)},
            Code.RESOURCE,
            f"recordSet: {MOST_ITEMS + 1} items, of which {MOST_ITEMS} are read",
        ),
    ],
)
def test_what_is_not_of_its_type_is_left_out_and_told(
    value: object, code: Code, detail: str
) -> None:
    found = read(value)

    assert [(one.code, one.path, one.detail) for one in found.hazards] == [(code, "c.json", detail)]
    assert found.facts is not None
    assert not found.facts.complete
    assert found.facts.declared is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"[]", Code.JSON_SHAPE),
        (b"{", Code.JSON_SYNTAX),
        (b"\xff", Code.JSON_ENCODING),
        (b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}", Code.JSON_DEPTH),
        (b" " * (BUDGET.bytes + 1), Code.RESOURCE),
    ],
)
def test_what_cannot_be_read_is_a_hazard_and_no_exception(data: bytes, code: Code) -> None:
    found = read_croissant(data, address=TOY, path="c.json")

    assert found.facts is None
    assert [one.code for one in found.hazards] == [code]


def test_a_description_that_is_wrong_everywhere_is_told_in_a_few_lines() -> None:
    assert len(read({"distribution": ["a"] * 100}).hazards) == 8


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
KEYS = ("name", "license", "distribution", "recordSet", "version", "datePublished")


@given(st.sampled_from(KEYS), JSON)
def test_no_shape_raises(key: str, value: object) -> None:
    found = read({key: value, "distribution": [{key: value, "@type": value, "sha256": value}]})

    assert found.facts is not None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"name": "a", "n": NaN}', Code.JSON_NONFINITE),
        (b'\xef\xbb\xbf{"name": "a"}', Code.JSON_BOM),
        (b'{"name": "b", "name": "a"}', Code.JSON_DUP_KEY),
    ],
)
def test_what_is_odd_for_json_is_told_and_hides_nothing(data: bytes, code: Code) -> None:
    found = read_croissant(data, address=TOY, path="c.json")

    assert found.facts
    assert found.facts.name == "a"
    assert [one.code for one in found.hazards] == [code]
