import json

import attrs
import pytest

from provenance.cli.result_json import stopped_json, verified_json
from provenance.errors import Code, SourceError, VerificationError
from provenance.values.path import RelPath
from provenance.values.verdict import Undecided
from provenance.values.verified import Verified
from tests.building import MANIFEST, NOW, REF
from tests.policy.test_files_demands import CHECKED


def test_each_state_is_told_by_itself() -> None:
    found = json.loads(json.dumps(verified_json(Verified(MANIFEST, CHECKED), None)))

    assert (found["outcome"], found["release"]) == ("verified", str(REF))
    assert {name: state["state"] for name, state in found["states"].items()} == {
        "signature": "held",
        "time": "unknown",
        "identity": "held",
        "subject": "held",
        "files": "held",
        "evidence": "not looked at",
    }
    assert found["states"]["identity"]["signers"][0]["method"] == "key"
    assert "policy" not in found


def test_a_trusted_time_changed_modes_and_a_verdict_are_told() -> None:
    checked = attrs.evolve(CHECKED, signed_at=NOW, modes=(RelPath("train.py"),))

    found = verified_json(Verified(MANIFEST, checked), Undecided(("why",)))
    states = json.loads(json.dumps(found))["states"]

    assert found["outcome"] == "undecided"
    assert states["time"]["signed_at"] == "2026-01-02T03:04:05+00:00"
    assert states["files"]["modes_changed"] == ["train.py"]
    assert found["policy"] == {
        "verdict": "undecided",
        "reasons": ["why"],
        "answers": [],
        "to_do": [],
    }


@pytest.mark.parametrize(
    ("stopped_at", "held", "states"),
    [
        ("files", ("signature", "identity", "subject"), ["held", "held", "held", "refused"]),
        ("identity", (), ["not looked at", "refused", "not looked at", "not looked at"]),
        ("", (), ["not looked at"] * 4),
    ],
)
def test_a_refusal_says_how_far_it_got(
    stopped_at: str, held: tuple[str, ...], states: list[str]
) -> None:
    error = VerificationError("it differs", hint="get it again", code=Code.FILE_CHANGED)
    error.stopped_at, error.held = stopped_at, held

    found = json.loads(json.dumps(stopped_json(error)))

    assert found["outcome"] == "refused"
    assert found["error"] == {"code": "FILE_CHANGED", "what": "it differs", "to_do": "get it again"}
    names = ("signature", "identity", "subject", "files")
    assert [found["states"][name]["state"] for name in names] == states
    assert found["states"]["evidence"]["state"] == "not looked at"


def test_what_could_not_be_looked_at_is_no_refusal() -> None:
    error = SourceError("no network", hint="wait", code=Code.NETWORK)
    error.stopped_at, error.held = "files", ("signature", "identity", "subject")

    found = json.loads(json.dumps(stopped_json(error)))

    assert (found["outcome"], found["states"]["files"]["state"]) == ("error", "unknown")
    assert found["states"]["signature"]["state"] == "held"
