"""Manifests with one thing changed: under the old signature, and signed again by the trusted key.

Under the old signature, none is accepted. Signed again, what a signer says besides the files is its
own to say; but nothing about files, subjects or form gets through, and nothing else than a typed
refusal comes out.
"""

import copy
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from provenance.errors import Code, VerificationError
from provenance.flows.signing.sign import dump_manifest
from provenance.text.canonical_json import encode
from provenance.wire.bundle import encode_bundle, parse_bundle
from tests.flows.signed import manifest, release, signed, verified
from tests.hostile.recipe_bundles import KEY, sealed

HowMany = Callable[[int, int], int]

ODD: tuple[object, ...] = (
    *(None, True, False, 0, -1, 1, 2**53, 2**64, 0.5, "", "a", "../a", "\u202e", "ab" * 32),
    *("AB" * 32, [], {}, [[]], {"a": 1}, "unknown", "reproduced", "hf:org/other", "read"),
)
#: Where a signer may say what it likes: it stands by it, and a policy may ask for it.
SAYINGS = frozenset(
    {
        *("assessments", "assurance", "closure", "components", "datasets", "evidence"),
        *("hazards", "label", "label_at_most", "label_qualifiers", "limits", "profile"),
        *("release", "scores", "sources", "tool"),
    }
)

Place = tuple[Any, Any]


def places(value: object) -> Iterator[Place]:
    """Yield every container with one of its keys or positions."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield value, key
            yield from places(inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield value, index
            yield from places(inner)


def mutated(statement: dict[str, Any], chance: random.Random) -> bytes:
    """Return a statement with one thing changed, as canonical bytes, or with one byte changed."""
    if chance.random() < 0.2:
        data = bytearray(encode(statement))
        data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)
    found = copy.deepcopy(statement)
    holder, key = chance.choice(list(places(found)))
    match chance.randrange(5):
        case 0:
            del holder[key]
        case 1:
            holder[key] = chance.choice(ODD)
        case 2 if isinstance(holder, list):
            holder.insert(key, copy.deepcopy(chance.choice(holder)))
        case 3 if isinstance(holder, list):
            chance.shuffle(holder)
        case _ if isinstance(holder, dict):
            holder[chance.choice(("extra", "ignore_paths", "path", "sha256"))] = holder[key]
        case _:
            holder[key] = chance.choice(ODD)
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_no_mutated_manifest_is_accepted(tmp_path: Path, how_many: HowMany) -> None:
    folder = release(tmp_path)
    before = dump_manifest(manifest(folder))
    statement = json.loads(before)
    old = parse_bundle(signed(manifest(folder)))
    chance = random.Random(3)  # noqa: S311 - the same mutations in every run
    said = 0

    for _ in range(how_many(300, 10_000)):
        payload = mutated(statement, chance)
        if payload == before:
            continue
        forged = attrs.evolve(old.envelope, payload=payload)
        with pytest.raises(VerificationError) as caught:
            verified(encode_bundle(attrs.evolve(old, envelope=forged)), folder)
        assert caught.value.code is Code.SIGNATURE
        said += accepted_as_said(payload, statement, folder)

    # Some are other things that the signer says; all the others were refused, each by its code.
    assert said > 0


def accepted_as_said(payload: bytes, statement: dict[str, Any], folder: Path) -> bool:
    """Verify a payload that is signed again; if it is accepted, only what is said is another."""
    hints = []
    try:
        result = verified(sealed(payload, KEY), folder)
    except VerificationError as refused:
        hints.append(refused.hint)
        result = None
    if result is None:
        assert all(hints)
        return False
    found = json.loads(payload)
    assert dump_manifest(result.value) == payload
    assert found["subject"] == statement["subject"]
    for key in found["predicate"].keys() | statement["predicate"].keys():
        if key not in SAYINGS:
            assert found["predicate"][key] == statement["predicate"][key]
    return True
