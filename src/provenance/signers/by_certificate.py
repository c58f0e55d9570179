"""Signing by a certificate (X.509), as a caller has it: PEM, and whose it has to be."""

from collections.abc import Callable
from datetime import datetime

import attrs

from provenance.errors import Code, UsageError
from provenance.ports.method import Method, Way
from provenance.ports.signer import Signer
from provenance.ports.verifier import Verifier
from provenance.signers.by_key import KEY, PASSWORD, KeyCredential
from provenance.values.certificate_name import UNSAFE_ANY_NAME, CertificateName, UnsafeAnyName
from provenance.values.option import Choice, Given, Kind, Option
from provenance.values.terms import Terms

_CERTIFICATE = "--certificate"
_CHAIN = "--certificate-chain"
_HOLDER = "--certificate-identity"
_ANYBODY = "--unsafe-any-certificate-identity"


@attrs.frozen
class TrustedHolder:
    """Who holds a certificate under given roots: see :class:`provenance.ports.anchor.Anchor`.

    Attributes:
        roots: the certificates that every chain has to end at, as PEM.
        name: who has to hold the signer's certificate; may be left out where a policy names the
            signers.
    """

    roots: tuple[bytes, ...] = attrs.field(repr=False)
    name: str | UnsafeAnyName | None = None

    def verifiers(self, terms: Terms) -> tuple[Verifier, ...]:
        """Return the roots, read, and the name.

        Raises:
            UsageError: for a name without a root; a root without a name, unless the policy has
                some; CERTIFICATE_FILE.
        """
        name = self._name(terms)
        from provenance.signers.certificate import (  # noqa: PLC0415 - cryptography is heavy
            CertificateTrust,
            load_certificates,
        )

        roots = tuple(root for pem in self.roots for root in load_certificates(pem))
        return (CertificateTrust(roots, name, terms.clock, terms.legacy),)

    def _name(self, terms: Terms) -> CertificateName | UnsafeAnyName:
        if not self.roots:
            raise UsageError(
                "a certificate's holder is named, and no root",
                hint="give the roots that you trust: --certificate-chain",
                code=Code.CERTIFICATE_FILE,
            )
        if isinstance(self.name, str) and not isinstance(self.name, UnsafeAnyName):
            return CertificateName.parse(self.name)
        if self.name is None and not terms.policy_names_signers:
            raise UsageError(
                "roots are given, and not whose certificate it has to be",
                hint="name the holder (--certificate-identity), or the signers in the policy",
            )
        # Who signed is the policy's to say, or anybody's by the caller's own choice.
        return UNSAFE_ANY_NAME


@attrs.frozen
class CertificateCredential:
    """A private key and its certificate: see :class:`provenance.ports.credential.Credential`.

    Attributes:
        key: the key.
        certificate: the certificate for it, as PEM.
        chain: those between it and its root, as PEM.
    """

    key: KeyCredential
    certificate: bytes = attrs.field(repr=False)
    chain: tuple[bytes, ...] = attrs.field(default=(), repr=False)

    def signer(self, clock: Callable[[], datetime]) -> Signer:
        """Return the key and the certificate, read.

        Raises:
            UsageError: KEY_FILE; CERTIFICATE_FILE.
            VerificationError: for a certificate that nobody would accept a signature of.
        """
        from provenance.signers.certificate import load_signer  # noqa: PLC0415 - heavy

        return load_signer(self.key.read(), self.certificate, self.chain, at=clock())


def _credential(given: Given) -> CertificateCredential:
    (certificate,) = given.files[_CERTIFICATE]
    key = given.keys[KEY.flag]
    return CertificateCredential(
        KeyCredential(key.pem, key.password, explained=True),
        certificate,
        given.files.get(_CHAIN, ()),
    )


def _anchors(given: Given) -> tuple[TrustedHolder]:
    holder = UNSAFE_ANY_NAME if _ANYBODY in given.flags else given.texts.get(_HOLDER)
    return (TrustedHolder(given.files.get(_CHAIN, ()), holder),)


def _chain(help_: str, with_flag: str = "") -> Option:
    return Option(_CHAIN, Kind.FILE, help_, metavar="PEM", many=True, with_flag=with_flag)


def _holder(help_: str, with_flag: str = "") -> Option:
    return Option(_HOLDER, Kind.TEXT, help_, metavar="NAME", with_flag=with_flag)


def _anybody(help_: str, with_flag: str = "") -> Option:
    return Option(_ANYBODY, Kind.FLAG, help_, with_flag=with_flag)


METHOD = Method(
    "certificate",
    signs=Way(
        (
            KEY,
            PASSWORD,
            Option(
                _CERTIFICATE,
                Kind.FILE,
                "The certificate for the key.",
                metavar="PEM",
                with_flag=KEY.flag,
            ),
            _chain("Those between it and its root (repeatable).", with_flag=_CERTIFICATE),
        ),
        (_CERTIFICATE,),
        _credential,
        called=f"{KEY.flag} with {_CERTIFICATE}",
    ),
    trusts_recipes=Way(
        (
            _chain("A root that you trust (repeatable)."),
            _holder("Who has to hold the certificate, for example email:release@example.org."),
            _anybody("Trust whoever holds a certificate under the roots (unsafe)."),
        ),
        # Names without a root are somebody's, and are refused with a word about roots.
        (_CHAIN, _HOLDER, _ANYBODY),
        _anchors,
        choices=(Choice((_HOLDER, _ANYBODY), f"{_HOLDER} and {_ANYBODY} contradict each other"),),
    ),
    trusts_models=Way(
        (
            _chain("The roots that you trust (repeatable); never the web's."),
            _holder(
                "Whose the certificate has to be: a name in it, or KIND:NAME with email, uri, dns,"
                " cn, subject, organization or spki.",
                with_flag=_CHAIN,
            ),
            _anybody(
                "Trust every holder of a certificate under the roots (unsafe).", with_flag=_CHAIN
            ),
        ),
        (_CHAIN,),
        _anchors,
        choices=(
            Choice(
                (_HOLDER, _ANYBODY),
                f"say whose the certificate has to be: {_HOLDER} NAME, or {_ANYBODY}",
                needed=_CHAIN,
            ),
        ),
        called=f"{_CHAIN} with {_HOLDER}",
    ),
)
