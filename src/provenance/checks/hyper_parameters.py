"""Are the hyper-parameters written down?"""

import attrs

from provenance.checks.searching.holding import Quest
from provenance.checks.searching.stated_values import agree_with_other_files, file_with
from provenance.values.artefact import Kind
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding

#: Five of these are enough to begin with.
KINDS = (
    Kind.LEARNING_RATE,
    Kind.BATCH_SIZE,
    Kind.STEPS,
    Kind.SEQUENCE_LENGTH,
    Kind.OPTIMIZER,
    Kind.SEED,
)
LEAST = 5


@attrs.frozen
class HyperParameters:
    """One file states five or more of: learning rate, batch size, steps, length, optimizer, seed.

    Needs: settings, programs, records, papers and the card of the publisher.
    Proves: values are written down in one place; with rung 5, that a second file states the same,
    or a paper or report of the publisher.
    Does not prove: that training used them.
    Example: ``config.toml`` with ``learning_rate = 4e-3``, ``batch_size = 8``, ``steps = 240``,
    ``optimizer = "adamw"``, ``seed = 7``; and a card with a table of the same values.
    """

    id: str = "hyper-parameters-stated"
    component: Component = Component.HYPER_PARAMETERS

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        find, agrees = file_with(KINDS, LEAST), agree_with_other_files(KINDS)
        sought = f"file that states {LEAST} hyper-parameters"
        return Quest(self.id, self.component, sought, find, agrees).judge(facts)
