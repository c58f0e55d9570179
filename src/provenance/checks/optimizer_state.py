"""Is the state of the optimizer there, from which training could go on?"""

import re

import attrs

from provenance.checks.searching.claimed import claims_about, denial
from provenance.checks.searching.listed import ListedFiles
from provenance.checks.searching.searched import nowhere
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Absent, Confirmed, Finding, Outcome, Unknown
from provenance.values.inventory import FileEntry
from provenance.values.look import Seen
from provenance.values.rung import Rung

_STATE = re.compile(
    r"(?:.*/)?optimizer(?:_\d+)?/[^/]+\.distcp|(?:.*/)?(?:optimizer|optim|distrib_optim|model_optim_rng|optimizer_state|optim_state|[\w.-]*optim_states?|"
    r"zero_pp_rank_\d+\w*)(?:[-_.][\w-]*)?\.(?:pt|pth|bin|safetensors|ckpt|npz|msgpack)"
)
# What keeps a whole moment of training in one file, or in pieces that do not tell what they are.
_MAY_HOLD = re.compile(r".*\.(?:distcp|ckpt)|(?:.*/)?manifest\.ocdbt", re.IGNORECASE)
# Adam keeps two numbers a parameter, of one byte each at the very least, and rarely over eight.
_LEAST, _MOST = 1, 24


@attrs.frozen
class OptimizerState:
    """The release holds files that are named as the state of an optimizer, each with a digest.

    Needs: the listing. Pickles are listed, and never loaded.
    Proves: the files are there; with rung 5, that they have the size of a state of this model.
    Does not prove: what is in them.
    Example: ``optimizer.pt`` of eight bytes a parameter, beside the weights.
    """

    id: str = "optimizer-state-listed"
    component: Component = Component.OPTIMIZER_STATE

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5."""
        if refused := denial(claims_about(facts, self.component)):
            return (Finding(self.id, self.component, Rung.CLAIMED, refused),)
        entries = tuple(one for one in facts.inventory if _STATE.fullmatch(one.path.text))
        if not entries:
            missing = _in_another(facts) or nowhere(facts, self.component, "optimizer state")
            return (Finding(self.id, self.component, Rung.CLAIMED, missing),)
        files = ListedFiles(self.id, self.component, entries, "optimizer state")
        return (
            *files.listed(facts),
            files.finding(Rung.RETRIEVED, _typed(entries, facts)),
            files.bound(facts),
            files.finding(Rung.CONSISTENT, _agrees(entries, facts)),
        )


def _in_another(facts: Facts) -> Unknown | None:
    may = [one.path.text for one in facts.inventory if _MAY_HOLD.fullmatch(one.path.text)]
    why = "may hold the state of an optimizer, too, and is not read"
    return Unknown(f"{may[0]} {why}", (facts.listing,)) if may else None


def _typed(entries: tuple[FileEntry, ...], facts: Facts) -> Outcome:
    because = (facts.listing,)
    if empty := [one for one in entries if not one.size]:
        return Absent(f"{empty[0].path} is empty", because)
    if unread := [one for one in entries if not one.observed]:
        return Unknown(f"{len(unread)} files were not read, {unread[0].path} first", because)
    size = sum(one.size for one in entries)
    return Confirmed(f"{len(entries)} files of {size:,} bytes, each with a digest", because)


def _agrees(entries: tuple[FileEntry, ...], facts: Facts) -> Outcome:
    if not isinstance(facts.weights, Seen):
        return Unknown("the parameters are not known")
    each = sum(one.size for one in entries) / facts.weights.value.profile.parameters
    because = (facts.listing, *facts.weights.value.where[:1])
    if _LEAST <= each <= _MOST:
        return Confirmed(f"{each:.1f} bytes a parameter are the size of a state", because)
    return Unknown(f"{each:.1f} bytes a parameter are not the size of a whole state", because)
