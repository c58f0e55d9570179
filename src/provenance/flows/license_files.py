"""Reading the licence of a release: the file that its card names, or the one that is named so."""

from collections.abc import Sequence

from provenance.errors import Code
from provenance.flows.desk import LARGEST_DOCUMENT, Desk, Document
from provenance.flows.look_at import look_at
from provenance.frameworks.licensing import strictness
from provenance.frameworks.openness import terms_of
from provenance.recipe.license_link import elsewhere, license_file, named_license, own_path
from provenance.recipe.license_text import license_path, read_license
from provenance.values.facts import CardFacts, LicenseText, LinkedPage
from provenance.values.hazard import Hazard
from provenance.values.inventory import Inventory
from provenance.values.look import Look, Missing, Seen, Unseen


def read_own_license(
    card: Look[CardFacts], inventory: Inventory, desk: Desk, *, of_model: bool
) -> tuple[Look[LicenseText], tuple[Hazard, ...]]:
    """Return the licence's text, and what is odd about where the card says that it stands.

    ``of_model`` asks for the terms of the weights, which some give in a file of their own. Of two
    texts that differ, the one that allows less counts: a link loosens nothing.
    """
    paths = {entry.path.text for entry in inventory}
    chosen = license_file(card, paths, desk.prefix, of_model=of_model)
    unread: list[Hazard] = []
    look = _read(chosen or "LICENSE", inventory, desk, unread)
    hazards = (*_dead(card, inventory, desk), *unread)
    usual = license_path(paths, of_model=of_model)
    if usual and usual != chosen and named_license(card, paths, desk.prefix):
        other: list[Hazard] = []
        look, conflict = _of_two(look, usual, _read(usual, inventory, desk, other))
        hazards += (*conflict, *other)
    return look, hazards


def license_behind(
    own: Look[LicenseText], card: Look[CardFacts], pages: Sequence[LinkedPage], repository: str
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
    if entry and entry.size > LARGEST_DOCUMENT:
        return Unseen(f"{path} is longer than any licence", Code.RESOURCE)

    def text(document: Document) -> Look[LicenseText]:
        return Seen(read_license(document.data, uri=document.where.uri))

    return look_at(path, inventory, desk, text, hazards)


def _dead(card: Look[CardFacts], inventory: Inventory, desk: Desk) -> tuple[Hazard, ...]:
    link = card.value.license_link if isinstance(card, Seen) else None
    path = own_path(link.text, desk.prefix) if link else None
    if path is None or inventory.get(path) is not None or not inventory.complete:
        return ()
    detail = f"license_link names {path[:200]!a}, and no such file is listed"
    return (Hazard(Code.LINK_DEAD, "README.md", detail),)


def _of_two(
    named: Look[LicenseText], usual: str, other: Look[LicenseText]
) -> tuple[Look[LicenseText], tuple[Hazard, ...]]:
    """Return the stricter of the text that a card names and the usual one, and their conflict."""
    if not isinstance(named, Seen) or not isinstance(other, Seen):
        return named, ()
    one, two = named.value.id, other.value.id
    if one == two or one in other.value.same:
        return named, ()
    said = f"license_link names the text of {one or 'no known licence'}"
    detail = f"{said}, and {usual} is that of {two or 'no known licence'}"
    stricter = max((named, other), key=lambda it: strictness(terms_of(it.value.id, "a text")))
    return stricter, (Hazard(Code.LICENSE_CONFLICT, usual, detail),)
