"""What the Hub answers of a repository: its commit, its id, who may read it."""

import re

from provenance.errors import Code, RefError, ReleaseError
from provenance.values.access import Access
from provenance.values.ref import Ref, Scheme
from provenance.values.revision import Commit

_COMMIT = re.compile(r"[0-9a-f]{40}")


def commit_of(sha: object, ref: Ref) -> Commit:
    """Return the commit that the Hub answers with: the one asked for, where one was.

    Raises:
        ReleaseError: HUB_ANSWER.
    """
    if (
        not isinstance(sha, str)
        or not _COMMIT.fullmatch(sha)
        or ref.commit not in {None, Commit(sha)}
    ):
        raise ReleaseError(
            f"the Hub answers for {ref} with the commit {ascii(sha)[:80]}",
            hint="do not trust this server",
            code=Code.HUB_ANSWER,
        )
    return Commit(sha)


def other_id(answered: object, ref: Ref, token: str | None) -> str | None:
    """Return the id that the Hub answers with, where it is not the one that was asked for.

    Raises:
        ReleaseError: HUB_ANSWER, for what is no id, or holds the token that was sent.
    """
    try:
        name = Ref(Scheme.HF, answered).name if isinstance(answered, str) else ""
    except RefError:
        name = ""
    # A server may write back the token that it was sent.
    if not name or (token and token in name):
        raise ReleaseError(
            f"the Hub answers for {ref} with an id that is none",
            hint="do not trust this server",
            code=Code.HUB_ANSWER,
        )
    return None if name == ref.name else name


def access_of(private: object, gated: object) -> Access:
    """Return what the Hub said of access; what it did not say stays unknown."""
    if private is True:
        return Access.PRIVATE
    if gated == "auto":
        return Access.AUTO_GATE
    if gated == "manual":
        return Access.MANUAL_GATE
    return Access.PUBLIC if private is False and gated is False else Access.UNKNOWN
