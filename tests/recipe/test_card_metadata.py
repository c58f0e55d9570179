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
