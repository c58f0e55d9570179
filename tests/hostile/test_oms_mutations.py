"""Model signatures changed at random: nothing untyped comes out, and nothing else is accepted.

A payload that is changed and validly signed again may still say the same of every file: names that
only inform, or white space, were changed. Then, and only then, may it be accepted.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.errors import ProvenanceError, VerificationError
from provenance.wire.oms_bundle import parse_model_bundle
from provenance.wire.oms_statement import parse_model
from tests.hostile.mutations import mutated_bytes, mutated_json
from tests.model_signatures import FILES, SIGNED, model, resource, signed, statement, verified

HowMany = Callable[[int, int], int]

GOOD = statement()
SHARDS = statement(
    resource("config.json:0:2", b"{}"),
    resource("data/a.txt:0:2", b"a\n"),
    resource("model.safetensors:0:4", b"weig"),
    resource("model.safetensors:4:7", b"hts"),
    method="shards",
    shard_size=4,
)


@pytest.mark.parametrize("value", [GOOD, SHARDS], ids=["files", "shards"])
def test_a_changed_statement_is_accepted_only_if_it_says_the_same_of_every_file(
    tmp_path: Path, how_many: HowMany, value: object
) -> None:
    folder = model(tmp_path)
    chance = random.Random(20)  # noqa: S311 - the same mutations in every run
    before = parse_model(json.dumps(value).encode())
    text = json.dumps(value).encode()
    accepted = 0

    for _ in range(how_many(300, 5_000)):
        changed = (
            mutated_json(value, chance) if chance.random() < 0.7 else mutated_bytes(text, chance)
        )
        try:
            found = verified(folder, signed(changed)).value
        except VerificationError:
            continue
        accepted += 1
        assert set(found.resources) == set(before.resources)
        assert found.serialization.hash_type is before.serialization.hash_type
        assert len(found.paths) == len(FILES)

    # Of so many changes some say the same, and most do not.
    assert 0 < accepted < how_many(300, 5_000) / 2


def test_a_changed_bundle_never_opens_another_payload(tmp_path: Path, how_many: HowMany) -> None:
    folder = model(tmp_path)
    chance = random.Random(21)  # noqa: S311 - the same mutations in every run
    good = signed(GOOD)
    payload = parse_model_bundle(good).bundle.envelope.payload

    for _ in range(how_many(500, 10_000)):
        changed = (
            mutated_json(json.loads(good), chance)
            if chance.random() < 0.5
            else mutated_bytes(good, chance)
        )
        try:
            verified(folder, changed)
        except VerificationError:
            continue
        assert parse_model_bundle(changed).bundle.envelope.payload == payload


def test_parsing_a_bundle_ends_in_a_bundle_or_a_typed_refusal(how_many: HowMany) -> None:
    chance = random.Random(22)  # noqa: S311 - the same mutations in every run
    seeds = [signed(GOOD), *(path.read_bytes() for path in sorted(SIGNED.glob("*/model.sig")))]
    parsed = refused = 0

    for _ in range(how_many(2_000, 1_000_000)):
        data = mutated_bytes(chance.choice(seeds), chance)
        try:
            bundle = parse_model_bundle(data).bundle
            parse_model(bundle.envelope.payload)
        except ProvenanceError:
            refused += 1
        else:
            parsed += 1

    assert refused > parsed > 0
