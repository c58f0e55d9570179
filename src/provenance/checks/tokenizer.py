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


@attrs.frozen
class Tokenizer:
    """A tokenizer file is listed, and what it holds is a vocabulary of a known kind.

    Needs: the tokenizer's files. Proves: text can be turned into ids without guessing.
    Does not prove: that training used the same tokenizer.
    """

    id: str = "tokenizer-parses"
    component: Component = Component.TOKENIZER

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 4."""
        entries = tuple(one for one in facts.inventory if one.path.text in TOKENIZER_FILES)
        files = ListedFiles(self.id, self.component, entries, "tokenizer file of a known kind")
        found = files.listed(facts)
        if not entries:
            return found
        typed = files.finding(Rung.RETRIEVED, _typed(facts))
        return (*found, typed, files.bound(facts))


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
