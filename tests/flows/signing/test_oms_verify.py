import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from provenance.errors import Code, ProvenanceError, VerificationError
from provenance.flows.signing.closed_world import FilesDifferError
from provenance.flows.signing.oms_sign import sign_model
from provenance.flows.signing.oms_verify import Leave, verify_model
from provenance.signers.trust import Trust
from provenance.values.difference import Change
from provenance.values.model_signature import Method, Serialization
from provenance.values.path import RelPath
from provenance.values.tolerance import Tolerance
from provenance.values.verified import Match
from tests.model_signatures import (
    FILES,
    IDENTITY,
    ISSUER,
    PUBLISHED_KEY,
    ROOT_PEM,
    SIGNED,
    SIGNING,
    TRUST,
    VECTORS,
    model,
    resource,
    signed,
    statement,
    verified,
)
from tests.signers.authorities import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

LEAVE = Leave(frozenset({RelPath("ignore-me")}))


def trust(method: str) -> Trust:
    if method == "elliptic-key":
        return Trust.by_key(PUBLISHED_KEY.pem)
    if method == "certificate":
        return Trust.by_certificate(ROOT_PEM, "cn:intermediate-ca")
    return Trust.by_identity(IDENTITY, ISSUER)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Sigstore's library unpack its trusted root where nobody else looks."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)


ERAS = {
    "v0.2.0-certificate": {Tolerance.LEGACY, Tolerance.KEYID_NULL, Tolerance.LOG_ABSENT},
    "v0.3.1-elliptic-key": {
        *(Tolerance.KEYID_NULL, Tolerance.LOG_ABSENT, Tolerance.KEY_EMBEDDED),
        *(Tolerance.IGNORE_ABSENT, Tolerance.SINGLE_FILE_DOT),
    },
    "v1.0.0-certificate": {
        *(Tolerance.KEYID_NULL, Tolerance.LOG_ABSENT, Tolerance.IGNORE_ABSENT),
    },
    "v1.0.0-elliptic-key": {
        *(Tolerance.KEYID_NULL, Tolerance.LOG_ABSENT, Tolerance.KEY_EMBEDDED),
        *(Tolerance.IGNORE_ABSENT, Tolerance.SINGLE_FILE_DOT),
    },
    "v1.0.0-sigstore": {Tolerance.KEYID_ABSENT, Tolerance.IGNORE_ABSENT},
    "v1.1.0-certificate": set[Tolerance](),
    "v1.1.0-elliptic-key": set[Tolerance](),
    "v1.1.0-sigstore": {Tolerance.KEYID_ABSENT},
}


def test_every_signed_folder_is_in_the_table() -> None:
    assert sorted(ERAS) == sorted(path.parent.name for path in SIGNED.glob("*/model.sig"))


@pytest.mark.parametrize("era", ERAS)
def test_folders_of_four_eras_are_verified_and_told_apart(era: str) -> None:
    version, _, method = era.partition("-")

    found = verify_model(
        SIGNED / era,
        bundle=(SIGNED / era / "model.sig").read_bytes(),
        trust=trust(method),
        leave=LEAVE,
        allow_legacy=version == "v0.2.0",
        clock=lambda: NOW,
    )

    told = set(found.checked.remarks)
    assert {str(one) for one in ERAS[era]} == {one for one in told if "trusted root" not in one}
    assert found.checked.subject is Match.MODEL_IN_HAND
    assert found.checked.files == len(found.value.paths)
    assert found.checked.time.startswith("signed at" if method == "sigstore" else "no trusted")


def test_a_bundle_of_old_that_names_no_key_is_verified_under_one_that_is_given() -> None:
    era = SIGNED / "v1.0.0-elliptic-key"
    whole = json.loads((era / "model.sig").read_bytes())
    # What is left of it where a reader of today's format writes it again.
    whole["verificationMaterial"]["publicKey"] = {}
    nameless = json.dumps(whole).encode()

    found = verify_model(era, bundle=nameless, trust=trust("elliptic-key"), leave=LEAVE)
    with pytest.raises(VerificationError) as caught:
        verify_model(era, bundle=nameless, trust=TRUST, leave=LEAVE)

    assert str(Tolerance.HINT_ABSENT) in found.checked.remarks
    assert caught.value.code is Code.SIGNATURE


def test_one_file_of_old_is_verified_by_itself() -> None:
    era = SIGNED / "v1.0.0-elliptic-key"

    found = verify_model(
        era / "signme-1", bundle=(era / "model.sig").read_bytes(), trust=trust("elliptic-key")
    )

    assert found.value.paths == {RelPath("signme-1")}


def test_the_oldest_era_has_to_be_allowed() -> None:
    era = SIGNED / "v0.2.0-certificate"

    with pytest.raises(VerificationError) as caught:
        verify_model(
            era,
            bundle=(era / "model.sig").read_bytes(),
            trust=trust("certificate"),
            clock=lambda: NOW,
        )

    assert caught.value.code is Code.LEGACY
    assert "--allow-legacy" in caught.value.hint


@pytest.mark.parametrize("method", ["key", "certificate", "sigstore"])
def test_the_specification_s_vectors_are_verified(method: str) -> None:
    era = SIGNED / ("v1.1.0-sigstore" if method == "sigstore" else "v1.1.0-elliptic-key")

    found = verify_model(
        era,
        bundle=(VECTORS / "valid" / f"{method}.bundle.json").read_bytes(),
        trust=trust("elliptic-key" if method == "key" else method),
        leave=LEAVE,
    )

    assert found.checked.files == 2


def test_the_specification_s_wrong_predicate_is_refused(tmp_path: Path) -> None:
    data = (VECTORS / "invalid-payload" / "wrong-predicate.bundle.json").read_bytes()

    with pytest.raises(VerificationError) as caught:
        verify_model(model(tmp_path), bundle=data, trust=trust("elliptic-key"))

    # The vector is not signed by the published key; under ours, it is refused for what it says.
    assert caught.value.code is Code.SIGNATURE
    wrong = {**statement(), "predicateType": "https://example.com/wrong-predicate/v1.0"}
    with pytest.raises(VerificationError) as under_ours:
        verified(model(tmp_path), signed(wrong))
    assert under_ours.value.code is Code.PREDICATE_TYPE


def test_what_the_signer_left_out_is_not_accepted_unasked() -> None:
    era = SIGNED / "v1.1.0-elliptic-key"
    data = (era / "model.sig").read_bytes()

    with pytest.raises(FilesDifferError, match="--ignore-paths") as caught:
        verify_model(era, bundle=data, trust=trust("elliptic-key"))

    assert caught.value.code is Code.FILE_ADDED
    accepted = verify_model(era, bundle=data, trust=trust("elliptic-key"), leave=LEAVE)
    assert accepted.checked.not_covered == ("ignore-me", "model.sig")


def test_files_that_nobody_signed_are_accepted_only_when_the_caller_says_so(
    tmp_path: Path,
) -> None:
    folder = model(tmp_path)
    bundle = sign_model(folder, signing=SIGNING)
    (folder / "extra").write_bytes(b"")

    with pytest.raises(FilesDifferError):
        verified(folder, bundle)

    assert verified(folder, bundle, unsigned=True).checked.not_covered == ("extra",)
    (folder / "config.json").write_bytes(b"[]")
    with pytest.raises(FilesDifferError):
        verified(folder, bundle, unsigned=True)


@pytest.mark.parametrize("name", ["config.json", "data", "model.safetensors"])
def test_nobody_leaves_out_what_was_signed(tmp_path: Path, name: str) -> None:
    folder = model(tmp_path)
    bundle = sign_model(folder, signing=SIGNING)
    path = next(path for path in (folder / name, *folder.glob(f"{name}/*")) if path.is_file())
    path.write_bytes(b"other!!")

    with pytest.raises(FilesDifferError) as caught:
        verified(folder, bundle, name)

    assert caught.value.code is Code.FILE_CHANGED


def test_sidecars_that_are_listed_are_looked_at(tmp_path: Path) -> None:
    folder = model(tmp_path, {**FILES, ".gitattributes": b"a"})
    rest = [resource(name, data) for name, data in sorted(FILES.items())]
    bundle = signed(statement(resource(".gitattributes", b"a"), *rest, ignore_paths=[]))

    assert verified(folder, bundle).checked.files == len(FILES) + 1
    (folder / ".gitattributes").write_bytes(b"b")
    with pytest.raises(FilesDifferError):
        verified(folder, bundle)


@pytest.mark.parametrize("method", Method)
def test_every_edit_of_a_random_tree_is_noticed(tmp_path: Path, method: Method) -> None:
    source = random.Random(7)  # noqa: S311 - a fixed choice of trees
    size = 3 if method is Method.SHARDS else None
    for tree in range(8):
        files = {
            "/".join(source.choices("abc.", k=source.randint(1, 3))).replace(".", "x.y"): bytes(
                source.choices(range(256), k=source.randint(1, 9))
            )
            for _ in range(6)
        }
        whole = {
            name: data
            for name, data in files.items()
            if not any(other.startswith(f"{name}/") for other in files)
        }
        folder = model(tmp_path / str(tree), whole)
        bundle = sign_model(
            folder, signing=SIGNING, serialization=Serialization(method, shard_size=size)
        )
        verified(folder, bundle)
        for name, data in whole.items():
            _require_noticed(folder, bundle, name, data)


def _require_noticed(folder: Path, bundle: bytes, name: str, data: bytes) -> None:
    place = folder / name
    changes: dict[Change, Callable[[], object]] = {
        Change.CHANGED: lambda: place.write_bytes(bytes([data[0] ^ 1]) + data[1:]),
        Change.REMOVED: place.unlink,
        Change.ADDED: lambda: place.with_name("added").write_bytes(b"a"),
    }
    for change, edit in changes.items():
        edit()
        with pytest.raises(ProvenanceError) as caught:
            verified(folder, bundle)
        # The last file of a folder takes the model with it.
        assert caught.value.code in {Code(f"FILE_{change.name}"), Code.EMPTY}
        place.write_bytes(data)
    place.with_name("added").unlink()
    for longer in (data + b"!", data[:-1]):
        place.write_bytes(longer)
        with pytest.raises(ProvenanceError):
            verified(folder, bundle)
    place.write_bytes(data)
    verified(folder, bundle)


def test_with_parts_an_empty_file_cannot_be_listed_and_is_told_of(tmp_path: Path) -> None:
    folder = model(tmp_path)
    parts = Serialization(Method.SHARDS, shard_size=100)
    bundle = sign_model(folder, signing=SIGNING, serialization=parts)
    (folder / "empty").write_bytes(b"")

    found = verified(folder, bundle)

    assert found.checked.not_covered == ("empty",)


def test_another_signer_s_bundle_is_refused_before_a_file_is_read(tmp_path: Path) -> None:
    other = trust("elliptic-key")

    with pytest.raises(VerificationError) as caught:
        verify_model(tmp_path / "nowhere", bundle=signed(statement()), trust=other)

    assert caught.value.code is Code.KEY_UNTRUSTED


def test_links_are_followed_when_the_signer_did_or_the_caller_says_so(tmp_path: Path) -> None:
    folder = model(tmp_path)
    (folder / "link").symlink_to("config.json")
    plain = [resource(name, data) for name, data in sorted({**FILES, "link": b"{}"}.items())]
    followed = signed(statement(*plain, allow_symlinks=True))
    ours = sign_model(folder, signing=SIGNING, serialization=Serialization(allow_symlinks=True))

    assert verified(folder, followed).checked.files == len(FILES) + 1
    assert verified(folder, ours).checked.files == len(FILES) + 1
    not_followed = signed(statement(*plain))
    with pytest.raises(ProvenanceError) as caught:
        verified(folder, not_followed)
    assert caught.value.code is Code.FS_SYMLINK
    leave = Leave(links=True)
    found = verify_model(folder, bundle=not_followed, trust=TRUST, leave=leave)
    assert found.checked.files == len(FILES) + 1


def test_two_bundles_on_lines_are_told_apart(tmp_path: Path) -> None:
    folder = model(tmp_path)
    ours = sign_model(folder, signing=SIGNING)
    other = json.dumps({"mediaType": "x", "dsseEnvelope": {"payload": "e30="}}).encode()

    assert verified(folder, other + b"\n" + ours + b"\n").checked.files == len(FILES)


def test_any_of_those_who_are_trusted_may_have_signed() -> None:
    era = SIGNED / "v1.1.0-sigstore"
    identities = Trust.by_identity("other@example.org", ISSUER) | trust("sigstore")
    nameless = SIGNED / "v1.0.0-elliptic-key"
    whole = json.loads((nameless / "model.sig").read_bytes())
    whole["verificationMaterial"]["publicKey"] = {}

    by_identity = verify_model(
        era, bundle=(era / "model.sig").read_bytes(), trust=identities, leave=LEAVE
    )
    by_key = verify_model(
        nameless,
        bundle=json.dumps(whole).encode(),
        trust=TRUST | trust("elliptic-key"),
        leave=LEAVE,
    )

    assert str(by_identity.checked.identity).startswith(IDENTITY)
    assert by_key.checked.identity == PUBLISHED_KEY.identity
