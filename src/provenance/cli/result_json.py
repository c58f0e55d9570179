"""The result of a verification as JSON: each state by itself, and never one word for all."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from provenance.cli.exit_codes import ExitCode, of_error
from provenance.cli.identity import identity_json
from provenance.cli.verdict_json import verdict_json
from provenance.errors import ProvenanceError
from provenance.values.verdict import Passed, Verdict, word
from provenance.values.verified import Checked, Stage, Verified

if TYPE_CHECKING:
    from provenance.values.manifest import Manifest

SCHEMA = "https://provenance-verifier/verification/v0.1"
HELD, REFUSED, UNKNOWN, UNSEEN = "held", "refused", "unknown", "not looked at"


def outcome(verdict: Verdict | None) -> str:
    """Return ``verified``, but where a policy was asked for and not met: then its verdict."""
    return "verified" if verdict is None or isinstance(verdict, Passed) else word(verdict)


def verified_json(verified: "Verified[Manifest]", verdict: Verdict | None) -> dict[str, object]:
    """Return what holds of a release; a verdict may still be any."""
    found: dict[str, object] = {
        "schema": SCHEMA,
        "outcome": outcome(verdict),
        "release": str(verified.value.release.ref),
        "states": states_json(verified.checked),
        "remarks": list(verified.checked.remarks),
    }
    if verdict is not None:
        found["policy"] = verdict_json(verdict)
    return found


def states_json(checked: Checked) -> dict[str, object]:
    """Return what was found, each state by itself."""
    time = HELD if checked.signed_at else UNKNOWN
    return {
        Stage.SIGNATURE: {"state": HELD, "detail": checked.signature},
        Stage.TIME: {
            "state": time,
            "detail": checked.time,
            "signed_at": checked.signed_at.isoformat() if checked.signed_at else None,
        },
        Stage.IDENTITY: {
            "state": HELD,
            "signers": [identity_json(one) for one in checked.signers],
        },
        Stage.SUBJECT: {"state": HELD, "detail": str(checked.subject)},
        Stage.FILES: {
            "state": HELD,
            "compared": checked.files,
            "how": [one.value for one in checked.how],
            "not_covered": list(checked.not_covered),
            "modes_changed": [one.text for one in checked.modes],
        },
        Stage.EVIDENCE: {"state": UNSEEN, "detail": checked.evidence},
    }


def stopped_json(error: ProvenanceError) -> dict[str, object]:
    """Return how far a verification got, why it did not go on, and what to do."""
    negative = of_error(error) is ExitCode.NEGATIVE
    states: dict[str, dict[str, str]] = {
        stage.value: {"state": HELD if stage in error.held else UNSEEN}
        for stage in Stage
        if stage is not Stage.POLICY
    }
    if error.stopped_at:
        states[error.stopped_at] = {"state": REFUSED if negative else UNKNOWN}
    return {
        "schema": SCHEMA,
        "outcome": "refused" if negative else "error",
        "error": {"code": error.code.value, "what": error.what, "to_do": error.hint},
        "states": states,
    }


@contextmanager
def errors_as(form: str) -> Iterator[None]:
    """Tell an error on standard output, too, where machines read it."""
    try:
        yield
    except ProvenanceError as error:
        if form == "json":
            click.echo(json.dumps(stopped_json(error), ensure_ascii=True, indent=2))
        raise
