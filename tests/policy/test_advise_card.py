import time

import pytest
from huggingface_hub import ModelCard

from provenance.frameworks.hub_licenses import HUB_LICENSES
from provenance.policy.advise_card import advise_card, advise_card_names
from provenance.values.advice import Rule

KNOWN = [one.hub_id for one in HUB_LICENSES]


def told(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.what) for one in advise_card(text.encode(), KNOWN)]


GOOD = """---
license: apache-2.0
language:
- en
- pt-BR
- multilingual
tags:
- text-generation
datasets: allenai/c4
base_model:
- org/base-7b
library_name: transformers
pipeline_tag: text-generation
metrics:
- accuracy
widget:
- text: Hello
co2_eq_emissions: 12.5
model-index:
- name: m
  results:
  - task: {type: text-generation}
    dataset: {type: wikitext, name: WikiText}
    metrics:
    - {type: perplexity, value: 12.50}
    source: {name: us, url: https://example.org}
---
# M
"""


def test_a_card_as_the_hub_documents_it_gets_no_advice() -> None:
    assert told(GOOD) == []
    assert ModelCard(GOOD).data.get("license") == "apache-2.0"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("--- \nlicense: mit\n---\n", 1, "the opening --- is followed by ' '"),
        ("---yaml\nlicense: mit\n---\n", 1, "the opening --- is followed by 'yaml'"),
        ("---\nlicense: mit\n--- \n# M\n", 3, "a blank follows the closing ---"),
        ("---\nlicense: mit\n---\t\n# M\n", 3, "a blank follows the closing ---"),
        ("\n\n---\nlicense: mit\n---\n", 3, "stand before the opening ---"),
        (" ---\nlicense: mit\n---\n", 1, "stand before the opening ---"),
        ("---\nlicense: mit\n...\n# M\n", 3, "does not end the metadata"),
        ("---\nlicense: mit\n----\n# M\n", 3, "does not end the metadata"),
        ("---\nlicense: mit\n ---\n# M\n", 3, "does not end the metadata"),
        ("---\nlicense: mit\n--- # end\n# M\n", 3, "does not end the metadata"),
    ],
)
def test_dashes_that_readers_take_differently_are_told(text: str, line: int, what: str) -> None:
    ((at, said),) = told(text)

    assert (at, what in said) == (line, True)


@pytest.mark.parametrize(
    ("metadata", "what"),
    [
        ("- license: mit", "the metadata is no mapping"),
        ("tags: foo", "tags is a text, and readers expect a list"),
        ("datasets:\n- https://example.org/data", "datasets names an address"),
        ("base_model: https://huggingface.co/a/b", "base_model names an address"),
        ("base_model: /data/models/llama", "base_model names no id of the Hub"),
        ("base_model: {name: x}", "base_model is a mapping, and is dropped"),
        ("datasets:\n- [a, b]", "an item of datasets is no text"),
        ("tags:\n- a\n-", "an item of tags says nothing"),
        ("library_name: [a]", "library_name is no text"),
        ("license_name:", "license_name says nothing"),
        ("license: apache", "is no id that the Hub knows"),
        ("license: proprietary", "is no id that the Hub knows"),
        ("licence: mit", "the key 'licence' is read by nobody; license is"),
        ("License: mit", "the key 'License' is read by nobody; license is"),
        ("pipeline-tag: fill-mask", "the key 'pipeline-tag' is read by nobody"),
        ("no: 1", "the key 'no' is read as bool"),
        ("2024: x", "the key '2024' is read as int"),
        ("language: English", "no code of a language"),
        ("pipeline_tag: text_generation", "is no task that the Hub knows"),
        ("pipeline_tag: text-classifcation", "is no task that the Hub knows"),
        ("model-index: {name: x}", "model-index is no list"),
        ("model-index:\n- name: x", "has no list of results"),
    ],
)
def test_what_readers_drop_in_silence_is_told(metadata: str, what: str) -> None:
    found = told(f"---\n{metadata}\n---\n# M\n")

    assert [what in said for _, said in found] == [True], found
    assert all(line in {2, 3, 4} for line, _ in found)


def test_another_licence_has_to_say_which() -> None:
    other = "---\nlicense: other\n---\n"
    named = "---\nlicense: other\nlicense_name: acme\nlicense_link: LICENSE\n---\n"

    assert [what for _, what in told(other)] == [
        "license: other, and no license_name says which",
        "license: other, and no license_link says which",
    ]
    assert told(named) == []


@pytest.mark.parametrize("value", ["apache-2", "Apache 2.0", "apache2.0"])
def test_a_licence_that_is_nearly_known_is_named(value: str) -> None:
    (one,) = advise_card(f"---\nlicense: {value}\n---\n".encode(), KNOWN)

    assert "write apache-2.0, or" in one.todo


@pytest.mark.parametrize(
    "text",
    [
        "# A card without metadata\n",
        "----------\nA title\n----------\n",
        "---\nlicense: Apache-2.0\nlanguage: code\n---\n",
        "---\nlicense:\n- mit\n- apache-2.0\npipeline_tag: a-new-task\n---\n",
        "---\ndatasets:\n- imdb\n- my.org/data_set-1\nbase_model: gpt2\n---\n",
        "---\ntags: [a]\n---\n\n---\n\nA second line that is drawn.\n",
        "---\nextra_gated_prompt: |\n  Agree\ninference: false\n---\n",
    ],
)
def test_what_every_reader_takes_is_not_told(text: str) -> None:
    assert told(text) == []


def test_a_card_under_another_name_is_told() -> None:
    found = list(advise_card_names(["README.MD", "readme.md", "README.md", "docs/readme.md"]))

    assert [(one.rule, one.path) for one in found] == [
        (Rule.CARD, "README.MD"),
        (Rule.CARD, "readme.md"),
    ]


def test_what_cannot_be_read_is_told_elsewhere() -> None:
    assert told("---\na: !!python/x 1\n---\n") == []
    assert list(advise_card(b"---\na: \xff\n---\n")) == []


def test_blanks_without_end_cost_no_more_than_their_length() -> None:
    started = time.process_time()

    assert told(" \n" * 500_000) == []
    assert told("---\na: b\n" + " " * 1_000_000) == []

    assert time.process_time() - started < 5
