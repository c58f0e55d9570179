"""The report that people read: what was found, component by component, each with its reason."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from provenance.cli.assessment_report import assessments, gap, steps
from provenance.cli.terminal import rows, safe
from provenance.errors import Code
from provenance.frameworks.license_reasons import license_reasons
from provenance.values.component_report import ComponentReport
from provenance.values.finding import Confirmed, Finding, Unknown
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import How
from provenance.values.license import License
from provenance.values.manifest import End, Manifest
from provenance.values.rung import Rung
from provenance.values.verdict import Failed, Passed, Undecided, Verdict, to_do, word

# What a verdict rests on is shown whole.
LONGEST_TEXT = 400
_MOST_NAMES = 3
# What those say who were asked, and do not have it.
_NOT_THERE = frozenset({Code.LINK_DEAD, Code.GIT_REF, Code.HUB_UNKNOWN, Code.HUB_DISABLED})

_STYLES = {True: "green", False: "yellow"}


def show(manifest: Manifest, out: Console) -> None:
    """Print a manifest: the label, the components, and what was not looked at."""
    out.print(_headline(manifest))
    if manifest.assessments:
        out.print(gap(manifest))
    out.print(_summary(manifest))
    out.print(_components(manifest.components))
    out.print(assessments(manifest))
    rows(out, "Licences", _licenses(manifest.components))
    rows(out, "Next steps, cheapest first", steps(manifest))
    rows(out, "Hazards", [_hazard(one) for one in manifest.hazards])
    gone = _gone(manifest)
    rows(out, "Not looked at", [_limit(one) for one in manifest.limits if one not in gone])
    rows(out, "Looked for, and not there", [_limit(one) for one in gone])
    rows(out, "Leads nowhere", _ends(manifest, End.NOWHERE))
    rows(out, "Named without an address", _ends(manifest, End.NAMED))
    rows(out, "Leads no further, or was not looked at", _ends(manifest, None))


def _gone(manifest: Manifest) -> list[Limit]:
    """Return the links that were looked at and lead nowhere; a file that is listed is not gone."""
    return [
        one
        for one in manifest.limits
        if one.code in _NOT_THERE and manifest.inventory.get(one.what) is None
    ]


def _ends(manifest: Manifest, end: End | None) -> list[str]:
    """Return the ends of one kind; those that nobody looked at are told with all that was not."""
    return [f"{one.what}: {one.why}" for one in manifest.dangling if one.end is end]


def _headline(manifest: Manifest) -> Text:
    qualifiers = "".join(f", {one}" for one in manifest.label_qualifiers)
    line = Text.assemble(
        safe(str(manifest.release.ref)), " is ", (f"{manifest.label}{qualifiers}", "bold")
    )
    if manifest.replayed:
        line.append("\n  replayed from the evidence of an earlier audit: nobody looked again")
    if manifest.label_at_most is not manifest.label:
        line.append(f"\n  at most {manifest.label_at_most}, if all that is unknown were there")
    return line


def _summary(manifest: Manifest) -> Text:
    entries = manifest.inventory.entries
    read = sum(one.how is not How.UNREAD and one.observed for one in entries)
    proven = ", the list proven by git" if manifest.release.proven_by_git else ""
    size = f"{manifest.inventory.size:,} bytes"
    lines = [f"  {len(entries)} files{proven}, {size}; {read} read and hashed"]
    if profile := manifest.profile:
        lines.append(
            f"  {profile.parameters:,} parameters in {profile.tensors} tensors, {profile.format}, "
            f"{'/'.join(profile.dtypes)}"
        )
    for source in manifest.sources:
        pinned = f"{source.how_pinned}, confidence {source.confidence}"
        lines.append(f"  source {source.uri} at {source.commit} ({pinned})")
    lines += [
        f"  dataset {data.uri} at {data.revision}: {data.availability}, {data.files} files, "
        f"{data.size:,} bytes, {data.read} read and hashed"
        for data in manifest.datasets
    ]
    return Text("\n").join(safe(line) for line in lines)


def _components(reports: Iterable[ComponentReport]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("component", "rung", "licence", "because"):
        table.add_column(title, overflow="fold", no_wrap=title != "because")
    ordered = sorted(reports, key=lambda one: -one.reach.shown)
    silent = [one.component.id for one in ordered if one.reach.unknown and not one.claims]
    for report in ordered:
        if report.component.id not in silent:
            table.add_row(
                report.component.id, _rung(report), _license(report.license), _because(report)
            )
    if silent:
        table.add_row("", "", "", Text(""))
        table.add_row("unknown", "", "", Text(", ".join(silent)))
    return table


def _rung(report: ComponentReport) -> Text:
    if report.reach.unknown:
        return Text("unknown", "yellow")
    shown = report.reach.shown
    return Text(f"{shown:d} {shown.name.lower()}", "green" if shown >= Rung.RETRIEVED else "")


def _license(license_: License) -> Text:
    text = "other text" if license_.nearest else "no text"
    return safe(license_.evident or f"{license_.claimed or license_.terms} ({text})", 24)


def _licenses(reports: Iterable[ComponentReport]) -> list[str]:
    """Return what is more to say of licences than their names, each once with whom it concerns."""
    about: dict[str, list[str]] = {}
    for report in reports:
        if report.license.nearest or report.license.inherited:
            for reason in license_reasons(report.license):
                about.setdefault(reason, []).append(report.component.id)
    return [f"{_names(ids)}: {reason}" for reason, ids in about.items()]


def _names(ids: list[str]) -> str:
    more = f" and {len(ids) - _MOST_NAMES} more" if len(ids) > _MOST_NAMES else ""
    return ", ".join(ids[:_MOST_NAMES]) + more


def _because(report: ComponentReport) -> Text:
    """Return the reason for the highest rung that holds, and why it goes no higher."""
    finding = _telling(report)
    if finding is None:
        return Text("")
    above = [one for one in report.findings if one.rung == report.reach.shown + 1]
    line = safe(finding.outcome.reason)
    stopped = next((one for one in above if not isinstance(one.outcome, Confirmed)), None)
    if stopped and stopped is not finding:
        word = "unknown" if isinstance(stopped.outcome, Unknown) else "but"
        line.append_text(Text(f"; {word}: ").append_text(safe(stopped.outcome.reason)))
    return line


def _telling(report: ComponentReport) -> Finding | None:
    at = [one for one in report.findings if one.rung == max(report.reach.shown, Rung.CLAIMED)]
    typed = [one for one in report.findings if one.rung is Rung.RETRIEVED]
    held = report.reach.shown >= Rung.RETRIEVED
    return next(iter(typed if held else at), None)


def _limit(limit: Limit) -> str:
    return f"{limit.what}: {limit.why} [{limit.code}]"


def _hazard(hazard: Hazard) -> str:
    return f"[{hazard.code}] {hazard.path or 'the release'}: {hazard.detail}"


def show_verdict(verdict: Verdict, out: Console) -> None:
    """Print a policy's verdict with its reasons, and what to do where it is not passed."""
    style = {Passed: "green", Failed: "red", Undecided: "yellow"}[type(verdict)]
    out.print(Text.assemble("\npolicy: ", (word(verdict), style)))
    for reason in verdict.reasons:
        out.print(Text("  ").append_text(safe(reason, LONGEST_TEXT)))
    for hint in to_do(verdict.answers):
        out.print(Text("  to do: ").append_text(safe(hint, LONGEST_TEXT)))
