"""Are there samples of what the model gives, in files of their own?"""

import attrs

from provenance.checks.searching.holding import Quest, files_of
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding


@attrs.frozen
class SampleModelOutputs:
    """The release holds a picture, a sound or a text that its name says the model gave.

    Needs: files in ``samples/``, ``outputs/`` or the like.
    Proves: the publisher shows something. What the card itself shows is the card.
    Does not prove: that the model gave it.
    Example: ``samples/harbour.txt`` with a few sentences.
    """

    id: str = "sample-model-outputs-held"
    component: Component = Component.SAMPLE_MODEL_OUTPUTS

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 4."""
        find = files_of(self.component)
        return Quest(self.id, self.component, "file of sample outputs", find).judge(facts)
