"""Choosing the one commit that stands for a link: what is written down first, what fits next."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Self, assert_never

import attrs

from provenance.doors.git import Git, RemoteRef
from provenance.errors import Code, SourceError, UsageError
from provenance.values.hazard import Hazard
from provenance.values.locator import Locator, LocatorKind
from provenance.values.revision import Commit, Named, Revision
from provenance.values.source import Gitlink, HowPinned, PinnedSource

_REFS, _TAGS, _BRANCHES = "refs/", "refs/tags/", "refs/heads/"
_NAMES = ("HEAD", f"{_BRANCHES}*", f"{_TAGS}*")
_LONGEST_VERSION = 64
_SHA1_DIGITS = 40
# What people write of a commit where the whole is too long.
_SHORT_COMMIT = re.compile(r"[0-9a-fA-F]{7,39}")
# Shorter ones are in tags by chance: 2 is in `v1-step-2`.
_SHORTEST_PART = 3
# What makes another version of a version: 1.0-rc1 is not 1.0.
_BEFORE = r"(?<![0-9A-Za-z.])[vV]?"
_AFTER = (
    r"(?![0-9A-Za-z])(?!\.[0-9A-Za-z])(?![-_.+]?(?:alpha|beta|dev|post|pre|preview|rc|[abc][0-9]))"
)


@attrs.frozen
class Chosen:
    """The commit, why, the names that it was chosen from, and what is odd about them."""

    commit: Commit
    how: HowPinned
    seen: tuple[RemoteRef, ...] = ()
    hazards: tuple[Hazard, ...] = ()


@attrs.frozen
class Wanted:
    """A repository by its address, and what is known of the commit in it.

    ``version`` and ``released`` are the release's own; the date is that of the first commit that
    adds the weights, and knows its zone. ``parent`` is the pin of the repository that names this
    one as a submodule. ``names`` are what the link's address may name, the longest first, where
    that cannot be told from the address.
    """

    uri: str
    revision: Revision | None = None
    version: str | None = None
    released: datetime | None = None
    parent: PinnedSource | None = None
    names: tuple[Revision, ...] = ()

    @classmethod
    def of(
        cls, locator: Locator, *, version: str | None = None, released: datetime | None = None
    ) -> Self:
        """Return what a link to a repository asks for.

        Raises:
            UsageError: for a locator of another kind, or a date without a zone.
        """
        if locator.kind is not LocatorKind.GIT:
            raise UsageError(f"{locator} is not a git repository", hint="follow git links only")
        if released is not None and released.tzinfo is None:
            raise UsageError(f"{released} is in no time zone", hint="give the date with its zone")
        return cls(locator.uri, locator.revision, version, released, names=locator.names)

    @classmethod
    def submodule(cls, link: Gitlink, uri: str, parent: PinnedSource) -> Self:
        """Return what a tree asks for with a submodule: another repository, at one commit.

        ``uri`` is the address that `.gitmodules` gives, made absolute; it is a stranger's text,
        and reached only as any other link is.
        """
        return cls(uri, link.commit, parent=parent)

    def pinned(self, url: str, chosen: Chosen, tree: Commit) -> PinnedSource:
        """Return the pin, with ``url`` as the place that the bytes came from."""
        if self.parent is None:
            return PinnedSource(self.uri, url, chosen.commit, tree, chosen.how)
        how, sure = HowPinned.SUBMODULE, self.parent.confidence
        return PinnedSource(self.uri, url, chosen.commit, tree, how, sure)


def choose(git: Git, url: str, wanted: Wanted, into: Path) -> Chosen:
    """Return the commit that a link stands for.

    In order: the commit in the link; the tag in the link; where the link names no revision or the
    default branch, the tag that is the version, then the only one that holds it; the last commit
    on the branch not made after the release; the branch as it is now. Two tags that fit equally and
    lead to different commits fit neither. The history that is asked for dates goes below ``into``.

    Raises:
        SourceError: GIT_REF, for a revision that is not there; as ``Git.ls_remote`` does.
    """
    match wanted.revision:
        case Commit():
            _require_sha1(url, wanted.revision)
            return Chosen(wanted.revision, HowPinned.COMMIT_IN_LINK)
        case Named():
            names = (wanted.revision, *wanted.names)
            return _named(git, url, wanted, sorted({str(one) for one in names}, key=len), into)
        case None:
            tip = _tip(url, _names_of(git, url, _NAMES))
            seen = tip.seen
            return _versioned(seen, wanted, tip) or _dated(git, url, wanted, tip, into)
        case _:
            assert_never(wanted.revision)


def _names_of(git: Git, url: str, names: Sequence[str]) -> tuple[RemoteRef, ...]:
    seen = git.ls_remote(url, names)
    for ref in seen:
        _require_sha1(url, ref.oid)
    return seen


def _require_sha1(url: str, commit: Commit) -> None:
    if len(commit.hex) != _SHA1_DIGITS:
        raise SourceError(
            f"{commit} is an object of SHA-256: repositories of those are not read, as {url}",
            hint="look at it by hand",
            code=Code.GIT_FORMAT,
        )


def _tip(url: str, seen: tuple[RemoteRef, ...]) -> Chosen:
    """Return the default branch, or the one that stands for it where it has no commit.

    Raises:
        SourceError: GIT_FAILED, for what has no names at all, and where none of its branches can
            be taken for the default one.
    """
    found = {ref.name: ref.oid for ref in seen}
    branches = [name for name in found if name.startswith(_BRANCHES)]
    odd = _odd_names(url, seen)
    if "HEAD" in found:
        return Chosen(found["HEAD"], HowPinned.DEFAULT_BRANCH, seen, odd)
    usual = [f"{_BRANCHES}{name}" for name in ("main", "master")]
    taken = next((one for one in usual if one in found), None)
    taken = branches[0] if len(branches) == 1 else taken
    if taken is not None:
        detail = f"its default branch has no commit: {taken.removeprefix(_BRANCHES)!a} was taken"
        return Chosen(
            found[taken], HowPinned.DEFAULT_BRANCH, seen, (*odd, Hazard(Code.GIT_REF, url, detail))
        )
    if seen:
        raise SourceError(
            f"{url}: its default branch has no commit, and {len(seen)} other names have",
            hint="name the branch, the tag or the commit in the link",
            code=Code.GIT_FAILED,
        )
    raise _nothing(url)


def _named(git: Git, url: str, wanted: Wanted, names: Sequence[str], into: Path) -> Chosen:
    """Look names up as git does, the longest first: a tag goes before a branch.

    ``names`` are in order of their length; a name that is another's beginning stands before it.
    """
    every = wanted.version is not None or _SHORT_COMMIT.fullmatch(names[0])
    asked = [
        place
        for name in names
        for tag, *rest in (_places(name),)
        for place in (tag, f"{tag}^{{}}", *rest)
    ]
    seen = _names_of(git, url, _NAMES if every else asked)
    found = {ref.name: ref for ref in seen}
    there = next((one for name in reversed(names) for one in _places(name) if one in found), None)
    if there is None:
        if not seen and not git.ls_remote(url):
            raise _nothing(url)
        return _abbreviated(url, names, seen)
    if there.startswith(_TAGS):
        return Chosen(_behind(found[there]), HowPinned.TAG_IN_LINK, seen)
    tip = Chosen(found[there].oid, HowPinned.BRANCH_IN_LINK, seen)
    # A link to the default branch is one to the repository; one to another branch means it.
    default = "HEAD" in found and found["HEAD"].oid == tip.commit
    return (_versioned(seen, wanted, tip) if default else None) or _dated(
        git, url, wanted, tip, into
    )


def _places(name: str) -> tuple[str, ...]:
    """Return where git keeps what a name may mean, that which goes before first."""
    tag, branch = (f"{kind}{name.removeprefix(kind)}" for kind in (_TAGS, _BRANCHES))
    return (tag, branch, name) if name.startswith(_REFS) else (tag, branch)


def _abbreviated(url: str, names: Sequence[str], seen: tuple[RemoteRef, ...]) -> Chosen:
    """Return the commit whose beginning a link names, where it is the tip of a branch or tag.

    Raises:
        SourceError: GIT_FAILED, where it may be any other commit; GIT_REF, for a name.
    """
    if not _SHORT_COMMIT.fullmatch(names[0]):
        longer = f", nor a longer name in {names[-1]!r}" if names[1:] else ""
        raise _no_such(url, f"tag or branch {names[0]!r}{longer}")
    fitting = {_behind(ref) for ref in seen if _behind(ref).hex.startswith(names[0].lower())}
    if len(fitting) == 1:
        return Chosen(fitting.pop(), HowPinned.SHORT_COMMIT, seen)
    raise SourceError(
        f"{url} has no tag or branch {names[0]!r}; a commit that begins so cannot be asked for",
        hint="name the commit with all of its digits",
        code=Code.GIT_FAILED,
    )


def _versioned(seen: Sequence[RemoteRef], wanted: Wanted, tip: Chosen) -> Chosen | None:
    """Return the commit of the one tag that fits the version, an equal one before any other."""
    version = (wanted.version or "").strip()
    if not any(one.isdigit() for one in version) or len(version) > _LONGEST_VERSION:
        return None
    tags = {ref.name.removeprefix(_TAGS): ref for ref in seen if ref.name.startswith(_TAGS)}
    equal = {_behind(ref) for name, ref in tags.items() if _bare(name) == _bare(version)}
    if equal:
        return _only(equal, HowPinned.VERSION_TAG, tip)
    if len(_bare(version)) < _SHORTEST_PART:
        return None
    holding = re.compile(f"{_BEFORE}{re.escape(_bare(version))}{_AFTER}", re.IGNORECASE)
    held = {_behind(ref) for name, ref in tags.items() if holding.search(name)}
    return _only(held, HowPinned.VERSION_IN_TAG, tip)


def _only(commits: set[Commit], how: HowPinned, tip: Chosen) -> Chosen | None:
    if len(commits) != 1:
        return None
    return attrs.evolve(tip, commit=commits.pop(), how=how)


def _bare(version: str) -> str:
    """Return a version without the ``v`` before its first digit, in lower case."""
    return re.sub(r"\A[vV](?=[0-9])", "", version).casefold()


def _dated(git: Git, url: str, wanted: Wanted, tip: Chosen, into: Path) -> Chosen:
    """Return the last commit before the release, or the tip where none can be found."""
    if wanted.released is None:
        return tip
    try:
        history = git.fetch_history(url, tip.commit, into)
        found = git.latest(history, tip.commit, wanted.released)
    except SourceError as error:
        detail = f"pinned without its history, which could not be read: {error.what}"
        return attrs.evolve(tip, hazards=(*tip.hazards, Hazard(error.code, url, detail)))
    if found is None:
        return tip
    return attrs.evolve(tip, commit=found, how=HowPinned.RELEASE_DATE)


def _behind(ref: RemoteRef) -> Commit:
    return ref.peeled or ref.oid


def _odd_names(url: str, seen: Sequence[RemoteRef]) -> tuple[Hazard, ...]:
    """Return a hazard where names could be taken for an option, an object or HEAD."""
    odd = [ref.name for ref in seen if _ODD.fullmatch(ref.name)]
    if not odd:
        return ()
    detail = f"{len(odd)} names look like an option, an object or HEAD, for example {odd[0]!a}"
    return (Hazard(Code.GIT_REF, url, detail),)


_ODD = re.compile(
    r"refs/(?:heads|tags)/(?:-.*|.*/-.*|[0-9a-f]{40}|[0-9a-f]{64}|HEAD)", re.IGNORECASE | re.DOTALL
)


def _nothing(url: str) -> SourceError:
    # A page that answers every address says as much as an empty repository does.
    return SourceError(
        f"{url} shows no branch or tag: it is empty, or no git repository",
        hint="push the code, or link the repository that has it",
        code=Code.GIT_FAILED,
    )


def _no_such(url: str, what: str) -> SourceError:
    return SourceError(
        f"{url} has no {what}",
        hint="check the commit, branch or tag that the link names",
        code=Code.GIT_REF,
    )
