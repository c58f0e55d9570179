"""Is the order of the data fixed: by a digest, or by a list of indices?"""

import attrs

from provenance.checks.searching.holding import Quest
from provenance.checks.searching.stated_values import agree_with_other_files, file_with
from provenance.values.artefact import Kind
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding


@attrs.frozen
class DataOrder:
    """A file states the digest of the order of batches, or names the file of their indices.

    Needs: settings, programs and records of the publisher.
    Proves: the order that came of a rebuild can be held against something; with rung 5, that a
    second file states the same.
    Does not prove: that the order can be made again.
    Example: ``"data_order_sha256": "870ff6…"`` in ``trainer_state.json``.
    """

    id: str = "data-order-stated"
    component: Component = Component.DATA_ORDER

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        find, agrees = file_with((Kind.DATA_ORDER,), 1), agree_with_other_files((Kind.DATA_ORDER,))
        return Quest(self.id, self.component, "order of the data", find, agrees).judge(facts)
