import pytest

from provenance.errors import Code
from provenance.recipe.prose.card_metadata import MOST_NAMED, metadata_of, odd_shapes, too_many
from provenance.text.restricted_yaml import parse
from provenance.text.span import Span
from provenance.values.component import Component
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from provenance.values.facts import CardFacts
from tests.building import TOY

SHA = Digest.sha256("0" * 64)


def place(span: Span) -> Where:
    return Where(TOY, SHA, span.start, span.end)


def read(text: bytes) -> CardFacts:
    return metadata_of(parse(text).root, place, 4)


def test_each_key_is_read_with_its_place_in_the_file() -> None:
    data = b"license: mit\ndatasets:\n- a/b\n- [odd]\nbase_model: c/d\n"

    facts = read(data)

    assert facts.license is not None
    assert (facts.license.text, facts.license.where.start) == ("mit", 4 + 9)
    assert [one.text for one in facts.datasets] == ["a/b"]
    assert [one.text for one in facts.base_models] == ["c/d"]


def test_a_card_without_metadata_says_nothing() -> None:
    facts = metadata_of(None, place, 0)

    assert (facts.license, facts.datasets, facts.results) == (None, (), ())


def test_null_and_an_empty_text_say_nothing() -> None:
    facts = read(b"license:\ndatasets: [null, '', 'null', a/b]\nbase_model: ~\n")

    assert facts.license is None
    assert [one.text for one in facts.datasets] == ["null", "a/b"]
    assert facts.base_models == ()


def test_two_licences_are_not_one() -> None:
    assert read(b"license: [mit, apache-2.0]").license is None
    assert read(b"license: {a: b}").license is None


def test_a_measurement_needs_dataset_metric_and_value() -> None:
    facts = read(
        b"model-index:\n- name: m\n  results:\n  - dataset: {type: d}\n    metrics:\n"
        b"    - {type: loss, value: 1.5}\n    - {type: loss}\n"
    )

    assert [(one.dataset, one.metric, one.value) for one in facts.results] == [("d", "loss", "1.5")]
    assert read(b"model-index: text").results == ()


def test_a_licence_without_an_id_is_named_and_linked() -> None:
    data = b"license: other\nlicense_name: toy-1.0\nlicense_link: LICENSE.txt\n"

    facts = read(data)

    assert facts.license_name
    assert facts.license_link
    assert (facts.license_name.text, facts.license_link.text) == ("toy-1.0", "LICENSE.txt")
    where = facts.license_link.where
    assert data[where.start - 4 : where.end - 4] == b"LICENSE.txt"
    assert facts.licenses is None


def test_what_is_not_one_id_is_kept_with_its_place() -> None:
    several, odd = read(b"license: [mit, apache-2.0]"), read(b"license: {a: b}")

    assert several.licenses
    assert odd.licenses
    assert (several.licenses.text, odd.licenses.text) == ("mit, apache-2.0", "")
    assert several.licenses.where.end > several.licenses.where.start
    for empty in (b"license_name: ''\nlicense_link: []", b"a: b"):
        facts = read(empty)
        assert (facts.licenses, facts.license_name, facts.license_link) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "keys", "about"),
    [
        (b"datasets: a/b\nbase_model: [c/d]\nlicense: [mit, apache-2.0]\nlanguage: [en]", [], []),
        (b"datasets:\n- name: a/b\n  split: x", ["datasets"], []),
        (b"datasets: {path: a/b}", ["datasets"], []),
        (b"datasets: {x: y}", ["datasets"], ["datasets"]),
        (b"base_model: [[a/b]]", ["base_model"], ["base-models"]),
        (b"base_model: {model: a/b}", ["base_model"], []),
        (b"license: {a: b}\nlanguage: {en: 1}\ntags: {a: 1}", ["license", "language", "tags"], []),
        (b"model-index: none yet", ["model-index"], ["evaluation-data", "evaluation-results"]),
        (b"datasets:\nmodel-index:\nbase_model: ~", [], []),
    ],
)
def test_what_the_hub_does_not_read_so_is_told_and_leaves_open_what_it_names(
    text: bytes, keys: list[str], about: list[str]
) -> None:
    odd = list(odd_shapes(parse(text).root))

    assert [note.detail.partition(" ")[0] for note, _ in odd] == keys
    assert sorted(one.id for _, each in odd for one in each) == about


def test_a_mapping_in_the_place_of_an_id_names_what_it_is_about() -> None:
    facts = read(b"datasets:\n- name: a/b\n- c/d\nbase_model: {model: e/f}\n")

    assert [one.text for one in facts.datasets] == ["a/b", "c/d"]
    assert [one.text for one in facts.base_models] == ["e/f"]


def test_names_over_the_bound_are_left_out_and_leave_open_what_they_could_tell() -> None:
    names = "".join(f"- o/d{one}\n" for one in range(MOST_NAMED + 1))
    results = "".join(
        f"  - dataset: {{type: o/d{one}}}\n    metrics: [{{type: acc, value: 0.5}}]\n"
        for one in range(MOST_NAMED)
    )
    text = f"datasets:\n{names}model-index:\n- results:\n{results}".encode()

    found = read(text)
    (note, about), *more = too_many(parse(text).root)

    assert len(found.datasets) == len(found.results) == MOST_NAMED
    assert (note.code, note.detail) == (Code.RESOURCE, "of datasets, only the first 1000 are read")
    assert about == {Component.DATASETS}
    assert more == []
