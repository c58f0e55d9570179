"""Is there code that measures the model, and on what the results say?"""

import attrs

from provenance.checks.searching.holding import Found, Holding, Quest, files_of
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Finding, Outcome, Unknown


@attrs.frozen
class EvaluationCode:
    """A program of the publisher runs a model and measures it, or calls an evaluation harness.

    Needs: the publisher's programs as syntax trees, the results in card and files.
    Proves: how results come about is written down; with rung 5, that the code names every dataset
    that results are given for.
    Does not prove: that the results came from it.
    Example: ``evaluate.py`` that loads the model and reports ``accuracy`` on ``org/data``, where
    the card's result is on ``org/data``.
    """

    id: str = "evaluation-code-measures"
    component: Component = Component.EVALUATION_CODE

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        find = files_of(self.component)
        return Quest(self.id, self.component, "evaluation code", find, _agrees).judge(facts)


def _agrees(found: Found, _: Holding, facts: Facts) -> Outcome:
    tasks = {one.dataset: one.where for one in facts.measured}
    if not tasks:
        return Unknown("there is no result whose dataset the code could name", found.where)
    missing = sorted(tasks.keys() - found.names)
    if missing:
        return Unknown(
            f"the code does not name {missing[0]}, for which there is a result", found.where
        )
    named = ", ".join(sorted(tasks)[:3])
    return Confirmed(f"the code names {named}", (*found.where, *tasks.values()))
