import base64
import json
import shutil
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
from provenance.flows.signing.closed_world import FilesDifferError
from provenance.flows.signing.oms_sign import sign_model
from provenance.flows.signing.oms_verify import verify_model
from provenance.flows.signing.sign import (
    dump_manifest,
    load_manifest,
    model_of,
    sign,
    sign_release,
)
from provenance.flows.signing.verify_target import verify
from provenance.signers.signing import Signing
from provenance.signers.trust import Trust
from provenance.values.bundle import Chain
from provenance.values.hazard import Limit
from provenance.values.identity import Certificate
from provenance.values.inventory import FileEntry, Inventory, Kind
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.wire.bundle import parse_bundle
from tests.building import MANIFEST, REF, claimed, read
from tests.flows.signed import PRIVATE, PUBLIC, SETTINGS, release, signed, verified
from tests.flows.signed import manifest as manifest_of
from tests.signers.authorities import EMAIL, authority, signer
from tests.signers.authorities import NOW as WHEN

STATEMENT = dump_manifest(MANIFEST)


def test_a_manifest_s_file_comes_back() -> None:
    assert load_manifest(STATEMENT) == MANIFEST


def test_what_is_signed_is_the_file_byte_for_byte() -> None:
    bundle = sign(STATEMENT, signing=Signing.by_key(PRIVATE))

    assert parse_bundle(bundle).envelope.payload == STATEMENT
    assert base64.b64decode(json.loads(bundle)["dsseEnvelope"]["payload"]) == STATEMENT


def test_equal_input_gives_equal_bytes() -> None:
    assert sign(STATEMENT, signing=Signing.by_key(PRIVATE)) == sign(
        STATEMENT, signing=Signing.by_key(PRIVATE)
    )


def test_an_encrypted_key_signs_with_its_password(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"password")
    )
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    folder = release(tmp_path)
    statement = dump_manifest(manifest_of(folder))

    bundle = sign(statement, signing=Signing.by_key(private, password=b"password"))

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
        sign(statement, signing=Signing.by_key(PRIVATE))

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
        sign(STATEMENT, signing=Signing.by_key(PUBLIC))

    assert caught.value.code is Code.KEY_FILE


ROOT = authority()
RELEASE = signer(ROOT)


def by_certificate(statement: bytes) -> bytes:
    return sign(
        statement,
        signing=Signing.by_certificate(RELEASE.key_pem, RELEASE.pem, [ROOT.pem]),
        clock=lambda: WHEN,
    )


def test_a_certificate_signs_the_same_bytes() -> None:
    bundle = parse_bundle(by_certificate(STATEMENT))

    assert bundle.envelope.payload == STATEMENT
    assert isinstance(bundle.material, Chain)
    assert by_certificate(STATEMENT) == by_certificate(STATEMENT)


def test_a_release_signed_by_certificate_is_verified_by_its_holder(tmp_path: Path) -> None:
    folder = release(tmp_path)
    bundle = by_certificate(dump_manifest(manifest_of(folder)))

    result = verify(
        folder,
        bundle=bundle,
        trust=Trust.by_certificate(ROOT.pem, f"email:{EMAIL}"),
        expected=REF,
        settings=SETTINGS,
        clock=lambda: WHEN,
    )

    assert isinstance(result.checked.identity, Certificate)
    assert result.checked.time == "no trusted time: the certificate is valid now"
    with pytest.raises(VerificationError) as caught:
        verify(
            folder,
            bundle=bundle,
            trust=Trust.by_certificate([ROOT.pem], "email:other@example.org"),
            expected=REF,
            settings=SETTINGS,
            clock=lambda: WHEN,
        )
    assert (caught.value.code, caught.value.stopped_at) == (Code.CERTIFICATE_IDENTITY, "identity")


SIGNING = Signing.by_key(PRIVATE)


def test_both_bundles_of_a_release_verify_and_no_file_is_read_for_them(tmp_path: Path) -> None:
    folder = release(tmp_path)
    statement = dump_manifest(manifest_of(folder))
    shutil.move(folder, tmp_path / "elsewhere")

    bundles = sign_release(statement, signing=SIGNING)

    shutil.move(tmp_path / "elsewhere", folder)
    (folder / "model.recipe.sigstore.json").write_bytes(bundles.recipe)
    (folder / "model.sig").write_bytes(bundles.model)
    assert verified(bundles.recipe, folder).checked.files == 7
    model = verify_model(folder, bundle=bundles.model, trust=Trust.by_key(PUBLIC))
    # All but .gitattributes, which no model signature covers.
    assert model.checked.files == 6
    assert model.value.name == "name"


def test_the_model_s_bundle_is_the_one_that_reading_its_files_would_give(tmp_path: Path) -> None:
    folder = release(tmp_path)
    found = manifest_of(folder, Ref.parse("local:release"))

    bundles = sign_release(dump_manifest(found), signing=SIGNING)

    assert bundles.model == sign_model(folder, signing=SIGNING, settings=SETTINGS)
    assert bundles.recipe == signed(found)


def test_one_changed_byte_is_refused_by_both(tmp_path: Path) -> None:
    folder = release(tmp_path)
    bundles = sign_release(dump_manifest(manifest_of(folder)), signing=SIGNING)
    (folder / "model.safetensors").write_bytes(bytes(range(1, 201)))

    with pytest.raises(FilesDifferError):
        verified(bundles.recipe, folder)
    with pytest.raises(FilesDifferError):
        verify_model(folder, bundle=bundles.model, trust=Trust.by_key(PUBLIC))


def test_links_and_the_notes_of_a_download_are_told_in_the_model_s_bundle() -> None:
    link = attrs.evolve(read("b.safetensors"), kind=Kind.LINK)
    notes = Limit(Code.NOT_COVERED, ".cache/huggingface", "notes of a download")
    found = attrs.evolve(MANIFEST, inventory=Inventory((read("a"), link)), limits=(notes,))

    model = model_of(found)

    assert model.serialization.allow_symlinks
    assert RelPath(".cache/huggingface") in model.serialization.ignore_paths


@pytest.mark.parametrize("name", [".github/a.safetensors", "model.sig/a"])
def test_a_release_of_which_more_would_be_left_out_is_not_signed(name: str) -> None:
    found = attrs.evolve(MANIFEST, inventory=Inventory((read("a"), read(name))))

    with pytest.raises(ReleaseError) as caught:
        sign_release(dump_manifest(found), signing=SIGNING)

    assert caught.value.code is Code.OMS_IGNORE


def test_a_release_of_git_s_files_alone_has_no_model(tmp_path: Path) -> None:
    found = attrs.evolve(MANIFEST, inventory=Inventory((read(".gitattributes"),)))

    with pytest.raises(VerificationError) as caught:
        sign_release(dump_manifest(found), signing=SIGNING)

    assert caught.value.code is Code.OMS_NO_RESOURCES
    assert list(tmp_path.iterdir()) == []


def test_a_replay_is_signed_only_where_that_is_meant_and_told_of(tmp_path: Path) -> None:
    folder = release(tmp_path)
    found = attrs.evolve(manifest_of(folder), replayed=True)
    bundle = sign(dump_manifest(found), signing=SIGNING, replayed=True)

    with pytest.raises(ReleaseError) as refused:
        sign(dump_manifest(found), signing=SIGNING)
    with pytest.raises(ReleaseError) as refused_both:
        sign_release(dump_manifest(found), signing=SIGNING)

    assert refused.value.code is refused_both.value.code is Code.MANIFEST_REPLAYED
    assert "repeats an earlier audit" in "".join(verified(bundle, folder).checked.remarks)
