"""What breaks readers where a number, a name or a text is expected."""

import random
import re

ODD: tuple[bytes, ...] = (
    *(b"9" * 5000, b"0x" + b"f" * 5000, b"0x" + b"f" * 3000, b"1" * 400, b"1_0" * 100, b"0777"),
    *(b"1e999", b"-1e999", b"1e99999999999", b"1.5", b"-1", b"1j", b"Infinity", b"NaN", b"null"),
    *(b"\xff", b"\0", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"\\N{DIGIT", b"%ff%00", b"\r"),
    *("\u202e".encode(), "\u2028".encode(), "\u0661\u00b2".encode(), b"\xef\xbb\xbf", b"\x85"),
    *(b"[" * 2000, b"{" * 2000, b"(" * 300, b"-" * 2000, b"not " * 1000, b"a." * 1000, b"f'{" * 50),
    *(
        b"http://[",
        b"https://[::1",
        b"https://a:99999999999/",
        b"https://a.org:9x/x",
        b"git+https://[",
    ),
    *(b"2024-99-99", b"0000-00-00T00:00:00", b"9999-12-31T23:59:59+23:59", b"25:61:61"),
    *(b"&#x110000;", b"&#99999999999999999999;", b"99999999999999999999 trillion tokens"),
    *(b"[]", b"{}", b'""', b"true", b"'''", b'"""', b"&a *a", b"*a", b"? x", b"!!python/tuple x"),
)
_LITERAL = re.compile(rb"\d+(?:\.\d+)?|true|'[^']*'|\"[^\"]*\"")
_QUOTES = (b"'", b'"')


def odd_literal(data: bytes, chance: random.Random) -> bytes:
    """Return a text with one of its literals, or anything at all, replaced by an odd one."""
    odd = chance.choice(ODD)
    found = list(_LITERAL.finditer(data))
    if not found or chance.random() < 0.3:
        at = chance.randrange(len(data) + 1)
        return data[:at] + odd + data[at + chance.randrange(4) :]
    one = chance.choice(found)
    quote = one[0][:1]
    if quote in _QUOTES and chance.random() < 0.7:
        odd = quote + odd + quote
    return data[: one.start()] + odd + data[one.end() :]
