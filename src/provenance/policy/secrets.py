"""Secrets in a text: those with a form of their own, and those that their surroundings tell."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from provenance.policy.placeholders import SHOWN
from provenance.policy.private_keys import private_keys
from provenance.policy.secret_addresses import secret_addresses
from provenance.policy.secret_kinds import KINDS, SecretKind
from provenance.policy.secret_settings import secret_settings
from provenance.policy.web_tokens import web_tokens
from provenance.values.secret import Secret

_FORMS = tuple((head, form, kind) for kind in KINDS for head, form in kind.forms)
#: Of one file, and of one kind in it; the first are enough to begin with.
MOST = 50
#: So many characters of a secret tell where it is repeated, be it cut off there or not.
_TELLING = 12
_ENDS = frozenset(" \t\r\n\"'`<>()[]{},;")


def secrets_in(path: str, data: bytes) -> tuple[Secret, ...]:
    """Return what looks like a secret in a text, in order of place, no two in one place.

    Of each kind no more than the first ``MOST`` and one are returned.

    Args:
        path: of the file; in programs and JSON a value stands between quotes, elsewhere not always.
        data: the bytes, the letters of ASCII in one byte each.

    """
    plain = unescaped(data)
    # What has a form of its own says more than the name of the variable that it stands in.
    finders = (
        private_keys(plain),
        *(_of_kind(kind, form, data) for head, form, kind in _FORMS if head in data),
        web_tokens(data),
        secret_addresses(plain),
        secret_settings(path, plain),
    )
    found = [one for finder in finders for one in islice(finder, MOST + 1)]
    kept: list[Secret] = []
    for one in sorted(found, key=lambda it: it.start):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def unescaped(data: bytes) -> bytes:
    r"""Return a text with JSON's escapes of quotes and lines undone, all in their places.

    >>> unescaped(b'"a = \\"b\\"\\n"')
    b'"a =  "b "  "'
    """
    if b"\\" not in data:
        return data
    return data.replace(b"\\r\\n", b"    ").replace(b"\\n", b"  ").replace(b'\\"', b' "')


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """Return a text that repeats none of the secrets, whole or cut off.

    >>> without_secrets("see https://a:Tr0ub4dor-and-3@b.org/x", ["Tr0ub4dor-and-3"])
    'see https://a:…'
    """
    for secret in secrets:
        head = secret[:_TELLING]
        while head and head in text:
            at = text.index(head)
            end = next((i for i in range(at, len(text)) if text[i] in _ENDS), len(text))
            text = f"{text[:at]}…{text[end:]}"
    return text


def _of_kind(kind: SecretKind, form: re.Pattern[bytes], data: bytes) -> Iterator[Secret]:
    for match in form.finditer(data):
        text = match[0].decode("ascii")
        if text not in SHOWN and kind.holds(match["body"].decode("ascii")):
            yield Secret(kind.name, match.start(), match.end(), text, kind.revoke)
