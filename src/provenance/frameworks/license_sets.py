"""Published lists of open licences, by SPDX id: facts, with their origin and version.

Ids are exact and case-sensitive. A list is as its publisher wrote it at that version: an id that
came later, or that was replaced by a narrower one, is on it only if the publisher says so.
"""

#: The ids that the SPDX list of npm's ``spdx-license-list`` 6.12.0 marks as approved by the Open
#: Source Initiative.
OSI_VERSION = "SPDX list of spdx-license-list 6.12.0"
_OSI = """
    0BSD AAL AFL-1.1 AFL-1.2 AFL-2.0 AFL-2.1 AFL-3.0 AGPL-3.0 AGPL-3.0-only AGPL-3.0-or-later
    ALGLIB-Documentation Apache-1.1 Apache-2.0 APL-1.0 APSL-1.0 APSL-1.1 APSL-1.2 APSL-2.0
    Artistic-1.0 Artistic-1.0-cl8 Artistic-1.0-Perl Artistic-2.0 BlueOak-1.0.0 BSD-1-Clause
    BSD-2-Clause BSD-2-Clause-Patent BSD-3-Clause BSD-3-Clause-LBNL BSD-3-Clause-Open-MPI BSL-1.0
    CAL-1.0 CAL-1.0-Combined-Work-Exception CATOSL-1.1 CDDL-1.0 CECILL-2.1 CERN-OHL-P-2.0
    CERN-OHL-S-2.0 CERN-OHL-W-2.0 CNRI-Python CPAL-1.0 CPL-1.0 CUA-OPL-1.0 ECL-1.0 ECL-2.0 EFL-1.0
    EFL-2.0 Entessa EPL-1.0 EPL-2.0 EUDatagrid EUPL-1.1 EUPL-1.2 Fair Frameworx-1.0 GPL-2.0
    GPL-2.0+ GPL-2.0-only GPL-2.0-or-later GPL-3.0 GPL-3.0+ GPL-3.0-only GPL-3.0-or-later
    GPL-3.0-with-GCC-exception HPND ICU Intel IPA IPL-1.0 ISC Jam LGPL-2.0 LGPL-2.0+ LGPL-2.0-only
    LGPL-2.0-or-later LGPL-2.1 LGPL-2.1+ LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0 LGPL-3.0+
    LGPL-3.0-only LGPL-3.0-or-later LiLiQ-P-1.1 LiLiQ-R-1.1 LiLiQ-Rplus-1.1 LPL-1.0 LPL-1.02
    LPPL-1.3c MirOS MIT MIT-0 MIT-Modern-Variant Motosoto MPL-1.0 MPL-1.1 MPL-2.0
    MPL-2.0-no-copyleft-exception MS-PL MS-RL MulanPSL-2.0 Multics NASA-1.3 Naumen NCSA NGPL Nokia
    NPOSL-3.0 NTP OCLC-2.0 OFL-1.1 OFL-1.1-no-RFN OFL-1.1-RFN OGTSL OLDAP-2.8 OLFL-1.3 OSC-1.0
    OSET-PL-2.1 OSL-1.0 OSL-2.0 OSL-2.1 OSL-3.0 PHP-3.0 PHP-3.01 PostgreSQL Python-2.0 QPL-1.0
    RPL-1.1 RPL-1.5 RPSL-1.0 RSCPL SimPL-2.0 SISSL Sleepycat SPL-1.0 UCL-1.0 Unicode-3.0
    Unicode-DFS-2016 Unlicense UPL-1.0 VSL-1.0 W3C W3C-20150513 Watcom-1.0 WordNet wxWindows Xnet
    Zlib ZPL-2.0 ZPL-2.1
"""

#: The ids that the SPDX list of 2024-05-21 (revision d8abdb0) marks as libre by the Free Software
#: Foundation.
FSF_VERSION = "SPDX list d8abdb0, 2024-05-21"
_FSF = """
    AFL-1.1 AFL-1.2 AFL-2.0 AFL-2.1 AFL-3.0 AGPL-1.0 AGPL-3.0 AGPL-3.0-only AGPL-3.0-or-later
    Apache-1.0 Apache-1.1 Apache-2.0 APSL-2.0 Artistic-2.0 BitTorrent-1.1 BSD-2-Clause
    BSD-2-Clause-FreeBSD BSD-2-Clause-NetBSD BSD-3-Clause BSD-3-Clause-Clear BSD-4-Clause BSL-1.0
    CC-BY-4.0 CC-BY-SA-4.0 CC0-1.0 CDDL-1.0 CECILL-2.0 CECILL-B CECILL-C ClArtistic Condor-1.1
    CPAL-1.0 CPL-1.0 ECL-2.0 eCos-2.0 EFL-2.0 EPL-1.0 EPL-2.0 EUDatagrid EUPL-1.1 EUPL-1.2 FSFAP
    FTL GFDL-1.1 GFDL-1.1-only GFDL-1.1-or-later GFDL-1.2 GFDL-1.2-only GFDL-1.2-or-later GFDL-1.3
    GFDL-1.3-only GFDL-1.3-or-later gnuplot GPL-2.0 GPL-2.0+ GPL-2.0-only GPL-2.0-or-later GPL-3.0
    GPL-3.0+ GPL-3.0-only GPL-3.0-or-later HPND IJG iMatix Imlib2 Intel IPA IPL-1.0 ISC LGPL-2.1
    LGPL-2.1+ LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0 LGPL-3.0+ LGPL-3.0-only LGPL-3.0-or-later
    LPL-1.02 LPPL-1.2 LPPL-1.3a MIT MPL-1.1 MPL-2.0 MS-PL MS-RL NCSA Nokia NOSL NPL-1.0 NPL-1.1
    Nunit ODbL-1.0 OFL-1.0 OFL-1.1 OLDAP-2.3 OLDAP-2.7 OpenSSL OSL-1.0 OSL-1.1 OSL-2.0 OSL-2.1
    OSL-3.0 PHP-3.01 Python-2.0 QPL-1.0 RPSL-1.0 Ruby SGI-B-2.0 SISSL Sleepycat SMLNJ SPL-1.0
    StandardML-NJ Unlicense UPL-1.0 Vim W3C WTFPL X11 XFree86-1.1 xinetd YPL-1.1 Zend-2.0
    Zimbra-1.3 Zlib ZPL-2.0 ZPL-2.1
"""

#: What the Model Openness Tool calls open: in its own licence list (revision d8abdb0, whole records
#: of which its ``mof-licenses.json``, revision cca0be7, replaces) approved or libre; or one of the
#: open-data licences that it names; or OpenMDW.
MOF_VERSION = "Model Openness Tool, lists d8abdb0 and cca0be7"
_MOF_SOFTWARE = """
    0BSD AAL AFL-1.1 AFL-1.2 AFL-2.0 AFL-2.1 AFL-3.0 AGPL-1.0 AGPL-3.0 AGPL-3.0-only
    AGPL-3.0-or-later Apache-1.0 Apache-1.1 Apache-2.0 APL-1.0 APSL-1.0 APSL-1.1 APSL-1.2 APSL-2.0
    Artistic-1.0 Artistic-1.0-cl8 Artistic-1.0-Perl Artistic-2.0 BitTorrent-1.1 BlueOak-1.0.0
    BSD-1-Clause BSD-2-Clause BSD-2-Clause-FreeBSD BSD-2-Clause-NetBSD BSD-2-Clause-Patent
    BSD-3-Clause BSD-3-Clause-Clear BSD-3-Clause-LBNL BSD-4-Clause BSL-1.0 CAL-1.0
    CAL-1.0-Combined-Work-Exception CATOSL-1.1 CC-BY-4.0 CC-BY-SA-4.0 CC0-1.0 CDDL-1.0 CECILL-2.0
    CECILL-2.1 CECILL-B CECILL-C CERN-OHL-P-2.0 CERN-OHL-S-2.0 CERN-OHL-W-2.0 ClArtistic
    CNRI-Python Condor-1.1 CPAL-1.0 CPL-1.0 CUA-OPL-1.0 ECL-1.0 ECL-2.0 eCos-2.0 EFL-1.0 EFL-2.0
    Entessa EPL-1.0 EPL-2.0 EUDatagrid EUPL-1.1 EUPL-1.2 Fair Frameworx-1.0 FSFAP FTL GFDL-1.1
    GFDL-1.1-only GFDL-1.1-or-later GFDL-1.2 GFDL-1.2-only GFDL-1.2-or-later GFDL-1.3
    GFDL-1.3-only GFDL-1.3-or-later gnuplot GPL-2.0 GPL-2.0+ GPL-2.0-only GPL-2.0-or-later GPL-3.0
    GPL-3.0+ GPL-3.0-only GPL-3.0-or-later GPL-3.0-with-GCC-exception HPND ICU IJG iMatix Imlib2
    Intel IPA IPL-1.0 ISC Jam LGPL-2.0 LGPL-2.0+ LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1
    LGPL-2.1+ LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0 LGPL-3.0+ LGPL-3.0-only LGPL-3.0-or-later
    LiLiQ-P-1.1 LiLiQ-R-1.1 LiLiQ-Rplus-1.1 LPL-1.0 LPL-1.02 LPPL-1.2 LPPL-1.3a LPPL-1.3c MirOS
    MIT MIT-0 MIT-Modern-Variant Motosoto MPL-1.0 MPL-1.1 MPL-2.0 MPL-2.0-no-copyleft-exception
    MS-PL MS-RL MulanPSL-2.0 Multics NASA-1.3 Naumen NCSA NGPL Nokia NOSL NPL-1.0 NPL-1.1
    NPOSL-3.0 NTP Nunit OCLC-2.0 ODbL-1.0 OFL-1.0 OFL-1.1 OFL-1.1-no-RFN OFL-1.1-RFN OGTSL
    OLDAP-2.3 OLDAP-2.7 OLDAP-2.8 OLFL-1.3 OpenSSL OSET-PL-2.1 OSL-1.0 OSL-1.1 OSL-2.0 OSL-2.1
    OSL-3.0 PHP-3.0 PHP-3.01 PostgreSQL Python-2.0 QPL-1.0 RPL-1.1 RPL-1.5 RPSL-1.0 RSCPL Ruby
    SGI-B-2.0 SimPL-2.0 SISSL Sleepycat SMLNJ SPL-1.0 StandardML-NJ UCL-1.0 Unicode-3.0
    Unicode-DFS-2016 Unlicense UPL-1.0 Vim VSL-1.0 W3C Watcom-1.0 WTFPL wxWindows X11 XFree86-1.1
    xinetd Xnet YPL-1.1 Zend-2.0 Zimbra-1.3 Zlib ZPL-2.0 ZPL-2.1
"""
_OPEN_DATA = """
    CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-2.5-AU CC-BY-3.0 CC-BY-3.0-AT CC-BY-3.0-AU CC-BY-3.0-DE
    CC-BY-3.0-IGO CC-BY-3.0-NL CC-BY-3.0-US CC-BY-4.0 CC-BY-SA-1.0 CC-BY-SA-2.0 CC-BY-SA-2.0-UK
    CC-BY-SA-2.1-JP CC-BY-SA-2.5 CC-BY-SA-3.0 CC-BY-SA-3.0-AT CC-BY-SA-4.0 CC0-1.0
    CDLA-Permissive-1.0 CDLA-Permissive-2.0 CDLA-Sharing-1.0 GFDL-1.3 ODbL-1.0 ODC-By-1.0
    ODC-PDDL-1.0 OGL-Canada-2.0 OGL-UK-2.0 OGL-UK-3.0
"""

#: The Open Source AI Definition has no list of its own: it asks for terms that OSI approved.
OSAID_VERSION = "Open Source AI Definition 1.0, with the OSI's list"

OSI = frozenset(_OSI.split())
FSF = frozenset(_FSF.split())
OPEN_DATA = frozenset(_OPEN_DATA.split())
MOF = frozenset(_MOF_SOFTWARE.split()) | OPEN_DATA | {"OpenMDW-1.0"}
