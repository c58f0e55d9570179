import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.frameworks.labels import decide
from provenance.values.access import Access
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.finding import Contradicted
from provenance.values.label import Label, Qualifier
from provenance.values.license import Terms
from provenance.values.rung import Rung
from tests.building import CONSISTENT, report, reports

C = Component
BOUND = Rung.BOUND
WEIGHTS = {
    one.name.lower(): report(one, BOUND, BOUND)
    for one in (C.FINAL_PARAMETERS, C.MODEL_ARCHITECTURE, C.TOKENIZER)
}
CODE = {"training_code": report(C.TRAINING_CODE, BOUND, BOUND, Terms.OPEN, CONSISTENT)}
SOURCE = {
    one.name.lower(): report(one, BOUND, BOUND)
    for one in (C.DATA_PREPROCESSING_CODE, C.INFERENCE_CODE, C.DATASETS)
}
REBUILD = {
    one.name.lower(): report(one, BOUND, BOUND)
    for one in (
        C.INTERMEDIATE_PARAMETERS,
        C.ENVIRONMENT,
        C.HYPER_PARAMETERS,
        C.SEEDS,
        C.DATA_ORDER,
    )
}
AGAIN = {"final_parameters": report(C.FINAL_PARAMETERS, Rung.REPRODUCED, Rung.REPRODUCED)}


@pytest.mark.parametrize(
    ("there", "label"),
    [
        ({}, Label.CLOSED),
        (WEIGHTS, Label.OPEN_WEIGHTS),
        (WEIGHTS | CODE, Label.OPEN_WEIGHTS_AND_CODE),
        (WEIGHTS | CODE | SOURCE, Label.OPEN_SOURCE),
        (WEIGHTS | CODE | SOURCE | REBUILD, Label.REPRODUCIBLE),
        (WEIGHTS | CODE | SOURCE | REBUILD | AGAIN, Label.REPRODUCED),
        (CODE | SOURCE, Label.CLOSED),
        (WEIGHTS | SOURCE | REBUILD, Label.OPEN_WEIGHTS),
    ],
)
def test_each_gate_opens_only_after_all_lower_ones(
    there: dict[str, ComponentReport], label: Label
) -> None:
    decision = decide(reports(**there), dangling=False)

    assert (decision.label, decision.at_most) == (label, label)


def test_a_data_card_alone_informs_about_data_that_is_not_there() -> None:
    there = WEIGHTS | CODE | SOURCE
    there["datasets"] = report(C.DATASETS)
    there["data_card"] = report(C.DATA_CARD, BOUND, BOUND)

    assert decide(reports(**there), dangling=False).label is Label.OPEN_SOURCE


def test_weights_that_could_not_be_looked_at_are_undetermined_and_not_closed() -> None:
    there = WEIGHTS | {"final_parameters": report(C.FINAL_PARAMETERS, Rung.LOCATED, BOUND)}

    decision = decide(reports(**there), dangling=False)

    assert (decision.label, decision.at_most) == (Label.UNDETERMINED, Label.OPEN_WEIGHTS)


def test_code_under_terms_that_are_not_open_opens_no_gate() -> None:
    closed = {"training_code": report(C.TRAINING_CODE, BOUND, BOUND, Terms.RESTRICTED, CONSISTENT)}
    unknown = {"training_code": report(C.TRAINING_CODE, BOUND, BOUND, Terms.UNKNOWN, CONSISTENT)}

    assert decide(reports(**WEIGHTS, **closed), dangling=False).at_most is Label.OPEN_WEIGHTS
    decision = decide(reports(**WEIGHTS, **unknown), dangling=False)
    assert (decision.label, decision.at_most) == (Label.OPEN_WEIGHTS, Label.OPEN_WEIGHTS_AND_CODE)


def test_code_that_is_not_shown_to_fit_the_architecture_opens_no_gate() -> None:
    silent = {"training_code": report(C.TRAINING_CODE, BOUND, BOUND)}
    differs = attrs.evolve(CONSISTENT, outcome=Contradicted("another size"))
    decoy = {"training_code": report(C.TRAINING_CODE, BOUND, BOUND, Terms.OPEN, differs)}

    unsure = decide(reports(**WEIGHTS, **silent), dangling=False)
    refused = decide(reports(**WEIGHTS, **decoy), dangling=False)

    assert (unsure.label, unsure.at_most) == (Label.OPEN_WEIGHTS, Label.OPEN_WEIGHTS_AND_CODE)
    assert (refused.label, refused.at_most) == (Label.OPEN_WEIGHTS, Label.OPEN_WEIGHTS)


def test_a_recipe_with_a_loose_end_is_not_shown_to_be_reproducible() -> None:
    decision = decide(reports(**WEIGHTS, **CODE, **SOURCE, **REBUILD), dangling=True)

    assert (decision.label, decision.at_most) == (Label.OPEN_SOURCE, Label.REPRODUCIBLE)


def test_restrictions_gates_and_missing_parts_go_with_the_label() -> None:
    restricted = report(C.FINAL_PARAMETERS, BOUND, BOUND, Terms.RESTRICTED)
    gated = attrs.evolve(report(C.FINAL_PARAMETERS, BOUND, BOUND), access=Access.MANUAL_GATE)
    nameless = report(C.FINAL_PARAMETERS, BOUND, BOUND, Terms.NONE)

    found = [
        decide(reports(final_parameters=one), dangling=False).qualifiers
        for one in (restricted, gated, nameless)
    ]

    assert found == [
        (Qualifier.RESTRICTED, Qualifier.PARTIAL),
        (Qualifier.GATED, Qualifier.PARTIAL),
        (Qualifier.PARTIAL, Qualifier.LICENSE_UNKNOWN),
    ]
    assert decide(reports(**WEIGHTS), dangling=False).qualifiers == ()


rungs = st.sampled_from(list(Rung))


def test_a_part_that_could_not_be_looked_at_is_not_one_that_is_missing() -> None:
    unread = WEIGHTS | {"tokenizer": report(C.TOKENIZER, Rung.ABSENT, BOUND)}
    lacking = WEIGHTS | {"tokenizer": report(C.TOKENIZER, Rung.ABSENT, Rung.ABSENT)}

    found = [decide(reports(Rung.ABSENT, **one), dangling=False) for one in (unread, lacking)]

    assert [Qualifier.PARTIAL in one.qualifiers for one in found] == [False, True]
    assert [one.label for one in found] == [Label.UNDETERMINED, Label.CLOSED]


@st.composite
def some_reports(draw: st.DrawFn) -> dict[Component, ComponentReport]:
    made = {}
    for one in Component:
        low, high = sorted((draw(rungs), draw(rungs)))
        made[one] = report(one, low, high, draw(st.sampled_from(list(Terms))), CONSISTENT)
    return made


@given(some_reports(), st.sampled_from(list(Component)))
def test_a_lower_rung_never_raises_the_label_and_the_upper_end_is_never_below(
    made: dict[Component, ComponentReport], component: Component
) -> None:
    lower = dict(made)
    lower[component] = report(component, terms=made[component].license.terms)

    before, after = (decide(each, dangling=False) for each in (made, lower))

    assert after.label.level <= before.label.level
    assert after.at_most.level <= before.at_most.level
    assert before.label.level <= before.at_most.level
