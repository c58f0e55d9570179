"""Is there a record of what happened in training?"""

import attrs

from provenance.checks.searching.holding import Found, Holding, Quest, files_of
from provenance.values.artefact import Kind
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Contradicted, Finding, Outcome, Unknown


@attrs.frozen
class ModelMetadata:
    """A record of training is there and can be read: ``trainer_state.json`` and the like.

    Needs: the record. Pickles are listed and never loaded: they are no record that can be read.
    Proves: the publisher keeps what its trainer wrote; with rung 5, that its log ends at the step
    that it says training ended at.
    Does not prove: that the record is of this training.
    Example: ``trainer_state.json`` with ``"global_step": 240`` and a log whose last step is 240.
    """

    id: str = "model-metadata-recorded"
    component: Component = Component.MODEL_METADATA

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        find = files_of(self.component)
        return Quest(self.id, self.component, "record of training", find, _agrees).judge(facts)


def _agrees(found: Found, holding: Holding, _: Facts) -> Outcome:
    inside = [one for one in holding.stated if one.path in found.paths]
    ended = {one.value: one.where for one in inside if one.kind is Kind.LAST_STEP}
    logged = {one.value: one.where for one in inside if one.kind is Kind.LOGGED_STEP}
    if not (ended and logged):
        return Unknown("the record does not say both where training ended and what was logged")
    where = (*ended.values(), *logged.values())
    if ended.keys() & logged.keys():
        return Confirmed(f"the log ends at step {next(iter(logged))}, as training does", where)
    reason = f"training ended at step {next(iter(ended))}, and its log at {next(iter(logged))}"
    return Contradicted(reason, where)
