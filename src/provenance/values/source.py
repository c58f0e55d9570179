"""A linked source repository, pinned to one commit."""

from enum import StrEnum, unique

import attrs

from provenance.errors import InvalidValueError
from provenance.values.address import Address, AddressKind
from provenance.values.revision import Commit


@unique
class HowPinned(StrEnum):
    """Why this commit and no other stands for the link."""

    COMMIT_IN_LINK = "commit-in-link"
    TAG_IN_LINK = "tag-in-link"
    # No tag in the link, but one that is the release's version, or holds it.
    VERSION_TAG = "version-tag"
    VERSION_IN_TAG = "version-in-tag"
    # The last commit of the branch that was not made after the release.
    RELEASE_DATE = "release-date"
    # The beginning of a commit, which is the tip of a branch or tag: others may begin so, too.
    SHORT_COMMIT = "short-commit-in-link"
    BRANCH_IN_LINK = "branch-in-link"
    DEFAULT_BRANCH = "default-branch"
    # Named by the tree of another repository, which is pinned itself.
    SUBMODULE = "submodule"


@unique
class Confidence(StrEnum):
    """How sure it is that this commit is the one that was used."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


_SURE = {
    HowPinned.COMMIT_IN_LINK: Confidence.HIGH,
    HowPinned.TAG_IN_LINK: Confidence.MEDIUM,
    HowPinned.VERSION_TAG: Confidence.MEDIUM,
}


@attrs.frozen
class Gitlink:
    """A submodule as a tree has it: its path there, and the commit of the other repository."""

    path: str
    commit: Commit


@attrs.frozen
class PinnedSource:
    """A repository at a commit: its address, where the bytes came from, and how it was pinned.

    ``fetched_from`` differs from ``uri`` when the caller named a mirror, or when the repository was
    moved; ``tree`` is the object id of the commit's root tree. ``named_by`` is how sure the pin of
    the repository is that names this one as a submodule; it is HIGH for all others.
    """

    uri: str
    fetched_from: str
    commit: Commit
    tree: Commit
    how_pinned: HowPinned
    named_by: Confidence = Confidence.HIGH

    def __attrs_post_init__(self) -> None:
        """Refuse a pin that stands in another's tree and is no submodule."""
        if self.named_by is not Confidence.HIGH and self.how_pinned is not HowPinned.SUBMODULE:
            raise InvalidValueError(
                f"{self.uri} is named by no other repository", hint="only a submodule is"
            )

    @property
    def address(self) -> Address:
        """Return where its files stand: the name that the link has, whatever sent the bytes."""
        return Address(AddressKind.GIT, self.uri, self.commit)

    @property
    def confidence(self) -> Confidence:
        """Return how sure the pin is: only a commit that the publisher wrote down is certain.

        A submodule is as sure as the repository whose tree names it.
        """
        if self.how_pinned is HowPinned.SUBMODULE:
            return self.named_by
        return _SURE.get(self.how_pinned, Confidence.LOW)
