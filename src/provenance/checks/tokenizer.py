"""Is the tokenizer there, and does it parse?"""

import attrs

from provenance.checks.searching.listed import ListedFiles
from provenance.checks.searching.looked import looked
from provenance.checks.searching.searched import publishers
from provenance.values.component import Component
from provenance.values.facts import Facts, TokenizerFacts
from provenance.values.finding import Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.inventory import FileEntry
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.rung import Rung
from provenance.values.tokenizer_names import is_vocabulary

# Sizes are rounded up to what processors like, and special tokens are listed elsewhere.
_CLOSE = 0.9


@attrs.frozen
class Tokenizer:
    """A tokenizer file is listed, and what it holds is a vocabulary of a known kind.

    Needs: the tokenizer's files; the configuration, or the list of the publisher's repository, for
    rung 5.
    Proves: text can be turned into ids without guessing; with rung 5, that every id has a place in
    the model, or that the publisher's code comes with the very same file.
    Does not prove: that training used the same tokenizer. A copy with other bytes may still hold
    the same vocabulary: it is told, and contradicts nothing.
    Example: ``tokenizer.json`` with a vocabulary of 52 entries, and ``vocab_size`` 52.
    """

    id: str = "tokenizer-parses"
    component: Component = Component.TOKENIZER

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        entries = _entries(facts)
        files = ListedFiles(self.id, self.component, entries, "tokenizer file of a known kind")
        if not entries:
            if isinstance(facts.tokenizer, Missing):
                return files.listed(facts)
            unseen = facts.tokenizer if isinstance(facts.tokenizer, Unseen) else None
            why = unseen.reason if unseen else "its file is not listed"
            return (files.finding(Rung.CLAIMED, Unknown(why, (facts.listing,))),)
        found = files.listed(facts)
        typed = files.finding(Rung.RETRIEVED, _typed(facts))
        agrees = files.finding(Rung.CONSISTENT, _agrees(facts))
        return (*found, typed, files.bound(facts), agrees)


def _entries(facts: Facts) -> tuple[FileEntry, ...]:
    """Return the files that make the tokenizer up; else those that could by their names."""
    seen = facts.tokenizer.value.files if isinstance(facts.tokenizer, Seen) else ()
    paths = {one.path for one in seen}
    entries = tuple(one for one in facts.inventory if one.path.text in paths)
    return entries or tuple(one for one in facts.inventory if is_vocabulary(one.path.text))


def _typed(facts: Facts) -> Outcome:
    return looked(facts.tokenizer, _counted, missing=Contradicted)


def _counted(tokenizer: TokenizerFacts) -> Outcome:
    size = tokenizer.vocabulary
    held = f"of {size:,} entries" if size else "whose entries are not counted"
    return Confirmed(f"a {tokenizer.kind} tokenizer {held}", (tokenizer.where,))


def _agrees(facts: Facts) -> Outcome:
    """Return whether the vocabulary fits the embedding, or the publisher's code has the same."""
    fits, copied = _fits(facts), _copied(facts)
    match fits, copied:
        case Contradicted(), _:
            return fits
        case Confirmed(), Confirmed():
            return Confirmed(f"{fits.reason}; {copied.reason}", (*fits.because, *copied.because))
        case _, Confirmed():
            return copied
        case Unknown(), Unknown():
            return Unknown(f"{fits.reason}; {copied.reason}", (*fits.because, *copied.because))
        case _:
            return fits


def _fits(facts: Facts) -> Confirmed | Contradicted | Unknown:
    """Return whether the vocabulary fits the embedding: models round its size up, never down."""
    size = facts.tokenizer.value.vocabulary if isinstance(facts.tokenizer, Seen) else None
    config = facts.config.value if isinstance(facts.config, Seen) else None
    if not isinstance(facts.tokenizer, Seen) or size is None or config is None:
        return Unknown("the sizes of vocabulary and embedding are not both known")
    named = next((one for one in config.settings if one.key == "vocab_size"), None)
    where = (facts.tokenizer.value.where, config.where)
    # Llama's own configuration has -1 where its tokenizer counts.
    if named is None or named.value <= 0:
        return Unknown("the configuration names no size of the vocabulary", where)
    if size > named.value:
        return Contradicted(f"{size:,} entries, of which the model knows {named.value:,}", where)
    if size >= named.value * _CLOSE:
        return Confirmed(f"the model has {named.value:,} places for {size:,} entries", where)
    return Unknown(f"the model has {named.value:,} places for {size:,} entries", where)


def _copied(facts: Facts) -> Confirmed | Unknown | None:
    """Return whether a repository of the publisher holds a tokenizer file with the same bytes."""
    if not isinstance(facts.tokenizer, Seen):
        return None
    ours = {(one.path, one.blob): one for one in facts.tokenizer.value.files}
    copies = [
        (linked, copy)
        for linked in publishers(facts)
        if isinstance(linked.look, Seen)
        for copy in linked.look.value.tokenizers
    ]
    for linked, copy in copies:
        own = ours.get((copy.path.rpartition("/")[2], copy.blob))
        if own:
            said = f"{copy.path} in {linked.locator.uri} is the same file as {own.path}"
            return Confirmed(said, (own.where, copy.where))
    named = {one.path for one in facts.tokenizer.value.files}
    other = [(linked, copy) for linked, copy in copies if copy.path.rpartition("/")[2] in named]
    if not other:
        return None
    linked, copy = other[0]
    return Unknown(f"{copy.path} in {linked.locator.uri} has other bytes", (copy.where,))
