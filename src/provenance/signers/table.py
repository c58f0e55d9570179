"""The methods of signing: one line each.

They are loaded when they are asked for, and none of their files loads what is heavy: a command's
options are known without a library that signs.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from provenance.ports.method import Method

METHODS: Mapping[str, str] = {
    "key": "provenance.signers.by_key:METHOD",
    "certificate": "provenance.signers.by_certificate:METHOD",
    "identity": "provenance.signers.by_identity:METHOD",
}


@cache
def methods() -> tuple[Method, ...]:
    """Return every method, in the order of the table."""
    found = []
    for home in METHODS.values():
        module, _, attribute = home.partition(":")
        method: Method = getattr(import_module(module), attribute)
        found.append(method)
    return tuple(found)


def further_kinds() -> tuple[str, ...]:
    """Return the kinds of material in a bundle that are methods' own, and none of Sigstore's."""
    return tuple(method.material for method in methods() if method.material)
