"""Does a report or paper state what the release's own files state?"""

from collections.abc import Iterable, Iterator

from provenance.checks.hyper_parameters import KINDS
from provenance.checks.model_card import CARD_FILE, DIMENSIONS
from provenance.checks.searching.holding import holdings
from provenance.values.artefact import Kind, StatedValue
from provenance.values.evidence import Where
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Contradicted, Outcome, Unknown
from provenance.values.look import Seen
from provenance.values.number import near

# One value may agree by chance: optimizers and seeds are few. Papers tell of other models, too:
# only a shape that differs in more than one way is another model's.
LEAST = 2


def agrees_with_files(stated: Iterable[StatedValue], facts: Facts) -> Outcome:
    """Return whether a document's values are those of the configuration and of the settings.

    Needs two values of different kinds that agree. It is contradicted where none does, and two
    dimensions, each given once only, are others than the configuration's.
    """
    said: dict[Kind, dict[str, Where]] = {}
    for one in stated:
        said.setdefault(one.kind, {}).setdefault(one.value, one.where)
    if not said:
        return Unknown("no value that can be compared was read in its text")
    same = tuple(_same(said, facts))
    if len({kind for kind, _, _ in same}) >= LEAST:
        named = ", ".join(f"{kind} {value}" for kind, value, _ in same)
        where = dict.fromkeys(one for *_, both in same for one in both)
        return Confirmed(f"its text and the release's files agree on {named}", tuple(where))
    differing = tuple(_differing(said, facts))
    if not same and len(differing) >= LEAST:
        (kind, ours, theirs, _), *_ = differing
        where = dict.fromkeys(one for *_, both in differing for one in both)
        reason = f"{kind} is {ours} in its text and {theirs} in the configuration"
        return Contradicted(f"{reason}; {len(differing)} dimensions differ", tuple(where))
    return Unknown(f"its text states fewer than {LEAST} values that the release's files state, too")


_Both = tuple[Where, Where]


def _same(said: dict[Kind, dict[str, Where]], facts: Facts) -> Iterator[tuple[Kind, str, _Both]]:
    for kind, published, where in _dimensions(facts):
        if place := said.get(kind, {}).get(published):
            yield kind, published, (place, where)
    if isinstance(facts.weights, Seen):
        weights = facts.weights.value
        exact = weights.profile.parameters
        close = [one for one in said.get(Kind.PARAMETERS, {}) if near(one, exact)]
        if close and weights.where:
            value = close[0]
            yield Kind.PARAMETERS, value, (said[Kind.PARAMETERS][value], weights.where[0])
    yield from _settings(said, facts)


def _settings(
    said: dict[Kind, dict[str, Where]], facts: Facts
) -> Iterator[tuple[Kind, str, _Both]]:
    """Yield the hyper-parameters that a file of the publisher states, too; a card is no file."""
    found: set[Kind] = set()
    for holding in holdings(facts):
        for one in holding.stated:
            place = said.get(one.kind, {}).get(one.value)
            wanted = one.kind in KINDS and one.kind not in found and one.path != CARD_FILE
            if place and wanted:
                found.add(one.kind)
                yield one.kind, one.value, (place, one.where)


def _differing(
    said: dict[Kind, dict[str, Where]], facts: Facts
) -> Iterator[tuple[Kind, str, str, _Both]]:
    for kind, published, where in _dimensions(facts):
        values = said.get(kind, {})
        if len(values) == 1 and published not in values:
            ((ours, place),) = values.items()
            yield kind, ours, published, (place, where)


def _dimensions(facts: Facts) -> Iterator[tuple[Kind, str, Where]]:
    """Yield the dimensions that the configuration gives, as documents would write them."""
    if isinstance(facts.config, Seen):
        config = facts.config.value
        published = {one.key: str(one.value) for one in config.settings}
        for kind, key in DIMENSIONS:
            if key in published:
                yield kind, published[key], config.where
