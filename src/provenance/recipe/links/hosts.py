"""Hosts whose addresses name something: the Hub, git hosts, and those that publish papers."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from provenance.recipe.links.identifiers import arxiv, doi, revision
from provenance.values.locator import Locator, LocatorKind
from provenance.values.revision import Named, Revision

Parts = Sequence[str]

_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_SOURCEHUT_OWNER = re.compile(r"~[a-z_][a-z0-9_-]*")
_HUB_KINDS: Final = MappingProxyType(
    {
        "datasets": LocatorKind.HUB_DATASET,
        "spaces": LocatorKind.HUB_SPACE,
        "models": LocatorKind.HUB_MODEL,
    }
)
HUB_HOSTS: Final = frozenset({"huggingface.co", "hf.co"})
# First parts of the Hub's own pages, where an organization's name stands otherwise.
HUB_PAGES: Final = frozenset(
    {
        *("about", "api", "blog", "brand", "changelog", "chat", "code-of-conduct", "collections"),
        *("content-guidelines", "contact", "docs", "enterprise", "front", "inference", "join"),
        *("inference-api", "inference-endpoints", "jobs", "kernels", "languages", "learn"),
        *("login", "logout", "metrics", "models", "new", "new-dataset", "new-space"),
        *("notifications", "oauth", "organizations", "papers", "posts", "pricing", "privacy"),
        *("search", "security", "settings", "shop", "spaces", "storage", "support", "tasks"),
        *("terms-of-service", "users", "welcome"),
    }
)
# What follows a repository's name on the Hub, and so shows where a name of one part ends.
_HUB_VIEWS = frozenset(
    {"tree", "blob", "resolve", "raw", "commit", "commits", "discussions", "viewer", "blame"}
)
_GITHUB_PAGES = frozenset(
    {
        *("about", "apps", "collections", "contact", "customer-stories", "enterprise", "events"),
        *("explore", "features", "issues", "join", "login", "marketplace", "notifications"),
        *("orgs", "pricing", "pulls", "readme", "search", "security", "settings", "site"),
        *("sponsors", "team", "topics", "trending", "users"),
    }
)
_GITLAB_PAGES = frozenset({"-", "api", "dashboard", "explore", "groups", "help", "search", "users"})
# Words that stand where a revision follows.
_ONE_WORD = frozenset(
    {
        *("tree", "blob", "resolve", "raw", "commit", "commits", "blame", "edit"),
        *("src", "log", "tag", "tags", "releases", "archive", "branch", "tarball", "zipball"),
    }
)
_TWO_WORDS = frozenset(
    {
        *(("releases", "tag"), ("releases", "download"), ("commits", "branch")),
        ("commits", "tag"),
        *(("src", "branch"), ("src", "tag"), ("src", "commit")),
        *(("raw", "branch"), ("raw", "tag"), ("raw", "commit"), ("media", "branch")),
    }
)
_NO_REVISIONS = frozenset({"latest", "permalink", "new"})
_PACKED = re.compile(r"\.(?:tar\.gz|tar\.bz2|tgz|tar|zip)\Z")
_REF_DEPTH = 3


def at_known_host(host: str, parts: Parts) -> Locator | None:
    """Return what the address names if its host is one whose addresses are understood.

    Args:
        host: in lower case, ``www.`` left out.
        parts: the parts of the path, decoded, none empty.

    """
    if reader := _HOSTS.get(host):
        return reader(host, parts)
    if host.startswith("gitlab."):
        return _gitlab(host, parts)
    if host.endswith(".arxiv.org"):
        return _arxiv(host, parts)
    return None


def is_known(host: str) -> bool:
    """Tell whether the addresses of a host are understood."""
    return host in _HOSTS or host.startswith("gitlab.") or host.endswith(".arxiv.org")


def keeps_git(host: str) -> bool:
    """Tell whether a host is known to serve over https what it serves over ssh."""
    return host in _GIT_HOSTS or host.startswith("gitlab.")


def is_name(text: str) -> bool:
    """Tell whether a text may be the name of an owner or a repository."""
    return _NAME.fullmatch(text) is not None


def hub(parts: Parts) -> Locator | None:
    """Return the repository that a path on the Hub names."""
    if parts[:1] == ["papers"]:
        return arxiv(parts[1]) if len(parts) > 1 else None
    named = list(parts[1:] if parts[:1] == ["api"] else parts)
    kind = _HUB_KINDS.get(named[0]) if named else None
    if kind is None or (kind is LocatorKind.HUB_MODEL and parts[0] != "api"):
        return _hub_model(named)
    return _hub_repository(kind, named[1:])


def _hub_model(parts: Parts) -> Locator | None:
    # A single name can be a model of the first days, or a person: what follows tells.
    if not parts or parts[0] in HUB_PAGES or len(parts) == 1:
        return None
    return _hub_repository(LocatorKind.HUB_MODEL, parts)


def _hub_repository(kind: LocatorKind, parts: Parts) -> Locator | None:
    short = len(parts) == 1 or (len(parts) > 1 and parts[1] in _HUB_VIEWS)
    size = 1 if short else 2
    if not parts or not all(is_name(one.rstrip(".")) for one in parts[:size]):
        return None
    uri = "/".join(parts[:size]).rstrip(".")
    return Locator(kind, uri, *_revision(parts[size:]))


def _hub_host(_: str, parts: Parts) -> Locator | None:
    return hub(parts)


def _github(host: str, parts: Parts) -> Locator | None:
    if parts and parts[0] in _GITHUB_PAGES:
        return None
    return _git(host, parts)


def _raw_github(_: str, parts: Parts) -> Locator | None:
    return _git("github.com", [*parts[:2], "raw", *parts[2:]])


def _gitlab(host: str, parts: Parts) -> Locator | None:
    """Read a path of groups of any depth; a dash, or a word of old, ends the name."""
    if parts and parts[0] in _GITLAB_PAGES:
        return None
    ends = (at for at, one in enumerate(parts) if one == "-" or (at > 1 and one in _ONE_WORD))
    size = next(ends, len(parts))
    return _git(host, parts, size=size)


def _sourcehut(host: str, parts: Parts) -> Locator | None:
    if len(parts) < 2 or not _SOURCEHUT_OWNER.fullmatch(parts[0]) or not is_name(parts[1]):  # noqa: PLR2004 - owner and name
        return None
    rest = ["tag", *parts[3:]] if parts[2:3] == ["refs"] else parts[2:]
    return Locator(LocatorKind.GIT, f"https://{host}/{parts[0]}/{parts[1]}", *_revision(rest))


def _git(host: str, parts: Parts, *, size: int = 2) -> Locator | None:
    names = [one.rstrip(".") for one in parts[:size]]
    if names:
        names[-1] = names[-1].removesuffix(".git")
    if len(names) < 2 or not all(map(is_name, names)):  # noqa: PLR2004 - owner and name
        return None
    rest = [one for one in parts[size:] if one != "-"]
    return Locator(LocatorKind.GIT, f"https://{host}/{'/'.join(names)}", *_revision(rest))


def _revision(rest: Parts) -> tuple[Revision | None, str]:
    """Return the revision that a path names, a commit or the first part of a name; and the rest.

    Where a name's end and a file's begin cannot be told from the address: one part counts as the
    revision, or a whole ref (``refs/pr/1``), and what follows is kept. ``HEAD`` is the default
    branch, and names no revision.
    """
    known = 2 if tuple(rest[:2]) in _TWO_WORDS else int(bool(rest) and rest[0] in _ONE_WORD)
    # A slash in a name may have been escaped twice on its way through a page.
    name = [part for one in rest[known:] for part in unquote(one).split("/") if part]
    if not known or not name or name[0] in _NO_REVISIONS:
        return None, ""
    if rest[0] == "archive":
        name[-1] = _PACKED.sub("", name[-1])
    if name[0] == "refs" and len(name) >= _REF_DEPTH:
        branch = name[1] in {"heads", "tags"}
        name[:_REF_DEPTH] = [name[2] if branch else "/".join(name[:_REF_DEPTH])]
    found = None if name[0] == "HEAD" else revision(name[0])
    return found, "/".join(name[1:]) if isinstance(found, Named) else ""


def _arxiv(_: str, parts: Parts) -> Locator | None:
    if len(parts) < 2 or parts[0] not in {"abs", "pdf", "html", "format", "ps", "e-print", "src"}:  # noqa: PLR2004 - the view and the paper
        return None
    return arxiv("/".join(parts[1:]).removesuffix(".pdf"))


def _doi(_: str, parts: Parts) -> Locator | None:
    return doi("/".join(parts))


def _zenodo(_: str, parts: Parts) -> Locator | None:
    return doi("/".join(parts[1:])) if parts[:1] == ["doi"] else None


_GIT_HOSTS: Final[Mapping[str, Callable[[str, Parts], Locator | None]]] = MappingProxyType(
    {
        "github.com": _github,
        "gitlab.com": _gitlab,
        "codeberg.org": _git,
        "bitbucket.org": _git,
        "git.sr.ht": _sourcehut,
    }
)
_HOSTS: Final[Mapping[str, Callable[[str, Parts], Locator | None]]] = MappingProxyType(
    {
        **_GIT_HOSTS,
        **dict.fromkeys(sorted(HUB_HOSTS), _hub_host),
        "raw.githubusercontent.com": _raw_github,
        "arxiv.org": _arxiv,
        "ar5iv.org": _arxiv,
        "alphaxiv.org": _arxiv,
        "doi.org": _doi,
        "dx.doi.org": _doi,
        "zenodo.org": _zenodo,
    }
)
