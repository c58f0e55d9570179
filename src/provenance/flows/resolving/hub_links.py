"""A link to a repository of the Hub: pinned to a commit, by the longest name that is one there."""

from collections.abc import Callable
from datetime import datetime

from provenance.errors import Code, SourceError
from provenance.ports.repository import Repository
from provenance.sources.hub import HubSource
from provenance.stores.evidence import EvidenceStore
from provenance.stores.replay import noted_source
from provenance.values.locator import Locator, LocatorKind
from provenance.values.ref import Ref, Scheme
from provenance.values.revision import Named, Revision
from provenance.values.settings import Settings

# Git allows no branch `main/x` beside this one: so most addresses ask a single question.
_DEFAULT = Named("main")


def linked_source(
    locator: Locator, *, settings: Settings, store: EvidenceStore, clock: Callable[[], datetime]
) -> Repository:
    """Return the model or dataset that a link leads to, as the Hub says it or the store recalls it.

    Raises:
        SourceError, ReleaseError: as :meth:`provenance.sources.hub.HubSource.resolve`.
    """
    ref = Ref(Scheme.HF, locator.uri, locator.revision)

    def ask() -> HubSource:
        return longest_named(ref, locator.names, locator.kind, settings=settings, clock=clock)

    return noted_source(store, f"{locator.kind} {locator}", ask)


def longest_named(
    ref: Ref,
    names: tuple[Revision, ...],
    kind: LocatorKind,
    *,
    settings: Settings,
    clock: Callable[[], datetime],
) -> HubSource:
    """Return a repository at the first of these names that it has; ``ref`` is tried last.

    Raises:
        SourceError, ReleaseError: as :meth:`provenance.sources.hub.HubSource.resolve`.
    """
    for name in names:
        if ref.revision not in {name, _DEFAULT}:
            try:
                return HubSource.resolve(ref.at(name), kind=kind, settings=settings, clock=clock)
            except SourceError as error:
                if error.code is not Code.HUB_UNKNOWN:
                    raise
    return HubSource.resolve(ref, kind=kind, settings=settings, clock=clock)
