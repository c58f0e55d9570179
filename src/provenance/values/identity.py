"""Identities: who signed."""

import attrs

from provenance.values.digest import Digest


@attrs.frozen
class Key:
    """A public key, by the SHA-256 of its SubjectPublicKeyInfo in DER, and by its kind's name."""

    fingerprint: Digest
    kind: str


Identity = Key
