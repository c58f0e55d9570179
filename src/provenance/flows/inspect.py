"""The inspection: what a release lists, links and pins; nothing is downloaded or judged."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from provenance.doors.clock import utc_now
from provenance.errors import Code, TextError
from provenance.flows.resolve import resolve
from provenance.ports.starts import Start, Starts, Wanted
from provenance.recipe.file_links import links_in, reads_links
from provenance.recipe.link import Links
from provenance.values.hazard import Hazard, Limit
from provenance.values.inspection import Inspection, LinkSeen
from provenance.values.inventory import FileEntry
from provenance.values.look import Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.revision import Revision
from provenance.values.settings import Settings
from provenance.weights.copies import copies

# Larger than any card or configuration that people wrote by hand.
LARGEST = 2**20
# More would be a checkout of the code, which an audit reads.
MOST = 64


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
    wanted = [entry for entry in inventory if reads_links(entry.path.text)]
    small = [entry for entry in wanted if entry.size <= LARGEST][:MOST]
    starts = _starts(source, small)
    linked: list[LinkSeen] = []
    hazards = list(listing.hazards)
    limits = [*listing.limits, *_left_out(wanted, small)]
    for entry in small:
        match starts[entry.path]:
            case Seen(data):
                links = _links(entry, data, hazards)
                linked += _seen(entry.path.text, links)
                hazards += _refused(entry.path.text, links)
            case Unseen(why, code):
                limits.append(Limit(code, entry.path.text, why))
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


def _starts(source: object, entries: list[FileEntry]) -> dict[RelPath, Start]:
    if not isinstance(source, Starts):
        why = Unseen("this source gives whole files only", Code.NOT_COVERED)
        return {entry.path: why for entry in entries}
    return dict(source.starts([Wanted(entry.path, LARGEST) for entry in entries]))


def _left_out(wanted: list[FileEntry], small: list[FileEntry]) -> Iterator[Limit]:
    read = {entry.path for entry in small}
    for entry in wanted:
        if entry.path not in read:
            why = f"more than {LARGEST} bytes, or beyond {MOST} files: not read for links"
            yield Limit(Code.RESOURCE, entry.path.text, why)


def _links(entry: FileEntry, data: bytes, hazards: list[Hazard]) -> Links:
    try:
        return links_in(entry.path.text, data)
    except TextError as error:
        hazards.append(Hazard(error.code, entry.path.text, error.what))
        return Links(complete=False)


def _seen(path: str, links: Links) -> Iterator[LinkSeen]:
    for one in links.found:
        span = one.span
        yield LinkSeen(path, one.locator, span.start, span.end, one.context.value, one.is_evidence)


def _refused(path: str, links: Links) -> Iterator[Hazard]:
    for one in links.refused:
        yield Hazard(Code.URL_FORBIDDEN, path, f"{one.target[:200]!a}: {one.reason}")
