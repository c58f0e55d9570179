import pytest
import yaml
from huggingface_hub.repocard_data import model_index_to_eval_results

from provenance.policy.advise_results import MOST, advise_results
from provenance.text.restricted_yaml import parse

WHOLE = """
- name: m
  results:
  - task: {type: fill-mask}
    dataset: {type: d, name: D}
    metrics:
    - {type: acc, value: 0.5}
"""


def told(text: str) -> list[str]:
    return [what for what, _, _ in advise_results(parse(text.encode()).root)]


def test_a_whole_index_gets_no_advice() -> None:
    assert told(WHOLE) == []
    assert list(advise_results(None)) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("name: m", "title: m", "a model of model-index has no name"),
        ("task: {type: fill-mask}", "task: {name: x}", "has no task.type"),
        ("dataset: {type: d, name: D}", "dataset: {type: d}", "has no dataset.name"),
        ("dataset: {type: d, name: D}", "dataset: {name: d}", "has no dataset.type"),
        ("{type: acc, value: 0.5}", "{type: acc}", "a metric of model-index has no value"),
        ("{type: acc, value: 0.5}", "acc", "a metric of model-index is no mapping"),
        ("    metrics:\n    - {type: acc, value: 0.5}", "    a: b", "has no list of metrics"),
    ],
)
def test_what_the_client_stops_at_is_told(old: str, new: str, what: str) -> None:
    text = WHOLE.replace(old, new)

    with pytest.raises((KeyError, TypeError)):
        model_index_to_eval_results(yaml.safe_load(text))
    assert any(what in one for one in told(text))


def test_a_source_with_a_name_needs_an_address() -> None:
    text = WHOLE + "    source: {name: us}\n"

    with pytest.raises(ValueError, match="source_url"):
        model_index_to_eval_results(yaml.safe_load(text))
    assert told(text) == ["a result's source has a name and no url, and the client stops there"]


def test_of_several_models_the_client_keeps_one_name() -> None:
    text = WHOLE + WHOLE.replace("name: m", "name: n")

    assert model_index_to_eval_results(yaml.safe_load(text))[0] == "n"
    assert "the client keeps the name of the last only" in told(text)[-1]


def test_of_very_many_the_first_are_told() -> None:
    assert len(told("- a\n" * 999)) == MOST


def test_a_result_that_is_no_mapping_is_told_once_for_what_it_is() -> None:
    assert not any("no list of metrics" in what for what in told("- name: m\n  results: [x]\n"))
