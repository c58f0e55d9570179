"""Licences by their text: a text is a licence only when its words are that licence's, all of them.

Nothing similar counts: an MIT licence with one sentence more is no MIT licence, and is shown with
that sentence. Nor does a headline: another licence's name above a text makes it none that is known.
"""

import hashlib
import re
from collections.abc import Iterable

from provenance.recipe.licenses.license_clauses import by_clauses
from provenance.recipe.licenses.license_likeness import ALMOST, likeness
from provenance.recipe.licenses.license_table import Known, Table, table
from provenance.recipe.licenses.license_words import words_of
from provenance.values.address import Address
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import LicenseText
from provenance.values.license import Likeness, Match

#: Licences of a model, before those of everything; each with any of the endings, in any case.
_MODEL_NAMES = (
    *("license-model", "model-license", "license-weights", "weights-license", "license-models"),
    *("license.model", "license.weights", "model-license-agreement"),
    *("model-terms-of-use", "weights-terms-of-use"),
)
_NAMES = ("license", "licence", "copying", "unlicense", "license-apache", "license-mit")
_CODE_NAMES = ("license-code", "code-license")
_ENDINGS = ("", ".md", ".txt", ".rst")
#: The longest licence that is known has some 9,000 words; a longer text is none of them.
LONGEST_TEXT = 400_000
_OTHER_ENDINGS = (".pdf", ".html", ".htm", ".docx", ".doc", ".odt", ".rtf", ".tex", ".jpg", ".png")
_ANY_ENDING = "|".join(map(re.escape, (*_ENDINGS, *_OTHER_ENDINGS)))
_LICENSE = re.compile(f"(?:{'|'.join(_NAMES)})(?:{_ANY_ENDING})")
_MODEL_LICENSE = re.compile(f"(?:{'|'.join(map(re.escape, _MODEL_NAMES))})(?:{_ANY_ENDING})")
# Names under which more terms stand: licences of parts, in folders, and what use is not allowed.
_MORE = re.compile(
    r"(?:.*[-.])?(?:licen[cs]es?|copying|unlicense|eula|terms|terms-of-(?:use|service)"
    r"|terms-and-conditions|(?:acceptable-|prohibited-)?use-policy|usage-policy"
    rf"|(?:use|usage)-restrictions)(?:-[^.]*)?(?:{_ANY_ENDING})"
)
_POLICY = re.compile(
    r"(?:.*[-.])?(?:(?:acceptable-|prohibited-)?use-policy|usage-policy"
    rf"|(?:use|usage)-restrictions)(?:-[^.]*)?(?:{_ANY_ENDING})"
)
_OF_CODE = re.compile(rf"(?:license-code|code-license)(?:{_ANY_ENDING})")
_IN_FOLDER = re.compile(rf"(?:.*/)?licen[cs]es/[^/.][^/]*?(?:{_ANY_ENDING})")
# Where the licences of others' code stand, by folders and by names.
_OF_OTHERS = re.compile(
    r"(?:.*/)?(?:third-?party|3rd-?party|vendor|vendored|external|externals|extern|deps|_deps"
    r"|dependencies|licen[cs]es|node-modules|site-packages|submodules|[^/]*\.dist-info)/.*"
    r"|(?:.*[/.-])?(?:third-?party|3rd-?party|notices?)[^/]*"
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def license_path(paths: Iterable[str], *, of_model: bool = False) -> str | None:
    """Return which of these files is the licence of the whole, or ``None``.

    ``of_model`` asks for the terms of the weights, which some give in a file of their own.
    """
    names = (*_MODEL_NAMES, *_NAMES) if of_model else (*_NAMES, *_CODE_NAMES)
    ranks = {f"{name}{end}": at for at, (name, end) in enumerate(_spelled(names))}
    found = ((rank, path) for path in paths if (rank := ranks.get(_folded(path))) is not None)
    return min(found, default=(0, None))[1]


def beside_license(chosen: str | None, paths: Iterable[str]) -> tuple[str, ...]:
    """Return the files whose names say as much of a licence as the chosen one's, in order.

    Of a model's own licence they are the others of that kind, else those of everything. Endings
    that are not read are among them: such a text may say anything.
    """
    own = chosen is not None and _LICENSE.fullmatch(_folded(chosen)) is None
    kind = _MODEL_LICENSE if own else _LICENSE
    return tuple(sorted(it for it in paths if it != chosen and kind.fullmatch(_folded(it))))


def more_terms(chosen: str | None, paths: Iterable[str]) -> tuple[str, ...]:
    """Return the other files whose names say that terms stand in them, at every depth, in order.

    A licence of code says nothing of a model; nor does that of everything, beside a model's own.
    """
    own = chosen is not None and _MODEL_LICENSE.fullmatch(_folded(chosen)) is not None
    found = (one for one in paths if one != chosen and _may_hold_terms(one))
    return tuple(sorted(one for one in found if not own or not _LICENSE.fullmatch(_folded(one))))


def _may_hold_terms(path: str) -> bool:
    name = _last(path)
    by_name = _MORE.fullmatch(name) and not _OF_CODE.fullmatch(name)
    return bool(by_name) or _IN_FOLDER.fullmatch(path.lower()) is not None


def is_policy(path: str) -> bool:
    """Tell whether a file by its name says what use is not allowed.

    >>> is_policy("USE_POLICY.md"), is_policy("original/LICENSE")
    (True, False)
    """
    return _POLICY.fullmatch(_last(path)) is not None


def is_of_others(path: str) -> bool:
    """Tell whether a licence by its place or name is that of others' code.

    >>> is_of_others("third_party/zlib/LICENSE"), is_of_others("original/LICENSE")
    (True, False)
    """
    return _OF_OTHERS.fullmatch(_folded(path)) is not None


def is_read(path: str) -> bool:
    """Tell whether a licence's file is of a kind whose text is read.

    >>> is_read("LICENSE.md"), is_read("LICENSE.pdf")
    (True, False)
    """
    return not _folded(path).endswith(_OTHER_ENDINGS)


def _folded(path: str) -> str:
    return path.lower().replace("_", "-")


def _last(path: str) -> str:
    return _folded(path).rpartition("/")[2]


def _spelled(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    return ((name, end) for name in names for end in _ENDINGS)


def read_license(data: bytes, *, address: Address) -> LicenseText:
    """Recognise a licence file by its whole text.

    A text that is none that is known, but calls itself one and holds its clauses, is taken for it
    with :attr:`Match.CLAUSES`; only licences that restrict use are recognised so.
    """
    where = Where(address, Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
    if len(data) > LONGEST_TEXT:
        return LicenseText(where, None)
    known = table()
    text = data.decode("utf-8", "replace")
    words = words_of(text)
    terms, headlines = known.headlines(words)
    found = known.find(terms)
    if found and not _hidden(text, found, known):
        return _recognised(where, found, _foreign(headlines, found, known))
    like = likeness(terms, known)
    claimed = by_clauses(words)
    if claimed:
        return LicenseText(where, claimed.id, Match.CLAUSES, like)
    return LicenseText(where, None, nearest=like, headline=_first(headlines))


def _hidden(text: str, found: Known, known: Table) -> bool:
    """Tell whether a licence, or a part of it, stands in a comment that a page does not show."""
    shown = _COMMENT.sub(" ", text)
    return shown != text and known.find(known.headlines(words_of(shown))[0]) != found


def _recognised(where: Where, found: Known, foreign: str | None) -> LicenseText:
    if foreign is None:
        return LicenseText(where, found.id, Match.TEXT, same=found.same)
    like = Likeness(found.id, ALMOST, (foreign,))
    return LicenseText(where, None, nearest=like, headline=foreign)


def _foreign(headlines: Iterable[tuple[str, ...]], found: Known, known: Table) -> str | None:
    """Return the first headline that names other licences only."""
    ids = {found.id, *found.same}
    named = (one for one in headlines if known.titles[one] and not known.titles[one] & ids)
    return _first(named)


def _first(headlines: Iterable[tuple[str, ...]]) -> str | None:
    first = next(iter(headlines), None)
    return " ".join(first) if first else None
