"""What every component that is a file of the release has in common: is it listed, is it bound."""

from collections.abc import Sequence

import attrs

from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Absent, Confirmed, Finding, Outcome, Unknown
from provenance.values.inventory import FileEntry
from provenance.values.rung import Rung


@attrs.frozen
class ListedFiles:
    """The files of a release that one component consists of, as a check sees them."""

    check: str
    component: Component
    entries: tuple[FileEntry, ...]
    sought: str

    def finding(self, rung: Rung, outcome: Outcome) -> Finding:
        """Return a finding of this check about this component."""
        return Finding(self.check, self.component, rung, outcome)

    def listed(self, facts: Facts) -> tuple[Finding, ...]:
        """Return the findings for rungs 1 and 2: a publisher's listing both asserts and locates."""
        because = (facts.listing,)
        if self.entries:
            held = Confirmed(f"the listing holds {_names(self.entries)}", because)
            return (self.finding(Rung.CLAIMED, held), self.finding(Rung.LOCATED, held))
        if not facts.inventory.complete:
            unknown = Unknown(f"the listing is not complete, and shows no {self.sought}", because)
            return (self.finding(Rung.CLAIMED, unknown),)
        absent = Absent(f"no {self.sought} among {len(facts.inventory)} files", because)
        return (self.finding(Rung.CLAIMED, absent),)

    def bound(self, facts: Facts) -> Finding:
        """Return the finding for rung 4: the publisher's commit fixes digests equal to ours."""
        because = (facts.listing,)
        if not facts.publisher_bound:
            outcome = unbound(facts)
        elif all(entry.bound for entry in self.entries):
            outcome = Confirmed(
                f"the digests in commit {facts.commit} equal those of the bytes", because
            )
        elif all(entry.observed for entry in self.entries):
            outcome = Unknown("the commit's listing claims no digest to compare with", because)
        else:
            outcome = Unknown("the bytes were not read", because)
        return self.finding(Rung.BOUND, outcome)


def unbound(facts: Facts) -> Outcome:
    """Return what it means that no commit of a publisher is known to hold a release's files."""
    because = (facts.listing,)
    if facts.copied_commit is None:
        return Absent("a local folder carries no commit of its publisher", because)
    claimed = f"the copy claims commit {facts.copied_commit}"
    return Unknown(f"{claimed}, which was not held against its Hub's list", because)


_SHOWN = 3


def _names(entries: Sequence[FileEntry]) -> str:
    first = ", ".join(str(entry.path) for entry in entries[:_SHOWN])
    return first if len(entries) <= _SHOWN else f"{first} and {len(entries) - _SHOWN} more"
