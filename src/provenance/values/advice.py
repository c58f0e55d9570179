"""Advice to a publisher: what to mend before a release, in which file and line."""

from enum import IntEnum, StrEnum, unique

import attrs

from provenance.errors import InvalidValueError


@unique
class Severity(IntEnum):
    """How much it matters that something is mended first."""

    # Nothing is wrong; more could be shown.
    NOTE = 0
    # Readers will not find, or not be able to trust, what is meant.
    WARNING = 1
    # It misleads, leaks or does not load.
    ERROR = 2

    @property
    def word(self) -> str:
        """Return the severity as compilers write it."""
        return self.name.lower()


@unique
class Rule(StrEnum):
    """What is looked for: the stable name of each rule."""

    UNREADABLE = "unreadable"
    HAZARD = "hazard"
    SECRET = "secret"  # noqa: S105 - the name of a rule
    LICENSE_MISSING = "license-missing"
    LICENSE_TEXT_MISSING = "license-text-missing"
    LICENSE_TEXT_UNKNOWN = "license-text-unknown"
    LICENSE_DIFFERS = "license-differs"
    LINK_NOT_PINNED = "link-not-pinned"
    CLAIM_WITHOUT_LINK = "claim-without-link"
    PRIVATE_PATH = "private-path"
    TEMPLATE_TEXT = "template-text"
    CARD = "card"
    NOT_SHOWN = "not-shown"

    @property
    def severity(self) -> Severity:
        """Return how much the rule matters."""
        return _SEVERITIES[self]

    @property
    def finds(self) -> str:
        """Return what the rule finds, in a line."""
        return _TITLES[self]


_ERRORS = (Rule.UNREADABLE, Rule.SECRET, Rule.LICENSE_DIFFERS)
_SEVERITIES = {
    rule: Severity.ERROR
    if rule in _ERRORS
    else Severity.NOTE
    if rule is Rule.NOT_SHOWN
    else Severity.WARNING
    for rule in Rule
}
_TITLES = {
    Rule.UNREADABLE: "a file is malformed or hostile, so that an audit ends there",
    Rule.HAZARD: "an audit would report a hazard",
    Rule.SECRET: "what looks like a token or a private key stands in a file",
    Rule.LICENSE_MISSING: "the card's metadata names no licence",
    Rule.LICENSE_TEXT_MISSING: "a licence is named, and its text is not there",
    Rule.LICENSE_TEXT_UNKNOWN: "the licence's text is not recognised as any licence",
    Rule.LICENSE_DIFFERS: "the licence that is named is not the one whose text is there",
    Rule.LINK_NOT_PINNED: "a link to code, data or a model names no commit, so that it can move",
    Rule.CLAIM_WITHOUT_LINK: "the card speaks of something, and links it nowhere",
    Rule.PRIVATE_PATH: "a path or bucket that nobody else has stands in a file",
    Rule.TEMPLATE_TEXT: "text of a template was left as it was",
    Rule.CARD: "the card says something else to some readers than to others",
    Rule.NOT_SHOWN: "a component of the recipe is not there, or could be shown better",
}


@attrs.frozen
class Advice:
    """One thing to mend: where, what is, and what to do.

    ``line`` counts from 1; 0 means the file as a whole, and an empty ``path`` the release.
    """

    rule: Rule
    path: str
    line: int
    what: str
    todo: str

    def __attrs_post_init__(self) -> None:
        """Refuse a line below zero, and one of no file."""
        if self.line < 0 or (self.line and not self.path):
            raise InvalidValueError(
                f"line {self.line} of {self.path!r}", hint="name a file and count from 1"
            )
