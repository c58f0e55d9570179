"""Explaining what a word, a code, a component or a label means, and what an audit found of it."""

from collections.abc import Iterator
from typing import assert_never

import attrs

from provenance.checks.table import CHECKS
from provenance.cli.code_book import meaning
from provenance.cli.topics import Topic, Word, as_key, near_topics, topics_of
from provenance.errors import Code, UsageError
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
_CLASSES = ("", "class I", "class II", "class III")
_NEAR = 4


@attrs.frozen
class Explanation:
    """Lines about one thing; without a ``title`` the first of them names it.

    They quote releases: text that is not to be trusted, and has to be escaped where it is shown.
    """

    title: str
    lines: tuple[str, ...]


def explain(topic: str, manifest: Manifest | None = None) -> tuple[Explanation, ...]:
    """Explain a component, a code, a rule of lint, a label or any other word of a report.

    Case, dashes and blanks do not matter; several things can have one name. ``rubrics`` gives the
    texts that verdicts follow.

    Args:
        topic: the name.
        manifest: what an audit found: a component is explained by its findings there, what it is
            worth and the cheapest next step; a code by where it was found.

    Raises:
        UsageError: when nothing is called so; the hint names what is written nearly so.
    """
    if as_key(topic) == _RUBRICS:
        texts = (line for one in RUBRICS for line in (str(one.digest), *one.text.splitlines()))
        return (Explanation("", tuple(texts)),)
    named = topics_of(topic)
    if not named:
        near = ", ".join(near_topics(topic, _NEAR)) or f"{', '.join(Label)}; {_RUBRICS}"
        hint = f"name a code, a component or a word of a report, such as {near}"
        raise UsageError(f"nothing is called {topic[:80]!a}", hint=hint)
    return tuple(part for one in named for part in _explained(one, manifest))


def _explained(topic: Topic, manifest: Manifest | None) -> Iterator[Explanation]:
    if isinstance(topic, Component):
        yield from _component(topic, manifest)
    else:
        yield Explanation("", tuple(_lines(topic, manifest)))


def _lines(topic: Code | Label | Rule | Word, manifest: Manifest | None) -> Iterator[str]:
    match topic:
        case Code():
            yield f"{topic}: {meaning(topic)}"
            yield f"  to do: {mending(topic)}"
            yield from _where_found(topic, manifest)
        case Label():
            yield from _gates(topic)
        case Rule():
            yield f"{topic} (lint, {topic.severity.word}): {topic.finds}"
            yield f"  to do: {topic.mend}"
        case Word():
            yield from (f"{topic.word}: {text}" for text in topic.meanings)
        case _:
            assert_never(topic)


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


def _component(component: Component, manifest: Manifest | None) -> Iterator[Explanation]:
    yield Explanation(component.title, tuple(f"  {line}" for line in _general(component)))
    if manifest:
        reports = {one.component: one for one in manifest.components}
        found = (*_found(reports[component]), *_points(component, manifest))
        yield Explanation(str(manifest.release.ref), tuple(f"  {line}" for line in found))


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


def _where_found(code: Code, manifest: Manifest | None) -> Iterator[str]:
    if manifest is None:
        return
    hazards = [
        f"{one.path or 'the release'}: {one.detail}" for one in manifest.hazards if one.code is code
    ]
    limits = [f"{one.what}: {one.why}" for one in manifest.limits if one.code is code]
    yield from (f"  {line}" for line in [*hazards, *limits] or ["not found in this manifest"])
