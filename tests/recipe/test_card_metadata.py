from provenance.recipe.card_metadata import metadata_of
from provenance.text.restricted_yaml import parse
from provenance.text.span import Span
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from provenance.values.facts import CardFacts

SHA = Digest.sha256("0" * 64)


def place(span: Span) -> Where:
    return Where("card", SHA, span.start, span.end)


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
