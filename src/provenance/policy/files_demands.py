"""Demands on files: hazards that may not be there, and how digests came to be known."""

from collections.abc import Iterator

from provenance.errors import Code
from provenance.values.hazard import TENSORS_NOT_READ, Hazard, Limit
from provenance.values.inventory import How, Inventory
from provenance.values.locator import LocatorKind
from provenance.values.manifest import Manifest
from provenance.values.policy import Policy, Scope
from provenance.values.verdict import Answer, State
from provenance.values.verified import Checked

_SCHEMES = (*(f"{kind}:" for kind in LocatorKind), "https:", "hf:datasets/")
_MOST_NAMED = 3
# What a configuration can be: code that it names, or oddities of its text.
_IN_TEXTS = ("JSON_", "YAML_", "CONFIG_", "CTRL_", "BIDI")
# Looked for in every file by itself: in configurations, names, first bytes and archives.
_SEARCHED = frozenset({Code.PICKLE, Code.REMOTE_CODE})


def files_answers(policy: Policy, manifest: Manifest, checked: Checked | None) -> Iterator[Answer]:
    """Yield one answer for each demand on files."""
    for code in policy.forbidden_hazards:
        yield _hazard(code, policy.hazards_in, manifest)
    if policy.digest_evidence:
        yield _evidence(policy.digest_evidence, manifest, checked)
    if policy.same_modes:
        yield _modes(checked)


def _hazard(code: Code, scope: Scope, manifest: Manifest) -> Answer:
    demand = f"forbid-hazards.{code}"
    everywhere = scope is Scope.RECIPE
    found = [
        one
        for one in manifest.hazards
        if one.code is code and (everywhere or _inside(one.path, manifest.inventory))
    ]
    unseen = [
        one
        for one in manifest.limits
        if _hides(one, code) and (everywhere or _inside(one.what, manifest.inventory))
    ]
    # Where a pointer stands, the bytes are not here, whatever they are.
    unseen += [
        Limit(one.code, one.path, one.detail)
        for one in manifest.hazards
        if one.code is Code.GIT_LFS and _inside(one.path, manifest.inventory)
    ]
    if found:
        reason = f"{code} is forbidden, and found {len(found)} times, first in {_first(found)}"
        return Answer(demand, State.UNMET, reason, "do not use the release, or allow the hazard")
    if unseen or not manifest.inventory.complete:
        reason = f"no {code} was found, and not everything was looked at{_named(unseen)}"
        return Answer(demand, State.OPEN, reason, _within_reach(scope))
    return Answer(demand, State.MET, f"no {code} was found")


def _hides(limit: Limit, hazard: Code) -> bool:
    """Tell whether a hazard could be behind a limit: whatever is not known could be."""
    if limit.code is Code.PRAISE_INSIDE:
        return False  # The signature was read, and not believed.
    if limit.code is Code.CODE_UNSEEN:
        return hazard is Code.REMOTE_CODE or hazard.startswith(_IN_TEXTS)
    # What was not made of a file's words or tensors hides nothing of what it is.
    tensors = limit.code is Code.NOT_COVERED and limit.why.endswith(TENSORS_NOT_READ)
    return not (hazard in _SEARCHED and (tensors or limit.code is Code.RECIPE_UNSEEN))


def _inside(where: str, files: Inventory) -> bool:
    """Tell whether this is a path of the release; a file of its own may be named as a link is."""
    return not where.startswith(_SCHEMES) or files.holds(where)


def _first(found: list[Hazard]) -> str:
    return found[0].path or "the release as a whole"


def _named(unseen: list[Limit]) -> str:
    if not unseen:
        return ""
    names = ", ".join(one.what for one in unseen[:_MOST_NAMED])
    more = f" and {len(unseen) - _MOST_NAMED} more" if unseen[_MOST_NAMED:] else ""
    return f": {names}{more}"


def _within_reach(scope: Scope) -> str:
    hint = "audit again with those within reach"
    narrower = ', or say hazards-in = "release" where the release\'s own files are meant'
    return hint + narrower if scope is Scope.RECIPE else hint


def _evidence(accepted: tuple[How, ...], manifest: Manifest, checked: Checked | None) -> Answer:
    listed = {entry.how for entry in manifest.inventory}
    found = listed | set(checked.how if checked else ())
    others = sorted(found - set(accepted))
    wanted = f"accepted are {', '.join(accepted)}"
    unseen = [how for how in others if how in {How.CLAIMED, How.UNREAD}]
    if len(unseen) < len(others):
        reason = f"some digests were {', '.join(others)}; {wanted}"
        hint = "audit and verify again, and read every byte"
        if How.READ not in accepted:
            # Verifying reads every byte, whatever the audit did.
            hint = "accept read in the policy: no other way shows more"
        return Answer("digest-evidence", State.UNMET, reason, hint)
    if unseen or not found:
        reason = f"some digests were {', '.join(unseen) or 'not taken at all'}; {wanted}"
        return Answer("digest-evidence", State.OPEN, reason, "audit again with the weights")
    return Answer("digest-evidence", State.MET, f"every digest was {' or '.join(sorted(found))}")


def _modes(checked: Checked | None) -> Answer:
    if checked is None:
        reason = "today's files were not compared with those listed"
        return Answer("same-modes", State.OPEN, reason, "decide with: provenance verify --policy")
    if checked.modes:
        reason = (
            f"the executable bit of {len(checked.modes)} files changed, first of {checked.modes[0]}"
        )
        hint = "get the release again with a tool that keeps it, or leave same-modes out"
        return Answer("same-modes", State.UNMET, reason, hint)
    return Answer("same-modes", State.MET, "every executable bit is as listed")
