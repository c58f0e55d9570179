"""Options and files of verdicts as statements: VSA and SVR, signed on request."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from provenance.__about__ import __version__
from provenance.cli.new_file import NewFile
from provenance.cli.options import gathered, together
from provenance.cli.output import is_standard_output, write_result
from provenance.cli.policy_file import PolicyFile
from provenance.cli.private_key import load_private_key
from provenance.cli.voice import Voice
from provenance.doors.outlet import would_replace
from provenance.errors import Code, InvalidValueError, UsageError
from provenance.flows.signing.verify import Decision
from provenance.values.ref import AnyRelease, Ref
from provenance.values.verdict import Undecided
from provenance.wire.bundle import encode_bundle
from provenance.wire.in_toto import PAYLOAD_TYPE
from provenance.wire.summaries import Summary, encode_svr, encode_vsa, require_uri

if TYPE_CHECKING:
    from provenance.signers.key import PrivateKey

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_NEW = NewFile()


@attrs.frozen
class SummaryOptions:
    """Where the statements go, who decides, and the key that signs them."""

    vsa: Path | None
    svr: Path | None
    verifier: str | None
    verdict_key: Path | None

    @property
    def wanted(self) -> bool:
        """Whether any statement is asked for."""
        return self.vsa is not None or self.svr is not None

    def require_sense(
        self, policy: PolicyFile | None, expected: Ref | AnyRelease | None = None
    ) -> None:
        """Refuse options that cannot be meant, before anything is verified.

        A statement that is there already would outlive a verification that ends without one.
        """
        if not self.wanted:
            if self.verifier or self.verdict_key:
                raise click.UsageError("--verifier and --verdict-key go with --vsa or --svr")
            return
        if policy is None or not self.verifier:
            raise click.UsageError("--vsa and --svr need --policy and --verifier")
        if self.vsa and isinstance(expected, AnyRelease):
            raise click.UsageError(
                "--vsa and --any-release contradict each other: a VSA names the release"
            )
        try:
            require_uri(self.verifier)
        except InvalidValueError as cause:
            raise click.UsageError(f"{cause.what}: {cause.hint}") from cause
        for path in (self.vsa, self.svr):
            if is_standard_output(path):
                raise click.UsageError("--vsa and --svr name files: the report has standard output")
            if path and would_replace(path):
                raise UsageError(
                    f"{path} is there already",
                    hint="take it away first: a verdict of earlier is none of today",
                    code=Code.USAGE,
                )


summary_options = together(
    click.option("--vsa", type=_NEW, metavar="FILE", help="Write the verdict as a SLSA VSA v1."),
    click.option("--svr", type=_NEW, metavar="FILE", help="Write the verdict as an SVR v0.2."),
    click.option("--verifier", metavar="URI", help="Who decides, as those statements name it."),
    click.option(
        "--verdict-key", type=_FILE, metavar="PEM", help="Sign those statements with this key."
    ),
    gathered("summaries", SummaryOptions, "vsa", "svr", "verifier", "verdict_key"),
)


def write_summaries(
    options: SummaryOptions, decision: Decision, policy: PolicyFile, now: datetime, voice: Voice
) -> None:
    """Write the statements that are asked for; an undecided verdict is none to a VSA."""
    verdict = decision.verdict
    if verdict is None or not options.wanted:
        return
    summary = Summary(
        manifest=decision.verified.value,
        checked=decision.verified.checked,
        verdict=verdict,
        verifier=options.verifier or "",
        version=__version__,
        policy_name=policy.policy.name,
        policy_digest=policy.digest,
        decided_at=now,
    )
    signer = load_private_key(options.verdict_key) if options.verdict_key else None
    if options.svr:
        _publish(options.svr, encode_svr(summary), signer)
    if options.vsa and isinstance(verdict, Undecided):
        voice.step(f"no VSA is written: it has no word for undecided ({options.vsa})")
    elif options.vsa:
        _publish(options.vsa, encode_vsa(summary), signer)


def _publish(path: Path, statement: bytes, signer: "PrivateKey | None") -> None:
    if signer is None:
        write_result(path, statement)
        return
    write_result(path, encode_bundle(signer.seal(PAYLOAD_TYPE, statement)))
