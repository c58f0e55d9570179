"""Verdicts as statements of their own: SLSA's VSA v1 and in-toto's SVR v0.2.

https://slsa.dev/spec/v1.2/verification_summary
https://github.com/in-toto/attestation/blob/main/spec/predicates/svr.md
"""

import hashlib
import re
from datetime import datetime
from urllib.parse import quote

import attrs

from provenance.errors import Code, InvalidValueError
from provenance.text.canonical_json import encode
from provenance.values.assessment import MofAssessment
from provenance.values.digest import Algorithm, Digest
from provenance.values.label import Label
from provenance.values.manifest import Manifest
from provenance.values.verdict import Passed, Undecided, Verdict
from provenance.values.verified import Checked, Match
from provenance.wire.in_toto import PAYLOAD_TYPE, STATEMENT_TYPE
from provenance.wire.scalars import JsonObject, encode_digest, encode_moment
from provenance.wire.statement import encode_statement, subjects_of

VSA_TYPE = "https://slsa.dev/verification_summary/v1"
SVR_TYPE = "https://in-toto.io/attestation/svr/v0.2"

# RFC 3986, section 3: a scheme, then only characters that an address may hold.
_URI = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,30}):(?://(?P<authority>[^/?#]{0,300}))?"
    r"(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}){0,2000}"
    r"(?:#(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}){0,2000})?"
)
_AUTHORITY = re.compile(
    r"(?:[A-Za-z0-9._~:@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*(?:\[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{0,5})?)?"
)


def require_uri(text: str) -> str:
    """Return the name of who decides, when it is a URI.

    in-toto's TypeURI asks for a scheme and an authority in lowercase (spec/v1/field_types.md).

    Raises:
        InvalidValueError: for anything else.
    """
    found = _URI.fullmatch(text)
    scheme, authority = (found["scheme"], found["authority"] or "") if found else ("", "")
    if found and (scheme + authority) != (scheme + authority).lower():
        raise InvalidValueError(
            f"the verifier {text[:80]!a} has capitals in its scheme or host",
            hint="write both in lowercase: the name is compared character by character",
            code=Code.USAGE,
        )
    if (
        found is None
        or found.end() == found.end("scheme") + 1
        or not _AUTHORITY.fullmatch(authority)
    ):
        raise InvalidValueError(
            f"the verifier {text[:80]!a} is no URI",
            hint="give one that names who decides, for example https://example.org/gate/v1",
            code=Code.USAGE,
        )
    return text


@attrs.frozen
class Summary:
    """A verdict on a verified manifest: who decided, when, and by which policy.

    ``verifier`` is the URI of who decides; ``version`` that of this tool; ``policy_name`` and
    ``policy_digest`` are those of the policy's file.
    """

    manifest: Manifest = attrs.field(repr=False)
    checked: Checked
    verdict: Verdict
    verifier: str = attrs.field(converter=require_uri)
    version: str
    policy_name: str
    policy_digest: Digest
    decided_at: datetime


def encode_vsa(summary: Summary) -> bytes:
    """Return the canonical bytes of a verification summary, for PASSED and for FAILED.

    Raises:
        InvalidValueError: POLICY_UNDECIDED for an undecided verdict: the format has no word for it;
            USAGE where the release's name was not compared: the format has to state it.
    """
    if summary.checked.subject is Match.ANY_RELEASE:
        raise InvalidValueError(
            "a verification summary names the release, and its name was not compared",
            hint="name the release that you expect (--as REF), or write an SVR",
            code=Code.USAGE,
        )
    if isinstance(summary.verdict, Undecided):
        raise InvalidValueError(
            "an undecided verdict is neither PASSED nor FAILED",
            hint="provide what the policy could not look at, or write an SVR",
            code=Code.POLICY_UNDECIDED,
        )
    passed = isinstance(summary.verdict, Passed)
    name = quote(summary.policy_name) or str(summary.policy_digest)
    return _statement(
        summary,
        VSA_TYPE,
        {
            "inputAttestations": [_manifest(summary)],
            "policy": {
                "digest": encode_digest(summary.policy_digest),
                "uri": f"policy:{name}",
            },
            "resourceUri": quote(str(summary.manifest.release.ref), safe=":/@+"),
            "timeVerified": encode_moment(summary.decided_at),
            # Levels of our own: those that begin with SLSA_ are not ours to give.
            "verifiedLevels": list(_levels(summary.manifest)) if passed else ["FAILED"],
            "verificationResult": "PASSED" if passed else "FAILED",
            "verifier": {
                "id": summary.verifier,
                "version": {"provenance-verifier": summary.version},
            },
        },
    )


def encode_svr(summary: Summary) -> bytes:
    """Return the canonical bytes of a simple verification result: only what holds is in it."""
    return _statement(
        summary,
        SVR_TYPE,
        {
            # A field of our own, which the format allows: what the verdict is about.
            "inputAttestations": [_manifest(summary)],
            "properties": list(_properties(summary)),
            "timeCreated": encode_moment(summary.decided_at),
            "verifier": {
                "id": summary.verifier,
                "policies": [
                    {
                        "digest": encode_digest(summary.policy_digest),
                        "name": summary.policy_name or "policy",
                    }
                ],
            },
        },
    )


def _statement(summary: Summary, kind: str, predicate: JsonObject) -> bytes:
    return encode(
        {
            "_type": STATEMENT_TYPE,
            "predicate": predicate,
            "predicateType": kind,
            "subject": [
                {"digest": encode_digest(one.digest), "name": one.name}
                for one in subjects_of(summary.manifest)
            ],
        }
    )


def _manifest(summary: Summary) -> JsonObject:
    """Return the descriptor of the signed bytes: of one manifest, there is one encoding."""
    payload = encode_statement(summary.manifest)
    digest = Digest(Algorithm.SHA256, hashlib.sha256(payload).digest())
    # The statement inside its envelope, so that each signer's bundle answers to it.
    return {"digest": encode_digest(digest), "mediaType": PAYLOAD_TYPE}


def _levels(manifest: Manifest) -> tuple[str, ...]:
    """Return what is shown of a release, as levels: a label, and a class of openness if any.

    What restricts a label is part of its level: who asks for the plain one does not get it.
    """
    label = "_".join(map(_word, (manifest.label, *manifest.label_qualifiers)))
    shown = [] if manifest.label is Label.UNDETERMINED else [f"LABEL_{label}"]
    shown += [
        f"{_word(one.framework)}_CLASS_{one.evidenced}"
        for one in manifest.assessments
        if isinstance(one, MofAssessment) and one.evidenced
    ]
    return tuple(f"PROVENANCE_{one}" for one in shown)


def _properties(summary: Summary) -> tuple[str, ...]:
    named = summary.checked.subject is not Match.ANY_RELEASE
    found = (
        ("SIGNATURE_HOLDS", True),
        ("FILES_EQUAL", True),
        ("RELEASE_NAMED", named),
        ("SAME_REVISION", summary.checked.subject is Match.SAME_REVISION),
        ("POLICY_PASSED", isinstance(summary.verdict, Passed)),
    )
    held = (f"PROVENANCE_{name}" for name, holds in found if holds)
    return (*held, *_levels(summary.manifest))


def _word(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "_", name.upper())
