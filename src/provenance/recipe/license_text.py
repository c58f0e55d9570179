"""Licences by their text: a text is a licence only when, normalised, it is that licence whole.

The table holds digests of normalised texts. Nothing similar counts: an MIT licence with one
sentence more is no MIT licence. Normalising lowers the case, drops the headline, plain copyright
lines and whatever is neither letter nor digit, and ends the Apache licence where its terms end.
"""

import hashlib
import re
from collections.abc import Iterable

from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import LicenseText

_FILES = (
    "LICENSE",
    "LICENSE.md",
    "LICENSE.txt",
    "LICENCE",
    "LICENCE.md",
    "LICENCE.txt",
    "COPYING",
    "COPYING.txt",
)
_WORD = re.compile(r"[a-z0-9]+")
# A copyright line names years and people. One that says more is part of the terms.
_COPYRIGHT = re.compile(r"copyright (?:c )?(?:\d{4} )*(?:present )?(?:by )?(?:[a-z0-9]+ ?){0,12}")
_RESERVED = "all rights reserved"
_TERMS = frozenset(
    [
        "use",
        "used",
        "not",
        "no",
        "only",
        "may",
        "must",
        "shall",
        "commercial",
        "license",
        "licence",
        "licensed",
        "permission",
        "permitted",
        "except",
        "without",
        "subject",
        "terms",
        "granted",
        "prohibited",
        "notice",
        "holder",
        "holders",
        "owner",
    ]
)
_TITLES = frozenset(
    {
        "mit license",
        "the mit license",
        "the mit license mit",
        "mit license mit",
        "bsd 3 clause license",
        "bsd 2 clause license",
        "the bsd license",
    }
)
_APACHE_END = " end of terms and conditions"

# SHA-256 of the normalised text, and the SPDX id that the text goes by.
# The GNU texts do not say whether later versions are allowed: the narrower id stands.
_KNOWN = {
    "0cf21bdfd1964a97a8615e128534845826afbc887edc95aa5c925cbf64386b5c": "MIT",
    "37599287c15c2f2ec060c3c3b55bdf69e3bc7a8aeeb9cd57e18800088789538a": "Apache-2.0",
    "65bfb6f56a10dc6dd6135cf4adeee0f5bc238b3d404067ac48dbf48c0ced3b32": "Apache-2.0",
    "9b83d3dee0616d07b82a272dd9bf5134a9f402b750f5ee6188458073b0a32ff2": "BSD-3-Clause",
    "53075742228962c7ea381b8242c64602fa32e7b8f52facb6d13ee4f9c596ddfa": "BSD-3-Clause",
    "986c3c3199a93b916c8f2e0aeed57819bcbdcb2cd9d99902dcc9d74b53f93a74": "BSD-2-Clause",
    "217da0747cec63a2e734185db11cbaa819bcd9e5b83cd12f812128fffe66e26a": "ISC",
    "f82071285728ca3ec7685ee9bc4acdae0b8267142a4d20b8f1805eabedb4a98a": "MPL-2.0",
    "efe73660e5476cf0368fc0fc143f624ff9d1b73c4484b14a9969dd20c5786821": "GPL-2.0-only",
    "5a03c45024821019e59bbbf8d5bd13f8395e4e13204f3e1cf7fb58b2422ec219": "GPL-3.0-only",
    "873c6426ea80f22a07042cfb8b3158aa05552910ef41064587e403e155d897e9": "LGPL-2.1-only",
    "aae2b222477171fb64e298e7965e768a9a6f85320646b266c94399ac029d42be": "LGPL-3.0-only",
    "96bdc7f63190fb4bd1ae584b890300ed7517d858b34c945642a3b9b2f1612a5f": "CC0-1.0",
}


def license_path(paths: Iterable[str]) -> str | None:
    """Return which of these files is the licence of the whole, or ``None``."""
    listed = set(paths)
    return next((name for name in _FILES if name in listed), None)


def read_license(data: bytes, *, uri: str) -> LicenseText:
    """Recognise a licence file by its whole text; the id is ``None`` for any other text."""
    where = Where(uri, Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
    normal = normalized(data.decode("utf-8", "replace"))
    return LicenseText(where, _KNOWN.get(hashlib.sha256(normal.encode()).hexdigest()))


def normalized(text: str) -> str:
    """Return the words that make a licence, with single spaces between them."""
    lines = [" ".join(_WORD.findall(line)) for line in text.lower().splitlines()]
    kept = [line for line in lines if line and not _is_copyright(line)]
    if kept and kept[0] in _TITLES:
        del kept[0]
    whole = " ".join(kept)
    end = whole.find(_APACHE_END)
    return whole if end < 0 or not whole.startswith("apache license") else whole[:end]


def _is_copyright(line: str) -> bool:
    if line == _RESERVED:
        return True
    return bool(_COPYRIGHT.fullmatch(line)) and not _TERMS & set(line.split())
