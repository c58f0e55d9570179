"""What is wrong between the licence that metadata names and the one whose text is there."""

from collections.abc import Iterator

from provenance.errors import Code
from provenance.frameworks.claimed_license import claimed_license
from provenance.frameworks.hub_licenses import hub_license
from provenance.frameworks.openness import spdx_id
from provenance.values.address import Address
from provenance.values.facts import Facts, LicenseText
from provenance.values.hazard import Hazard
from provenance.values.look import Seen


def license_hazards(facts: Facts) -> tuple[Hazard, ...]:
    """Return where metadata, headline and text of the release's licence differ."""
    return tuple(
        Hazard(Code.LICENSE_CONFLICT, path, detail)
        for path, detail in (*_named(facts), *_of(facts))
    )


def _named(facts: Facts) -> Iterator[tuple[str, str]]:
    card = facts.card.value if isinstance(facts.card, Seen) else None
    if card is None or card.license is None or card.license_name is None:
        return
    one, two = hub_license(card.license.text), hub_license(card.license_name.text)
    if one and two and one.id and two.id and one.id != two.id:
        said = f"the metadata says {card.license.text!a} and calls it {card.license_name.text!a}"
        yield _place(card.where.address), said


def _of(facts: Facts) -> Iterator[tuple[str, str]]:
    if not isinstance(facts.license, Seen):
        return
    text = facts.license.value
    path = _place(text.where.address)
    card = facts.card.value if isinstance(facts.card, Seen) else None
    claimed = claimed_license(card) if card else None
    yield from ((path, detail) for detail in _headed(text))
    # A name is free text: only an id is held against the text.
    free = card and claimed and not hub_license(claimed) and card.license_name
    if claimed and not (free and free.text == claimed):
        yield from ((path, detail) for detail in _differs(claimed, text))


def _place(address: Address) -> str:
    """Return the path of a file of the release; of a text elsewhere, where that is."""
    return address.path or str(address)


def _headed(text: LicenseText) -> Iterator[str]:
    if text.headline and text.nearest and text.nearest.added == (text.headline,):
        yield f"{text.headline!a} stands above the text of {text.nearest.id}"


def _differs(claimed: str, text: LicenseText) -> Iterator[str]:
    known = hub_license(claimed)
    if known and known.id is None:
        return
    if text.id:
        if spdx_id(claimed) not in {text.id, *text.same}:
            yield f"the metadata says {claimed!a}, the text is that of {text.id}"
    elif known:
        like = f"it is like {text.nearest.id}, and is not" if text.nearest else "it is none known"
        yield f"the metadata says {claimed!a}, which the text is not: {like}"
