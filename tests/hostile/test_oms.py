"""What is validly signed and yet says nothing that holds: refused by its own code, twin accepted.

Each case is a payload under the trusted key, or a bundle, over one small folder. Beside it stands
the same thing done rightly, so that no refusal comes from a verifier that refuses everything.
"""

import hashlib
import json
from pathlib import Path
from typing import NamedTuple

import pytest

from provenance.errors import Code, VerificationError
from tests.model_signatures import (
    FILES,
    Json,
    Step,
    edited,
    model,
    payload,
    resource,
    signed,
    statement,
    verified,
)

GOOD = statement()
TEXT = payload(GOOD)
CONFIG, DATA, WEIGHTS = (resource(name, data) for name, data in sorted(FILES.items()))
RESOURCES = ("predicate", "resources")
SERIALIZATION = ("predicate", "serialization")


class Case(NamedTuple):
    """A bundle that is refused, with which code, and its benign twin."""

    bad: bytes
    code: Code
    good: bytes = signed(GOOD)


def at(*path: Step, to: object) -> bytes:
    return signed(edited(GOOD, path, to))


def named(name: str) -> bytes:
    """List a file under another name, root and order in order."""
    return signed(statement(*sorted((DATA, WEIGHTS, resource(name, b"{}")), key=_name)))


def _name(one: Json) -> str:
    return str(one["name"])


def bundle(path: tuple[Step, ...], to: object) -> bytes:
    """Change a good bundle at a place."""
    return json.dumps(edited(json.loads(signed(GOOD)), path, to)).encode()


def shards(*names: str, size: float = 4) -> bytes:
    parts = [
        resource(name, FILES["model.safetensors"][int(first) : int(last)])
        for name, first, last in (one.rsplit(":", 2) for one in names)
    ]
    for one, name in zip(parts, names, strict=True):
        one["name"] = name
    rest = [resource("config.json:0:2", b"{}"), resource("data/a.txt:0:2", b"a\n")]
    return signed(statement(*rest, *parts, method="shards", shard_size=size))


WHOLE = shards("model.safetensors:0:4", "model.safetensors:4:7")
SEVERAL_DIGESTS = edited(GOOD, ("subject", 0, "digest", "sha512"), "ab")
FIELDS = edited(GOOD, (*RESOURCES, 0, "uri"), "https://example.org")
# A bundle of something else on a line of its own is left aside.
FOREIGN = bundle(("dsseEnvelope", "payload"), "e30=") + b"\n" + signed(GOOD)

CASES: dict[str, Case] = {
    # What is listed.
    "zero resources": Case(
        signed(
            edited(
                edited(GOOD, RESOURCES, []),
                ("subject", 0, "digest", "sha256"),
                hashlib.sha256(b"").hexdigest(),
            )
        ),
        Code.OMS_NO_RESOURCES,
    ),
    "a name twice": Case(signed(statement(CONFIG, CONFIG, DATA, WEIGHTS)), Code.OMS_DUPLICATE),
    "case twins": Case(
        signed(statement(resource("CONFIG.json", b"{}"), CONFIG, DATA, WEIGHTS)), Code.OMS_TWIN
    ),
    "normalisation twins": Case(
        signed(statement(CONFIG, DATA, resource("e\u0301"), WEIGHTS, resource("\u00e9"))),
        Code.NAME_NFC,
    ),
    "unsorted": Case(signed(statement(WEIGHTS, CONFIG, DATA)), Code.OMS_ORDER),
    # Names.
    "./": Case(named("./config.json"), Code.OMS_NAME),
    "..": Case(named("../model/config.json"), Code.OMS_NAME),
    ".. inside": Case(named("data/../config.json"), Code.OMS_NAME),
    "absolute": Case(named("/config.json"), Code.OMS_NAME),
    "backslash": Case(named("data\\config.json"), Code.OMS_NAME),
    "trailing slash": Case(named("config.json/"), Code.OMS_NAME),
    "two slashes": Case(named("data//config.json"), Code.OMS_NAME),
    "empty name": Case(named(""), Code.OMS_NAME),
    "control character": Case(named("config\n.json"), Code.NAME_CTRL),
    "a dot among several": Case(named("."), Code.OMS_NAME),
    # Digests.
    "uppercase hex": Case(
        at(*RESOURCES, 0, "digest", to=str(CONFIG["digest"]).upper()), Code.OMS_DIGEST
    ),
    "short hex": Case(at(*RESOURCES, 0, "digest", to=str(CONFIG["digest"])[:-2]), Code.OMS_DIGEST),
    "no hex": Case(at(*RESOURCES, 0, "digest", to="zz" * 32), Code.OMS_DIGEST),
    "another algorithm": Case(at(*RESOURCES, 0, "algorithm", to="blake3"), Code.OMS_ALGORITHM),
    "an unknown algorithm": Case(at(*SERIALIZATION, "hash_type", to="md5"), Code.OMS_ALGORITHM),
    "wrong root": Case(at("subject", 0, "digest", "sha256", to="ab" * 32), Code.OMS_ROOT),
    "uppercase root": Case(at("subject", 0, "digest", "sha256", to="AB" * 32), Code.OMS_DIGEST),
    # What is left out.
    "everything ignored": Case(at(*SERIALIZATION, "ignore_paths", to=["."]), Code.OMS_IGNORE),
    "ignored above the model": Case(
        at(*SERIALIZATION, "ignore_paths", to=["../model"]), Code.OMS_IGNORE
    ),
    "ignored by pattern": Case(at(*SERIALIZATION, "ignore_paths", to=["*"]), Code.OMS_IGNORE),
    "ignored by nothing": Case(at(*SERIALIZATION, "ignore_paths", to=[""]), Code.OMS_IGNORE),
    "ignored and listed": Case(
        at(*SERIALIZATION, "ignore_paths", to=["data"]),
        Code.OMS_IGNORE,
        at(*SERIALIZATION, "ignore_paths", to=["dat", "data/b"]),
    ),
    "weights ignored": Case(
        signed(statement(CONFIG, DATA, ignore_paths=["model.safetensors"])),
        Code.OMS_IGNORED_WEIGHTS,
        at(*SERIALIZATION, "ignore_paths", to=["notes.txt"]),
    ),
    # Shards.
    "a gap": Case(shards("model.safetensors:4:7"), Code.OMS_SHARDS, WHOLE),
    "no end": Case(
        shards("model.safetensors:0:4", "model.safetensors:4:4"), Code.OMS_SHARDS, WHOLE
    ),
    "an overlap": Case(
        shards("model.safetensors:0:4", "model.safetensors:3:7"), Code.OMS_SHARDS, WHOLE
    ),
    "a short part inside": Case(
        shards("model.safetensors:0:3", "model.safetensors:3:7"), Code.OMS_SHARDS, WHOLE
    ),
    "parts too large": Case(shards("model.safetensors:0:7"), Code.OMS_SHARDS, WHOLE),
    "no part in the name": Case(
        signed(statement(CONFIG, DATA, WEIGHTS, method="shards", shard_size=4)),
        Code.OMS_SHARDS,
        WHOLE,
    ),
    "leading zeros": Case(
        shards("model.safetensors:00:4", "model.safetensors:4:7"), Code.OMS_SHARDS, WHOLE
    ),
    "no size of shards": Case(at(*SERIALIZATION, "method", to="shards"), Code.OMS_SHAPE, WHOLE),
    "size zero": Case(
        shards("model.safetensors:0:4", "model.safetensors:4:7", size=0), Code.OMS_SHAPE, WHOLE
    ),
    "half a byte": Case(
        shards("model.safetensors:0:4", "model.safetensors:4:7", size=4.5), Code.OMS_SHAPE, WHOLE
    ),
    "a size for whole files": Case(at(*SERIALIZATION, "shard_size", to=4), Code.OMS_SHAPE, WHOLE),
    # Statements about something else.
    "two subjects": Case(
        signed(edited(GOOD, ("subject",), [{"name": "a", "digest": {"sha256": "ab" * 32}}] * 2)),
        Code.STATEMENT_SUBJECT,
        signed(SEVERAL_DIGESTS),
    ),
    "no subject": Case(at("subject", to=[]), Code.STATEMENT_SUBJECT),
    "a subject without a name": Case(at("subject", 0, "name", to=""), Code.STATEMENT_SUBJECT),
    "a subject by another digest": Case(
        at("subject", 0, "digest", to={"sha512": "ab" * 64}), Code.STATEMENT_SUBJECT
    ),
    "another statement": Case(
        at("_type", to="https://in-toto.io/Statement/v0.1"), Code.STATEMENT_TYPE
    ),
    "another predicate": Case(
        at("predicateType", to="https://slsa.dev/provenance/v1"),
        Code.PREDICATE_TYPE,
        at("predicateType", to="https://model_signing/signature/v1.1"),
    ),
    "a later predicate": Case(
        at("predicateType", to="https://model_signing/signature/v2.0"), Code.PREDICATE_TYPE
    ),
    "an older predicate": Case(
        at("predicateType", to="https://model_signing/Digests/v0.1"), Code.PREDICATE_TYPE
    ),
    "another payload type": Case(signed(TEXT, "application/json"), Code.PAYLOAD_TYPE),
    "no predicate": Case(at("predicate", to=None), Code.OMS_SHAPE),
    "more in the predicate": Case(at("predicate", "extra", to=1), Code.OMS_SHAPE, signed(FIELDS)),
    "more in the statement": Case(at("extra", to=1), Code.OMS_SHAPE),
    "no resources": Case(at(*RESOURCES, to=None), Code.OMS_SHAPE),
    "a resource of no kind": Case(at(*RESOURCES, 0, to=1), Code.OMS_SHAPE),
    "an unknown method": Case(at(*SERIALIZATION, "method", to="tensors"), Code.OMS_SHAPE),
    "links as a text": Case(at(*SERIALIZATION, "allow_symlinks", to="no"), Code.OMS_SHAPE),
    # Text that is not read in one way only.
    "a key twice": Case(
        signed(TEXT.replace(b'{"_type"', b'{"_type":"","_type"', 1)), Code.JSON_DUP_KEY
    ),
    "a key twice inside": Case(
        signed(TEXT.replace(b'{"name"', b'{"name":"","name"', 1)), Code.JSON_DUP_KEY
    ),
    "a key twice, deep": Case(
        signed(TEXT.replace(b'"method"', b'"method":"","method"', 1)), Code.JSON_DUP_KEY
    ),
    "BOM": Case(signed(b"\xef\xbb\xbf" + TEXT), Code.JSON_BOM),
    "UTF-16": Case(signed(TEXT.decode().encode("utf-16-le")), Code.JSON_ENCODING),
    "not UTF-8": Case(signed(TEXT.replace(b"config", b"c\xffnfig")), Code.JSON_ENCODING),
    "lone surrogate": Case(signed(TEXT.replace(b"config", b"\\ud800")), Code.JSON_ENCODING),
    "trailing data": Case(signed(TEXT + b"{}"), Code.JSON_TRAILING, signed(TEXT + b"\n")),
    "deep nesting": Case(signed(b"[" * 100_000), Code.JSON_DEPTH),
    "nested resources": Case(
        at(*RESOURCES, 0, "extra", to=json.loads("[" * 20 + "]" * 20)), Code.JSON_DEPTH
    ),
    "huge numbers": Case(
        signed(TEXT.replace(b'"files"', b'"files","shard_size":' + b"9" * 5000)), Code.JSON_INT
    ),
    "not a number": Case(
        signed(TEXT.replace(b'"files"', b'"files","shard_size":NaN')), Code.JSON_NONFINITE
    ),
    "overflow": Case(
        signed(TEXT.replace(b'"files"', b'"files","shard_size":1e999')), Code.JSON_NONFINITE
    ),
    "empty payload": Case(signed(b""), Code.JSON_SYNTAX),
    "text": Case(signed(b"model"), Code.JSON_SYNTAX),
    "array": Case(signed(b"[]"), Code.OMS_SHAPE),
    # The bundle around it.
    "two envelopes": Case(signed(GOOD) + b"\n" + signed(GOOD), Code.BUNDLE_SHAPE, FOREIGN),
    "an envelope twice": Case(
        signed(GOOD).replace(b'{"dsseEnvelope"', b'{"dsseEnvelope":{},"dsseEnvelope"', 1),
        Code.JSON_DUP_KEY,
    ),
    "two signatures": Case(
        bundle(("dsseEnvelope", "signatures"), [{"sig": "AA=="}, {"sig": "AA=="}]),
        Code.SIGNATURE_COUNT,
    ),
    "no signature": Case(bundle(("dsseEnvelope", "signatures"), []), Code.SIGNATURE_COUNT),
    "another signature": Case(
        bundle(("dsseEnvelope", "signatures", 0, "sig"), "AA=="), Code.SIGNATURE
    ),
    "another payload": Case(bundle(("dsseEnvelope", "payload"), "e30="), Code.SIGNATURE),
    "a key id": Case(
        bundle(("dsseEnvelope", "signatures", 0, "keyid"), "a"),
        Code.BUNDLE_SHAPE,
        bundle(("dsseEnvelope", "signatures", 0, "keyid"), None),
    ),
    "base64 for addresses": Case(bundle(("dsseEnvelope", "payload"), "_-8="), Code.BUNDLE_BASE64),
    "base64 with spare bits": Case(bundle(("dsseEnvelope", "payload"), "e31="), Code.BUNDLE_BASE64),
    "base64 with line ends": Case(
        bundle(("dsseEnvelope", "payload"), "e3\n0="), Code.BUNDLE_BASE64
    ),
    "another media type": Case(bundle(("mediaType",), "application/json"), Code.BUNDLE_MEDIA_TYPE),
    "two signers": Case(
        bundle(("verificationMaterial", "certificate"), {"rawBytes": ""}), Code.BUNDLE_MATERIAL
    ),
    "no signer": Case(bundle(("verificationMaterial", "publicKey"), None), Code.BUNDLE_MATERIAL),
    "a log entry beside a key": Case(
        bundle(("verificationMaterial", "tlogEntries"), [{}]),
        Code.BUNDLE_MATERIAL,
        bundle(("verificationMaterial", "tlogEntries"), None),
    ),
    "a log entry missing": Case(
        bundle(("verificationMaterial",), {"certificate": {"rawBytes": ""}}), Code.BUNDLE_MATERIAL
    ),
    "another key": Case(
        bundle(("verificationMaterial", "publicKey", "hint"), "ab" * 32), Code.KEY_UNTRUSTED
    ),
    "a certificate for a key": Case(
        bundle(
            ("verificationMaterial",),
            {"x509CertificateChain": {"certificates": [{"rawBytes": ""}]}},
        ),
        Code.BUNDLE_METHOD,
    ),
    "empty file": Case(b"", Code.BUNDLE_JSON),
    "half a bundle": Case(signed(GOOD)[:-30], Code.BUNDLE_JSON),
    # For another model, or another revision of this one.
    "another revision": Case(
        signed(statement(CONFIG, DATA, resource("model.safetensors", b"newer"))), Code.FILE_CHANGED
    ),
    "a file fewer": Case(signed(statement(CONFIG, WEIGHTS)), Code.FILE_ADDED),
    "a file more": Case(signed(statement(resource("a"), CONFIG, DATA, WEIGHTS)), Code.FILE_REMOVED),
}


@pytest.mark.parametrize("name", CASES)
def test_what_says_nothing_that_holds_is_refused(name: str, tmp_path: Path) -> None:
    case = CASES[name]

    with pytest.raises(VerificationError) as caught:
        verified(model(tmp_path), case.bad)

    assert caught.value.code is case.code
    assert caught.value.hint


@pytest.mark.parametrize("name", CASES)
def test_its_twin_is_accepted(name: str, tmp_path: Path) -> None:
    assert verified(model(tmp_path), CASES[name].good).checked.files == len(FILES)


def test_weights_in_a_folder_that_the_signature_leaves_out_are_not_overlooked(
    tmp_path: Path,
) -> None:
    bundle_ = signed(statement(CONFIG, DATA, ignore_paths=["extra"]))
    files = {**FILES, "extra/model.safetensors": b"weights"}
    del files["model.safetensors"]
    folder = model(tmp_path, files)

    with pytest.raises(VerificationError) as caught:
        verified(folder, bundle_)

    assert caught.value.code is Code.OMS_IGNORED_WEIGHTS
    assert verified(folder, bundle_, "extra").checked.not_covered == ("extra/model.safetensors",)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("model.sig/evil.py", Code.FILE_ADDED),
        ("model.recipe.sigstore.json/a/evil.py", Code.FILE_ADDED),
        ("model.sig/evil.safetensors", Code.OMS_IGNORED_WEIGHTS),
        (".git/evil.safetensors", Code.OMS_IGNORED_WEIGHTS),
        (".github/evil.bin", Code.OMS_IGNORED_WEIGHTS),
    ],
)
def test_nothing_hides_below_names_that_are_left_out_by_default(
    name: str, code: Code, tmp_path: Path
) -> None:
    folder = model(tmp_path, {**FILES, name: b"evil", ".git/HEAD": b"ref"})

    with pytest.raises(VerificationError) as caught:
        verified(folder, signed(GOOD))

    assert caught.value.code is code
    assert caught.value.hint
    assert name in verified(folder, signed(GOOD), name).checked.not_covered
    (folder / name).unlink()
    assert verified(folder, signed(GOOD)).checked.files == len(FILES)
