"""Whom a caller trusts with a model's signature, from options: a key, roots, or an identity."""

from pathlib import Path

import attrs
import click

from provenance.cli.options import gathered, together
from provenance.cli.private_key import LARGEST_PEM
from provenance.doors.clock import utc_now
from provenance.doors.named_file import read_named
from provenance.errors import UsageError
from provenance.ports.verifier import Verifier
from provenance.values.certificate_name import UNSAFE_ANY_NAME, CertificateName
from provenance.values.identity import Oidc

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@attrs.frozen
class TrustOptions:
    """The options about trust, as they were typed; without ``offline`` nothing connects either."""

    public_key: Path | None = None
    chain: tuple[Path, ...] = ()
    name: str | None = None
    any_name: bool = False
    identity: str | None = None
    issuer: str | None = None
    config: Path | None = None
    legacy: bool = False
    offline: bool = True


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
    return KeyTrust(load_explained_public(read_named(path, limit=LARGEST_PEM)), choice)


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
    import logging  # noqa: PLC0415 - nothing else here logs

    # The library warns that it goes offline, which is what is wanted of it.
    logging.getLogger("sigstore").setLevel(logging.ERROR)
    return KeylessTrust(Oidc(options.identity, options.issuer), options.config)


oms_trust_options = together(
    click.option("--public-key", type=_FILE, metavar="PEM", help="The key that you trust."),
    click.option(
        "--certificate-chain",
        "chain",
        type=_FILE,
        multiple=True,
        metavar="PEM",
        help="The roots that you trust (repeatable); never the web's.",
    ),
    click.option(
        "--certificate-identity",
        "name",
        metavar="NAME",
        help="Whose the certificate has to be: a name in it, or KIND:NAME with email, uri, dns,"
        " cn, subject, organization or spki.",
    ),
    click.option(
        "--unsafe-any-certificate-identity",
        "any_name",
        is_flag=True,
        help="Trust every holder of a certificate under the roots (unsafe).",
    ),
    click.option("--identity", metavar="I", help="The identity that you trust (Sigstore)."),
    click.option("--issuer", metavar="URL", help="Who says that it is that identity."),
    click.option(
        "--trust-config", "config", type=_FILE, metavar="F", help="Another instance of Sigstore's."
    ),
    click.option("--offline", is_flag=True, help="Make no connection: so it is in any case."),
    click.option(
        "--allow-legacy",
        "legacy",
        is_flag=True,
        help="Accept signatures of model signing 0.2.0, too.",
    ),
    gathered(
        "trust",
        TrustOptions,
        *("public_key", "chain", "name", "any_name", "identity", "issuer", "config"),
        *("legacy", "offline"),
    ),
)
