import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.component import Component
from provenance.values.composition import Composition
from provenance.values.next_step import Cost, NextStep
from provenance.values.rung import Rung
from provenance.wire.scalars import JsonObject
from provenance.wire.steps_json import (
    encode_composition,
    encode_step,
    parse_composition,
    parse_step,
)
from tests.wire.manifests import COMPOSITIONS

STEP: JsonObject = {"action": "name the seeds", "cost": "a line", "rung": 1}


def reader(value: JsonObject) -> Reader:
    return Reader.of({"it": value}, code=Code.MANIFEST_SHAPE)


@given(COMPOSITIONS)
def test_a_composition_comes_back(composition: Composition) -> None:
    assert parse_composition(reader(encode_composition(composition)), "it") == composition


@given(
    st.builds(
        NextStep,
        st.sampled_from(Component),
        st.sampled_from(Rung),
        st.sampled_from(Cost),
        st.text(),
    )
)
def test_a_step_comes_back(step: NextStep) -> None:
    assert parse_step(reader(encode_step(step)), "it", step.component) == step


@pytest.mark.parametrize("change", [{"cost": "free"}, {"rung": 7}, {"action": None}, {"x": 1}])
def test_a_step_that_cannot_be_is_refused(change: JsonObject) -> None:
    with pytest.raises(TextError) as caught:
        parse_step(reader({**STEP, **change}), "it", Component.SEEDS)

    assert caught.value.code is Code.MANIFEST_SHAPE


@pytest.mark.parametrize("total", [0, "much"])
def test_a_composition_that_cannot_be_is_refused(total: JsonValue) -> None:
    part: JsonObject = {"facet": "a", "mass": None, "rung": 0, "rung_at_most": 0}

    with pytest.raises(TextError) as caught:
        parse_composition(reader({"parts": [part], "total": total}), "it")

    assert caught.value.code is Code.MANIFEST_SHAPE
