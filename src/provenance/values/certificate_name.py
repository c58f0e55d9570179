"""The name that a caller expects a signer's certificate to bear."""

from enum import StrEnum, unique
from typing import Final, Self, assert_never

import attrs

from provenance.errors import Code, UsageError
from provenance.values.identity import Certificate


@unique
class NameKind(StrEnum):
    """Where in a certificate a name is looked for."""

    EMAIL = "email"
    URI = "uri"
    DNS = "dns"
    SUBJECT = "subject"
    COMMON_NAME = "cn"
    ORGANIZATION = "organization"
    # The SHA-256 of the key's SubjectPublicKeyInfo, as ``sha256:hex``.
    KEY = "spki"
    # No kind: any alternative name or, in a certificate without any, the common name.
    ANY = ""


@attrs.frozen
class CertificateName:
    """A name, compared character by character: no pattern, no case folding.

    >>> str(CertificateName.parse("email:release@example.org"))
    'email:release@example.org'
    """

    kind: NameKind
    value: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``kind:value``, or a bare value; the inverse of ``str``.

        Raises:
            UsageError: for an empty name, which every certificate or none would bear.
        """
        prefix, colon, rest = text.partition(":")
        kinds = {one.value: one for one in NameKind}
        kind, value = (kinds[prefix], rest) if colon and prefix in kinds else (NameKind.ANY, text)
        if not value.strip():
            raise UsageError(
                f"{text!a} names nobody",
                hint="name the signer, for example email:release@example.org",
                code=Code.USAGE,
            )
        return cls(kind, value)

    def __str__(self) -> str:
        """Return the name as a caller writes it."""
        return f"{self.kind}:{self.value}" if self.kind else self.value

    def is_of(self, certificate: Certificate) -> bool:
        """Tell whether a certificate bears the name."""
        return self.value in _borne(self.kind, certificate)


def _borne(kind: NameKind, certificate: Certificate) -> tuple[str, ...]:
    match kind:
        case NameKind.EMAIL | NameKind.URI | NameKind.DNS:
            prefix = f"{kind}:"
            return tuple(
                name.removeprefix(prefix) for name in certificate.names if name.startswith(prefix)
            )
        case NameKind.SUBJECT:
            return (certificate.subject,)
        case NameKind.COMMON_NAME:
            return certificate.common_names
        case NameKind.ORGANIZATION:
            return certificate.organizations
        case NameKind.KEY:
            return (str(certificate.key.fingerprint),)
        case NameKind.ANY:
            values = tuple(name.partition(":")[2] for name in certificate.names)
            return values or certificate.common_names
        case _:
            assert_never(kind)


@unique
class UnsafeAnyName(StrEnum):
    """The caller's choice to trust whoever holds any certificate under its roots."""

    UNSAFE_ANY = "any name: whoever holds a certificate under the roots"


UNSAFE_ANY_NAME: Final = UnsafeAnyName.UNSAFE_ANY
