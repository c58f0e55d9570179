import attrs
import pytest

from provenance.checks.ladder import reach
from provenance.checks.tokenizer import Tokenizer
from provenance.values.facts import Facts, Setting, TokenizerFacts
from provenance.values.finding import Confirmed, Contradicted, Unknown
from provenance.values.look import Missing, Seen
from provenance.values.rung import Reach, Rung
from tests.building import CONFIG, EMPTY, FACTS, WHERE, outcome_of, unseen


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FACTS, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (attrs.evolve(FACTS, tokenizer=unseen()), Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (attrs.evolve(FACTS, tokenizer=Missing("no")), Reach(Rung.LOCATED, Rung.LOCATED)),
        (EMPTY, Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
    ids=["whole", "unseen", "broken", "none"],
)
def test_a_tokenizer_stands_where_its_files_carry_it(facts: Facts, expected: Reach) -> None:
    assert reach(Tokenizer().judge(facts)) == expected


def test_an_opaque_vocabulary_is_not_given_a_size() -> None:
    opaque = attrs.evolve(FACTS, tokenizer=Seen(TokenizerFacts(WHERE, "sentencepiece", None)))

    outcome = Tokenizer().judge(opaque)[2].outcome

    assert isinstance(outcome, Confirmed)
    assert "opaque" in outcome.reason


@pytest.mark.parametrize(
    ("entries", "places", "kind"),
    [
        (96, 96, Confirmed),
        (96, 100, Confirmed),
        (96, 64, Contradicted),
        (96, 1000, Unknown),
        (96, None, Unknown),
        (None, 96, Unknown),
    ],
)
def test_the_vocabulary_is_held_against_the_places_of_the_model(
    entries: int | None, places: int | None, kind: type
) -> None:
    size = () if places is None else (Setting("vocab_size", places, WHERE),)
    facts = attrs.evolve(
        FACTS,
        tokenizer=Seen(TokenizerFacts(WHERE, "BPE", entries)),
        config=Seen(attrs.evolve(CONFIG, settings=size)),
    )

    assert isinstance(outcome_of(Tokenizer(), facts, Rung.CONSISTENT), kind)
