import attrs
import pytest

from provenance.checks.ladder import reach
from provenance.checks.model_architecture import ModelArchitecture
from provenance.values.facts import ConfigFacts, Facts, Setting, WeightFacts
from provenance.values.finding import Confirmed, Unknown
from provenance.values.inventory import Inventory
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.rung import Reach, Rung
from provenance.values.weights import DType, Tensor
from tests.building import CONFIG, EMPTY, FACTS, PROFILE, WHERE, outcome_of, read, unseen

STUB = attrs.evolve(FACTS, config=Seen(ConfigFacts(WHERE)))
# transformers writes only what differs from the defaults of a class.
DEFAULTS = attrs.evolve(FACTS, config=Seen(ConfigFacts(WHERE, "bert", says_more=True)))
NAMELESS = attrs.evolve(
    FACTS, config=Seen(ConfigFacts(WHERE, settings=CONFIG.settings, says_more=True))
)
ORIGINAL = attrs.evolve(
    FACTS,
    config=Seen(ConfigFacts(WHERE, settings=CONFIG.settings, path="params.json", form="a form")),
    inventory=Inventory((read("params.json"),)),
)
INSIDE = attrs.evolve(EMPTY, config=Unseen("it may be in model.gguf"))
NONE = attrs.evolve(EMPTY, config=Missing("there is no config.json"))
TYPED = attrs.evolve(FACTS, config=Seen(attrs.evolve(CONFIG, architectures=())))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FACTS, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (TYPED, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (STUB, Reach(Rung.LOCATED, Rung.LOCATED)),
        (attrs.evolve(FACTS, config=unseen()), Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (attrs.evolve(FACTS, config=Missing("no")), Reach(Rung.LOCATED, Rung.LOCATED)),
        (DEFAULTS, Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (NAMELESS, Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (ORIGINAL, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (INSIDE, Reach(Rung.ABSENT, Rung.REPRODUCED)),
        (NONE, Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
    ids=[
        "whole",
        "type only",
        "stub",
        "unseen",
        "broken",
        "defaults",
        "no name",
        "params",
        "inside",
        "none",
    ],
)
def test_an_architecture_is_named_and_dimensioned_or_it_is_not_there(
    facts: Facts, expected: Reach
) -> None:
    assert reach(ModelArchitecture().judge(facts)) == expected


def test_the_configuration_is_held_against_the_headers_when_both_were_read() -> None:
    tensors = (
        Tensor("embedding", DType.BF16, (9, 8), 0, 0),
        Tensor("h.0.a", DType.BF16, (8,), 0, 0),
    )
    sizes = ("hidden_size", 8), ("vocab_size", 9), ("num_hidden_layers", 1)
    settings = tuple(Setting(key, value, WHERE) for key, value in sizes)
    facts = attrs.evolve(
        FACTS,
        weights=Seen(WeightFacts(PROFILE, (WHERE,), tensors)),
        config=Seen(attrs.evolve(CONFIG, settings=settings)),
    )
    unread = attrs.evolve(facts, weights=unseen())

    assert isinstance(outcome_of(ModelArchitecture(), facts, Rung.CONSISTENT), Confirmed)
    assert isinstance(outcome_of(ModelArchitecture(), unread, Rung.CONSISTENT), Unknown)
