"""Is the tokenizer there, and does it parse?"""

from typing import assert_never

import attrs

from provenance.checks.listed import ListedFiles
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.rung import Rung

# The files that carry a vocabulary, by the names that tokenizer libraries look for.
TOKENIZER_FILES = frozenset(
    {
        "tokenizer.json",
        "tokenizer.model",
        "spiece.model",
        "sentencepiece.bpe.model",
        "tekken.json",
        "vocab.json",
        "merges.txt",
        "vocab.txt",
    }
)

# Sizes are rounded up to what processors like, and special tokens are listed elsewhere.
_CLOSE = 0.9


@attrs.frozen
class Tokenizer:
    """A tokenizer file is listed, and what it holds is a vocabulary of a known kind.

    Needs: the tokenizer's files; the configuration for rung 5.
    Proves: text can be turned into ids without guessing; with rung 5, that every id has a place in
    the model.
    Does not prove: that training used the same tokenizer.
    Example: ``tokenizer.json`` with a vocabulary of 52 entries, and ``vocab_size`` 52.
    """

    id: str = "tokenizer-parses"
    component: Component = Component.TOKENIZER

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        entries = tuple(one for one in facts.inventory if one.path.text in TOKENIZER_FILES)
        files = ListedFiles(self.id, self.component, entries, "tokenizer file of a known kind")
        found = files.listed(facts)
        if not entries:
            return found
        typed = files.finding(Rung.RETRIEVED, _typed(facts))
        agrees = files.finding(Rung.CONSISTENT, _agrees(facts))
        return (*found, typed, files.bound(facts), agrees)


def _typed(facts: Facts) -> Outcome:
    match facts.tokenizer:
        case Unseen(reason):
            return Unknown(reason)
        case Missing(reason, because):
            return Contradicted(reason, because)
        case Seen(tokenizer):
            size = (
                f"{tokenizer.vocabulary:,} entries" if tokenizer.vocabulary else "an opaque model"
            )
            return Confirmed(f"a {tokenizer.kind} tokenizer of {size}", (tokenizer.where,))
        case _:
            assert_never(facts.tokenizer)


def _agrees(facts: Facts) -> Outcome:
    """Return whether the vocabulary fits the embedding: models round its size up, never down."""
    size = facts.tokenizer.value.vocabulary if isinstance(facts.tokenizer, Seen) else None
    config = facts.config.value if isinstance(facts.config, Seen) else None
    if not isinstance(facts.tokenizer, Seen) or size is None or config is None:
        return Unknown("the sizes of vocabulary and embedding are not both known")
    named = next((one for one in config.settings if one.key == "vocab_size"), None)
    where = (facts.tokenizer.value.where, config.where)
    if named is None:
        return Unknown("the configuration names no size of the vocabulary", where)
    if size > named.value:
        return Contradicted(f"{size:,} entries, of which the model knows {named.value:,}", where)
    if size >= named.value * _CLOSE:
        return Confirmed(f"the model has {named.value:,} places for {size:,} entries", where)
    return Unknown(f"the model has {named.value:,} places for {size:,} entries", where)
