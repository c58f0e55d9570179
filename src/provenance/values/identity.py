"""Identities: who signed."""

from typing import TypeAlias

import attrs

from provenance.values.digest import Digest


@attrs.frozen
class Key:
    """A public key, by the SHA-256 of its SubjectPublicKeyInfo in DER, and by its kind's name."""

    fingerprint: Digest
    kind: str

    def __str__(self) -> str:
        """Return a line for people."""
        return f"{self.kind} key {self.fingerprint}"


@attrs.frozen
class Certificate:
    """The holder of an X.509 certificate whose chain leads to a root that the caller gave.

    ``names`` are its alternative names, each as ``email:…``, ``uri:…`` or ``dns:…``; ``subject`` is
    its distinguished name (RFC 4514), ``common_names`` and ``organizations`` what stands in it.
    ``fingerprint`` is the SHA-256 of the certificate in DER, ``root`` that of the root.
    """

    key: Key
    fingerprint: Digest
    root: Digest
    subject: str
    names: tuple[str, ...] = ()
    common_names: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return a line for people."""
        shown = ", ".join(self.names) or self.subject
        return f"certificate {self.fingerprint} of {shown}, {self.key}"


@attrs.frozen
class Oidc:
    """Who an OpenID Connect issuer said it is, in a certificate that was valid for minutes."""

    identity: str
    issuer: str

    def __str__(self) -> str:
        """Return a line for people."""
        return f"{self.identity}, says {self.issuer}"


Identity: TypeAlias = Key | Certificate | Oidc
