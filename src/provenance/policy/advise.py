"""What a publisher should mend before a release: a manifest of the folder, and its small files."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from provenance.errors import Code
from provenance.policy.advise_card import advise_card, advise_card_names
from provenance.policy.advise_secrets import Searched, hidden
from provenance.policy.advise_text import CARD, advise_text, line_of
from provenance.policy.mending import mending
from provenance.values.address import Address
from provenance.values.advice import Advice, Rule
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.evidence import Where
from provenance.values.hazard import Hazard
from provenance.values.license import License
from provenance.values.locator import LocatorKind
from provenance.values.manifest import Manifest
from provenance.values.next_step import Cost
from provenance.values.revision import Commit
from provenance.values.rung import Rung

# What can be named by a commit; papers and pages cannot.
_MOVING = frozenset({LocatorKind.GIT, LocatorKind.HUB_DATASET, LocatorKind.HUB_MODEL})
# What a reader cannot use without an address; a seed or a setting stands in the text itself.
_LINKED = frozenset(
    {
        Component.TRAINING_CODE,
        Component.DATA_PREPROCESSING_CODE,
        Component.INFERENCE_CODE,
        Component.EVALUATION_CODE,
        Component.DATASETS,
        Component.EVALUATION_DATA,
        Component.INTERMEDIATE_PARAMETERS,
        Component.TECHNICAL_REPORT,
        Component.RESEARCH_PAPER,
        Component.BASE_MODELS,
    }
)


#: Of texts that break off somewhere: in which line, their readers say.
_WITH_LINES = frozenset(
    {Code.JSON_SYNTAX, Code.YAML_SYNTAX, Code.PYTHON_SYNTAX, Code.RECIPE_SYNTAX, Code.JSON_TRAILING}
)
_LINE = re.compile(r"\bline ([1-9][0-9]{0,8})\b")


def advise(  # noqa: PLR0913, PLR0917 - what was read, and what is known
    manifest: Manifest,
    files: Mapping[str, bytes],
    spdx_id: Callable[[str], str],
    unreadable: Iterable[Advice] = (),
    searched: Searched | None = None,
    licenses: Collection[str] = (),
) -> tuple[Advice, ...]:
    """Return what to mend, the gravest first, then by file and line.

    Args:
        manifest: an audit of the folder.
        files: its small text files by path, for rules about lines and for the lines of quotes.
        spdx_id: maps an id as a Hub writes it to that of SPDX.
        unreadable: about files that could not be read, and that the audit left out: what they
            would show is not known, and so nothing is called missing.
        searched: what the search for secrets found; no advice repeats one.
        licenses: the ids of licences that the Hub knows.

    """
    broken = set(unreadable)
    paths = [entry.path.text for entry in manifest.inventory]
    told = {advice for path, data in files.items() for advice in advise_text(path, data)}
    told |= {*advise_card(files.get(CARD, b""), licenses), *advise_card_names(paths)}
    found = {*_claims(manifest, files), *_hazards(manifest, {one.what for one in told}), *told}
    if not broken and not any(_is_pointer(one, manifest) for one in manifest.hazards):
        found |= set(_not_shown(manifest))
    if CARD not in {one.path for one in broken}:
        found |= set(_licences(manifest, files, spdx_id))
    searched = searched or Searched()
    return in_order({*hidden(found | broken, searched.secrets), *searched.advice})


def in_order(found: Iterable[Advice]) -> tuple[Advice, ...]:
    """Return advice, the gravest first, then by file and line."""
    return tuple(sorted(found, key=_order))


def _order(advice: Advice) -> tuple[int, str, int, str, str]:
    return (-advice.rule.severity, advice.path, advice.line, advice.rule, advice.what)


def _report(manifest: Manifest, component: Component) -> ComponentReport:
    return next(one for one in manifest.components if one.component is component)


def _licences(
    manifest: Manifest, files: Mapping[str, bytes], spdx_id: Callable[[str], str]
) -> Iterator[Advice]:
    found = _report(manifest, Component.MODEL_CARD).license
    texts = [one for one in found.because if _path(one, manifest) != CARD]
    at = _path(texts[-1], manifest) if texts else ""
    if not found.claimed:
        todo = f"write `license: {found.evident or '<SPDX id>'}` into the metadata of {CARD}"
        where = CARD if CARD in files else ""
        yield Advice(Rule.LICENSE_MISSING, where, 0, Rule.LICENSE_MISSING.finds, todo)
    elif (
        found.evident
        and spdx_id(found.claimed) != found.evident
        and not _is_free_name(found, manifest, files, spdx_id)
    ):
        what = f"{CARD} names {found.claimed}, and {at} is the text of {found.evident}"
        where, line = _place(found.because[0], manifest, files)
        yield Advice(Rule.LICENSE_DIFFERS, where, line, what, "let both say the same")
    if found.claimed and not found.evident:
        if texts:
            what = f"the text is not recognised; {found.claimed} is named"
            todo = "use the licence's own text, word for word"
            yield Advice(Rule.LICENSE_TEXT_UNKNOWN, at, 0, what, todo)
        else:
            what = f"{found.claimed} is named, and no file holds its text"
            todo = f"add the text of {found.claimed} as LICENSE"
            yield Advice(Rule.LICENSE_TEXT_MISSING, "", 0, what, todo)


def _is_free_name(
    found: License,
    manifest: Manifest,
    files: Mapping[str, bytes],
    spdx_id: Callable[[str], str],
) -> bool:
    """Tell whether a licence is called by a name beside an id like ``other``: any name will do."""
    claimed, first = found.claimed or "", found.because[0]
    card = files.get(CARD) if _path(first, manifest) == CARD else None
    if card is None or spdx_id(claimed) != claimed:
        return False
    said = card[first.start : first.end].decode(errors="replace")
    return said.strip().strip("\"'") != claimed.strip()


def _claims(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[Advice]:
    moving: dict[tuple[str, str], Advice] = {}
    for report in manifest.components:
        given = [claim for claim in report.claims if not claim.denied]
        for claim in given:
            if (advice := _pinned(claim, manifest, files)) is not None:
                key = (advice.path, advice.what)
                moving[key] = min(moving.get(key, advice), advice, key=_order)
        if given and report.component in _LINKED and not any(one.target for one in given):
            name = report.component.title
            where, line = _place(given[0].where, manifest, files)
            what = f"{name} is spoken of, and linked nowhere: {given[0].text!r}"
            todo = "link it there, with its commit, identifier or path"
            yield Advice(Rule.CLAIM_WITHOUT_LINK, where, line, what, todo)
    # A link that stands in many places is one thing to mend.
    yield from moving.values()


def _pinned(claim: Claim, manifest: Manifest, files: Mapping[str, bytes]) -> Advice | None:
    """Return the advice about a link that can move, ``None`` for any other claim."""
    target = claim.target
    if target is None or target.kind not in _MOVING or isinstance(target.revision, Commit):
        return None
    where, line = _place(claim.where, manifest, files)
    named = f"names {target.revision}" if target.revision else "names no revision"
    what = f"the link to {target.uri} {named}: what it leads to can move"
    said = files.get(where, b"")[claim.where.start : claim.where.end]
    todo = "name the commit in the link"
    if said and b"://" not in said:
        todo = "link it by its commit in the text, too: an id alone has no place for one"
    return Advice(Rule.LINK_NOT_PINNED, where, line, what, todo)


def _hazards(manifest: Manifest, told: set[str]) -> Iterator[Advice]:
    """Yield the hazards of an audit that no rule about lines told of, each once however quoted."""
    found: dict[tuple[Code, str, str], Advice] = {}
    for one in manifest.hazards:
        if one.detail not in told:
            path = one.path if manifest.inventory.get(one.path) else ""
            found.setdefault((one.code, path, one.detail.replace("'", "")), _hazard(one, path))
    yield from found.values()


def _hazard(one: Hazard, path: str) -> Advice:
    what = f"{one.code}: {one.detail}"
    if one.code is Code.PICKLE:
        return Advice(Rule.PICKLE, path, 0, what, Rule.PICKLE.mend)
    line = _LINE.search(one.detail) if path and one.code in _WITH_LINES else None
    todo = f"{mending(one.code)}; see `provenance explain {one.code}`"
    if one.code is Code.GIT_LFS and path:
        return Advice(Rule.UNREADABLE, path, 0, what, todo)
    return Advice(Rule.HAZARD, path, int(line[1]) if line else 0, what, todo)


def _is_pointer(hazard: Hazard, manifest: Manifest) -> bool:
    """Whether a file of the release itself is a pointer: what it stands for is not known."""
    return hazard.code is Code.GIT_LFS and manifest.inventory.get(hazard.path) is not None


def _not_shown(manifest: Manifest) -> Iterator[Advice]:
    """Yield the cheapest step of each component that is not there."""
    for report in manifest.components:
        step = report.next_step
        if step and step.cost > Cost.LOOK and report.reach.shown < Rung.RETRIEVED:
            what = f"{report.component.title} is not shown to be there"
            yield Advice(Rule.NOT_SHOWN, "", 0, what, f"[{step.cost.title}] {step.action}")


def _place(where: Where, manifest: Manifest, files: Mapping[str, bytes]) -> tuple[str, int]:
    path = _path(where, manifest)
    data = files.get(path)
    return path, line_of(data, where.start) if data is not None and where.end else 0


def _path(where: Where, manifest: Manifest) -> str:
    """Return the path of a place in the release itself, empty for a place elsewhere."""
    mine = where.address.home == Address.of(manifest.release.ref)
    return where.address.path or "" if mine else ""
