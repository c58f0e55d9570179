"""Private keys: in PEM of every kind, of OpenSSH, PGP and PuTTY, and as JSON Web Keys."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from provenance.policy.placeholders import is_placeholder
from provenance.values.secret import Secret

_PEM = re.compile(rb"-----BEGIN (?P<kind>[A-Z0-9 ]{0,30}?)PRIVATE KEY(?: BLOCK)?-----")
#: What stands between a head and the first letters of its key: lines, quotes, what joins texts.
_BETWEEN = re.compile(rb"""[\s"'+,\\|>#*(]*""")
_FIRST = re.compile(rb"[A-Za-z0-9+/=]{8,}|(?:Proc-Type|DEK-Info|Version|Comment|Charset|Hash):")
# How every key of OpenSSH begins; behind it stand numbers, whose zero bytes are rows of ``A``.
_OPENSSH = b"b3BlbnNzaC1rZXktdj"
_END = re.compile(rb"\s*\Z")
# What may stand between head and key: some lines about the key.
_NEAR = 400
_PUTTY = re.compile(rb"PuTTY-User-Key-File-[0-9]:")
_PUTTY_KEY = re.compile(rb"Private-Lines:\s*[0-9]+\s+[A-Za-z0-9+/=]{8}")
_PUTTY_NEAR = 16 * 2**10
_JWK = re.compile(rb'"(?P<name>d|k)"\s{0,8}:\s{0,8}"(?P<body>[A-Za-z0-9_-]{22,}+)"')
_JWK_KIND = re.compile(rb'"kty"\s{0,8}:\s{0,8}"(?P<kind>RSA|EC|OKP|oct)"')
_JWK_NEAR = 4 * 2**10
_MOST_NEAR = 16
_REVOKE = "whoever trusts its public half"


def private_keys(data: bytes) -> Iterator[Secret]:
    """Yield the private keys of a text; a head without a key behind it is none."""
    for match in _PEM.finditer(data):
        if _holds_key(data, match):
            kind = match["kind"].decode("ascii").strip() or "PEM"
            yield _secret(f"a private key ({kind})", match)
    # A file holds one such key.
    putty = _PUTTY.search(data)
    if putty and _PUTTY_KEY.search(data, putty.end(), putty.end() + _PUTTY_NEAR):
        yield _secret("a private key (PuTTY)", putty)
    if b'"kty"' in data:
        yield from _jwk(data)


def _secret(kind: str, match: re.Match[bytes]) -> Secret:
    return Secret(kind, match.start(), match.end(), "", _REVOKE)


def _holds_key(data: bytes, head: re.Match[bytes]) -> bool:
    """Tell whether letters of a key follow, and no name, dots or end of a text in a program."""
    between = _BETWEEN.match(data, head.end(), head.end() + _NEAR)
    first = _FIRST.match(data, between.end()) if between else None
    if first is None:
        # A file that was cut off there held one.
        return _END.match(data, head.end()) is not None
    closed = data[head.end() : head.end() + 1] in {b'"', b"'", b"`"}
    follows = data[first.end() : first.end() + 1]
    in_program = closed and follows not in {b'"', b"'", b"\\", b"\n", b"\r", b" "}
    letters = first[0].replace(b"A", b"") if first[0].startswith(_OPENSSH) else first[0]
    return not in_program and not is_placeholder(letters.decode("ascii"))


def _jwk(data: bytes) -> Iterator[Secret]:
    kinds = [(match.start(), match["kind"] == b"oct") for match in _JWK_KIND.finditer(data)]
    places = [place for place, _ in kinds]
    for match in _JWK.finditer(data):
        first = bisect_left(places, match.start() - _JWK_NEAR)
        last = bisect_left(places, match.end() + _JWK_NEAR, first)
        symmetric = match["name"] == b"k"
        if any(kind == symmetric for _, kind in kinds[first : min(last, first + _MOST_NEAR)]):
            start, end = match.span("body")
            yield Secret(
                "a private key (JSON Web Key)", start, end, match["body"].decode(), _REVOKE
            )
