"""``provenance oms sign-model`` and ``verify-model``: the commands that conformance suites call.

Thin and stable: exit 0 for yes, 1 for everything else, the reason on standard error. They take any
holder of a certificate under the roots, and signatures of model signing 0.2.0, because the suites'
protocol cannot say otherwise; people use ``oms sign`` and ``oms verify``.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.method_options import Typed
from provenance.cli.model_paths import inside, relative
from provenance.cli.oms_trust import TrustOptions
from provenance.cli.output import write_result
from provenance.cli.private_key import read_private_key
from provenance.cli.voice import Loudness, Voice
from provenance.doors.named_file import read_named
from provenance.errors import Code, ProvenanceError, VerificationError
from provenance.signers.by_certificate import CertificateCredential
from provenance.signers.by_key import KeyCredential
from provenance.signers.signing import Signing
from provenance.text.untrusted import printable
from provenance.values.model_signature import Serialization

P = ParamSpec("P")

_PATH = click.Path(path_type=Path)
_METHOD = click.option(
    "--method", type=click.Choice(["key", "certificate", "sigstore"]), required=True
)
_MODEL = click.option("--model-path", "model", type=_PATH, required=True)
_CHAIN = click.option("--cert-chain", "chain", type=_PATH, multiple=True)
_IGNORED = click.option("--ignore-paths", "ignored", type=_PATH, multiple=True)


def _yes_or_no(command: Callable[P, None]) -> Callable[P, ExitCode]:
    """Turn every error into exit 1: the suites know two answers."""

    @wraps(command)
    def answered(*arguments: P.args, **options: P.kwargs) -> ExitCode:
        try:
            command(*arguments, **options)
        except ProvenanceError as error:
            Voice(Loudness.NORMAL).error(error)
            return ExitCode.NEGATIVE
        except click.UsageError as error:
            click.echo(f"error: {printable(error.message)}", err=True)
            return ExitCode.NEGATIVE
        return ExitCode.DONE

    return answered


class _YesOrNo(click.Command):
    """A command whose options are answered by 0 or 1, too: what cannot be meant is a no."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own signature
    ) -> click.Context:
        """Read the options; see :meth:`click.Command.make_context`."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as cause:
            hint = "see --help"
            raise VerificationError(cause.format_message(), hint=hint, code=Code.USAGE) from cause


@click.command("sign-model", cls=_YesOrNo)
@_METHOD
@_MODEL
@click.option("--output-bundle", "output", type=_PATH, required=True)
@click.option("--private-key", "key", type=_PATH)
@click.option("--signing-cert", "certificate", type=_PATH)
@_CHAIN
@_IGNORED
@_yes_or_no
def sign_model_command(  # noqa: PLR0913, PLR0917 - one parameter for each option of the protocol
    method: str,
    model: Path,
    output: Path,
    key: Path | None,
    certificate: Path | None,
    chain: tuple[Path, ...],
    ignored: tuple[Path, ...],
) -> None:
    """Sign a model as a conformance suite asks for it: exit 0, or 1 and the reason."""
    from provenance.flows.signing.oms_sign import sign_model  # noqa: PLC0415 - heavy

    if method == "sigstore":
        raise click.UsageError("this version does not sign by identity")
    if key is None or (method == "certificate" and certificate is None):
        raise click.UsageError(f"--method {method} needs its key, and its certificate if any")
    private = read_private_key(key)
    own = KeyCredential(private.pem, private.password, explained=True)
    signing = Signing(own)
    if method == "certificate" and certificate:
        above = tuple(map(read_named, chain))
        signing = Signing(CertificateCredential(own, read_named(certificate), above))
    left = tuple(relative(model, path) for path in ignored)
    bundle = sign_model(
        model,
        signing=signing,
        serialization=Serialization(ignore_paths=left),
        output=inside(model, output),
    )
    write_result(output, bundle)


@click.command("verify-model", cls=_YesOrNo)
@_METHOD
@_MODEL
@click.option("--bundle", type=_PATH, required=True)
@click.option("--public-key", type=_PATH)
@_CHAIN
@click.option("--identity")
@click.option("--identity-provider", "issuer")
@click.option("--trust-config", "config", type=_PATH)
@_IGNORED
@click.option("--ignore-unsigned-files", "unsigned", is_flag=True)
@_yes_or_no
def verify_model_command(  # noqa: PLR0913, PLR0917 - one parameter for each option of the protocol
    method: str,
    model: Path,
    bundle: Path,
    public_key: Path | None,
    chain: tuple[Path, ...],
    identity: str | None,
    issuer: str | None,
    config: Path | None,
    ignored: tuple[Path, ...],
    *,
    unsigned: bool,
) -> None:
    """Verify a model as a conformance suite asks for it: exit 0, or 1 and the reason."""
    from provenance.flows.signing.oms_verify import Leave, verify_model  # noqa: PLC0415 - heavy

    ways: dict[str, dict[str, object]] = {
        "key": {"--public-key": public_key},
        "certificate": {"--certificate-chain": chain, "--unsafe-any-certificate-identity": True},
        "sigstore": {"--identity": identity, "--issuer": issuer, "--trust-config": config},
    }
    beside = inside(model, bundle)
    paths = {*(relative(model, path) for path in ignored), *((beside,) if beside else ())}
    verified = verify_model(
        model,
        bundle=read_named(bundle),
        trust=TrustOptions(Typed.of(ways[method])).trust(),
        leave=Leave(frozenset(paths), unsigned),
        allow_legacy=True,
    )
    for remark in verified.checked.remarks:
        click.echo(f"remark: {printable(remark)}", err=True)
