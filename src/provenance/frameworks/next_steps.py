"""Next steps: for each component the cheapest thing that would lift it, for whoever can do it."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.finding import Confirmed, Finding, Inapplicable, Unknown
from provenance.values.license import Terms
from provenance.values.next_step import Cost, NextStep
from provenance.values.rung import Rung

Reports: TypeAlias = Mapping[Component, ComponentReport]
_C = Component

# What it takes to offer a component that is not there.
_OFFER: Mapping[Component, tuple[Cost, str]] = {
    _C.MODEL_ARCHITECTURE: (Cost.FILE, "add config.json, with the classes that read it"),
    _C.FINAL_PARAMETERS: (Cost.PUBLISH_DATA, "publish the weights, whole, as safetensors"),
    _C.TECHNICAL_REPORT: (Cost.WRITE, "write a technical report and link it"),
    _C.EVALUATION_RESULTS: (Cost.LINE, "put the results into the card's model-index"),
    _C.MODEL_CARD: (Cost.WRITE, "write README.md, with sections of its own"),
    _C.DATA_CARD: (Cost.WRITE, "write a card for the data: sources, acquisition, processing"),
    _C.SAMPLE_MODEL_OUTPUTS: (Cost.FILE, "add outputs of the model, with their prompts"),
    _C.TRAINING_CODE: (Cost.PUBLISH, "publish the code that trained it, and link its commit"),
    _C.INFERENCE_CODE: (Cost.PUBLISH, "publish code that runs it, and link its commit"),
    _C.EVALUATION_CODE: (Cost.PUBLISH, "publish the code that measured it, and link its commit"),
    _C.EVALUATION_DATA: (Cost.LINE, "name the evaluation data by id and revision"),
    _C.SUPPORTING_LIBRARIES: (Cost.LINE, "name the libraries and tools, with versions"),
    _C.DATASETS: (Cost.PUBLISH_DATA, "publish the training data, or name where each part is"),
    _C.DATA_PREPROCESSING_CODE: (Cost.PUBLISH, "publish the code that prepared the data"),
    _C.INTERMEDIATE_PARAMETERS: (Cost.PUBLISH_DATA, "publish checkpoints, as branches or tags"),
    _C.RESEARCH_PAPER: (Cost.WRITE, "write a paper and link its identifier"),
    _C.MODEL_METADATA: (Cost.FILE, "add trainer_state.json and the like"),
    _C.TOKENIZER: (Cost.FILE, "add tokenizer.json"),
    _C.CHAT_TEMPLATE: (Cost.FILE, "add the chat template"),
    _C.REMOTE_CODE: (Cost.FILE, "add the code that auto_map names"),
    _C.HYPER_PARAMETERS: (Cost.LINE, "name learning rate, batch, steps, length, optimizer"),
    _C.ENVIRONMENT: (Cost.FILE, "add the lock file of the training's environment"),
    _C.SEEDS: (Cost.LINE, "name the seeds"),
    _C.DATA_ORDER: (Cost.FILE, "add the order of the data, or its digest"),
    _C.HARDWARE: (Cost.LINE, "name the hardware, its number and the hours"),
    _C.OPTIMIZER_STATE: (Cost.PUBLISH_DATA, "publish the optimizer's state"),
    _C.BASE_MODELS: (Cost.LINE, "name the base model in the card's metadata, with its revision"),
    _C.CONTAMINATION_REPORT: (Cost.RUN, "look for the evaluation data in the training data"),
}


def offer_of(component: Component) -> str:
    """Return what it takes to offer a component that is not there."""
    return _OFFER[component][1]


def next_steps(reports: Reports) -> dict[Component, NextStep | None]:
    """Return the cheapest step for each component; ``None`` where nothing is left to do."""
    read = reports[Component.MODEL_CARD].reach.shown >= Rung.RETRIEVED
    return {
        component: min(_steps(report, card_read=read), key=lambda one: one.cost, default=None)
        for component, report in reports.items()
    }


def by_cost(reports: Reports) -> tuple[NextStep, ...]:
    """Return the steps of all components, the cheapest first; equals in the components' order."""
    steps = [report.next_step for report in reports.values() if report.next_step]
    places = list(Component)
    return tuple(sorted(steps, key=lambda one: (one.cost, places.index(one.component))))


def _steps(report: ComponentReport, *, card_read: bool) -> Iterator[NextStep]:
    """Yield what would lift the component, each on its own."""
    component, shown = report.component, report.reach.shown
    if found := _licence(report):
        yield NextStep(component, shown, *found)
    if report.composition and report.composition.total is None:
        action = "say in the card how many bytes of data there are in all"
        yield NextStep(component, shown, Cost.LINE, action)
    if shown < Rung.REPRODUCED:
        rung = Rung(shown + 1)
        stopping = _stopping(report, rung)
        if stopping is None or not isinstance(stopping.outcome, Inapplicable):
            yield NextStep(component, rung, *_lift(report, rung, stopping, card_read=card_read))


def _stopping(report: ComponentReport, rung: Rung) -> Finding | None:
    """Return the finding that keeps the component from a rung; a refusal before an unknown."""
    at = [
        one
        for one in report.findings
        if one.rung is rung and not isinstance(one.outcome, Confirmed)
    ]
    return min(at, key=lambda one: isinstance(one.outcome, Unknown), default=None)


def _lift(
    report: ComponentReport, rung: Rung, stopping: Finding | None, *, card_read: bool
) -> tuple[Cost, str]:
    offer = _OFFER[report.component]
    unknown = stopping is None or isinstance(stopping.outcome, Unknown)
    # What the card does not say can be said, and linked, whether or not it was looked for.
    if rung is Rung.CLAIMED and (card_read or not unknown):
        return offer
    # Where no check speaks of a rung, only making it again would show more.
    if rung is Rung.REPRODUCED or (stopping is None and rung > Rung.RETRIEVED):
        return Cost.RUN, "run the recipe again, and sign the outcome"
    reason = stopping.outcome.reason if stopping else "nothing was found"
    if unknown and rung is not Rung.LOCATED:
        return Cost.LOOK, f"look again: {reason}"
    lifts = {
        Rung.LOCATED: (Cost.LINE, "link it where the card speaks of it"),
        Rung.RETRIEVED: (offer[0], f"{offer[1]}: {reason}"),
        Rung.BOUND: (Cost.LINE, f"name its commit or digest: {reason}"),
    }
    return lifts.get(rung, (Cost.WRITE, f"make the two agree: {reason}"))


def _licence(report: ComponentReport) -> tuple[Cost, str] | None:
    """Return what would open the terms of a component that is there."""
    found = report.license
    if report.reach.shown < Rung.RETRIEVED or found.terms is Terms.OPEN:
        return None
    if found.terms is Terms.RESTRICTED:
        named = found.evident or found.claimed or "its own terms"
        return Cost.PUBLISH, f"offer it under an open licence in place of {named}"
    if found.claimed:
        return Cost.FILE, f"add the text of {found.claimed} as LICENSE"
    return Cost.FILE, "choose a licence, and add its text as LICENSE"
