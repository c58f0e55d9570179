"""The licence ids of the Hub: what each stands for, and which of them leave it open.

Source: the Hub's documentation of repository licences (``repositories-licenses``, 2026). An id that
fits several licences is mapped to none of them; :attr:`HubLicense.ambiguous` says why.
"""

import attrs

_LATER = "it does not say whether later versions may be used"


@attrs.frozen
class HubLicense:
    """One id of the Hub: the licence that it stands for, or why it stands for none."""

    hub_id: str
    id: str | None
    ambiguous: str | None = None


def hub_license(claimed: str) -> HubLicense | None:
    """Return what an id means on the Hub, in any case; ``None`` for a text that is no id there."""
    return _BY_ID.get(claimed.strip().casefold())


# The same licence, in the spelling of SPDX; where SPDX does not list it, by the reference that the
# table of texts uses.
_EXACT = """
    afl-3.0=AFL-3.0 apache-2.0=Apache-2.0 artistic-2.0=Artistic-2.0 bsd-2-clause=BSD-2-Clause
    bsd-3-clause=BSD-3-Clause bsd-3-clause-clear=BSD-3-Clause-Clear bsl-1.0=BSL-1.0
    c-uda=C-UDA-1.0 cc-by-2.0=CC-BY-2.0 cc-by-2.5=CC-BY-2.5 cc-by-3.0=CC-BY-3.0
    cc-by-4.0=CC-BY-4.0 cc-by-nc-2.0=CC-BY-NC-2.0 cc-by-nc-3.0=CC-BY-NC-3.0
    cc-by-nc-4.0=CC-BY-NC-4.0 cc-by-nc-nd-3.0=CC-BY-NC-ND-3.0 cc-by-nc-nd-4.0=CC-BY-NC-ND-4.0
    cc-by-nc-sa-2.0=CC-BY-NC-SA-2.0 cc-by-nc-sa-3.0=CC-BY-NC-SA-3.0
    cc-by-nc-sa-4.0=CC-BY-NC-SA-4.0 cc-by-nd-4.0=CC-BY-ND-4.0 cc-by-sa-3.0=CC-BY-SA-3.0
    cc-by-sa-4.0=CC-BY-SA-4.0 cc0-1.0=CC0-1.0 cdla-permissive-1.0=CDLA-Permissive-1.0
    cdla-permissive-2.0=CDLA-Permissive-2.0 cdla-sharing-1.0=CDLA-Sharing-1.0 ecl-2.0=ECL-2.0
    epl-1.0=EPL-1.0 epl-2.0=EPL-2.0 etalab-2.0=etalab-2.0 eupl-1.1=EUPL-1.1 eupl-1.2=EUPL-1.2
    isc=ISC lgpl-lr=LGPLLR lppl-1.3c=LPPL-1.3c mit=MIT mpl-2.0=MPL-2.0 ms-pl=MS-PL ncsa=NCSA
    odbl=ODbL-1.0 odc-by=ODC-By-1.0 ofl-1.1=OFL-1.1 openmdw-1.0=OpenMDW-1.0
    openmdw-1.1=OpenMDW-1.1 osl-3.0=OSL-3.0 pddl=PDDL-1.0 postgresql=PostgreSQL
    unlicense=Unlicense wtfpl=WTFPL zlib=Zlib
    apple-amlr=LicenseRef-apple-amlr apple-ascl=LicenseRef-apple-ascl
    bigcode-openrail-m=LicenseRef-bigcode-openrail-m
    bigscience-bloom-rail-1.0=LicenseRef-bigscience-bloom-rail-1.0
    bigscience-openrail-m=LicenseRef-bigscience-openrail-m
    creativeml-openrail-m=LicenseRef-creativeml-openrail-m deepseek=LicenseRef-deepseek
    fair-noncommercial-research-license=LicenseRef-fair-noncommercial-research
    gemma=LicenseRef-gemma grok2-community=LicenseRef-grok2-community
    h-research=LicenseRef-h-research intel-research=LicenseRef-intel-research
    llama2=LicenseRef-llama2 llama3=LicenseRef-llama3 llama3.1=LicenseRef-llama3.1
    llama3.2=LicenseRef-llama3.2 llama3.3=LicenseRef-llama3.3 llama4=LicenseRef-llama4
    openrail++=LicenseRef-openrail-plusplus
"""
# Ids that name a version of a licence and not what may follow it. SPDX has one for either case, and
# kept the plain one, though deprecated: it is what the Model Openness Tool's list knows, too.
_PLAIN = {
    "agpl-3.0": "AGPL-3.0",
    "gpl-2.0": "GPL-2.0",
    "gpl-3.0": "GPL-3.0",
    "lgpl-2.1": "LGPL-2.1",
    "lgpl-3.0": "LGPL-3.0",
}
_AMBIGUOUS = {
    "bsd": "there are BSD licences of one, two, three and four clauses",
    "cc": "there are six Creative Commons licences of four versions, not all of them open",
    "gfdl": f"it names no version, and {_LATER}",
    "gpl": f"it names no version, and {_LATER}",
    "lgpl": f"it names no version, and {_LATER}",
    "openrail": "there are several OpenRAIL licences, each with its own restrictions",
    "other": "it names no licence: the card's license_name and license_link may",
    "unknown": "it names no licence",
}


_BY_ID = {
    **{hub: HubLicense(hub, spdx) for hub, spdx in (pair.split("=", 1) for pair in _EXACT.split())},
    **{hub: HubLicense(hub, spdx, _LATER) for hub, spdx in _PLAIN.items()},
    **{hub: HubLicense(hub, None, why) for hub, why in _AMBIGUOUS.items()},
}
HUB_LICENSES = tuple(_BY_ID[hub] for hub in sorted(_BY_ID))
