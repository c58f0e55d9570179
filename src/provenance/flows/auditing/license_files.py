"""Reading the licence of a release: the file that its card names, or the one that is named so."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from provenance.errors import Code
from provenance.flows.auditing.desk import LARGEST_DOCUMENT, Desk, Document
from provenance.flows.auditing.look_at import look_at
from provenance.frameworks.licensing import strictness
from provenance.frameworks.openness import terms_of
from provenance.recipe.licenses.license_link import elsewhere, license_file, named_license, own_path
from provenance.recipe.licenses.license_text import (
    beside_license,
    is_of_others,
    is_policy,
    is_read,
    license_path,
    more_terms,
    read_license,
)
from provenance.values.address import Address
from provenance.values.facts import CardFacts, LicenseText, LinkedPage
from provenance.values.hazard import Hazard
from provenance.values.inventory import Inventory
from provenance.values.license import Terms
from provenance.values.look import Look, Missing, Seen, Unseen

#: Texts beside a release's licence that are held against it; more are a collection of licences.
MOST_BESIDE = 64


def read_own_license(
    card: Look[CardFacts],
    inventory: Inventory,
    desk: Desk,
    *,
    of_model: bool,
    packed: Sequence[tuple[str, str]] = (),
) -> tuple[Look[LicenseText], tuple[Hazard, ...]]:
    """Return the licence's text, and what is odd about where the card says that it stands.

    ``of_model`` asks for the terms of the weights, which some give in a file of their own. Of two
    texts that differ, the one that allows less counts: a link loosens nothing. ``packed`` are
    archives that hold terms which may bind more, each with the member.
    """
    paths = {entry.path.text for entry in inventory}
    chosen = license_file(card, paths, desk.home, of_model=of_model)
    unread: list[Hazard] = []
    look = _read(chosen or "LICENSE", inventory, desk, unread)
    hazards = (*_dead(card, inventory, desk), *unread)
    usual = license_path(paths, of_model=of_model)
    others = [usual] if usual and usual != chosen else []
    # A licence that a link names is held against the usual one; either against its namesakes.
    others += [one for one in beside_license(usual, paths) if one not in {chosen, usual}]
    linked = named_license(card, paths, desk.home)
    said = "license_link names" if linked else f"{chosen} is"
    for other in others[:MOST_BESIDE]:
        found: list[Hazard] = []
        look, conflict = _of_two(look, said, other, _read(other, inventory, desk, found))
        hazards += (*conflict, *found)
    links = isinstance(card, Seen) and card.value.license_link is not None
    if not of_model or (links and isinstance(look, Missing)):
        return look, hazards
    more = [one for one in more_terms(chosen, paths) if one not in others]
    look, odd = _with_more(look, said, more, inventory, desk)
    if packed and _terms(look) is Terms.OPEN:
        where, member = packed[0]
        odd = tuple(_beside(look, said, where))
        look = Unseen(f"more terms stand in {member[:200]!a} in {where}", Code.NOT_COVERED)
    return look, (*hazards, *odd)


def _with_more(
    own: Look[LicenseText], said: str, others: Sequence[str], inventory: Inventory, desk: Desk
) -> tuple[Look[LicenseText], tuple[Hazard, ...]]:
    """Return a licence, or that it is unknown whether terms that stand elsewhere bind more.

    They may be about a part only, or be the older ones; nobody but a person can tell. Licences of
    others' code stand in many releases: of them, only those that are known to restrict count.
    """
    if isinstance(own, Unseen) or _terms(own) in {Terms.UNKNOWN, Terms.RESTRICTED}:
        return own, ()
    for other in others[:MOST_BESIDE]:
        found: list[Hazard] = []
        look = _read(other, inventory, desk, found)
        open_too = _terms(look) is Terms.OPEN and isinstance(own, Missing)
        if not open_too and not binds_more(other, look):
            continue
        why = Unseen(f"more terms stand in {other}", Code.NOT_COVERED)
        return why, (*_beside(own, said, other), *found)
    if others[MOST_BESIDE:]:
        return Unseen(f"{len(others)} files may hold more terms", Code.RESOURCE), ()
    return own, ()


def binds_more(path: str, look: Look[LicenseText]) -> bool:
    """Tell whether what stands in a file may bind more than an open licence beside it does."""
    terms = _terms(look)
    if is_of_others(path):
        return terms is Terms.RESTRICTED
    return terms is not Terms.OPEN or is_policy(path)


def _terms(look: Look[LicenseText]) -> Terms | None:
    """Return what a text allows; ``None`` where there is none."""
    match look:
        case Seen(text):
            return terms_of(text.id, "a text")
        case Unseen():
            return Terms.UNKNOWN
        case Missing():
            return None
        case _:
            assert_never(look)


def _beside(own: Look[LicenseText], said: str, other: str) -> Iterator[Hazard]:
    if isinstance(own, Seen):
        detail = f"{said} the text of {own.value.id}, and more terms stand here"
        yield Hazard(Code.LICENSE_CONFLICT, other, detail)


def license_behind(
    own: Look[LicenseText], card: Look[CardFacts], pages: Sequence[LinkedPage], repository: Address
) -> Look[LicenseText]:
    """Return the text behind the card's link, where the release itself holds none.

    A text that is said to stand elsewhere is not absent: what was not read of it is unknown.
    """
    link = card.value.license_link if isinstance(card, Seen) else None
    if not isinstance(own, Missing) or link is None or own_path(link.text, repository) is not None:
        return own
    target = elsewhere(link.text, repository)
    page = next((one.look for one in pages if target and one.locator.uri == target.uri), None)
    if isinstance(page, Seen) and page.value.license:
        return Seen(page.value.license)
    return Unseen(f"its text is said to stand at {link.text}", Code.NOT_COVERED)


def _read(path: str, inventory: Inventory, desk: Desk, hazards: list[Hazard]) -> Look[LicenseText]:
    entry = inventory.get(path)
    if entry and not is_read(path):
        return Unseen(f"{path} is of a kind whose text is not read", Code.NOT_COVERED)
    if entry and entry.size > LARGEST_DOCUMENT:
        return Unseen(f"{path} is longer than any licence", Code.RESOURCE)

    def text(document: Document) -> Look[LicenseText]:
        return Seen(read_license(document.data, address=document.where.address))

    return look_at(path, inventory, desk, text, hazards)


def _dead(card: Look[CardFacts], inventory: Inventory, desk: Desk) -> tuple[Hazard, ...]:
    link = card.value.license_link if isinstance(card, Seen) else None
    path = own_path(link.text, desk.home) if link else None
    if path is None or inventory.get(path) is not None or not inventory.complete:
        return ()
    detail = f"license_link names {path[:200]!a}, and no such file is listed"
    return (Hazard(Code.LINK_DEAD, "README.md", detail),)


def _of_two(
    named: Look[LicenseText], said: str, usual: str, other: Look[LicenseText]
) -> tuple[Look[LicenseText], tuple[Hazard, ...]]:
    """Return the stricter of two texts of licences, and their conflict; unread is unknown."""
    if isinstance(other, Unseen):
        return other, ()
    if not isinstance(named, Seen) or not isinstance(other, Seen):
        return named if isinstance(named, Seen | Unseen) else other, ()
    one, two = named.value.id, other.value.id
    if one == two or one in other.value.same:
        return named, ()
    first = f"{said} the text of {one or 'no known licence'}"
    detail = f"{first}, and {usual} is that of {two or 'no known licence'}"
    stricter = max((named, other), key=lambda it: strictness(terms_of(it.value.id, "a text")))
    return stricter, (Hazard(Code.LICENSE_CONFLICT, usual, detail),)
