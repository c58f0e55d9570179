import json

import pytest

from provenance.errors import TextError
from provenance.recipe.documents.evaluations import (
    measured_in_card,
    measured_in_file,
    reads_results,
)
from tests.building import WHERE

CARD = b"""---
model-index:
- name: m
  results:
  - dataset:
      type: org/data
      split: test
      revision: abc
    metrics:
    - type: accuracy
      value: 0.5
    - type: note
      value: good
    - type: loss
  - metrics:
    - type: accuracy
      value: 1
  - dataset: org/other
- name: nothing
---
# M
"""


def test_a_card_gives_dataset_metric_value_split_and_revision() -> None:
    (found,) = measured_in_card(CARD, path="README.md", where=WHERE)

    assert (found.dataset, found.metric, found.value) == ("org/data", "accuracy", "0.5")
    assert (found.split, found.revision) == ("test", "abc")
    assert b"accuracy" in CARD[found.where.start : found.where.end]


def test_a_card_without_metadata_gives_nothing() -> None:
    assert measured_in_card(b"# M\n", path="README.md", where=WHERE) == ()


def in_file(value: object, path: str = "results.json") -> list[tuple[str, str, str]]:
    data = json.dumps(value).encode()
    found = measured_in_file(data, path=path, where=WHERE)
    return [(one.dataset, one.metric, one.value) for one in found]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"results": {"arc": {"acc,none": 0.5, "alias": "x"}}}, [("arc", "acc", "0.5")]),
        ({"dataset": {"name": "d", "split": "s"}, "metrics": {"loss": 1}}, [("d", "loss", "1")]),
        ({"dataset": "d", "metrics": {"loss": 1, "ok": True}}, [("d", "loss", "1")]),
        ({"eval_loss": 1}, []),
        ({"dataset": {"name": 1}, "metrics": {"loss": 1}}, []),
        ({"dataset": {"name": "d", "split": 1}, "metrics": {"loss": -1}}, []),
        ([], []),
    ],
)
def test_a_file_of_a_known_shape_gives_its_numbers(
    value: object, expected: list[tuple[str, str, str]]
) -> None:
    assert in_file(value) == expected


def test_a_number_in_a_file_has_its_bytes_or_stands_for_the_file() -> None:
    plain = b'{"dataset": "d", "metrics": {"loss": 1}}'
    escaped = b'{"dataset": "d", "metrics": {"\\u006coss": 1}}'

    (found,) = measured_in_file(plain, path="eval.json", where=WHERE)
    (whole,) = measured_in_file(escaped, path="eval.json", where=WHERE)

    assert plain[found.where.start : found.where.end] == b'"loss'
    assert whole.where == WHERE


def test_the_hub_s_own_files_of_results_are_read() -> None:
    data = (
        b"- dataset:\n    id: org/d\n    task_id: t\n    revision: abc\n  value: 0.5\n"
        b"- dataset:\n    id: org/d\n  value: 1\n- value: 2\n- dataset:\n    id: x\n"
    )

    found = measured_in_file(data, path=".eval_results/a.yaml", where=WHERE)

    assert [(one.metric, one.value, one.revision) for one in found] == [
        ("t", "0.5", "abc"),
        ("value", "1", None),
    ]


@pytest.mark.parametrize(("path", "data"), [("r.json", b"{"), (".eval_results/a.yml", b"a: [")])
def test_what_cannot_be_read_is_not_passed_over(path: str, data: bytes) -> None:
    with pytest.raises(TextError):
        measured_in_file(data, path=path, where=WHERE)


def test_a_result_that_is_no_number_hides_no_other() -> None:
    data = b'{"results": {"t": {"acc": 0.5, "ppl": NaN, "loss": Infinity}}}'

    found = measured_in_file(data, path="r.json", where=WHERE)

    assert [(one.metric, one.value) for one in found] == [("acc", "0.5")]


def test_results_are_known_by_their_names() -> None:
    named = ("eval_results.json", "a/evaluation.json", ".eval_results/x.yaml", "results-1.json")

    assert all(map(reads_results, named))
    assert not any(map(reads_results, ("config.json", "eval.py", "x/.eval_results/x.yaml")))


def test_a_dataset_s_name_has_its_own_bytes_whatever_the_file() -> None:
    card = (
        b"---\nmodel-index:\n- results:\n  - dataset: {type: org/d}\n"
        b"    metrics:\n    - {type: acc, value: 1}\n---\n"
    )
    plain = b'{"dataset": "org/d", "metrics": {"loss": 1}}'
    listed = b"- dataset:\n    id: org/d\n  value: 0.5\n"

    for data, found in (
        (card, measured_in_card(card, path="README.md", where=WHERE)),
        (plain, measured_in_file(plain, path="eval.json", where=WHERE)),
        (listed, measured_in_file(listed, path=".eval_results/a.yaml", where=WHERE)),
    ):
        (named,) = (one.named for one in found)
        assert named
        assert data[named.start : named.end].strip(b'"') == b"org/d"
