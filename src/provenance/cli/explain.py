"""``provenance explain``: what a component, code or label means, and what an audit found of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

import click
from rich.console import Console
from rich.text import Text

from provenance.checks.table import CHECKS
from provenance.cli.code_book import meaning
from provenance.cli.exit_codes import ExitCode
from provenance.cli.terminal import console, safe
from provenance.cli.topics import Topic, Word, as_key, near_topics, topics_of
from provenance.doors.named_file import read_named
from provenance.errors import Code, UsageError
from provenance.flows.sign import load_manifest
from provenance.frameworks import labels, mof, osai, osaid, scores
from provenance.frameworks.license_reasons import license_reasons
from provenance.frameworks.next_steps import offer_of
from provenance.frameworks.points import points
from provenance.policy.mending import mending
from provenance.values.advice import Rule
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.evidence import Where
from provenance.values.label import Label
from provenance.values.manifest import Manifest

RUBRICS = (labels.RUBRIC, scores.RUBRIC, mof.RUBRIC, osaid.RUBRIC, osai.RUBRIC)
_RUBRICS = "rubrics"
_WIDE = 400
_CLASSES = ("", "class I", "class II", "class III")
_NEAR = 4


@click.command("explain")
@click.argument("topic", nargs=-1, required=True)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="What `audit -o` wrote: say what was found there.",
)
def explain_command(topic: tuple[str, ...], manifest: Path | None) -> ExitCode:
    """Explain TOPIC: a component, a code, a rule of lint, or any other word of a report.

    Case, dashes and blanks do not matter. "rubrics" prints the texts that verdicts follow. With
    --manifest a component is explained by what an audit found: each finding with its evidence, what
    it is worth in its stage, and the cheapest next step; a code by where it was found.
    """
    asked = " ".join(topic)
    found = load_manifest(read_named(manifest)) if manifest else None
    if as_key(asked) == _RUBRICS:
        _say(console(), *(line for one in RUBRICS for line in (str(one.digest), one.text)))
        return ExitCode.DONE
    named = topics_of(asked)
    if not named:
        near = ", ".join(near_topics(asked, _NEAR)) or f"{', '.join(Label)}; {_RUBRICS}"
        hint = f"name a code, a component or a word of a report, such as {near}"
        raise UsageError(f"nothing is called {asked[:80]!a}", hint=hint)
    for one in named:
        _explain(one, found, console())
    return ExitCode.DONE


def _explain(topic: Topic, found: Manifest | None, out: Console) -> None:
    match topic:
        case Component():
            _component(topic, found, out)
        case Code():
            _say(out, f"{topic}: {meaning(topic)}", f"  to do: {mending(topic)}")
            _where_found(topic, found, out)
        case Label():
            _say(out, *_gates(topic))
        case Rule():
            head = f"{topic} (lint, {topic.severity.word})"
            _say(out, f"{head}: {topic.finds}", f"  to do: {topic.mend}")
        case Word():
            _say(out, *(f"{topic.word}: {text}" for text in topic.meanings))
        case _:
            assert_never(topic)


def _say(out: Console, *lines: str) -> None:
    for line in lines:
        for each in line.splitlines():
            out.print(safe(each, _WIDE * 100), soft_wrap=True)


_LABELS = {one.value: one for one in Label}


def _gates(label: Label) -> Iterator[str]:
    """Yield what the gates of a label ask for, those of the lower ones too."""
    about = ((_LABELS.get(rule.partition(":")[0]), rule) for rule in labels.RUBRIC.rules)
    if label is Label.UNDETERMINED:
        yield from (rule for other, rule in about if other is label)
        return
    gates = [rule for other, rule in about if other and 0 < other.level <= label.level]
    yield f"{label}: each of these gates holds" if gates else f"{label}: no gate holds"
    yield from (f"  {rule}" for rule in gates)


def _component(component: Component, manifest: Manifest | None, out: Console) -> None:
    out.print(Text(component.title, "bold"))
    _say(out, *(f"  {line}" for line in _general(component)))
    if manifest:
        reports = {one.component: one for one in manifest.components}
        out.print(Text.assemble("\n", safe(str(manifest.release.ref)), style="bold"))
        _say(out, *(f"  {line}" for line in _found(reports[component])))
        _say(out, *(f"  {line}" for line in _points(component, manifest)))


def _general(component: Component) -> Iterator[str]:
    if component.mof_class:
        duty = "required" if component.required else "optional"
        yield f"Model Openness Framework: {_CLASSES[component.mof_class]}, {duty}"
    yield f"content: {component.content}"
    yield from (f"counts in the score of: {stage}" for stage in _stages(component))
    for rule in labels.RUBRIC.rules:
        if component.id in rule.replace(",", "").split():
            yield f"gate {rule}"
    for check in CHECKS:
        if check.component is component:
            yield f"check {check.id}: {' '.join((type(check).__doc__ or '').split())}"
    yield f"to offer it: {offer_of(component)}"


def _stages(component: Component) -> Iterator[str]:
    yield from (stage for stage, parts in scores.STAGES.items() if component in parts)


def _found(report: ComponentReport) -> Iterator[str]:
    reach, found = report.reach, report.license
    shown = "unknown" if reach.unknown else f"{reach.shown:d} {reach.shown.name.lower()}"
    yield f"rung {shown}, at most {reach.at_most:d} {reach.at_most.name.lower()}"
    evident = found.evident or "no text recognised"
    yield f"licence: {evident}, claimed {found.claimed or 'none'}: terms {found.terms}"
    yield from (f"licence: {reason}" for reason in license_reasons(found))
    yield f"access: {report.access}"
    for claim in report.claims:
        word = "denied" if claim.denied else "claimed"
        yield f"{word}: {claim.text!r} {_place(claim.where)}"
    for one in report.findings:
        kind, facet = type(one.outcome).__name__.lower(), f" of {one.facet}" if one.facet else ""
        places = " ".join(map(_place, one.outcome.because))
        yield f"rung {one.rung:d}{facet} {kind}: {one.outcome.reason} {places}".rstrip()


def _place(where: Where) -> str:
    span = f" bytes {where.start}-{where.end}" if where.end else ""
    return f"[{where.digest.hex[:16]}{span}]"


def _points(component: Component, manifest: Manifest) -> Iterator[str]:
    reports = {one.component: one for one in manifest.components}
    for one in points(reports):
        if one.component is component:
            ids = " ".join(dict.fromkeys(where.digest.hex[:16] for where in one.because))
            yield (
                f"worth {one.worth.lo:.2f}-{one.worth.hi:.2f}, {one.share:.0%} of the score of "
                f"{one.stage}; evidence: {ids or 'none'}"
            )
    if step := reports[component].next_step:
        yield f"next step [{step.cost.title}]: {step.action}"


def _where_found(code: Code, manifest: Manifest | None, out: Console) -> None:
    if manifest is None:
        return
    hazards = [
        f"{one.path or 'the release'}: {one.detail}" for one in manifest.hazards if one.code is code
    ]
    limits = [f"{one.what}: {one.why}" for one in manifest.limits if one.code is code]
    _say(out, *(f"  {line}" for line in [*hazards, *limits] or ["not found in this manifest"]))
