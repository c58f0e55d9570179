"""Is the training code there: a loop that really trains, pinned, and of this architecture?"""

from typing import assert_never

import attrs

from provenance.checks.claimed import claimed, claims_about, denial, unclaimed
from provenance.values.component import Component
from provenance.values.facts import Facts, LinkedSource, Setting, SourceFacts, TrainingLoop
from provenance.values.finding import Absent, Confirmed, Contradicted, Finding, Outcome, Unknown
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.revision import Commit
from provenance.values.rung import Rung
from provenance.values.source import HowPinned


@attrs.frozen
class TrainingCode:
    """A linked repository, or the release itself, holds a reachable training loop.

    Needs: the card's links, the repository at its pin, its Python files as syntax trees.
    Proves: code that computes gradients and updates parameters is there; with rung 4, that the
    publisher named the commit; with rung 5, that its settings equal the architecture's.
    Does not prove: that this code made these weights.
    """

    id: str = "training-code-trains"
    component: Component = Component.TRAINING_CODE

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return findings for rungs 1 to 5, of the repository that carries the component best."""
        claims = claims_about(facts, self.component)
        if refused := denial(claims):
            return (self._finding(Rung.CLAIMED, refused),)
        if facts.loops:
            return self._own(facts)
        linked = [one for one in facts.sources if _about(one, self.component)]
        if linked:
            return self._linked(min(linked, key=_doubt), facts)
        if claims:
            nowhere = Absent("no claim of training code leads to a repository")
            return (
                self._finding(Rung.CLAIMED, claimed(claims)),
                self._finding(Rung.LOCATED, nowhere),
            )
        if not facts.code_read:
            unread = Unknown("not all of the release's own code was read", (facts.listing,))
            return (self._finding(Rung.CLAIMED, unread),)
        return (self._finding(Rung.CLAIMED, unclaimed(facts, "training code")),)

    def _finding(self, rung: Rung, outcome: Outcome, facet: str = "") -> Finding:
        return Finding(self.id, self.component, rung, outcome, facet)

    def _own(self, facts: Facts) -> tuple[Finding, ...]:
        listed = Confirmed(f"the release itself holds {facts.loops[0].path}", (facts.listing,))
        paths = {loop.path for loop in facts.loops}
        bound: Outcome = Absent("a local folder carries no commit of its publisher")
        if facts.publisher_bound:
            entries = [one for one in facts.inventory if one.path.text in paths]
            bound = (
                Confirmed(f"commit {facts.ref.revision} fixes the file", (facts.listing,))
                if all(entry.bound for entry in entries)
                else Unknown("the commit's listing claims no digest to compare with")
            )
        return (
            self._finding(Rung.CLAIMED, listed),
            self._finding(Rung.LOCATED, listed),
            self._finding(Rung.RETRIEVED, _trains(facts.loops)),
            self._finding(Rung.BOUND, bound),
            self._finding(Rung.CONSISTENT, _same_settings(facts.settings, facts)),
        )

    def _linked(self, linked: LinkedSource, facts: Facts) -> tuple[Finding, ...]:
        said = claimed(linked.claims)
        facet = linked.locator.uri
        found = (
            self._finding(Rung.CLAIMED, said, facet),
            self._finding(Rung.LOCATED, said, facet),
            self._finding(Rung.RETRIEVED, _retrieved(linked), facet),
            self._finding(Rung.BOUND, _bound(linked), facet),
        )
        if not isinstance(linked.look, Seen):
            return found
        same = _same_settings(linked.look.value.settings, facts)
        return (*found, self._finding(Rung.CONSISTENT, same, facet))


def _about(linked: LinkedSource, component: Component) -> bool:
    return any(claim.component is component for claim in linked.claims)


def _doubt(linked: LinkedSource) -> tuple[int, bool, str]:
    """Return how little a repository carries: none seen, none training, none pinned come last."""
    if not isinstance(linked.look, Seen):
        return (2, True, linked.locator.uri)
    pinned = linked.look.value.pin.how_pinned is HowPinned.COMMIT_IN_LINK
    return (0 if linked.look.value.loops else 1, not pinned, linked.locator.uri)


def _trains(loops: tuple[TrainingLoop, ...]) -> Outcome:
    first = loops[0]
    calls = ", ".join(first.calls)
    return Confirmed(
        f"{first.path} holds a reachable training loop ({calls})", tuple(one.where for one in loops)
    )


def _retrieved(linked: LinkedSource) -> Outcome:
    match linked.look:
        case Unseen(reason):
            return Unknown(reason)
        case Missing(reason, because):
            return Absent(reason, because)
        case Seen(source):
            return _has_loop(source)
        case _:
            assert_never(linked.look)


def _has_loop(source: SourceFacts) -> Outcome:
    if source.loops:
        return _trains(source.loops)
    if source.truncated:
        return Unknown("not every file of the repository was read", (source.listing,))
    return Absent(
        f"no reachable training loop in {len(source.files)} files at commit {source.pin.commit}",
        (source.listing,),
    )


def _bound(linked: LinkedSource) -> Outcome:
    where = tuple(claim.where for claim in linked.claims)
    if isinstance(linked.locator.revision, Commit):
        return Confirmed(f"the publisher names commit {linked.locator.revision}", where)
    named = linked.locator.revision or "no revision"
    return Absent(f"the link names {named}: what it leads to can move", where)


def _same_settings(settings: tuple[Setting, ...], facts: Facts) -> Outcome:
    """Return whether the code's dimensions are the configuration's: a decoy's are not."""
    if not isinstance(facts.config, Seen):
        return Unknown("there is no configuration to compare with")
    published = {one.key: one for one in facts.config.value.settings}
    shared = [(one, published[one.key]) for one in settings if one.key in published]
    if not shared:
        return Unknown("the code writes down no setting that the configuration names")
    differing = [(ours, theirs) for ours, theirs in shared if ours.value != theirs.value]
    if differing:
        ours, theirs = differing[0]
        return Contradicted(
            f"{ours.key} is {ours.value} in the code and {theirs.value} in the configuration",
            (ours.where, theirs.where),
        )
    keys = ", ".join(sorted({one.key for one, _ in shared}))
    return Confirmed(
        f"code and configuration agree on {keys}", tuple(ours.where for ours, _ in shared)
    )
