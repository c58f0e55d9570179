import attrs
import pytest

from provenance.checks.ladder import reach
from provenance.checks.tokenizer import Tokenizer
from provenance.values.digest import Digest
from provenance.values.facts import Facts, LinkedSource, Setting, TokenizerFacts, TokenizerFile
from provenance.values.finding import Confirmed, Contradicted, Unknown
from provenance.values.inventory import Inventory
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.rung import Reach, Rung
from tests.building import (
    CODE,
    CODE_CLAIM,
    CONFIG,
    EMPTY,
    FACTS,
    LISTING,
    SOURCE,
    WHERE,
    outcome_of,
    read,
    unseen,
)

NONE = attrs.evolve(EMPTY, tokenizer=Missing("there is no tokenizer file"))
BLOB, OTHER = Digest.git_blob("a" * 40), Digest.git_blob("b" * 40)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FACTS, Reach(Rung.BOUND, Rung.REPRODUCED)),
        (attrs.evolve(FACTS, tokenizer=unseen()), Reach(Rung.LOCATED, Rung.REPRODUCED)),
        (attrs.evolve(FACTS, tokenizer=Missing("no")), Reach(Rung.LOCATED, Rung.LOCATED)),
        (NONE, Reach(Rung.ABSENT, Rung.ABSENT)),
    ],
    ids=["whole", "unseen", "broken", "none"],
)
def test_a_tokenizer_stands_where_its_files_carry_it(facts: Facts, expected: Reach) -> None:
    assert reach(Tokenizer().judge(facts)) == expected


def test_a_tokenizer_of_bytes_is_not_given_a_size() -> None:
    of_bytes = attrs.evolve(FACTS, tokenizer=Seen(TokenizerFacts(WHERE, "ByT5Tokenizer", None)))

    outcome = Tokenizer().judge(of_bytes)[2].outcome

    assert isinstance(outcome, Confirmed)
    assert outcome.reason == "a ByT5Tokenizer tokenizer whose entries are not counted"


def test_a_tokenizer_that_no_file_is_named_for_is_unknown_where_it_may_be_there() -> None:
    facts = attrs.evolve(EMPTY, tokenizer=Unseen("it may be in model.gguf"))

    assert reach(Tokenizer().judge(facts)) == Reach(Rung.ABSENT, Rung.REPRODUCED)


def test_the_files_that_make_a_tokenizer_up_are_those_that_are_listed() -> None:
    file = TokenizerFile("tokenizer_config.json", BLOB, WHERE)
    facts = attrs.evolve(
        FACTS,
        inventory=Inventory((read("tokenizer_config.json"),)),
        tokenizer=Seen(TokenizerFacts(WHERE, "ByT5Tokenizer", None, files=(file,))),
    )

    assert "tokenizer_config.json" in Tokenizer().judge(facts)[0].outcome.reason


@pytest.mark.parametrize(
    ("entries", "places", "kind"),
    [
        (96, 96, Confirmed),
        (96, 100, Confirmed),
        (96, 64, Contradicted),
        (96, 1000, Unknown),
        (96, None, Unknown),
        (96, -1, Unknown),
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


def beside(*copies: TokenizerFile, entries: int | None = None, places: int = 96) -> Facts:
    """Return facts of a tokenizer of one file, beside a repository that lists these."""
    own = TokenizerFacts(
        WHERE, "sentencepiece", entries, files=(TokenizerFile("tokenizer.model", BLOB, WHERE),)
    )
    code = attrs.evolve(CODE, tokenizers=copies)
    return attrs.evolve(
        FACTS,
        tokenizer=Seen(own),
        config=Seen(attrs.evolve(CONFIG, settings=(Setting("vocab_size", places, WHERE),))),
        sources=(LinkedSource(SOURCE, (CODE_CLAIM,), Seen(code)),),
    )


@pytest.mark.parametrize(
    ("path", "blob", "entries", "kind"),
    [
        ("train/tokenizer.model", BLOB, None, Confirmed),
        ("tokenizer.model", BLOB, 96, Confirmed),
        ("tokenizer.model", BLOB, 97, Contradicted),
        ("tokenizer.model", OTHER, 96, Confirmed),
        ("tokenizer.model", OTHER, None, Unknown),
        ("tokenizer.json", BLOB, None, Unknown),
    ],
)
def test_the_same_file_in_the_publishers_repository_is_a_cross_check(
    path: str, blob: Digest, entries: int | None, kind: type
) -> None:
    facts = beside(TokenizerFile(path, blob, LISTING), entries=entries)

    assert isinstance(outcome_of(Tokenizer(), facts, Rung.CONSISTENT), kind)


def test_both_cross_checks_are_told_and_a_copy_with_other_bytes_contradicts_nothing() -> None:
    same = outcome_of(
        Tokenizer(), beside(TokenizerFile("tokenizer.model", BLOB, LISTING), entries=96), Rung(5)
    )
    differs = outcome_of(
        Tokenizer(), beside(TokenizerFile("a/tokenizer.model", OTHER, LISTING)), Rung(5)
    )

    assert "96 places for 96 entries; tokenizer.model in " in same.reason
    assert same.because == (WHERE, CONFIG.where, WHERE, LISTING)
    assert "a/tokenizer.model in" in differs.reason
    assert "has other bytes" in differs.reason


def test_a_repository_that_nobody_saw_holds_no_copy() -> None:
    facts = attrs.evolve(beside(), sources=(LinkedSource(SOURCE, (CODE_CLAIM,), unseen()),))

    assert isinstance(outcome_of(Tokenizer(), facts, Rung.CONSISTENT), Unknown)
