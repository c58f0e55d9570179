"""Recipe bundles that are validly signed and malformed: each refused by its code, beside a twin.

The signer is the one who is trusted, so nothing here is caught by the signature. Every row holds a
benign twin that goes the same way and is verified.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from provenance.errors import Code, VerificationError
from provenance.text.canonical_json import encode
from tests.hostile.recipe_bundles import (
    BY_KEY,
    KEY,
    RELEASE,
    Edit,
    Statement,
    by,
    checked,
    holder,
    odd_release,
    payload_of,
    same,
    sealed,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return odd_release(tmp_path)


def predicate(**changes: object) -> Callable[[Statement], Statement]:
    return lambda statement: {
        **statement,
        "predicate": {**statement["predicate"], **changes},
    }


def entry(**changes: object) -> Callable[[Statement], Statement]:
    """Return the edit of the first file that is listed."""

    def edit(statement: Statement) -> Statement:
        statement["predicate"]["inventory"][0] |= changes
        return statement

    return edit


def inventory(change: Callable[[list[Any]], list[Any]]) -> Callable[[Statement], Statement]:
    def edit(statement: Statement) -> Statement:
        statement["predicate"]["inventory"] = change(statement["predicate"]["inventory"])
        return statement

    return edit


def subjects(change: Callable[[list[Any]], list[Any]]) -> Edit:
    return lambda statement: {**statement, "subject": change(statement["subject"])}


def both(first: Callable[[Statement], Statement], second: Edit) -> Edit:
    return lambda statement: second(first(statement))


def text(change: Callable[[bytes], bytes]) -> Edit:
    """Return the edit of the canonical bytes themselves."""

    def edit(statement: Statement) -> bytes:
        before = encode(statement)
        after = change(before)
        assert after != before
        return after

    return edit


def twice(where: bytes) -> Edit:
    """Return the edit that writes a key a second time, somewhere in the statement."""
    return text(lambda data: data.replace(where + b":", where + b":0," + where + b":", 1))


DEEP = b"[" * 200 + b"]" * 200

PAYLOADS: dict[str, tuple[Edit, Code, Edit]] = {
    # Nothing, or not everything, is signed.
    "no file": (
        both(inventory(lambda _: []), subjects(lambda _: [])),
        Code.MANIFEST_NO_SUBJECT,
        same,
    ),
    "no digest": (
        both(entry(sha256=None, how="unread"), subjects(lambda _: [])),
        Code.MANIFEST_NO_SUBJECT,
        same,
    ),
    "incomplete": (
        both(predicate(inventory_complete=False), subjects(lambda _: [])),
        Code.INVENTORY_INCOMPLETE,
        same,
    ),
    "no subject": (subjects(lambda _: []), Code.STATEMENT_SUBJECT, same),
    "a subject less": (subjects(lambda all_: all_[:-1]), Code.STATEMENT_SUBJECT, same),
    "a subject more": (subjects(lambda all_: [*all_, all_[0]]), Code.STATEMENT_SUBJECT, same),
    "subjects out of order": (subjects(lambda all_: all_[::-1]), Code.STATEMENT_SUBJECT, same),
    "another root": (
        subjects(lambda all_: [{**all_[0], "digest": {"sha256": "ab" * 32}}, *all_[1:]]),
        Code.STATEMENT_SUBJECT,
        same,
    ),
    "another name of the root": (
        subjects(lambda all_: [{**all_[0], "name": "hf:org/other"}, *all_[1:]]),
        Code.STATEMENT_SUBJECT,
        same,
    ),
    "another digest of weights": (
        subjects(lambda all_: [*all_[:-1], {**all_[-1], "digest": {"sha256": "ab" * 32}}]),
        Code.STATEMENT_SUBJECT,
        same,
    ),
    "a digest of another algorithm": (
        subjects(lambda all_: [{**all_[0], "digest": {"sha1": "ab" * 20}}, *all_[1:]]),
        Code.MANIFEST_SHAPE,
        same,
    ),
    # Names.
    "a name with a dot": (entry(path="./.gitattributes"), Code.NAME, same),
    "a name that climbs": (entry(path="../.gitattributes"), Code.NAME, same),
    "a name that climbs inside": (entry(path="a/../.gitattributes"), Code.NAME, same),
    "an absolute name": (entry(path="/etc/passwd"), Code.NAME, same),
    "an empty name": (entry(path=""), Code.NAME, same),
    "a name with an empty part": (entry(path="a//b"), Code.NAME, same),
    "a name with a line end": (entry(path="a\nb"), Code.NAME_CTRL, same),
    "a name in another normal form": (entry(path="u\u0308ber"), Code.NAME_NFC, same),
    "a name twice": (
        inventory(lambda files: [files[0], *files]),
        Code.MANIFEST_ORDER,
        same,
    ),
    "names out of order": (inventory(lambda files: files[::-1]), Code.MANIFEST_ORDER, same),
    # Digests and numbers.
    "capital digits": (entry(sha256="AB" * 32), Code.DIGEST, same),
    "a short digest": (entry(sha256="ab" * 31), Code.DIGEST, same),
    "a long digest": (entry(sha256="ab" * 33), Code.DIGEST, same),
    "a digest with its algorithm": (entry(sha256="sha256:" + "ab" * 32), Code.DIGEST, same),
    "another digest": (entry(sha256="ab" * 32), Code.STATEMENT_SUBJECT, same),
    "another size": (entry(size=1), Code.STATEMENT_SUBJECT, same),
    "a negative size": (entry(size=-1), Code.MANIFEST_SHAPE, same),
    "a size that is a text": (entry(size="16"), Code.MANIFEST_SHAPE, same),
    "a size that is true": (entry(size=True), Code.MANIFEST_SHAPE, same),
    "a huge size": (
        text(lambda data: data.replace(b'"size":25', b'"size":' + b"9" * 19)),
        Code.JSON_INT,
        same,
    ),
    "a size of a million digits": (
        text(lambda data: data.replace(b'"size":25', b'"size":' + b"9" * 10**6)),
        Code.JSON_INT,
        same,
    ),
    "an endless number": (
        text(lambda data: data.replace(b'"size":25', b'"size":1e999')),
        Code.JSON_NONFINITE,
        same,
    ),
    "no number": (
        text(lambda data: data.replace(b'"size":25', b'"size":NaN')),
        Code.JSON_NONFINITE,
        same,
    ),
    "a number written otherwise": (
        text(lambda data: data.replace(b'"size":25', b'"size":25.0')),
        Code.JSON_NOT_CANONICAL,
        same,
    ),
    # The text.
    "a key twice at the top": (twice(b'"_type"'), Code.JSON_DUP_KEY, same),
    "a key twice in the predicate": (twice(b'"inventory"'), Code.JSON_DUP_KEY, same),
    "a key twice in a file": (twice(b'"path"'), Code.JSON_DUP_KEY, same),
    "a key twice in a subject": (twice(b'"name"'), Code.JSON_DUP_KEY, same),
    "keys out of order": (
        text(lambda data: json.dumps(json.loads(data), indent=0).encode()),
        Code.JSON_NOT_CANONICAL,
        same,
    ),
    "a byte order mark": (text(lambda data: b"\xef\xbb\xbf" + data), Code.JSON_BOM, same),
    "UTF-16": (text(lambda data: data.decode().encode("utf-16-le")), Code.JSON_ENCODING, same),
    "Latin-1": (text(lambda data: data.decode().encode("latin-1")), Code.JSON_ENCODING, same),
    "trailing data": (text(lambda data: data + b"{}"), Code.JSON_TRAILING, same),
    "a trailing space": (text(lambda data: data + b" "), Code.JSON_NOT_CANONICAL, same),
    "deep": (
        text(lambda data: data.replace(b'"runs":[]', b'"runs":' + DEEP)),
        Code.JSON_DEPTH,
        same,
    ),
    "nothing": (text(lambda _: b""), Code.JSON_SYNTAX, same),
    "half": (text(lambda data: data[: len(data) // 2]), Code.JSON_SYNTAX, same),
    # What it says it is.
    "another statement": (
        lambda statement: {**statement, "_type": "https://in-toto.io/Statement/v0.1"},
        Code.STATEMENT_TYPE,
        same,
    ),
    "another predicate": (
        lambda statement: {**statement, "predicateType": "https://model_signing/signature/v1.0"},
        Code.STATEMENT_TYPE,
        same,
    ),
    "another version": (predicate(schema="recipe/v9"), Code.MANIFEST_SHAPE, same),
    "an unknown key": (predicate(ignore_paths=["model.safetensors"]), Code.MANIFEST_SHAPE, same),
    "an unknown key at the top": (
        lambda statement: {**statement, "ignore_paths": ["."]},
        Code.MANIFEST_SHAPE,
        same,
    ),
    "a run that nobody can read": (predicate(runs=[{}]), Code.MANIFEST_SHAPE, same),
    "a list in place of the statement": (
        text(lambda data: b"[" + data + b"]"),
        Code.MANIFEST_SHAPE,
        same,
    ),
    # What is said besides the files is the signer's to say: another label is another statement.
    "no such label": (predicate(label="very open"), Code.MANIFEST_SHAPE, predicate(label="closed")),
}


@pytest.mark.parametrize("method", ["key", "certificate"])
@pytest.mark.parametrize(("bad", "code", "good"), PAYLOADS.values(), ids=PAYLOADS)
def test_a_malformed_payload_is_refused_though_its_signature_holds(
    bad: Edit, code: Code, good: Edit, method: str, folder: Path
) -> None:
    signer, trust = (KEY, BY_KEY) if method == "key" else (by(RELEASE), holder())

    with pytest.raises(VerificationError) as caught:
        checked(sealed(payload_of(bad, folder), signer), folder, trust)

    assert caught.value.code is code
    assert caught.value.stopped_at == "subject"
    assert caught.value.held == ("signature", "identity")
    assert caught.value.hint
    assert checked(sealed(payload_of(good, folder), signer), folder, trust).checked.files == 13
