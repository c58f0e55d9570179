from provenance.checks.inference_code import InferenceCode
from provenance.values.component import Component
from provenance.values.finding import Confirmed, Unknown
from provenance.values.rung import Rung
from tests.building import artefact, code_with, outcome_of

C = Component.INFERENCE_CODE


def test_code_that_names_this_release_or_a_file_of_it_is_consistent() -> None:
    for name in ("org/name", "tokenizer.json"):
        facts = code_with(artefact(C, "generate.py", name))

        assert isinstance(outcome_of(InferenceCode(), facts, Rung.CONSISTENT), Confirmed)


def test_code_that_names_another_model_is_not_shown_to_be_for_this_one() -> None:
    facts = code_with(artefact(C, "generate.py", "org/another"))

    assert isinstance(outcome_of(InferenceCode(), facts, Rung.RETRIEVED), Confirmed)
    assert isinstance(outcome_of(InferenceCode(), facts, Rung.CONSISTENT), Unknown)
