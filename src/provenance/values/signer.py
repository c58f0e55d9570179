"""Signers that a policy accepts: by key, by certificate, or by an identity and its issuer."""

from typing import TypeAlias

import attrs

from provenance.errors import Code, InvalidValueError
from provenance.values.digest import Digest
from provenance.values.identity import Certificate, Identity, Key, Oidc
from provenance.values.name_pattern import STAR, NamePattern
from provenance.values.party import Party, parties

# Where in a certificate a name can stand; its kind is written before it.
NAME_KINDS = ("email", "uri", "dns", "subject", "cn", "organization", "spki")

Name: TypeAlias = str | NamePattern


@attrs.frozen
class KeySigner:
    """The one key with this SHA-256 of its SubjectPublicKeyInfo in DER."""

    fingerprint: Digest

    def admits(self, identity: Identity) -> bool:
        """Tell whether the identity is this key's."""
        return isinstance(identity, Key) and identity.fingerprint == self.fingerprint

    def __str__(self) -> str:
        """Return the signer in words."""
        return f"the key {self.fingerprint}"


def _of_a_kind(_: object, __: object, name: Name) -> None:
    kind, _colon, rest = str(name).partition(":")
    if kind not in NAME_KINDS or not rest.strip():
        raise InvalidValueError(
            f"{str(name)[:80]!a} does not say where in a certificate it stands",
            hint=f"write kind:value; the kinds are {', '.join(NAME_KINDS)}",
            code=Code.POLICY_FILE,
        )
    if isinstance(name, NamePattern):
        name.require_name(rest)
    elif kind in {"email", "uri"}:
        _exact(name, "certificate-pattern")


def _exact(name: str, key: str) -> None:
    """Refuse a star where it would stand for itself: nobody is called so."""
    if STAR in name:
        raise InvalidValueError(
            f"{name[:80]!a} is compared character by character, and holds a star",
            hint=f"write {key} where * is to stand for characters",
            code=Code.POLICY_FILE,
        )


@attrs.frozen
class CertificateSigner:
    """Whoever holds a certificate that bears this name, and if one is given, under this root.

    A text is compared character by character; ``root`` is the SHA-256 of the root in DER.
    """

    name: Name = attrs.field(validator=_of_a_kind)
    root: Digest | None = None

    def admits(self, identity: Identity) -> bool:
        """Tell whether the identity is a certificate of this signer's."""
        if not isinstance(identity, Certificate) or self.root not in {None, identity.root}:
            return False
        return any(_is(self.name, borne) for borne in _borne(identity))

    def __str__(self) -> str:
        """Return the signer in words."""
        under = f" under the root {self.root}" if self.root else ""
        return f"a certificate of {self.name}{under}"


@attrs.frozen
class OidcSigner:
    """Who an OpenID Connect issuer said it is; the issuer is compared character by character."""

    identity: Name
    issuer: str

    def __attrs_post_init__(self) -> None:
        """Refuse a signer without a name or an issuer."""
        if not str(self.identity).strip() or not self.issuer.strip():
            raise InvalidValueError(
                "an identity without a name or an issuer is anybody's",
                hint="give identity and issuer",
                code=Code.POLICY_FILE,
            )
        if isinstance(self.identity, str):
            _exact(self.identity, "identity-pattern")
        if STAR in self.issuer:
            raise InvalidValueError(
                f"the issuer {self.issuer[:80]!a} holds a star",
                hint="write the issuer in full: it is compared character by character",
                code=Code.POLICY_FILE,
            )

    def admits(self, identity: Identity) -> bool:
        """Tell whether the identity is this signer's."""
        if not isinstance(identity, Oidc) or identity.issuer != self.issuer:
            return False
        return _is(self.identity, identity.identity)

    def __str__(self) -> str:
        """Return the signer in words."""
        return f"{self.identity} by {self.issuer}"


Signer: TypeAlias = KeySigner | CertificateSigner | OidcSigner


def _is(asked: Name, found: str) -> bool:
    return asked.covers(found) if isinstance(asked, NamePattern) else asked == found


def _borne(certificate: Certificate) -> tuple[str, ...]:
    """Return every name that a certificate bears, each with its kind before it."""
    return (
        *certificate.names,
        f"subject:{certificate.subject}",
        *(f"cn:{name}" for name in certificate.common_names),
        *(f"organization:{name}" for name in certificate.organizations),
        f"spki:{certificate.key.fingerprint}",
    )


@attrs.frozen
class Signers:
    """Signers that are accepted, and how many different ones of them have to have signed.

    One of them is any-of, all of them all-of, a number between m-of-n.
    """

    accepted: tuple[Signer, ...]
    needed: int = 1

    def __attrs_post_init__(self) -> None:
        """Refuse rules that nobody could meet, or that say the same thing twice."""
        if not self.accepted or len(set(self.accepted)) != len(self.accepted):
            raise InvalidValueError(
                "the accepted signers are none, or one of them is there twice",
                hint="name each signer once",
                code=Code.POLICY_FILE,
            )
        if not 1 <= self.needed <= len(self.accepted):
            raise InvalidValueError(
                f"{self.needed} of {len(self.accepted)} signers are required",
                hint=f"require 1 to {len(self.accepted)}",
                code=Code.POLICY_FILE,
            )

    def met_by(self, identities: tuple[Identity, ...]) -> int:
        """Return how many accepted signers are there, when each party stands for one at most.

        A party that several rules admit counts once, with however many keys and certificates it
        signed: this is the size of the largest pairing.
        """
        chosen: dict[Signer, Party] = {}

        def seat(party: Party, tried: set[Signer]) -> bool:
            for signer in self.accepted:
                if signer in tried or not any(map(signer.admits, party)):
                    continue
                tried.add(signer)
                if signer not in chosen or seat(chosen[signer], tried):
                    chosen[signer] = party
                    return True
            return False

        return sum(seat(party, set()) for party in parties(identities))
