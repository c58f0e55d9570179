"""What is wrong between the licence that metadata names and the one whose text is there."""

from collections.abc import Iterator
from urllib.parse import unquote

from provenance.errors import Code
from provenance.frameworks.hub_licenses import hub_license
from provenance.frameworks.openness import spdx_id
from provenance.values.facts import Facts, LicenseText
from provenance.values.hazard import Hazard
from provenance.values.look import Seen


def license_hazards(facts: Facts) -> tuple[Hazard, ...]:
    """Return where metadata, headline and text of the release's licence differ."""
    if not isinstance(facts.license, Seen):
        return ()
    text = facts.license.value
    path = unquote(text.where.uri.rpartition("/")[2])
    quote = facts.card.value.license if isinstance(facts.card, Seen) else None
    found = (*_headed(text), *(_differs(quote.text, text) if quote else ()))
    return tuple(Hazard(Code.LICENSE_CONFLICT, path, detail) for detail in found)


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
