import attrs
import pytest

from provenance.checks.hardware import Hardware
from provenance.values.artefact import Kind, StatedValue
from provenance.values.facts import WeightFacts
from provenance.values.finding import Confirmed, Contradicted, Unknown
from provenance.values.look import Look, Seen
from provenance.values.rung import Rung
from provenance.values.weights import DType, Tensor
from tests.building import FACTS, PROFILE, WHERE, outcome_of, stated, unseen

# 7 billion parameters on 10^12 tokens: 4.2 x 10^22 operations, 93,000 hours of an A100 at 40 %.
WHOLE = WeightFacts(attrs.evolve(PROFILE, parameters=7 * 10**9), (WHERE,))
EXPERT = Tensor("model.layers.0.mlp.experts.1.up_proj.weight", DType.BF16, (8,), 0, 0)
SEVEN: Look[WeightFacts] = Seen(WHOLE)
EXPERTS: Look[WeightFacts] = Seen(attrs.evolve(WHOLE, tensors=(EXPERT,)))
TOKENS = stated(Kind.TOKENS, "1000000000000")


def hours(text: str) -> StatedValue:
    return stated(Kind.DEVICE_HOURS, text)


@pytest.mark.parametrize(
    ("values", "weights", "kind"),
    [
        ((hours("90000 A100"), TOKENS), SEVEN, Confirmed),
        ((hours("31000 A100"), TOKENS), SEVEN, Contradicted),
        ((hours("35000 A100"), TOKENS), SEVEN, Confirmed),
        ((hours("270000 A100"), TOKENS), SEVEN, Confirmed),
        ((hours("900 A100"), TOKENS), SEVEN, Contradicted),
        ((hours("900000 A100"), TOKENS), SEVEN, Contradicted),
        ((hours("90000 GPU"), TOKENS), SEVEN, Unknown),
        ((hours("90000 A100"), TOKENS, stated(Kind.TOKENS, "2")), SEVEN, Unknown),
        ((hours("90000 A100"), TOKENS), unseen(), Unknown),
        ((hours("90000 A100"),), SEVEN, Unknown),
        # Hours of several models, or of a model of which a token meets but a part.
        ((hours("900 A100"), hours("90000 A100"), TOKENS), SEVEN, Unknown),
        ((hours("900 A100"), TOKENS), EXPERTS, Unknown),
    ],
)
def test_hours_are_held_against_what_training_takes(
    values: tuple[StatedValue, ...], weights: Look[WeightFacts], kind: type
) -> None:
    facts = attrs.evolve(FACTS, stated=values, weights=weights)

    assert isinstance(outcome_of(Hardware(), facts, Rung.CONSISTENT), kind)
