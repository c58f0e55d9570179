import hashlib
import json
from typing import Any

import attrs
import pytest

from provenance.errors import Code, InvalidValueError
from provenance.frameworks.mof import assess
from provenance.text.canonical_json import parse_canonical
from provenance.values.label import Label, Qualifier
from provenance.values.rung import Rung
from provenance.values.verdict import Failed, Passed, Undecided, Verdict
from provenance.values.verified import Match
from provenance.wire.statement import encode_statement, subjects_of
from provenance.wire.summaries import Summary, encode_svr, encode_vsa
from tests.building import MANIFEST, NOW, REF, SHA, reports
from tests.policy.test_files_demands import CHECKED

GATE = "https://example.org/gate/v1"
SUMMARY = Summary(
    attrs.evolve(MANIFEST, assessments=(assess(reports(Rung.RETRIEVED)),)),
    CHECKED,
    Passed(("all is well",)),
    GATE,
    "1.0",
    "my policy",
    SHA,
    NOW,
)
LEVELS = ["PROVENANCE_LABEL_OPEN_WEIGHTS_PARTIAL", "PROVENANCE_MOF_CLASS_1"]


def vsa(summary: Summary = SUMMARY) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(encode_vsa(summary))
    return found


def svr(summary: Summary = SUMMARY) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(encode_svr(summary))
    return found


def test_a_vsa_says_who_decided_what_about_which_files_by_which_policy() -> None:
    found = vsa()

    payload = hashlib.sha256(encode_statement(SUMMARY.manifest)).hexdigest()
    assert found["_type"] == "https://in-toto.io/Statement/v1"
    assert found["predicateType"] == "https://slsa.dev/verification_summary/v1"
    assert found["predicate"] == {
        "inputAttestations": [
            {"digest": {"sha256": payload}, "mediaType": "application/vnd.in-toto+json"}
        ],
        "policy": {"digest": {"sha256": SHA.hex}, "uri": "policy:my%20policy"},
        "resourceUri": str(REF),
        "timeVerified": "2026-01-02T03:04:05Z",
        "verificationResult": "PASSED",
        "verifiedLevels": LEVELS,
        "verifier": {"id": GATE, "version": {"provenance-verifier": "1.0"}},
    }
    expected = [
        {"name": one.name, "digest": {"sha256": one.digest.hex}}
        for one in subjects_of(SUMMARY.manifest)
    ]
    assert found["subject"] == expected


def test_a_failed_vsa_gives_no_level() -> None:
    predicate = vsa(attrs.evolve(SUMMARY, verdict=Failed(("no",))))["predicate"]

    assert predicate["verificationResult"] == "FAILED"
    assert predicate["verifiedLevels"] == ["FAILED"]


def test_an_undecided_verdict_is_no_vsa() -> None:
    with pytest.raises(InvalidValueError) as caught:
        vsa(attrs.evolve(SUMMARY, verdict=Undecided(("perhaps",))))

    assert caught.value.code is Code.POLICY_UNDECIDED


def test_a_policy_without_a_name_is_named_by_its_digest() -> None:
    assert (
        vsa(attrs.evolve(SUMMARY, policy_name=""))["predicate"]["policy"]["uri"] == f"policy:{SHA}"
    )


def test_an_svr_lists_what_holds() -> None:
    found = svr()

    assert found["predicateType"] == "https://in-toto.io/attestation/svr/v0.2"
    predicate = found["predicate"]
    assert predicate["timeCreated"] == "2026-01-02T03:04:05Z"
    assert predicate["verifier"] == {
        "id": GATE,
        "policies": [{"digest": {"sha256": SHA.hex}, "name": "my policy"}],
    }
    assert predicate["properties"] == [
        "PROVENANCE_SIGNATURE_HOLDS",
        "PROVENANCE_FILES_EQUAL",
        "PROVENANCE_RELEASE_NAMED",
        "PROVENANCE_SAME_REVISION",
        "PROVENANCE_POLICY_PASSED",
        *LEVELS,
    ]


@pytest.mark.parametrize("verdict", [Failed(("no",)), Undecided(("perhaps",))])
def test_an_svr_of_a_policy_that_is_not_met_does_not_say_that_it_is(verdict: Verdict) -> None:
    properties = svr(attrs.evolve(SUMMARY, verdict=verdict))["predicate"]["properties"]

    assert "PROVENANCE_POLICY_PASSED" not in properties
    assert "PROVENANCE_FILES_EQUAL" in properties


def test_what_was_not_compared_is_no_property() -> None:
    checked = attrs.evolve(CHECKED, subject=Match.ANY_RELEASE)
    manifest = attrs.evolve(MANIFEST, label=Label.UNDETERMINED)

    assert svr(attrs.evolve(SUMMARY, checked=checked, manifest=manifest))["predicate"][
        "properties"
    ] == [
        "PROVENANCE_SIGNATURE_HOLDS",
        "PROVENANCE_FILES_EQUAL",
        "PROVENANCE_POLICY_PASSED",
    ]


def test_no_level_is_one_of_slsa_s_and_none_says_that_a_model_is_safe() -> None:
    for data in (encode_vsa(SUMMARY), encode_svr(SUMMARY)):
        assert parse_canonical(data)
        assert b'"SLSA_' not in data
        assert b"safe" not in data.lower().replace(b"safetensors", b"")


def test_what_restricts_a_label_is_part_of_its_level() -> None:
    qualifiers = (Qualifier.GATED, Qualifier.LICENSE_UNKNOWN)
    manifest = attrs.evolve(MANIFEST, label=Label.OPEN_WEIGHTS, label_qualifiers=qualifiers)
    summary = attrs.evolve(SUMMARY, manifest=manifest)

    level = "PROVENANCE_LABEL_OPEN_WEIGHTS_GATED_LICENSE_UNKNOWN"
    assert vsa(summary)["predicate"]["verifiedLevels"] == [level]
    assert svr(summary)["predicate"]["properties"][-1] == level


def test_a_vsa_names_no_release_whose_name_was_not_compared() -> None:
    checked = attrs.evolve(CHECKED, subject=Match.ANY_RELEASE)

    with pytest.raises(InvalidValueError, match="was not compared"):
        vsa(attrs.evolve(SUMMARY, checked=checked))


@pytest.mark.parametrize(
    "verifier",
    [
        *("", "gate", "https://a b", "https://a\n", "1:x", "https:", "https://a/%zz", "a:#b#c"),
        *("HTTPS://example.org/gate", "https://Example.org/gate", "https://[::1", "https://a/[b]"),
    ],
)
def test_who_decides_is_a_uri(verifier: str) -> None:
    with pytest.raises(InvalidValueError):
        attrs.evolve(SUMMARY, verifier=verifier)


@pytest.mark.parametrize(
    "verifier",
    [
        *(GATE, "https://[2001:db8::1]:8443/gate", "urn:example:gate:v1", "pkg:pypi/gate@1.0"),
        *("https://example.org/Gate/V1?a=b%20c#d", "https://user@example.org:8443"),
    ],
)
def test_any_uri_in_its_normal_form_names_who_decides(verifier: str) -> None:
    assert svr(attrs.evolve(SUMMARY, verifier=verifier))["predicate"]["verifier"]["id"] == verifier
