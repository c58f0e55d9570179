"""Is the architecture there: a configuration that names and dimensions it?"""

import attrs

from provenance.checks.searching.listed import ListedFiles
from provenance.checks.searching.looked import looked
from provenance.checks.tensor_shapes import compare
from provenance.values.component import Component
from provenance.values.facts import ConfigFacts, Facts
from provenance.values.finding import Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.look import Seen, Unseen
from provenance.values.rung import Rung

# The dimensions that a transformer, recurrent or convolutional model cannot be built without are
# many; two whole-number settings beside a named class already tell a configuration from a stub.
LEAST_SETTINGS = 2
_USUAL = "config.json"


@attrs.frozen
class ModelArchitecture:
    """The configuration parses, names its model class or type, and gives dimensions.

    Needs: ``config.json``, or the form that the release has it in; the headers of the weights for
    rung 5.
    Proves: the architecture is named and dimensioned by the publisher; with rung 5, that the
    tensors have the layers and the shapes that the configuration makes.
    Does not prove: that code for the class is open.
    Example: ``"n_layer": 2, "n_embd": 96, "vocab_size": 52``, where the headers hold two layers and
    an embedding of 52 x 96.
    """

    id: str = "model-architecture-named"
    component: Component = Component.MODEL_ARCHITECTURE

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        path = facts.config.value.path if isinstance(facts.config, Seen) else _USUAL
        entry = facts.inventory.get(path)
        files = ListedFiles(
            self.id, self.component, (entry,) if entry else (), "configuration (config.json)"
        )
        if not entry and isinstance(facts.config, Unseen):
            unknown = Unknown(facts.config.reason, (facts.listing,))
            return (files.finding(Rung.CLAIMED, unknown),)
        found = files.listed(facts)
        if not entry:
            return found
        typed = files.finding(Rung.RETRIEVED, _typed(facts))
        agrees = files.finding(Rung.CONSISTENT, _agrees(facts))
        return (*found, typed, files.bound(facts), agrees)


def _typed(facts: Facts) -> Outcome:
    return looked(facts.config, _named, missing=Contradicted)


def _named(config: ConfigFacts) -> Outcome:
    """Return whether a class is named with dimensions; what else stands there may well be both."""
    name, where = config.named, (config.where,)
    if config.is_empty:
        return Contradicted(f"{config.path} names no model class, and no dimensions", where)
    if not name:
        return Unknown(f"{config.path} names no model class: it is of a kind not known", where)
    if len(config.settings) < LEAST_SETTINGS:
        return Unknown(f"{config.path} names {name}, whose own dimensions are not known", where)
    keys = ", ".join(f"{one.key} {one.value}" for one in config.settings[:4])
    return Confirmed(f"{config.path} names {name} with {keys}", where)


def _agrees(facts: Facts) -> Outcome:
    """Return whether the headers hold the tensors that the configuration makes."""
    if not isinstance(facts.config, Seen) or not isinstance(facts.weights, Seen):
        return Unknown("configuration and headers were not both read")
    return compare(facts.config.value, facts.weights.value)
