"""A licence in sentences: how it was recognised, what differs, and whose terms bind."""

from collections.abc import Iterator

from provenance.frameworks.hub_licenses import hub_license
from provenance.values.license import Inherited, License, Likeness, Match, Relation, Terms


def license_reasons(found: License) -> tuple[str, ...]:
    """Return what there is to say of a licence, the most important first."""
    return tuple(_reasons(found))


def _reasons(found: License) -> Iterator[str]:
    if found.match is Match.TEXT:
        yield f"the text is that of {found.evident}, word for word"
    elif found.match is Match.CLAUSES:
        yield f"the text calls itself {found.evident} and holds its clauses, no more was compared"
    if found.nearest:
        yield from _likeness(found.nearest)
    if found.claimed:
        yield from _claimed(found, found.claimed)
    if found.inherited:
        yield _inherited(found.inherited)


def _likeness(nearest: Likeness) -> Iterator[str]:
    yield f"the text is like {nearest.id} ({nearest.similarity:.1%} of the words), and is not it"
    for run in nearest.added:
        yield f"it adds: {run!a}"
    for run in nearest.missing or ():
        yield f"it leaves out: {run!a}"
    if nearest.more:
        yield f"it differs in {nearest.more} more places"


def _claimed(found: License, claimed: str) -> Iterator[str]:
    known = hub_license(claimed)
    if known and known.ambiguous:
        yield f"the metadata says {claimed!a}, and {known.ambiguous}"
    elif not found.evident:
        yield f"the metadata says {claimed!a}; an id alone is no licence"


def _inherited(inherited: Inherited) -> str:
    what = "base model" if inherited.relation is Relation.BASE_MODEL else "dataset"
    under = f" under {inherited.license}" if inherited.license else ""
    terms = {
        Terms.OPEN: "its terms are open",
        Terms.RESTRICTED: "its terms restrict use",
        Terms.NONE: "it has no licence",
        Terms.UNKNOWN: "its terms are not known",
    }[inherited.terms]
    return f"made from the {what} {inherited.origin}{under}: {terms}"
