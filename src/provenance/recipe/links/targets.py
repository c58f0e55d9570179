"""Targets as people paste them: ids, addresses of the Hub, and what is something else there."""

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote, urlsplit

import attrs

from provenance.errors import RefError
from provenance.recipe.links.hosts import HUB_HOSTS, HUB_PAGES, hub
from provenance.recipe.links.locators import parse_locator
from provenance.values.locator import Locator, LocatorKind
from provenance.values.ref import Ref, Scheme
from provenance.values.revision import Revision

_WEB = re.compile(r"https?://", re.IGNORECASE)
_CACHED = re.compile(r"(?P<kind>models|datasets|spaces)--(?P<name>[^/]+)")
_KINDS: Final = MappingProxyType(
    {
        LocatorKind.HUB_DATASET: (
            "a dataset",
            "name the model that was trained on it; a model's audit looks at its datasets",
        ),
        LocatorKind.HUB_SPACE: ("a space", "name the model that it shows, as org/name"),
        LocatorKind.ARXIV: ("a paper", "name the model that it describes, as org/name"),
        LocatorKind.GIT: (
            "a git repository",
            "clone it and audit the folder, or name a model of the Hub, as org/name",
        ),
    }
)
_PAGES: Final = MappingProxyType(
    {
        "collections": ("a collection", "name one of its models, as org/name"),
        "papers": ("a paper", "name the model that it describes, as org/name"),
        "users": ("a person", "name a model of theirs, as org/name"),
        "organizations": ("an organization", "name one of its models, as org/name"),
        "datasets": ("a list of datasets", "name a model, as org/name"),
        "spaces": ("a list of spaces", "name a model, as org/name"),
        "models": ("a list of models", "name one of them, as org/name"),
    }
)


@attrs.frozen
class Target:
    """A release, and what its address may name as the revision, the longest name first."""

    ref: Ref
    names: tuple[Revision, ...] = ()


def parse_target(text: str, *, endpoint: str) -> Target:
    """Read ``[hf:]org/name[@revision]``, or an address of the public Hub or of ``endpoint``.

    >>> parse_target("https://hf.co/org/name/blob/v1/README.md", endpoint="https://hf.co").ref.name
    'org/name'

    Raises:
        RefError: for a text that names no release; what it names instead is said.
    """
    text = text.strip()
    parts = _on_the_hub(text, endpoint)
    if parts is not None:
        return _of(text, hub(parts) or _legacy(parts), parts)
    if _WEB.match(text) or text.lower().startswith("hf://"):
        found = parse_locator(text)
        return _of(text, found if isinstance(found, Locator) else None, ())
    if match := _CACHED.fullmatch(text):
        name = match["name"].replace("--", "/")
        raise RefError(
            f"{text!r} is how the Hub's client calls the folder of {name}, and is not here",
            hint=f"write {name}, or the path of a commit's folder: …/{text}/snapshots/<commit>",
        )
    name, at, revision = text.partition("@")
    return Target(Ref.parse(f"{name.rstrip('/')}{at}{unquote(revision)}"))


def _on_the_hub(text: str, endpoint: str) -> Sequence[str] | None:
    """Return the parts of an address's path where its host is a Hub, decoded; else ``None``."""
    first, slash, rest = text.partition("/")
    if slash and first in _PAGES:
        return _parts(rest if first == "models" else text)
    address = urlsplit(text if _WEB.match(text) else f"https://{text}")
    own = urlsplit(endpoint)
    host = address.netloc.lower().removeprefix("www.")
    if own.netloc and host == own.netloc.lower():
        below = own.path.rstrip("/")
        if address.path.startswith(f"{below}/"):
            return _parts(address.path.removeprefix(below))
    return _parts(address.path) if host in HUB_HOSTS else None


def _parts(path: str) -> list[str]:
    return [unquote(one) for one in path.split("/") if one]


def _legacy(parts: Sequence[str]) -> Locator | None:
    """Return the model of the first days that a name of one part may be, or a person's page."""
    alone = len(parts) == 1 and parts[0] not in {*HUB_PAGES, "datasets"}
    return Locator(LocatorKind.HUB_MODEL, parts[0]) if alone else None


def _of(text: str, found: Locator | None, parts: Sequence[str]) -> Target:
    if found and found.kind is LocatorKind.HUB_MODEL:
        return Target(Ref(Scheme.HF, found.uri, found.revision), found.names)
    page = _PAGES.get(parts[0]) if parts else None
    what, hint = (_KINDS.get(found.kind) if found else page) or (
        "no model of the Hub",
        "write org/name; another Hub is named with --endpoint",
    )
    raise RefError(f"{text[:200]!r} is the address of {what}", hint=hint)
