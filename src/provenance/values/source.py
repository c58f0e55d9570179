"""A linked source repository, pinned to one commit."""

from enum import StrEnum, unique

import attrs

from provenance.values.revision import Commit


@unique
class HowPinned(StrEnum):
    """Why this commit and no other stands for the link."""

    COMMIT_IN_LINK = "commit-in-link"
    TAG_IN_LINK = "tag-in-link"
    BRANCH_IN_LINK = "branch-in-link"
    DEFAULT_BRANCH = "default-branch"


@unique
class Confidence(StrEnum):
    """How sure it is that this commit is the one that was used."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@attrs.frozen
class PinnedSource:
    """A repository at a commit: its address, where the bytes came from, and how it was pinned.

    ``fetched_from`` differs from ``uri`` when the caller named a mirror; ``tree`` is the object id
    of the commit's root tree.
    """

    uri: str
    fetched_from: str
    commit: Commit
    tree: Commit
    how_pinned: HowPinned

    @property
    def confidence(self) -> Confidence:
        """Return how sure the pin is: only a commit that the publisher wrote down is certain."""
        if self.how_pinned is HowPinned.COMMIT_IN_LINK:
            return Confidence.HIGH
        return Confidence.MEDIUM if self.how_pinned is HowPinned.TAG_IN_LINK else Confidence.LOW
