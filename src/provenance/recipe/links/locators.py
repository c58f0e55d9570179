"""Links, sorted by what they lead to; and links that lead where nothing of ours may go."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urlsplit

import attrs

from provenance.recipe.links.hosts import at_known_host, hub, is_known, is_name, keeps_git
from provenance.recipe.links.identifiers import arxiv, doi, revision, swhid, without_sentence
from provenance.values.locator import Locator, LocatorKind
from provenance.values.revision import Revision

LONGEST_ADDRESS = 2048
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_PRIVATE_SUFFIXES = (".internal", ".local", ".localhost", ".nip.io", ".sslip.io", ".xip.io")
# What ssh calls a place: no scheme, and a colon before the path.
_SCP = re.compile(r"git@(?P<host>[A-Za-z0-9.-]+):(?P<path>[^:]+)")
# Addresses that people write without a scheme; what they mean is not in doubt.
_BARE_HOST = re.compile(
    r"(?:www\.)?(?:huggingface\.co|hf\.co|github\.com|gitlab\.com|codeberg\.org|bitbucket\.org"
    r"|git\.sr\.ht|arxiv\.org|doi\.org|dx\.doi\.org)/.+",
    re.IGNORECASE,
)
# Where archived software is shown; the identifier holds characters that no other address has.
_ARCHIVED = re.compile(
    r"https?://archive\.softwareheritage\.org/(?:browse/)?(swh:1:[!-~]+?)/?", re.IGNORECASE
)
_FOLDING = ("https://github.com/", "https://gitlab.", "https://codeberg.org/", "https://bitbucket.")
_FILE_ENDS = (
    *(".json", ".jsonl", ".csv", ".tsv", ".txt", ".parquet", ".arrow", ".yaml", ".yml", ".toml"),
    *(".py", ".sh", ".md", ".pt", ".pth", ".bin", ".ckpt", ".npz", ".npy", ".safetensors", ".gguf"),
    *(".zip", ".gz", ".tar", ".zst", ".model", ".db", ".jsonl.gz"),
)
_TRACKING = re.compile(r"(?:utm_[a-z]+|fbclid|gclid)(?:=|\Z)")
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = "".join(map(chr, range(0x21, 0x7F)))


@attrs.frozen
class Forbidden:
    """A link that is never followed, and why."""

    reason: str


def parse_locator(text: str) -> Locator | Forbidden | None:
    """Return what a link leads to; ``None`` for a link inside the page or the repository.

    Addresses of the Hub, of git hosts and of papers become the one name of what they lead to,
    whichever way they are written (``http``, ``hf://``, ``git+https``, ssh). Every other https or
    http address is a locator of its own. A host that is an IP address in any spelling, or a name
    for this machine or network, is forbidden; whether a public name resolves to a public address
    is checked when it is fetched, and so is whether plain http may be spoken.
    """
    if len(text) > LONGEST_ADDRESS:
        return Forbidden(f"it has {len(text)} characters, more than {LONGEST_ADDRESS}")
    if match := _SCP.fullmatch(text):
        return _over_ssh(match["host"].lower(), match["path"])
    scheme, colon, _ = text.partition(":")
    if not colon or not _SCHEME.fullmatch(scheme):
        odd = text.startswith(("-", "/", "..")) or "@" in text
        return Forbidden("it is an option or a path, no address") if odd else None
    if reader := _SCHEMES.get(scheme.lower()):
        return reader(text)
    return Forbidden(f"its scheme is {scheme[:20]!a}, not https")


def parse_mention(text: str) -> Locator | Forbidden | None:
    """Return what an address in prose leads to, where ``github.com/org/name`` is one as well."""
    return parse_locator(f"https://{text}" if _BARE_HOST.fullmatch(text) else text)


def git_address(text: str, named: str | None = None) -> Locator | Forbidden:
    """Return the repository at an address that stands where only a repository can.

    ``named`` is the revision that stands beside it, if any.
    """
    found = parse_locator(text)
    if found is None:
        return Forbidden("it is no address")
    if isinstance(found, Locator) and found.kind is LocatorKind.HTTP:
        parts = _split(text)
        if isinstance(parts, Forbidden) or parts.scheme != "https":
            return Forbidden("it is reached over plain http only")
        found = _any_git(parts, None)
    if isinstance(found, Forbidden) or not named:
        return found
    return attrs.evolve(found, revision=revision(named))


def same(locator: Locator) -> Locator:
    """Return the locator by which two spellings of one repository are seen to be the same.

    The large git hosts do not tell cases apart; the Hub does. The locator itself keeps what the
    publisher wrote, as mirrors may tell cases apart.
    """
    if locator.kind is LocatorKind.GIT and locator.uri.startswith(_FOLDING):
        return attrs.evolve(locator, uri=locator.uri.lower())
    return locator


def hub_dataset(text: str, named: str | None = None) -> Locator | None:
    """Return the dataset that an id in metadata or code names, or ``None`` for no id.

    ``named`` is the revision that stands beside it, if any.
    """
    return _hub_id(LocatorKind.HUB_DATASET, text, named)


def hub_model(text: str, named: str | None = None) -> Locator | None:
    """Return the model that an id in metadata or code names, or ``None`` for no id."""
    return _hub_id(LocatorKind.HUB_MODEL, text, named)


def repository_id(kind: LocatorKind, text: str, named: str | None = None) -> Locator | None:
    """Return what ``org/name`` names where a file of the user's own could stand as well.

    A name of one part may be a folder, and ``data/train.json`` is a file: they name nothing.
    """
    if "/" not in text or text.lower().endswith(_FILE_ENDS):
        return None
    return _hub_id(kind, text, named)


def _hub_id(kind: LocatorKind, text: str, named: str | None) -> Locator | None:
    parts = text.split("/")
    whole = len(parts) in {1, 2} and all(map(is_name, parts))
    return Locator(kind, text, revision(named) if named else None) if whole else None


def _of_web(address: str) -> Locator | Forbidden:
    text = without_sentence(address)
    if (match := _ARCHIVED.fullmatch(text)) and (archived := swhid(_decoded(match[1]))):
        return archived
    parts = _split(text)
    if isinstance(parts, Forbidden):
        return parts
    host, path = (parts.hostname or "").removeprefix("www."), _decoded(parts.path)
    names = [one for one in path.split("/") if one]
    if is_known(host) and not text.isascii():
        return Forbidden("it holds characters that no address there has")
    if found := at_known_host(host, names):
        return found
    if names and names[-1].endswith(".git") and len(names[-1]) > len(".git"):
        return _any_git(parts, None)
    return Locator(LocatorKind.HTTP, _canonical(parts))


def _split(text: str) -> SplitResult | Forbidden:
    """Return the parts of an http or https address whose host is public, or why it is none."""
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return Forbidden("it is no well-formed address")
    trouble = _trouble_of_text(text, parts) or _trouble_of_host(host, port, parts.scheme)
    return Forbidden(trouble) if trouble else parts


def _trouble_of_text(text: str, parts: SplitResult) -> str | None:
    if not text.isprintable() or set(text) & set(" \\;<>\"'`"):
        return "it holds characters that no address has"
    if not _decoded(text).isprintable():
        return "it holds control characters"
    if parts.username is not None or not parts.netloc:
        return "it carries a user's name, or no host"
    if ".." in re.split(r"[/\\]", _decoded(parts.path)):
        return "its path goes upwards"
    return None


def _trouble_of_host(host: str, port: int | None, scheme: str) -> str | None:
    """Return why a host is not one that anybody may be sent to, or ``None``."""
    if not _HOST.fullmatch(host) or "." not in host:
        return "its host is not a public name"
    if port not in {None, 443 if scheme == "https" else 80}:
        return "its port is not the one of its scheme"
    if host.startswith("xn--") or ".xn--" in host:
        return "its host can be mistaken for another: it is not written in ASCII"
    if host.endswith(_PRIVATE_SUFFIXES) or _is_address(host):
        return "its host is an address, or a name for this machine"
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


def _decoded(text: str) -> str:
    return unquote(text, errors="replace")


def _canonical(parts: SplitResult) -> str:
    """Return the address without what changes nothing: fragment, default port, tracking, case."""
    kept = [one for one in parts.query.split("&") if one and not _TRACKING.match(one)]
    query = f"?{_normal('&'.join(kept))}" if kept else ""
    return f"{parts.scheme}://{parts.hostname}{_normal(parts.path) or '/'}{query}"


def _normal(text: str) -> str:
    """Return the percent-encoding that RFC 3986, section 6.2.2, calls normal."""

    def one(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else match[0].upper()

    return _ESCAPED.sub(one, quote(text, safe=_SAFE))


def _nowhere(_: str) -> None:
    return None


def _of_paper(text: str) -> Locator | None:
    """Read ``arXiv:…`` and ``doi:…``, with white space after the colon or without."""
    scheme, _, rest = text.partition(":")
    number = without_sentence(rest.strip())
    return arxiv(number) if scheme.lower() == "arxiv" else doi(number)


def _archived(text: str) -> Locator | None:
    return swhid(without_sentence(text))


def _of_hub(text: str) -> Locator | Forbidden | None:
    """Read ``hf://datasets/org/name@revision/path``, as the Hub's file system writes it."""
    rest = text.partition(":")[2]
    path = without_sentence(rest.removeprefix("//"))
    if not rest.startswith("//") or not path.isascii() or not path.isprintable():
        return Forbidden("it is no well-formed address")
    decoded = [_decoded(one) for one in path.split("/") if one]
    if ".." in decoded:
        return Forbidden("its path goes upwards")
    named, below = None, ""
    for at, part in enumerate(decoded):
        name, mark, after = part.partition("@")
        if mark:
            named, below = revision(after), "/".join(decoded[at + 1 :])
            decoded = [*decoded[:at], name]
            break
    if decoded[:1] == ["models"]:
        decoded = ["api", *decoded]
    found = hub(decoded)
    return attrs.evolve(found, revision=named, below=below) if found and named else found


def _of_pip(text: str) -> Locator | Forbidden:
    """Read what pip installs from: ``git+https://host/owner/name@revision#subdirectory=x``."""
    rest = without_sentence(text.partition(":")[2])
    address, named = _revision_behind(f"https:{rest.partition('#')[0]}")
    parts = _split(address)
    return parts if isinstance(parts, Forbidden) else _any_git(parts, named)


def _revision_behind(address: str) -> tuple[str, Revision | None]:
    """Take the revision off an address that ends in ``@revision``, which may hold slashes."""
    start, slash, path = address.removeprefix("https://").partition("/")
    name, mark, named = path.partition("@")
    return f"https://{start}{slash}{name}", revision(named) if mark else None


def _any_git(parts: SplitResult, named: Revision | None) -> Locator | Forbidden:
    """Return the git repository at an address that says of itself that it is one."""
    host = (parts.hostname or "").removeprefix("www.")
    names = [one for one in _decoded(parts.path).split("/") if one]
    found = at_known_host(host, names)
    if found is None:
        if not names or not all(is_name(one.removeprefix("~")) for one in names):
            return Forbidden("its path names no repository")
        uri = f"https://{host}/{'/'.join(names).removesuffix('.git')}"
        found = Locator(LocatorKind.GIT, uri)
    return attrs.evolve(found, revision=named) if named else found


def _of_ssh(text: str) -> Locator | Forbidden:
    """Read ``ssh://git@host/owner/name``; no other user, no password, no other port."""
    rest = without_sentence(text).partition("://")[2]
    place, slash, path = rest.partition("/")
    host = place.removeprefix("git@").removesuffix(":22").lower()
    return _over_ssh(host, path) if slash else Forbidden("it is no well-formed address")


def _over_ssh(host: str, path: str) -> Locator | Forbidden:
    """Return the repository as its host serves it over https, if the host is known to do so."""
    if not keeps_git(host) or _trouble_of_host(host, None, "https"):
        return Forbidden("it is reached over ssh only")
    return _of_pip(f"git+https://{host}/{path.lstrip('/')}")


_SCHEMES: Final[Mapping[str, Callable[[str], Locator | Forbidden | None]]] = MappingProxyType(
    {
        "mailto": _nowhere,
        "tel": _nowhere,
        "arxiv": _of_paper,
        "doi": _of_paper,
        "swh": _archived,
        "hf": _of_hub,
        "https": _of_web,
        "http": _of_web,
        "git+https": _of_pip,
        "ssh": _of_ssh,
        "git+ssh": _of_ssh,
    }
)
