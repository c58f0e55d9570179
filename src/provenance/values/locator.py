"""A locator: a typed link from a publisher's text to something that can be looked at."""

from enum import StrEnum, unique

import attrs

from provenance.values.revision import Revision


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
    """

    kind: LocatorKind
    uri: str
    revision: Revision | None = None

    def __str__(self) -> str:
        """Return ``kind:uri[@revision]``."""
        return f"{self.kind}:{self.uri}" + (f"@{self.revision}" if self.revision else "")
