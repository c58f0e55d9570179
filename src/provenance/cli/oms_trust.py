"""Whom a caller trusts with a model's signature, from options: a key, roots, or an identity."""

import logging
from pathlib import Path

import attrs
import click

from provenance.doors.clock import utc_now
from provenance.doors.named_file import read_named
from provenance.errors import UsageError
from provenance.ports.verifier import Verifier
from provenance.values.certificate_name import UNSAFE_ANY_NAME, CertificateName
from provenance.values.identity import Oidc


@attrs.frozen
class TrustOptions:
    """The options about trust, as they were typed."""

    public_key: Path | None = None
    chain: tuple[Path, ...] = ()
    name: str | None = None
    any_name: bool = False
    identity: str | None = None
    issuer: str | None = None
    config: Path | None = None
    legacy: bool = False


def trust_of(options: TrustOptions) -> Verifier:
    """Return the verifier that exactly one of the three ways to trust comes to.

    Raises:
        UsageError: for a file that is none of what it should be.
        click.UsageError: for no way to trust, for two, and for half of one.
    """
    ways = (options.public_key, options.chain, options.identity or options.issuer)
    if sum(map(bool, ways)) != 1:
        raise click.UsageError(
            "say whom you trust in one way: --public-key, or --certificate-chain with"
            " --certificate-identity, or --identity with --issuer"
        )
    if not options.chain and (options.name or options.any_name):
        raise click.UsageError("--certificate-identity goes with --certificate-chain")
    if not options.identity and options.config:
        raise click.UsageError("--trust-config goes with --identity")
    if options.public_key:
        return _by_key(options.public_key, legacy=options.legacy)
    if options.chain:
        return _by_chain(options)
    return _by_identity(options)


def _by_key(path: Path, *, legacy: bool) -> Verifier:
    from provenance.signers.key import (  # noqa: PLC0415 - cryptography is heavy
        KeyTrust,
        Legacy,
        load_explained_public,
    )

    choice = Legacy.ALLOWED if legacy else Legacy.REFUSED
    return KeyTrust(load_explained_public(read_named(path)), choice)


def _by_chain(options: TrustOptions) -> Verifier:
    from provenance.signers.certificate import (  # noqa: PLC0415 - as above
        CertificateTrust,
        load_certificates,
    )
    from provenance.signers.key import Legacy  # noqa: PLC0415 - as above

    if bool(options.name) is options.any_name:
        raise click.UsageError(
            "say whose the certificate has to be: --certificate-identity NAME, or"
            " --unsafe-any-certificate-identity"
        )
    roots = tuple(one for path in options.chain for one in load_certificates(read_named(path)))
    name = CertificateName.parse(options.name) if options.name else UNSAFE_ANY_NAME
    choice = Legacy.ALLOWED if options.legacy else Legacy.REFUSED
    return CertificateTrust(roots, name, utc_now, choice)


def _by_identity(options: TrustOptions) -> Verifier:
    from provenance.signers.keyless import KeylessTrust  # noqa: PLC0415 - as above

    if not options.identity or not options.issuer:
        raise UsageError(
            "an identity is one only together with who says so",
            hint="give both --identity and --issuer",
        )
    # The library warns that it goes offline, which is what is wanted of it.
    logging.getLogger("sigstore").setLevel(logging.ERROR)
    return KeylessTrust(Oidc(options.identity, options.issuer), options.config)
