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
    # It misleads, leaks, runs code, may not be used or does not load.
    ERROR = 2

    @property
    def word(self) -> str:
        """Return the severity as compilers write it."""
        return self.name.lower()


@unique
class Rule(StrEnum):
    """What is looked for: the stable name of each rule."""

    UNREADABLE = "unreadable"
    SECRET = "secret"  # noqa: S105 - the name of a rule
    PICKLE = "pickle"
    LICENSE_MISSING = "license-missing"
    LICENSE_DIFFERS = "license-differs"
    HAZARD = "hazard"
    NOT_SEARCHED = "not-searched"
    LICENSE_TEXT_MISSING = "license-text-missing"
    LICENSE_TEXT_UNKNOWN = "license-text-unknown"
    LINK_NOT_PINNED = "link-not-pinned"
    CLAIM_WITHOUT_LINK = "claim-without-link"
    PRIVATE_PATH = "private-path"
    TEMPLATE_TEXT = "template-text"
    CARD = "card"
    NOT_SHOWN = "not-shown"

    @property
    def severity(self) -> Severity:
        """Return how much the rule matters."""
        return _SEVERITIES.get(self, Severity.WARNING)

    @property
    def finds(self) -> str:
        """Return what the rule finds, in a line."""
        return _TEXTS[self][0]

    @property
    def mend(self) -> str:
        """Return what to do about it, in a line."""
        return _TEXTS[self][1]


_SEVERITIES = {
    Rule.UNREADABLE: Severity.ERROR,
    Rule.SECRET: Severity.ERROR,
    Rule.PICKLE: Severity.ERROR,
    Rule.LICENSE_MISSING: Severity.ERROR,
    Rule.LICENSE_DIFFERS: Severity.ERROR,
    Rule.NOT_SHOWN: Severity.NOTE,
}
_TEXTS = {
    Rule.UNREADABLE: (
        "a file is malformed or hostile, so that an audit ends there",
        "write the file again with the tool that made it, or take it out",
    ),
    Rule.SECRET: (
        "what looks like a token, a password or a private key stands in a file",
        "take it out, and have it revoked: who has the repository has it",
    ),
    Rule.PICKLE: (
        "a weight file is a pickle, which can run code when it is loaded",
        "save the weights as safetensors, and take the pickle out",
    ),
    Rule.LICENSE_MISSING: (
        "the card's metadata names no licence",
        "write `license: <id>` into the metadata of README.md",
    ),
    Rule.LICENSE_DIFFERS: (
        "the licence that is named is not the one whose text is there",
        "let the metadata and the LICENSE file say the same",
    ),
    Rule.HAZARD: (
        "an audit would report a hazard",
        "ask `provenance explain` for the code that the finding names, and do what it says",
    ),
    Rule.NOT_SEARCHED: (
        "a text is larger than is searched for secrets, or could not be read",
        "look through it yourself, split it, or take it out",
    ),
    Rule.LICENSE_TEXT_MISSING: (
        "a licence is named, and its text is not there",
        "add the licence's text as LICENSE",
    ),
    Rule.LICENSE_TEXT_UNKNOWN: (
        "the licence's text is not recognised as any licence",
        "use the licence's own text, word for word",
    ),
    Rule.LINK_NOT_PINNED: (
        "a link to code, data or a model names no commit, so that it can move",
        "name the commit in the link, or in the metadata's revision",
    ),
    Rule.CLAIM_WITHOUT_LINK: (
        "the card speaks of something, and links it nowhere",
        "link it in that sentence, with its commit, identifier or path",
    ),
    Rule.PRIVATE_PATH: (
        "a path or bucket that nobody else has stands in a file",
        "name what it stands for by an address that others can reach",
    ),
    Rule.TEMPLATE_TEXT: (
        "text of a template was left as it was",
        "write what belongs there, or take the line out",
    ),
    Rule.CARD: (
        "the card says something else to some readers than to others, or nothing",
        "correct the line of the card that is named",
    ),
    Rule.NOT_SHOWN: (
        "a component of the recipe is not there, or could be shown better",
        "do the step that is named, the cheapest first",
    ),
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
