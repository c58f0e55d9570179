"""The inspection: what a release lists, links and pins; nothing is downloaded or judged."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import assert_never

from provenance.doors.clock import utc_now
from provenance.errors import Code
from provenance.flows.auditing.own_links import LARGEST, linking, links_of
from provenance.flows.digesting.pointers import pointers_in
from provenance.flows.resolving.resolve import resolve
from provenance.ports.starts import Start, Starts, Wanted
from provenance.recipe.links.link import Links
from provenance.values.hazard import Hazard, Limit
from provenance.values.inspection import Inspection, LinkSeen
from provenance.values.inventory import FileEntry
from provenance.values.look import Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.revision import Revision
from provenance.values.settings import Settings
from provenance.weights.copies import copies


def inspect(
    target: str | Path,
    *,
    settings: Settings,
    clock: Callable[[], datetime] = utc_now,
    revision: Revision | None = None,
) -> Inspection:
    """Look at a release's list, and at the links in its card and other small files.

    Raises:
        UsageError: for a target that is not there.
        SourceError: when the release cannot be asked for.
        ReleaseError: for a list that cannot be.
    """
    source = resolve(target, settings=settings, clock=clock, revision=revision)
    listing = source.listing()
    inventory = listing.inventory
    entries, left_out = linking(inventory)
    starts = _starts(source, entries)
    linked: list[LinkSeen] = []
    small = tuple(pointers_in(inventory, source))
    hazards = [*listing.hazards, *(one for one in small if isinstance(one, Hazard))]
    limits = [*listing.limits, *left_out, *(one for one in small if isinstance(one, Limit))]
    for entry in entries:
        match starts[entry.path]:
            case Seen(data):
                links, found = links_of(entry, data)
                linked += _seen(entry.path.text, links)
                hazards += found
            case Unseen(why, code):
                limits.append(Limit(code, entry.path.text, why))
            case _:
                assert_never(starts[entry.path])
    return Inspection(
        ref=source.ref,
        access=listing.access,
        files=len(inventory),
        size=inventory.size,
        digested=sum(bool(entry.claimed.digests) for entry in inventory),
        complete=inventory.complete,
        copies=copies(inventory),
        linked=tuple(linked),
        hazards=tuple(sorted(set(hazards))),
        limits=tuple(limits),
    )


def _starts(source: object, entries: Sequence[FileEntry]) -> Mapping[RelPath, Start]:
    if not isinstance(source, Starts):
        why = Unseen("this source gives whole files only", Code.NOT_COVERED)
        return {entry.path: why for entry in entries}
    return source.starts([Wanted(entry.path, LARGEST) for entry in entries])


def _seen(path: str, links: Links) -> Iterator[LinkSeen]:
    for one in links.found:
        span = one.span
        yield LinkSeen(path, one.locator, span.start, span.end, one.context.value, one.is_evidence)
