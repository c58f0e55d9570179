"""Is there code that runs the model: that loads it, and makes something with it?"""

import attrs

from provenance.checks.searching.holding import Found, Holding, Quest, files_of
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Finding, Outcome, Unknown


@attrs.frozen
class InferenceCode:
    """A program of the publisher loads a model and calls what makes text, sound or pictures of it.

    Needs: the publisher's programs as syntax trees.
    Proves: the way from files to output is written down.
    Does not prove: that it runs, or gives what the card shows.
    Example: ``generate.py`` that calls ``from_pretrained("org/name")`` and ``generate``; with the
    release's own id, or the name of one of its files, in it, rung 5.
    """

    id: str = "inference-code-runs-a-model"
    component: Component = Component.INFERENCE_CODE

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        find = files_of(self.component)
        return Quest(self.id, self.component, "inference code", find, _agrees).judge(facts)


def _agrees(found: Found, _: Holding, facts: Facts) -> Outcome:
    """Return whether the program names what this release is: its id, or one of its files."""
    own = {facts.ref.name, *(entry.path.text for entry in facts.inventory if entry.size)}
    shared = sorted(own & found.names)
    if shared:
        return Confirmed(f"the program names {shared[0]}, which is this release's", found.where)
    return Unknown("the program names neither this release nor a file of it", found.where)
