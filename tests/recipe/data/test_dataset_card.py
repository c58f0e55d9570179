import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code
from provenance.recipe.data.dataset_card import (
    LONGEST_TEXT,
    MOST_ITEMS,
    DatasetCardRead,
    read_dataset_card,
)
from provenance.values.address import Address
from provenance.values.dataset import Declared
from provenance.values.dataset_card import DatasetCard, Stated

WHOLE = b"""---
pretty_name: Letters
license: [cc0-1.0, mit]
source_datasets:
- original
- extended|squad
size_categories: 1K<n<10K
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train-*
  - split: test
    path: [data/test-0, data/test-1]
- config_name: odd
  data_files: "*.csv"
- config_name: mapped
  data_files: {train: a.csv, test: [b.csv, c.csv]}
- config_name: listed
  data_files: [a.csv, b.csv]
dataset_info:
  features:
  - name: text
    dtype: string
  splits:
  - name: train
    num_bytes: 400.0
    num_examples: 10
  - name: test
    num_bytes: 40
    num_examples: 1
  download_size: 100
  dataset_size: 440
---
# Letters
"""


def read(data: bytes) -> DatasetCardRead:
    return read_dataset_card(data, address=Address.parse("hf:d/README.md"), path="README.md")


def card(front: str) -> DatasetCardRead:
    return read(f"---\n{front}\n---\n".encode())


def good(front: str) -> DatasetCard:
    found = card(front)

    assert found.hazards == ()
    assert found.card is not None
    return found.card


def texts(stated: tuple[Stated[str], ...]) -> list[str]:
    return [one.value for one in stated]


def test_every_key_is_read() -> None:
    found = read(WHOLE)

    assert found.hazards == ()
    assert found.card is not None
    assert found.card.name is not None
    assert found.card.name.value == "Letters"
    assert texts(found.card.licenses) == ["cc0-1.0", "mit"]
    assert texts(found.card.sources) == ["original", "extended|squad"]
    assert texts(found.card.sizes) == ["1K<n<10K"]
    assert found.card.declared == Declared(100, 100, 11)
    (info,) = found.card.infos
    assert [(one.name and one.name.value, one.size and one.size.value) for one in info.splits] == [
        ("train", 400),
        ("test", 40),
    ]
    assert info.dataset_size is not None
    assert info.dataset_size.value == 440


def test_patterns_are_read_in_every_form_that_they_are_written_in() -> None:
    found = read(WHOLE).card

    assert found is not None
    assert [
        (
            config.name and config.name.value,
            [(one.split and one.split.value, texts(one.patterns)) for one in config.files],
        )
        for config in found.configs
    ] == [
        (
            "default",
            [("train", ["data/train-*"]), ("test", ["data/test-0", "data/test-1"])],
        ),
        ("odd", [(None, ["*.csv"])]),
        ("mapped", [("train", ["a.csv"]), ("test", ["b.csv", "c.csv"])]),
        ("listed", [(None, ["a.csv"]), (None, ["b.csv"])]),
    ]


def test_each_value_stands_where_its_place_says() -> None:
    found = read(WHOLE).card

    assert found is not None
    assert found.infos[0].download_size is not None
    where = found.infos[0].download_size.where
    assert WHOLE[where.start : where.end] == b"100"
    assert where.digest.hex == hashlib.sha256(WHOLE).hexdigest()
    assert where.uri == "hf:d/README.md"
    assert found.where.end == 0


def test_a_card_that_says_nothing_declares_nothing() -> None:
    for data in (b"", b"# D\n", b"---\na: b\n---\n", b"---\nlicense:\ndataset_info: null\n---\n"):
        found = read(data)

        assert found.card is not None
        assert found.hazards == ()
        assert (found.card.name, found.card.licenses, found.card.infos) == (None, (), ())
        assert found.card.declared is None


def test_several_configurations_are_bounded_by_the_largest_and_the_sum() -> None:
    found = good(
        "dataset_info:\n- {config_name: a, download_size: 5}\n- {config_name: b, download_size: 7}"
    )

    assert found.declared == Declared(7, 12)


@pytest.mark.parametrize(
    ("front", "detail"),
    [
        ("dataset_info: text", "dataset_info: an item is no mapping"),
        ("dataset_info: [[1]]", "dataset_info: an item is no mapping"),
        ("dataset_info: {download_size: -1}", "download_size: it is no count"),
        ("dataset_info: {download_size: 1.5}", "download_size: it is no count"),
        ("dataset_info: {download_size: 0x10}", "download_size: it is no count"),
        ("dataset_info: {download_size: 010}", "download_size: it is no count"),
        ("dataset_info: {download_size: .inf}", "download_size: it is no count"),
        ("dataset_info: {download_size: '7'}", "download_size: it is no count"),
        ("dataset_info: {download_size: [7]}", "download_size: it is no count"),
        (f"dataset_info: {{download_size: {'9' * 17}}}", "download_size: it is no count"),
        ("dataset_info: {splits: 7}", "splits: an item is no mapping"),
        (
            "dataset_info: [{download_size: 1}, {download_size: 2}]",
            "dataset_info: two configurations have one name",
        ),
    ],
)
def test_sizes_that_are_no_sizes_declare_nothing_and_are_told(front: str, detail: str) -> None:
    found = card(front)

    assert [(one.code, one.path, one.detail) for one in found.hazards] == [
        (Code.CARD_SHAPE, "README.md", detail)
    ]
    assert found.card is not None
    assert not found.card.complete
    assert found.card.declared is None


@pytest.mark.parametrize(
    ("front", "detail"),
    [
        ("pretty_name: [a]", "pretty_name: it is no text"),
        ("license: {a: b}", "license: it is no text"),
        ("source_datasets: [[a]]", "source_datasets: it is no text"),
        ("configs: text", "configs: an item is no mapping"),
        ("configs: [{data_files: [[[a]]]}]", "data_files: it is no text"),
        ("configs: [{data_files: [{split: [a], path: b}]}]", "split: it is no text"),
    ],
)
def test_another_value_of_another_type_is_told_and_leaves_the_sizes(
    front: str, detail: str
) -> None:
    found = card(f"{front}\ndataset_info: {{download_size: 7}}")

    assert [(one.code, one.detail) for one in found.hazards] == [(Code.CARD_SHAPE, detail)]
    assert found.card is not None
    assert found.card.declared == Declared(7, 7)


def test_what_is_too_much_is_cut_and_told() -> None:
    long = card(f"pretty_name: {'a' * (LONGEST_TEXT + 1)}")
    many = card("source_datasets: [" + "a," * (MOST_ITEMS + 1) + "]")
    pairs = ",".join(f"s{n}: a" for n in range(MOST_ITEMS + 1))
    splits = card(f"configs: [{{data_files: {{{pairs}}}}}]")

    for one in (long, many, splits):
        assert [hazard.code for hazard in one.hazards] == [Code.RESOURCE]
    assert long.card is not None
    assert long.card.name is None
    assert many.card is not None
    assert len(many.card.sources) == MOST_ITEMS
    assert splits.card is not None
    assert len(splits.card.configs[0].files) == MOST_ITEMS


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff", Code.CARD_ENCODING),
        (b"---\na: &x b\nc: *x\n---\n", None),
        (b"---\na: !!python/object:os.system x\n---\n", Code.YAML_TAG),
        (b"---\n" + b"a: " + b"[" * 100 + b"\n---\n", Code.YAML_DEPTH),
    ],
)
def test_a_card_that_cannot_be_read_is_a_hazard_and_no_exception(
    data: bytes, code: Code | None
) -> None:
    found = read(data)

    assert [one.code for one in found.hazards] == ([code] if code else [])
    assert (found.card is None) is (code is not None)


def test_a_card_that_is_wrong_everywhere_is_told_in_a_few_lines() -> None:
    keys = ["pretty_name", "license", "source_datasets", "size_categories"]
    front = "".join(f"{key}: [[a]]\n" for key in keys) + (
        "dataset_info: [{download_size: x, dataset_size: y, config_name: [], splits: [1, "
        "{name: [], num_bytes: x, num_examples: x}]}, 1]"
    )

    assert len(card(front).hazards) == 8


@given(st.recursive(st.text(max_size=4), lambda inner: st.lists(inner, max_size=3)))
def test_no_shape_raises(value: object) -> None:
    import json  # noqa: PLC0415 - JSON is YAML

    for key in ("configs", "dataset_info", "license", "source_datasets"):
        card(f"{key}: {json.dumps(value)}")
        card(f"{key}: [{{splits: {json.dumps(value)}, data_files: {json.dumps(value)}}}]")
