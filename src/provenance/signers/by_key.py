"""Signing by a key, as a caller has it: PEM, and what it is encrypted with."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from provenance.ports.method import Method, Way
from provenance.ports.signer import Signer
from provenance.ports.verifier import Verifier
from provenance.values.option import Given, Kind, Option
from provenance.values.terms import Terms

if TYPE_CHECKING:
    from provenance.signers.key import PrivateKey

# Also of use to those who sign by a certificate.
KEY = Option("--key", Kind.PRIVATE_KEY, "The private key.", metavar="PEM", required=True)
PASSWORD = Option("--password-file", Kind.PASSWORD_FILE, metavar="FILE", with_flag=KEY.flag)
_PUBLIC = "--public-key"


@attrs.frozen
class TrustedKey:
    """A public key that is trusted, as PEM: see :class:`provenance.ports.anchor.Anchor`.

    With ``explained``, text may stand around the block, as some tools write it.
    """

    pem: bytes = attrs.field(repr=False)
    explained: bool = False

    def verifiers(self, terms: Terms) -> tuple[Verifier, ...]:
        """Return the key, read.

        Raises:
            UsageError: KEY_FILE.
        """
        from provenance.signers.key import (  # noqa: PLC0415 - cryptography is heavy
            KeyTrust,
            load_explained_public,
            load_public,
        )

        load = load_explained_public if self.explained else load_public
        return (KeyTrust(load(self.pem), terms.legacy),)


@attrs.frozen
class KeyCredential:
    """A private key, as PEM: see :class:`provenance.ports.credential.Credential`.

    With ``explained``, text may stand around the block, as some tools write it.
    """

    pem: bytes = attrs.field(repr=False)
    password: bytes | None = attrs.field(default=None, repr=False)
    explained: bool = False

    def signer(self, clock: Callable[[], datetime]) -> Signer:  # noqa: ARG002 - the port's
        """Return the key, read: see :meth:`read`."""
        return self.read()

    def read(self) -> "PrivateKey":
        """Return the key, read.

        Raises:
            UsageError: KEY_FILE.
        """
        from provenance.signers.key import (  # noqa: PLC0415 - cryptography is heavy
            load_explained_private,
            load_private,
        )

        load = load_explained_private if self.explained else load_private
        return load(self.pem, password=self.password)


def _credential(given: Given) -> KeyCredential:
    key = given.keys[KEY.flag]
    return KeyCredential(key.pem, key.password, explained=True)


def _recipe_anchors(given: Given) -> tuple[TrustedKey, ...]:
    return tuple(map(TrustedKey, given.files[_PUBLIC]))


def _model_anchors(given: Given) -> tuple[TrustedKey, ...]:
    return tuple(TrustedKey(pem, explained=True) for pem in given.files[_PUBLIC])


METHOD = Method(
    "key",
    signs=Way((KEY, PASSWORD), (KEY.flag,), _credential),
    trusts_recipes=Way(
        (
            Option(
                _PUBLIC,
                Kind.KEY_FILE,
                "A key that you trust (repeatable).",
                metavar="PEM",
                many=True,
            ),
        ),
        (_PUBLIC,),
        _recipe_anchors,
    ),
    trusts_models=Way(
        (Option(_PUBLIC, Kind.KEY_FILE, "The key that you trust.", metavar="PEM"),),
        (_PUBLIC,),
        _model_anchors,
    ),
)
