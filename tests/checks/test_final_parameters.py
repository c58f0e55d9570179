import attrs
import pytest

from provenance.checks.final_parameters import FinalParameters
from provenance.checks.ladder import reach
from provenance.values.artefact import Kind
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Contradicted, Unknown
from provenance.values.inventory import Inventory
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.rung import Reach, Rung
from tests.building import CONFIG, EMPTY, FACTS, claimed, outcome_of, stated, unseen

LOCAL = attrs.evolve(FACTS, publisher_bound=False)
UNREAD = attrs.evolve(FACTS, inventory=Inventory((claimed("model.safetensors"),)))
BROKEN = attrs.evolve(FACTS, weights=Missing("a shard is missing"))
UNSEEN = attrs.evolve(FACTS, weights=unseen())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FACTS, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (LOCAL, Reach(Rung.RETRIEVED, Rung.RETRIEVED)),
        (UNREAD, Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (UNSEEN, Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (BROKEN, Reach(Rung.LOCATED, Rung.LOCATED)),
        (EMPTY, Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
    ids=["whole", "local", "claimed digests", "unseen", "broken", "none"],
)
def test_weights_stand_where_the_evidence_carries_them(facts: Facts, expected: Reach) -> None:
    assert reach(FinalParameters().judge(facts)) == expected


@pytest.mark.parametrize(
    ("values", "dtype", "kind"),
    [
        (("8",), None, Confirmed),
        (("8", "7000000000"), None, Confirmed),
        (("9000000000",), None, Contradicted),
        (("9000000000", "7000000000"), None, Unknown),
        ((), None, Unknown),
        ((), "bfloat16", Confirmed),
        ((), "float32", Unknown),
        ((), "int3", Unknown),
    ],
)
def test_count_and_type_are_held_against_card_and_configuration(
    values: tuple[str, ...], dtype: str | None, kind: type
) -> None:
    facts = attrs.evolve(
        FACTS,
        stated=tuple(stated(Kind.PARAMETERS, value) for value in values),
        config=Seen(attrs.evolve(CONFIG, dtype=dtype)),
    )

    assert isinstance(outcome_of(FinalParameters(), facts, Rung.CONSISTENT), kind)


def test_without_headers_or_configuration_nothing_is_compared() -> None:
    unread = attrs.evolve(FACTS, weights=unseen())
    unnamed = attrs.evolve(FACTS, config=unseen())

    assert isinstance(outcome_of(FinalParameters(), unread, Rung.CONSISTENT), Unknown)
    assert isinstance(outcome_of(FinalParameters(), unnamed, Rung.CONSISTENT), Unknown)


def test_what_may_hold_weights_leaves_them_unknown_and_not_absent() -> None:
    facts = attrs.evolve(EMPTY, weights=Unseen("'w.dat' may hold weights"))

    (found,) = FinalParameters().judge(facts)

    assert found.outcome == Unknown("'w.dat' may hold weights", (facts.listing,))
    assert reach((found,)) == Reach(Rung.ABSENT, Rung.REPRODUCED)


def test_a_copy_that_was_not_read_says_nothing_of_the_one_that_was() -> None:
    listed = Inventory((*FACTS.inventory.entries, claimed("zz.gguf")))
    both = (*FACTS.weight_files, RelPath("zz.gguf"))
    facts = attrs.evolve(FACTS, inventory=listed, weight_files=both)

    assert reach(FinalParameters().judge(facts)) == reach(FinalParameters().judge(FACTS))


@pytest.mark.parametrize(
    ("counts", "kind"), [((8,), Contradicted), ((8, 8), Unknown), ((8, 9_000_000_000), Confirmed)]
)
def test_a_card_may_count_one_of_several_models(counts: tuple[int, ...], kind: type) -> None:
    assert isinstance(FACTS.weights, Seen)
    weights = Seen(attrs.evolve(FACTS.weights.value, counts=counts))
    facts = attrs.evolve(
        FACTS,
        weights=weights,
        stated=(stated(Kind.PARAMETERS, "9000000000"),),
        config=Seen(attrs.evolve(CONFIG, dtype=None)),
    )

    assert isinstance(outcome_of(FinalParameters(), facts, Rung.CONSISTENT), kind)


def test_an_index_with_another_sum_of_sizes_is_not_said_to_agree() -> None:
    assert isinstance(FACTS.weights, Seen)
    weights = Seen(attrs.evolve(FACTS.weights.value, sizes_agree=False))

    outcome = outcome_of(FinalParameters(), attrs.evolve(FACTS, weights=weights), Rung.RETRIEVED)

    assert isinstance(outcome, Confirmed)
    assert "another sum of sizes" in outcome.reason
