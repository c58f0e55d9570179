"""Are there results: a number, of a metric, on a dataset?"""

import attrs

from provenance.checks.searching.holding import Found, Holding, Quest
from provenance.values.artefact import Measured
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Contradicted, Finding, Outcome, Unknown

_CARD = "README.md"


@attrs.frozen
class EvaluationResults:
    """The card's metadata, or a file of the release, gives a dataset, a metric and a value.

    Needs: ``model-index`` of the card, files of results.
    Proves: numbers are given that can be measured again; with rung 5, that the card's number is
    that of a file.
    Does not prove: that the numbers are right.
    Example: ``accuracy 0.747841 on org/data`` in the card's ``model-index``, and the same number in
    ``evaluation.json``.
    """

    id: str = "evaluation-results-given"
    component: Component = Component.EVALUATION_RESULTS

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""

        def find(holding: Holding) -> Found | None:
            return _given(facts.measured) if holding.linked is None else None

        sought = "result of an evaluation in card and files"
        return Quest(self.id, self.component, sought, find, _agrees).judge(facts)


def _given(measured: tuple[Measured, ...]) -> Found | None:
    if not measured:
        return None
    # The file with most results: what is in others is looked at by the cross-check.
    paths = [one.path for one in measured]
    path = max(dict.fromkeys(paths), key=paths.count)
    inside = [one for one in measured if one.path == path]
    first = inside[0]
    return Found(
        f"{path} gives {first.metric} {first.value} on {first.dataset}, of {len(inside)} results",
        (path,),
        tuple(one.where for one in inside),
    )


def _agrees(_: Found, __: Holding, facts: Facts) -> Outcome:
    """Return whether the card's numbers are those of the files, where both give the same metric."""
    card = [one for one in facts.measured if one.path == _CARD]
    files = [one for one in facts.measured if one.path != _CARD]
    pairs = [
        (said, next((one for one in same if one.value == said.value), same[0]))
        for said in card
        if (
            same := [
                one for one in files if (one.dataset, one.metric) == (said.dataset, said.metric)
            ]
        )
    ]
    if not pairs:
        return Unknown("no file gives a number that the card gives, too")
    where = tuple(place for said, found in pairs for place in (said.where, found.where))
    differing = [(said, found) for said, found in pairs if said.value != found.value]
    if differing:
        said, found = differing[0]
        reason = f"{said.metric} is {said.value} in the card and {found.value} in {found.path}"
        return Contradicted(reason, (said.where, found.where))
    metrics = ", ".join(f"{said.metric} {said.value}" for said, _ in pairs[:3])
    return Confirmed(f"card and files agree on {metrics}", where)
