"""Is the seed written down?"""

import attrs

from provenance.checks.searching.holding import Quest
from provenance.checks.searching.stated_values import agree_with_other_files, file_with
from provenance.values.artefact import Kind
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding


@attrs.frozen
class Seeds:
    """A file states the seed of the random numbers.

    Needs: settings, programs, records and the card of the publisher.
    Proves: there is a value to begin with; with rung 5, that a second file states the same.
    Does not prove: that it is the only source of chance, or that training used it.
    Example: ``seed = 20260105`` in ``config.toml``, and in ``trainer_state.json``.
    """

    id: str = "seeds-stated"
    component: Component = Component.SEEDS

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        find, agrees = file_with((Kind.SEED,), 1), agree_with_other_files((Kind.SEED,))
        return Quest(self.id, self.component, "stated seed", find, agrees).judge(facts)
