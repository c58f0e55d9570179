"""A locator: a typed link from a publisher's text to something that can be looked at."""

from enum import StrEnum, unique

import attrs

from provenance.errors import InvalidValueError
from provenance.values.revision import Named, Revision, parse_revision

# Parts of the longest name that is looked for; names of four are already rare.
MOST_PARTS = 8


@unique
class LocatorKind(StrEnum):
    """What a link leads to, and so who can follow it."""

    HUB_MODEL = "hub-model"
    HUB_DATASET = "hub-dataset"
    HUB_SPACE = "hub-space"
    GIT = "git"
    ARXIV = "arxiv"
    DOI = "doi"
    SWHID = "swhid"
    HTTP = "http"


@attrs.frozen
class Locator:
    """A kind, a canonical name, and the revision that the publisher wrote down, if any.

    ``uri`` is ``org/name`` for the Hub's kinds, ``https://host/owner/name`` (without ``.git`` or a
    trailing slash) for git, the bare identifier for arXiv, DOI and SWHID, else the whole address.
    ``below`` is what stands behind the revision in an address: a path there, or the rest of a name
    that holds slashes. Which of the two, only the repository's own names can tell.
    """

    kind: LocatorKind
    uri: str
    revision: Revision | None = None
    below: str = attrs.field(default="", eq=False)

    @property
    def names(self) -> tuple[Revision, ...]:
        """Return what the address may name as its revision, the longest name first.

        >>> one = Locator(LocatorKind.GIT, "https://a.org/b/c", Named("release"), "v1/train.py")
        >>> [str(name) for name in one.names]
        ['release/v1/train.py', 'release/v1', 'release']
        """
        if not isinstance(self.revision, Named):
            return () if self.revision is None else (self.revision,)
        name = self.revision.name
        found: list[Revision] = [self.revision]
        for part in self.below.split("/")[: MOST_PARTS - 1] if self.below else ():
            name = f"{name}/{part}"
            try:
                longer = parse_revision(name)
            except InvalidValueError:
                break
            found.insert(0, longer)
        return tuple(found)

    def __str__(self) -> str:
        """Return ``kind:uri[@revision]``."""
        return f"{self.kind}:{self.uri}" + (f"@{self.revision}" if self.revision else "")
