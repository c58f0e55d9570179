import base64
import json
from pathlib import Path

import attrs
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
)

from provenance.errors import Code, ProvenanceError, ReleaseError, UsageError, VerificationError
from provenance.flows.sign import dump_manifest, load_manifest, sign
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.path import RelPath
from provenance.wire.bundle import parse_bundle
from tests.building import MANIFEST, claimed, read
from tests.flows.signed import PRIVATE, PUBLIC, release, signed, verified
from tests.flows.signed import manifest as manifest_of

STATEMENT = dump_manifest(MANIFEST)


def test_a_manifest_s_file_comes_back() -> None:
    assert load_manifest(STATEMENT) == MANIFEST


def test_what_is_signed_is_the_file_byte_for_byte() -> None:
    bundle = sign(STATEMENT, private_key=PRIVATE)

    assert parse_bundle(bundle).envelope.payload == STATEMENT
    assert base64.b64decode(json.loads(bundle)["dsseEnvelope"]["payload"]) == STATEMENT


def test_equal_input_gives_equal_bytes() -> None:
    assert sign(STATEMENT, private_key=PRIVATE) == sign(STATEMENT, private_key=PRIVATE)


def test_an_encrypted_key_signs_with_its_password(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"password")
    )
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    folder = release(tmp_path)
    statement = dump_manifest(manifest_of(folder))

    bundle = sign(statement, private_key=private, password=b"password")

    assert verified(bundle, folder, public_key=public).checked.files == 7


@pytest.mark.parametrize(
    ("statement", "kind", "code"),
    [
        (b"", ReleaseError, Code.JSON_SYNTAX),
        (STATEMENT + b"\n", ReleaseError, Code.JSON_NOT_CANONICAL),
        (STATEMENT.replace(b"in-toto.io", b"example.org"), VerificationError, Code.STATEMENT_TYPE),
        (STATEMENT.replace(b'"size":16', b'"size":17'), VerificationError, Code.STATEMENT_SUBJECT),
    ],
)
def test_what_is_no_manifest_is_not_signed(
    statement: bytes, kind: type[ProvenanceError], code: Code
) -> None:
    with pytest.raises(kind) as caught:
        sign(statement, private_key=PRIVATE)

    assert caught.value.code is code


@pytest.mark.parametrize(
    ("inventory", "code"),
    [
        (Inventory((read("a"),), complete=False), Code.INVENTORY_INCOMPLETE),
        (Inventory((read("a"), FileEntry(RelPath("b"), 0))), Code.MANIFEST_NO_SUBJECT),
        (Inventory((read("a"), claimed("b"))), Code.CLAIMED_DIGESTS),
    ],
    ids=str,
)
def test_what_nobody_should_stand_for_is_not_signed(inventory: Inventory, code: Code) -> None:
    with pytest.raises(ReleaseError) as caught:
        signed(attrs.evolve(MANIFEST, inventory=inventory))

    assert caught.value.code is code


def test_claimed_digests_are_signed_when_the_caller_takes_it_upon_itself() -> None:
    found = attrs.evolve(MANIFEST, inventory=Inventory((read("a"), claimed("b"))))

    bundle = signed(found, unsafe_claimed_digests=True)

    assert load_manifest(parse_bundle(bundle).envelope.payload) == found


def test_a_public_key_signs_nothing() -> None:
    with pytest.raises(UsageError) as caught:
        sign(STATEMENT, private_key=PUBLIC)

    assert caught.value.code is Code.KEY_FILE
