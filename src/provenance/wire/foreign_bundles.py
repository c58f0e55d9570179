"""Signed files of other kinds: called what they are, with the command that reads them.

Nothing here is believed: these are words for an error, from bytes that nobody verified.
"""

import re
from base64 import b64decode
from collections.abc import Mapping
from typing import Final

import attrs

from provenance.errors import TextError
from provenance.text.budget import Budget
from provenance.text.strict_json import JsonValue, parse

# Larger files keep the error that reading them gave.
_BUDGET = Budget(bytes=16 * 2**20, items=200_000)
_SHOWN = 120


@attrs.frozen
class Foreign:
    """What a file is, and the command that reads it."""

    what: str
    hint: str


RECIPE = Foreign(
    "the signed manifest of a release", "it is read by: provenance verify RELEASE --bundle FILE"
)
MODEL = Foreign(
    "a model signature (OMS)", "it is read by: provenance oms verify MODEL --signature FILE"
)
_ATTESTATION = "it is read by: cosign verify-blob-attestation, or gh attestation verify"
_BLOB = Foreign(
    "a signature over one file's bytes, as cosign sign-blob writes it",
    "it is read by: cosign verify-blob --bundle FILE",
)
_UNSIGNED = Foreign(
    "a manifest that nobody signed",
    "sign it with: provenance sign; read it with: provenance assess",
)
# By the beginnings of their types, whatever their versions.
_PREDICATES: Final = (
    ("https://provenance-verifier/recipe/", RECIPE),
    ("https://model_signing/", MODEL),
    (
        "https://slsa.dev/provenance/",
        Foreign("a statement of how something was built (SLSA provenance)", _ATTESTATION),
    ),
)
_ARMOURED: Final = (
    (rb"PGP (?:SIGNATURE|MESSAGE|SIGNED MESSAGE)", "a signature of OpenPGP", "gpg --verify"),
    (rb"SSH SIGNATURE", "a signature of SSH", "ssh-keygen -Y verify"),
    (rb"(?:PKCS7|CMS)", "a signature in CMS (PKCS #7)", "openssl cms -verify"),
    (rb"(?:TRUSTED )?CERTIFICATE", "a certificate", "--certificate-roots"),
    (rb"[A-Z ]*KEY(?: BLOCK)?", "a key", "--public-key"),
)
_MINISIGN = re.compile(rb"\s*untrusted comment:")


def foreign(data: bytes) -> Foreign | None:
    """Return what a file is in place of what was asked for; ``None`` where nobody can tell.

    >>> found = foreign(b"-----BEGIN PGP SIGNATURE-----")
    >>> found.what if found else None
    'a signature of OpenPGP'
    """
    for label, what, command in _ARMOURED:
        if re.match(rb"\s*-----BEGIN " + label + rb"-----", data):
            return Foreign(what, f"it is read by: {command}")
    if _MINISIGN.match(data):
        return Foreign("a signature of minisign or signify", "it is read by: minisign -V")
    try:
        value = parse(data.removesuffix(b"\n"), budget=_BUDGET)
    except TextError:
        return _first_line(data)
    return _of_json(value) if isinstance(value, Mapping) else None


def by_predicate(predicate: str) -> Foreign:
    """Return what a statement is by the type of its predicate."""
    known = next((one for start, one in _PREDICATES if predicate.startswith(start)), None)
    if known:
        return known
    return Foreign(f"an attestation of another kind, {predicate[:_SHOWN]!a}", _ATTESTATION)


def _first_line(data: bytes) -> Foreign | None:
    """Return what the first of several lines is, as `gh attestation download` writes them."""
    line, newline, rest = data.partition(b"\n")
    return foreign(line) if newline and rest and line.startswith(b"{") else None


def _of_json(value: Mapping[str, JsonValue]) -> Foreign | None:
    keys = value.keys()
    if isinstance(envelope := value.get("dsseEnvelope"), Mapping):
        return _of_payload(envelope)
    if "messageSignature" in keys or {"base64Signature"} <= keys or "Base64Signature" in keys:
        return _BLOB
    if {"payload", "signatures"} <= keys:
        signed = value["signatures"]
        if "payloadType" in keys:
            return _of_payload(value)
        jws = isinstance(signed, tuple | list) and "protected" in str(signed[:1])
        return (
            Foreign("a JSON Web Signature", "read it with the tool that made it") if jws else None
        )
    if isinstance(attestations := value.get("attestations"), tuple | list) and attestations:
        first = attestations[0]
        bundle = first.get("bundle") if isinstance(first, Mapping) else None
        return _of_json(bundle) if isinstance(bundle, Mapping) else None
    return _of_statement(value)


def _of_payload(envelope: Mapping[str, JsonValue]) -> Foreign | None:
    """Return what the payload of a DSSE envelope is."""
    payload = envelope.get("payload")
    try:
        inner = (
            parse(b64decode(payload, validate=True), budget=_BUDGET)
            if isinstance(payload, str)
            else None
        )
    except (ValueError, TextError):
        return None
    return _of_statement(inner) if isinstance(inner, Mapping) else None


def _of_statement(value: Mapping[str, JsonValue]) -> Foreign | None:
    """Return what a statement, a manifest, or another unsigned document is."""
    predicate = value.get("predicateType")
    if isinstance(predicate, str):
        return by_predicate(predicate)
    if {"label_at_most", "inventory", "components"} <= value.keys():
        return _UNSIGNED
    if "signed" in value and "signatures" in value:
        return Foreign("metadata of in-toto or TUF", "it is read by: in-toto-verify")
    if "bomFormat" in value or "spdxVersion" in value:
        return Foreign("a bill of materials, and no signature", "read it with a tool for those")
    return None
