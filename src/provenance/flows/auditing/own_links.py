"""The links in a release's own files: what its publisher points to, whatever for."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

import attrs

from provenance.errors import Code, TextError
from provenance.flows.auditing.desk import Desk
from provenance.recipe.code.programs import Programs
from provenance.recipe.links.file_links import Purse, links_in, reads_links
from provenance.recipe.links.link import Links
from provenance.recipe.prose.file_claims import claims_in, may_claim
from provenance.values.claim import Claim
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.locator import Locator

# Larger than any card or configuration that people wrote by hand.
LARGEST = 2**20
# More would be a checkout of the code, which is read as a repository.
MOST = 64

NOTHING_KNOWN: Mapping[str, Links] = MappingProxyType({})
NO_PROGRAMS = Programs({}, {}, frozenset(), ())


@attrs.frozen
class OwnLinks:
    """What is pointed to, each once and in order; samples, badges and menus are left out.

    ``claims`` are those of configurations: what they name, the release was made from.
    """

    said: tuple[Locator, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    limits: tuple[Limit, ...] = ()
    claims: tuple[Claim, ...] = ()


def linking(inventory: Inventory) -> tuple[tuple[FileEntry, ...], tuple[Limit, ...]]:
    """Return the files to read for links, and those that are too many or too large for it."""
    named = [entry for entry in inventory if reads_links(entry.path.text)]
    small = [entry for entry in named if entry.size <= LARGEST][:MOST]
    why = f"not read for links: over {LARGEST} bytes, or after {MOST} files"
    limits = (
        Limit(Code.RECIPE_UNSEEN, entry.path.text, why) for entry in named if entry not in small
    )
    return tuple(small), tuple(limits)


def read_own_links(
    inventory: Inventory,
    desk: Desk,
    known: Mapping[str, Links] = NOTHING_KNOWN,
    programs: Programs = NO_PROGRAMS,
) -> OwnLinks:
    """Return the links in the files of a release that were read.

    Args:
        inventory: the release's files.
        desk: where they are read.
        known: links that are known already, by path.
        programs: the programs that were read already, or could not be.

    """
    entries, limits = linking(inventory)
    said: dict[Locator, None] = {}
    hazards: list[Hazard] = []
    claims: list[Claim] = []
    purse = Purse()
    for entry in entries:
        if entry.observed:
            path, refused = entry.path.text, purse.refused
            read = partial(_links, path, desk, known, programs, purse)
            links, found = _told(path, read)
            said |= {one.locator: None for one in links.found if one.is_evidence}
            if purse.refused > refused or path in programs.refused:
                limits += tuple(Limit(Code.RECIPE_UNSEEN, one.path, one.detail) for one in found)
            else:
                hazards += found
            claims += _claims(entry, desk)
    return OwnLinks(tuple(said), tuple(hazards), limits, tuple(claims))


def _claims(entry: FileEntry, desk: Desk) -> tuple[Claim, ...]:
    path = entry.path.text
    if not may_claim(path):
        return ()
    document = desk.read(path)
    try:
        return claims_in(path, document.data, address=document.where.address)
    except TextError:
        return ()  # It is told where the recipe is read, and where the file's links are.


def _links(
    path: str, desk: Desk, known: Mapping[str, Links], programs: Programs, purse: Purse
) -> Links:
    found = known.get(path) or programs.links(path)
    return links_in(path, desk.read(path).data, purse=purse) if found is None else found


def links_of(entry: FileEntry, data: bytes) -> tuple[Links, tuple[Hazard, ...]]:
    """Return the links of one file; addresses that nothing may follow are hazards."""
    return _told(entry.path.text, partial(links_in, entry.path.text, data))


def _told(path: str, read: Callable[[], Links]) -> tuple[Links, tuple[Hazard, ...]]:
    try:
        links = read()
    except TextError as error:
        return Links(complete=False), (Hazard(error.code, path, error.what),)
    return links, tuple(_refused(path, links))


def _refused(path: str, links: Links) -> Iterator[Hazard]:
    for one in links.refused:
        if one.context.is_evidence:
            yield Hazard(Code.URL_FORBIDDEN, path, f"{one.target[:200]!a}: {one.reason}")
