"""Links, sorted by what they lead to; and links that lead where nothing of ours may go."""

import ipaddress
import re
from urllib.parse import urlsplit

import attrs

from provenance.errors import InvalidValueError
from provenance.values.locator import Locator, LocatorKind
from provenance.values.revision import Revision, parse_revision

_HUB_HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co"})
_GIT_HOSTS = frozenset(
    {"github.com", "www.github.com", "gitlab.com", "bitbucket.org", "codeberg.org"}
)
_HUB_KINDS = {"datasets": LocatorKind.HUB_DATASET, "spaces": LocatorKind.HUB_SPACE}
# Words that stand where a revision follows, on the Hub and on git hosts.
_BEFORE_REVISION = frozenset({"tree", "blob", "resolve", "commit", "raw"})
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_PRIVATE_SUFFIXES = (".internal", ".local", ".localhost", ".nip.io", ".sslip.io", ".xip.io")
_ARXIV = re.compile(r"/(?:abs|pdf)/(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?")


@attrs.frozen
class Forbidden:
    """A link that is never followed, and why."""

    reason: str


def parse_locator(text: str) -> Locator | Forbidden | None:
    """Return what a link leads to; ``None`` for a link inside the page or the repository.

    Only ``https`` addresses of public-looking hosts are links to follow. A host that is an IP
    address in any spelling, or a name for this machine or network, is forbidden; whether a public
    name resolves to a public address is checked when it is fetched.
    """
    scheme, colon, rest = text.partition(":")
    if not colon or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
        odd = text.startswith(("-", "/", "..")) or "@" in text
        return Forbidden("it is an option or a path, no address") if odd else None
    if scheme.lower() in {"mailto", "tel"}:
        return None
    if scheme.lower() != "https":
        return Forbidden(f"its scheme is {scheme[:20]!a}, not https")
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
        port = parts.port
    except ValueError:
        return Forbidden("it is no well-formed address")
    if trouble := _trouble(text, rest, host, port, parts.username):
        return Forbidden(trouble)
    names = [part for part in parts.path.split("/") if part]
    return _sorted(host, names, text, parts.path)


def _trouble(text: str, rest: str, host: str, port: int | None, user: str | None) -> str | None:
    """Return why an https address is not followed, or ``None``."""
    if not text.isascii() or not text.isprintable() or set(text) & set(" \\;<>\"'`"):
        return "it holds characters that no address has"
    if user is not None or not rest.startswith("//"):
        return "it carries a user's name, or no host"
    if not _HOST.fullmatch(host) or "." not in host or port not in {None, 443}:
        return "its host is not a public name"
    if host.endswith(_PRIVATE_SUFFIXES) or _is_address(host):
        return "its host is an address, or a name for this machine"
    if ".." in text.split("?", 1)[0].split("/"):
        return "its path goes upwards"
    return None


def _is_address(host: str) -> bool:
    """Tell whether the host is a number in any spelling (decimal, octal, hexadecimal, dotted)."""
    last = host.rsplit(".", 1)[-1]
    if re.fullmatch(r"0x[0-9a-f]*|\d+", last):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True  # pragma: no cover - a dotted address ends in a number, which is refused above


def _sorted(host: str, names: list[str], text: str, path: str) -> Locator:
    if host in _HUB_HOSTS and (found := _hub(names)):
        return found
    if host in _GIT_HOSTS and (found := _git(host.removeprefix("www."), names)):
        return found
    if host.endswith("arxiv.org") and (match := _ARXIV.fullmatch(path)):
        return Locator(LocatorKind.ARXIV, match[1])
    if host.endswith("doi.org") and path.startswith("/10."):
        return Locator(LocatorKind.DOI, path[1:])
    return Locator(LocatorKind.HTTP, text)


def _hub(names: list[str]) -> Locator | None:
    kind = _HUB_KINDS.get(names[0], LocatorKind.HUB_MODEL) if names else LocatorKind.HUB_MODEL
    rest = names if kind is LocatorKind.HUB_MODEL else names[1:]
    if len(rest) < 2 or not all(_NAME.fullmatch(name) for name in rest[:2]):  # noqa: PLR2004 - org and name
        return None
    return Locator(kind, "/".join(rest[:2]), _revision(rest[2:]))


def _git(host: str, names: list[str]) -> Locator | None:
    if len(names) < 2 or not all(_NAME.fullmatch(name) for name in names[:2]):  # noqa: PLR2004 - owner and name
        return None
    uri = f"https://{host}/{names[0]}/{names[1].removesuffix('.git')}"
    return Locator(LocatorKind.GIT, uri, _revision([name for name in names[2:] if name != "-"]))


def _revision(rest: list[str]) -> Revision | None:
    """Return the revision that a path names: a commit, a tag, or a branch of one part."""
    if rest[:2] == ["releases", "tag"]:
        rest = ["tree", *rest[2:]]
    if len(rest) < 2 or rest[0] not in _BEFORE_REVISION:  # noqa: PLR2004 - the word and the name
        return None
    try:
        return parse_revision(rest[1])
    except InvalidValueError:
        return None


def hub_dataset(text: str) -> Locator | None:
    """Return the dataset that an id in a card's metadata names, or ``None`` for no id."""
    parts = text.split("/")
    whole = len(parts) in {1, 2} and all(_NAME.fullmatch(part) for part in parts)
    return Locator(LocatorKind.HUB_DATASET, text) if whole else None
