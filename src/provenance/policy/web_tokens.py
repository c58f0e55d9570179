"""JSON Web Tokens: three parts with dots between them, the first of them a header in JSON."""

import base64
import json
import re
from collections.abc import Iterator

from provenance.policy.placeholders import is_placeholder
from provenance.values.secret import Secret

_FORM = re.compile(
    rb"eyJ(?<![A-Za-z0-9_.-]eyJ)(?P<head>[A-Za-z0-9_-]{10,}+)\.(?P<body>[A-Za-z0-9_-]{10,}+)"
    rb"\.(?P<signature>[A-Za-z0-9_-]{20,}+)"
)
# The Hub's mark of results that its evaluation service measured: everybody is to have it.
_PUBLIC = re.compile(
    rb"verify_?token[\"']?\s{0,4}[:=]\s{0,80}[\"'>|-]{0,3}\s{0,80}\Z", re.IGNORECASE
)
_BEFORE = 200
# Claims of the examples in manuals.
_SHOWN = ("John Doe", "Jane Doe", "1234567890")


def web_tokens(data: bytes) -> Iterator[Secret]:
    """Yield the signed tokens of a text; not those that say a result was verified."""
    if b"eyJ" not in data:
        return
    for match in _FORM.finditer(data):
        before = data[max(0, match.start() - _BEFORE) : match.start()]
        if _is_header(b"eyJ" + match["head"]) and not (_PUBLIC.search(before) or _is_shown(match)):
            text = match[0].decode("ascii")
            yield Secret("a JSON Web Token", match.start(), match.end(), text, "who issued it")


def _is_header(part: bytes) -> bool:
    said = _plain(part)
    return isinstance(said, dict) and "alg" in said


def _is_shown(match: re.Match[bytes]) -> bool:
    claims = str(_plain(match["body"]))
    return any(one in claims for one in _SHOWN) or is_placeholder(match["signature"].decode())


def _plain(part: bytes) -> object:
    """Return what a part says; ``None`` for what is no JSON."""
    try:
        found: object = json.loads(base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return None
    return found
