"""Which licences are open, by four published lists or rules, and what follows for terms.

Every answer follows an exact SPDX id. Whether a text *is* that licence is decided elsewhere, by the
text; an id that somebody typed says nothing about terms.
"""

from provenance.frameworks.hub_licenses import hub_license
from provenance.frameworks.license_sets import FSF, MOF, OPEN_DATA, OSI
from provenance.values.component import Content
from provenance.values.license import Terms
from provenance.values.openness import Openness, Standing

OPEN_LICENSES = OSI | FSF | MOF
#: Licences that came after the lists, and restrict no use that is known: nobody has judged them.
_NOT_YET_LISTED = frozenset({"OpenMDW-1.1"})
#: Written for models with all that belongs to them; the OSI neither approved nor refused them.
_FOR_MODELS = frozenset({"OpenMDW-1.0"}) | _NOT_YET_LISTED

_BY_FOLDED_ID = {license_id.casefold(): license_id for license_id in sorted(OPEN_LICENSES)}


def openness(license_id: str, content: Content) -> Openness:
    """Return where a licence stands for one kind of content.

    Source of the fourth: the Open Source AI Definition 1.0 asks for code under licences that the
    OSI approved, and for parameters and data information under terms that it approved. It approves
    no terms for data as such, so whether an open-data licence will do is for a person to judge.
    """
    return Openness(
        license_id,
        osi=_listed(license_id in OSI),
        fsf=_listed(license_id in FSF),
        mof=_listed(license_id in MOF),
        osaid=_by_osaid(license_id, content),
    )


def _listed(on_list: bool) -> Standing:  # noqa: FBT001 - the one thing that is said
    return Standing.OPEN if on_list else Standing.NOT_OPEN


def _by_osaid(license_id: str, content: Content) -> Standing:
    if license_id in OSI:
        return Standing.OPEN
    judged = license_id in FSF if content is Content.CODE else license_id in FSF | OPEN_DATA
    return Standing.FOR_A_PERSON if judged or license_id in _FOR_MODELS else Standing.NOT_OPEN


def is_open(license_id: str) -> bool:
    """Return whether the Model Openness Tool calls this exact SPDX id open."""
    return license_id in MOF


def spdx_id(claimed: str) -> str:
    """Return the SPDX id that a Hub's id stands for; other and ambiguous texts stay as they are.

    >>> spdx_id("apache-2.0"), spdx_id("llama3"), spdx_id("bsd")
    ('Apache-2.0', 'LicenseRef-llama3', 'bsd')
    """
    known = hub_license(claimed)
    if known and known.id:
        return known.id
    return claimed if known else _BY_FOLDED_ID.get(claimed.casefold(), claimed)


def terms_of(evident: str | None, claimed: str | None) -> Terms:
    """Return what a licence allows: by its text; an id alone leaves the terms unknown.

    Where the text is open and the id that the publisher gives is of a licence that is not, the
    publisher says two things, and which of them holds is unknown.
    """
    if evident is None:
        return Terms.UNKNOWN if claimed else Terms.NONE
    if evident in OPEN_LICENSES:
        return Terms.UNKNOWN if claimed and _restricts(claimed) else Terms.OPEN
    return Terms.UNKNOWN if evident in _NOT_YET_LISTED else Terms.RESTRICTED


def _restricts(claimed: str) -> bool:
    """Tell whether an id stands for one licence, and that is not an open one."""
    known = hub_license(claimed)
    return bool(known and known.id and known.id not in OPEN_LICENSES | _NOT_YET_LISTED)
