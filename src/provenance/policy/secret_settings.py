"""Secrets that only their surroundings tell: the name of a setting, a line of a known file."""

import base64
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from provenance.policy.placeholders import entropy, is_placeholder, is_spoken
from provenance.values.secret import Secret

_MIXED: Final = 3.0
_SHORT: Final = 2.5
_JOINT = re.compile(r"[-_./]")
_PIECE = re.compile(r"(?:[A-Za-z]?[a-z]*|[A-Z]+)[0-9]{0,4}|[0-9]{1,4}[A-Za-z]{0,2}")
_LONGEST: Final = 4096
_CODE = (
    ".py",
    ".pyi",
    ".js",
    ".ts",
    ".go",
    ".rs",
    ".java",
    ".c",
    ".cc",
    ".cpp",
    ".h",
    ".cs",
    ".rb",
)
#: Files whose values stand between quotes; a word without them is a name.
_QUOTED = (*_CODE, ".ipynb", ".json", ".jsonl", ".swift", ".kt", ".scala", ".php", ".lua", ".jl")

# Where a name may be one of a secret; what stands before is looked at for those that end so.
_HINTS: Final = (b"passw", b"passphrase", b"pwd", b"key", b"secret", b"token", b"_auth", b"sig")
_SETTING = re.compile(
    rb"(?P<name>passw(?:or)?d|passphrase|pwd|key|token|_auth|sig"
    rb"|secret(?:[_-]?access[_-]?key|[_-]?token|[_-]?key)?)"
    rb"[\"']?\s{0,8}(?::=|=>|=|:)\s{0,8}(?P<quote>[\"']?)(?P<value>[^\s\"'`,;&]{6,}+)",
    re.IGNORECASE,
)
_BEFORE = {
    b"key": re.compile(
        rb"(?:(?:api|access|secret|private|account|encryption|auth|master|signing|kaggle)[_-]?"
        rb"|login\(\s{0,4})\Z",
        re.IGNORECASE,
    ),
    b"token": re.compile(
        rb"(?:(?:auth|access|refresh|bearer|api|bot|hub|hf|user|deploy|read|write|session|face"
        rb"|kaggle|wandb|github|gitlab|git)[_-]?|(?:\A|[^A-Za-z0-9_.-]))\Z",
        re.IGNORECASE,
    ),
    b"sig": re.compile(rb"[?&]\Z"),
}
_WIDTH = 24
_WORD = re.compile(r"pass|pwd", re.IGNORECASE)
_KEY = re.compile(r"[A-Za-z0-9+/=_.~-]+")
_NETRC = re.compile(
    rb"machine[ \t]{1,8}(?P<host>\S{1,200})\s{1,20}login\s{1,20}\S{1,200}\s{1,20}"
    rb"password[ \t]{1,8}(?P<value>\S{4,}+)"
)
_KAGGLE = re.compile(rb'"key"\s{0,8}:\s{0,8}"(?P<value>[0-9a-f]{32})"')
_DOCKER = re.compile(rb'"auth"\s{0,8}:\s{0,8}"(?P<value>[A-Za-z0-9+/]{8,}+={0,2})"')
_HEADER = re.compile(
    rb"authorization[\"']?\s{0,8}[:=,]\s{0,8}[\"']?(?P<kind>bearer|basic|token)\s{1,8}"
    rb"(?P<value>[A-Za-z0-9+/=_.~-]{16,}+)",
    re.IGNORECASE,
)
_NEAR = 300


def secret_settings(path: str, data: bytes) -> Iterator[Secret]:
    """Yield passwords and keys by the names that they are given to."""
    yield from _known_files(data)
    quoted = path.lower().endswith(_QUOTED)
    told: set[int] = set()
    for match in _settings(data):
        # A name such as ``secret_key`` holds two hints.
        if match.start("value") in told or (quoted and not match["quote"]):
            continue
        if len(match["value"]) <= _LONGEST and (kind := _kind(match)):
            told.add(match.start("value"))
            yield _secret(kind, match)


def hints_in(data: bytes) -> int:
    """Return how many places of a text are looked at for the name of a secret."""
    lowered = data.lower()
    return sum(map(lowered.count, _HINTS))


def _settings(data: bytes) -> Iterator[re.Match[bytes]]:
    """Yield what is given to a name; each hint is searched for as a plain text, which is fast."""
    lowered = data.lower()
    for hint in _HINTS:
        at = lowered.find(hint)
        while at >= 0:
            match = _SETTING.match(data, at)
            if match and _is_name(match, data):
                yield match
            at = lowered.find(hint, match.end() if match else at + len(hint))


def _is_name(match: re.Match[bytes], data: bytes) -> bool:
    before = _BEFORE.get(match["name"].lower())
    return before is None or bool(
        before.search(data[max(0, match.start() - _WIDTH) : match.start()])
    )


def _secret(kind: str, match: re.Match[bytes]) -> Secret:
    text = match["value"].decode("utf-8", "replace")
    return Secret(kind, match.start("value"), match.end("value"), text, "who issued it")


def _kind(match: re.Match[bytes]) -> str:
    name = match["name"].decode("ascii").lower()
    value = match["value"].decode("utf-8", "replace")
    if _WORD.search(name):
        return "a password" if _is_password(value, quoted=bool(match["quote"])) else ""
    return "a key" if _is_key(unquote(value), name) else ""


def _is_password(value: str, *, quoted: bool) -> bool:
    """Tell whether a value is no word: letters and digits, and without quotes more than that."""
    tests = (str.islower, str.isupper, str.isdigit, lambda one: not one.isalnum())
    kinds = sum(any(test(one) for one in value) for test in tests)
    mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    enough = kinds >= (2 if quoted else 3) and len(value) >= (6 if quoted else 8)
    return mixed and enough and entropy(value) > _SHORT and not is_spoken(value)


def _is_key(value: str, name: str) -> bool:
    """Tell whether a value is letters and digits in disorder, of a key's length."""
    if not _KEY.fullmatch(value) or is_spoken(value):
        return False
    least = 40 if name == "sig" else 24 if name in {"token", "secret"} else 16
    letters, digits = any(map(str.isalpha, value)), sum(map(str.isdigit, value))
    words = all(map(_PIECE.fullmatch, _JOINT.split(value)))
    return len(value) >= least and letters and digits > 1 and not words and entropy(value) > _MIXED


def _known_files(data: bytes) -> Iterator[Secret]:
    """Yield the secrets of netrc, of Kaggle's and Docker's files, and of HTTP's headers."""
    for match in _NETRC.finditer(data):
        value = match["value"].decode("utf-8", "replace")
        if not is_spoken(value) and any(map(str.isdigit, value)):
            yield _secret(f"a password for {match['host'].decode('utf-8', 'replace')}", match)
    for match in _KAGGLE.finditer(data):
        near = data[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if b'"username"' in near and not is_placeholder(match["value"].decode()):
            yield _secret("a Kaggle key", match)
    for match in _DOCKER.finditer(data):
        if _is_login(match["value"]):
            yield _secret("a password of a registry", match)
    for match in _HEADER.finditer(data):
        value = match["value"].decode()
        basic = match["kind"].lower() == b"basic"
        if _is_login(match["value"]) if basic else _is_key(value, "api_key"):
            yield _secret("a password in a header" if basic else "a key in a header", match)


def _is_login(encoded: bytes) -> bool:
    """Tell whether base64 stands for ``user:password``, neither of them a placeholder."""
    try:
        user, colon, word = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return False
    return bool(user and colon and word) and user.isprintable() and not is_spoken(word)
