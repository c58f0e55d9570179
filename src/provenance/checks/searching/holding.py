"""What one place holds of a recipe: the release, or a repository that its publisher links."""

from collections.abc import Callable, Iterator

import attrs

from provenance.checks.searching.carrier import Carrier, best
from provenance.checks.searching.claimed import claimed, claims_about, denial
from provenance.checks.searching.listed import ListedFiles
from provenance.checks.searching.looked import looked
from provenance.checks.searching.searched import doubt, given, nowhere, publishers, unread
from provenance.values.artefact import Artefact, StatedValue
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.facts import Facts, LinkedSource, Setting, SourceFacts, TrainingLoop
from provenance.values.finding import Absent, Confirmed, Finding, Outcome, Unknown
from provenance.values.look import Seen
from provenance.values.revision import Commit
from provenance.values.rung import Rung


@attrs.frozen
class Holding:
    """A place, and what its files were recognised as; the release itself without ``linked``."""

    linked: LinkedSource | None
    artefacts: tuple[Artefact, ...]
    stated: tuple[StatedValue, ...]
    loops: tuple[TrainingLoop, ...]
    settings: tuple[Setting, ...]
    imports: tuple[str, ...]

    def of(self, component: Component) -> tuple[Artefact, ...]:
        """Return the files that passed the type test of a component."""
        return tuple(one for one in self.artefacts if one.component is component)


@attrs.frozen
class Found:
    """What carries a component in one place: files, what they are, and where that stands."""

    what: str
    paths: tuple[str, ...]
    where: tuple[Where, ...]
    names: frozenset[str] = frozenset()


@attrs.frozen
class Quest:
    """One check's search for a component in everything that is the publisher's.

    ``find`` is the type test of a place; ``agrees`` the cross-check of what was found there.
    """

    check: str
    component: Component
    sought: str
    find: Callable[[Holding], Found | None]
    agrees: Callable[[Found, Holding, Facts], Outcome] | None = None

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return the findings of the place that carries the component best."""
        claims = claims_about(facts, self.component)
        if refused := denial(claims):
            return (Finding(self.check, self.component, Rung.CLAIMED, refused),)
        found = tuple(self._found(facts))
        elsewhere = self._claimed(claims, facts, {one.facet for one in found})
        carriers = (*found, *elsewhere)
        carrier = best(carriers, doubt(facts, self.component))
        if carrier:
            return carrier.findings(self.check, self.component)
        missing = nowhere(facts, self.component, self.sought)
        return (Finding(self.check, self.component, Rung.CLAIMED, missing),)

    def _found(self, facts: Facts) -> Iterator[Carrier]:
        for holding in holdings(facts):
            found = self.find(holding)
            if found:
                agrees = self.agrees(found, holding, facts) if self.agrees else None
                yield self._carrier(found, holding, facts, agrees)

    def _carrier(
        self, found: Found, holding: Holding, facts: Facts, agrees: Outcome | None
    ) -> Carrier:
        typed = Confirmed(found.what, found.where)
        if holding.linked is None:
            entries = (facts.inventory.get(path) for path in found.paths)
            files = ListedFiles(
                self.check, self.component, tuple(one for one in entries if one), self.sought
            )
            said = files.listed(facts)[0].outcome
            return Carrier(said, said, typed, files.bound(facts).outcome, agrees)
        held = ", ".join(found.paths[:3])
        located = Confirmed(f"the publisher's repository holds {held}", found.where)
        about = given(holding.linked.claims)
        said = claimed(tuple(one for one in about if one.component is self.component) or about)
        bound = bound_by(about, holding.linked)
        return Carrier(said, located, typed, bound, agrees, holding.linked.locator.uri)

    def _claimed(
        self, claims: tuple[Claim, ...], facts: Facts, found: set[str]
    ) -> Iterator[Carrier]:
        """Yield the places that claims lead to, and that do not hold it, or could not be seen."""
        by_uri = {one.locator.uri: one for one in facts.sources}
        # Of one repository, each revision that is named was looked at on its own.
        by_claim = {claim: one for one in facts.sources for claim in one.claims}
        for claim in claims:
            said = claimed((claim,))
            target = claim.target
            if target is None:
                why = Absent(
                    f"the claim leads nowhere, and no {self.sought} was found", (claim.where,)
                )
                yield Carrier(said, why, why, why)
            elif target.uri in found:
                continue
            elif one := by_claim.get(claim) or by_uri.get(target.uri):
                typed = self._not_there(one)
                yield Carrier(said, said, typed, bound_by(one.claims, one), facet=target.uri)
            else:
                unseen = Unknown(f"nobody looked at what the link to {target} leads to")
                yield Carrier(said, said, unseen, unseen, facet=target.uri)

    def _not_there(self, linked: LinkedSource) -> Outcome:
        return looked(linked.look, self._none_in)

    def _none_in(self, source: SourceFacts) -> Outcome:
        if source.truncated:
            return Unknown("not every file of the repository was read", (source.listing,))
        if left := next(unread(source, self.component), None):
            return Unknown(left, (source.listing,))
        return Absent(
            f"no {self.sought} in {len(source.files)} files at commit {source.pin.commit}",
            (source.listing,),
        )


def holdings(facts: Facts) -> tuple[Holding, ...]:
    """Return what the release holds, and then what each repository of its publisher does."""
    own = Holding(None, facts.artefacts, facts.stated, facts.loops, facts.settings, facts.imports)
    looks = ((one, one.look) for one in publishers(facts))
    return (
        own,
        *(
            Holding(
                one,
                look.value.artefacts,
                look.value.stated,
                look.value.loops,
                look.value.settings,
                look.value.imports,
            )
            for one, look in looks
            if isinstance(look, Seen)
        ),
    )


def bound_by(claims: tuple[Claim, ...], linked: LinkedSource) -> Outcome:
    """Return whether the publisher's own text fixes a repository to the commit that was seen."""
    pinned = linked.locator.revision
    where = tuple(
        claim.where for claim in given(claims) if claim.target and claim.target.revision == pinned
    )
    if isinstance(pinned, Commit) and where:
        return Confirmed(f"the publisher names commit {pinned}", where)
    named = pinned or "no revision"
    return Absent(f"the link names {named}: what it leads to can move", where)


def files_of(component: Component) -> Callable[[Holding], Found | None]:
    """Return the type test that is: a file was recognised as the component."""

    def find(holding: Holding) -> Found | None:
        files = holding.of(component)
        if not files:
            return None
        return Found(
            f"{files[0].path} {files[0].what}"
            + (f", and {len(files) - 1} more" * (len(files) > 1)),
            tuple(one.path for one in files),
            tuple(one.where for one in files),
            frozenset(name for one in files for name in one.names),
        )

    return find
