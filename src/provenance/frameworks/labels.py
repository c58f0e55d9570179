"""Labels by gates: what is shown, and what would be if all that is unknown were there.

Source of the gates: ``docs/reference/labels.md``. Each gate holds only if all lower ones do.
"""

from collections.abc import Callable, Mapping

import attrs

from provenance.values.access import Access
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.digest import Digest
from provenance.values.finding import Absent, Confirmed, Contradicted
from provenance.values.label import WEIGHTS, Label, Qualifier
from provenance.values.license import Terms
from provenance.values.rubric import Rubric
from provenance.values.rung import Rung

VERSION = "2"
Reports = Mapping[Component, ComponentReport]

_SOURCE = (
    Component.FINAL_PARAMETERS,
    Component.TRAINING_CODE,
    Component.DATA_PREPROCESSING_CODE,
    Component.INFERENCE_CODE,
)
_REBUILD = (
    Component.DATASETS,
    Component.INTERMEDIATE_PARAMETERS,
    Component.ENVIRONMENT,
    Component.HYPER_PARAMETERS,
    Component.SEEDS,
    Component.DATA_ORDER,
)
_DATA = (Component.DATASETS, Component.DATA_CARD)


def _ids(components: tuple[Component, ...]) -> str:
    return " ".join(one.id for one in components)


RUBRIC = Rubric(
    "labels",
    VERSION,
    (
        "each gate holds only if all lower ones do",
        f"{Label.UNDETERMINED}: whether {_ids(WEIGHTS)} reach {Rung.RETRIEVED:d} is unknown",
        f"{Label.OPEN_WEIGHTS}: {_ids(WEIGHTS)} at {Rung.RETRIEVED:d}",
        (
            f"{Label.OPEN_WEIGHTS_AND_CODE}: {Component.TRAINING_CODE.id} at {Rung.RETRIEVED:d}, "
            "under open terms, consistent with the architecture"
        ),
        (
            f"{Label.OPEN_SOURCE}: {_ids(_SOURCE)} at {Rung.RETRIEVED:d} under open terms, "
            f"and one of {_ids(_DATA)} at {Rung.RETRIEVED:d}"
        ),
        f"{Label.REPRODUCIBLE}: {_ids(_REBUILD)} at {Rung.BOUND:d}, and no dangling end",
        f"{Label.REPRODUCED}: {WEIGHTS[0].id} at {Rung.REPRODUCED:d}",
    ),
)


@attrs.frozen
class Decision:
    """The label that is shown, the best that it could be, what goes with it, and by which gates."""

    label: Label
    at_most: Label
    qualifiers: tuple[Qualifier, ...]
    rubric: Digest = RUBRIC.digest


@attrs.frozen
class _View:
    """The reports read one way: as shown, or as they would be if the unknown were there."""

    reports: Reports
    hopeful: bool
    closed_recipe: bool

    def stands(self, component: Component, rung: Rung) -> bool:
        reach = self.reports[component].reach
        return (reach.at_most if self.hopeful else reach.shown) >= rung

    def all_stand(self, components: tuple[Component, ...], rung: Rung) -> bool:
        return all(self.stands(component, rung) for component in components)

    def open(self, component: Component) -> bool:
        terms = self.reports[component].license.terms
        return terms is Terms.OPEN or (self.hopeful and terms is Terms.UNKNOWN)

    def consistent(self, component: Component) -> bool:
        outcomes = [
            finding.outcome
            for finding in self.reports[component].findings
            if finding.rung is Rung.CONSISTENT
        ]
        if any(isinstance(one, Contradicted | Absent) for one in outcomes):
            return False
        return self.hopeful or any(isinstance(one, Confirmed) for one in outcomes)


def _weights(view: _View) -> bool:
    return view.all_stand(WEIGHTS, Rung.RETRIEVED)


def _code(view: _View) -> bool:
    code = Component.TRAINING_CODE
    return view.stands(code, Rung.RETRIEVED) and view.open(code) and view.consistent(code)


def _source(view: _View) -> bool:
    informed = any(view.stands(one, Rung.RETRIEVED) for one in _DATA)
    return (
        informed and view.all_stand(_SOURCE, Rung.RETRIEVED) and all(view.open(c) for c in _SOURCE)
    )


def _rebuild(view: _View) -> bool:
    return view.all_stand(_REBUILD, Rung.BOUND) and view.closed_recipe


def _again(view: _View) -> bool:
    return view.stands(Component.FINAL_PARAMETERS, Rung.REPRODUCED)


_GATES: tuple[tuple[Label, Callable[[_View], bool]], ...] = (
    (Label.OPEN_WEIGHTS, _weights),
    (Label.OPEN_WEIGHTS_AND_CODE, _code),
    (Label.OPEN_SOURCE, _source),
    (Label.REPRODUCIBLE, _rebuild),
    (Label.REPRODUCED, _again),
)


def _highest(view: _View) -> Label:
    label = Label.CLOSED
    for higher, gate in _GATES:
        if not gate(view):
            return label
        label = higher
    return label


def decide(reports: Reports, *, dangling: bool) -> Decision:
    """Return the label of a release.

    Args:
        reports: one report for every component.
        dangling: whether an end of the recipe leads nowhere or could not be followed; then the
            release cannot be shown to be reproducible.
    """
    shown = _highest(_View(reports, hopeful=False, closed_recipe=not dangling))
    at_most = _highest(_View(reports, hopeful=True, closed_recipe=True))
    parameters = reports[Component.FINAL_PARAMETERS].reach
    unread = parameters.shown < Rung.RETRIEVED <= parameters.at_most
    # Closed is what a release is shown to be: nothing that was not read could make it more.
    if unread or (shown is Label.CLOSED and at_most is not Label.CLOSED):
        shown = Label.UNDETERMINED
    return Decision(shown, at_most, _qualifiers(reports))


def _qualifiers(reports: Reports) -> tuple[Qualifier, ...]:
    parameters = reports[Component.FINAL_PARAMETERS]
    there = parameters.reach.shown >= Rung.RETRIEVED
    # A part that could not be looked at is not a part that is missing.
    lacking = any(reports[one].reach.at_most < Rung.RETRIEVED for one in WEIGHTS)
    # Files of weights are listed, and lack what they themselves say that there is.
    broken = parameters.reach.shown >= Rung.LOCATED and parameters.reach.at_most < Rung.RETRIEVED
    terms = parameters.license.terms
    found = (
        (Qualifier.RESTRICTED, terms is Terms.RESTRICTED),
        (Qualifier.GATED, parameters.access in {Access.AUTO_GATE, Access.MANUAL_GATE}),
        (Qualifier.PARTIAL, broken or (there and lacking)),
        (Qualifier.LICENSE_UNKNOWN, terms in {Terms.UNKNOWN, Terms.NONE}),
    )
    return tuple(qualifier for qualifier, holds in found if holds)
