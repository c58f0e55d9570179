from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, ReleaseError, UsageError, VerificationError
from provenance.flows.signing.closed_world import FilesDifferError
from provenance.flows.signing.sign import dump_manifest
from provenance.flows.signing.verify import PolicyUnmetError
from provenance.signers import key
from provenance.values.difference import Change
from provenance.values.inventory import How, Inventory
from provenance.values.label import Label
from provenance.values.policy import Policy
from provenance.values.ref import ANY_RELEASE, AnyRelease, Ref
from provenance.values.revision import Commit, Named
from provenance.values.settings import Budget, Settings
from provenance.values.sidecars import SIDECARS
from provenance.values.verdict import Failed, Undecided
from provenance.values.verified import Match
from provenance.wire.bundle import encode_bundle, parse_bundle
from provenance.wire.in_toto import PAYLOAD_TYPE
from tests.building import MANIFEST, REF
from tests.flows.signed import (
    PRIVATE,
    PUBLIC,
    manifest,
    release,
    signed,
    verified,
)

LATER = REF.at(Commit("e" * 40))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return release(tmp_path)


def enveloped(payload: bytes, payload_type: str = PAYLOAD_TYPE) -> bytes:
    """Sign anything at all, as nobody but the trusted key can."""
    signer = key.load_private(PRIVATE)
    return encode_bundle(signer.seal(payload_type, payload))


def test_a_release_that_answers_to_its_manifest_is_verified(folder: Path) -> None:
    found = manifest(folder)

    result = verified(signed(found), folder)

    assert result.value == found
    checked = result.checked
    assert checked.identity == key.load_public(PUBLIC).identity
    assert checked.subject is Match.SAME_REVISION
    assert checked.files == 7
    assert checked.signature.startswith("holds")
    assert checked.time == "no trusted time: a key signature without a timestamp"
    assert checked.evidence == "1 captures are listed; none was looked at again"
    assert (checked.not_covered, checked.remarks) == ((), ())


def test_the_result_is_no_yes_or_no(folder: Path) -> None:
    result = verified(signed(manifest(folder)), folder)

    with pytest.raises(TypeError):
        bool(result)


@pytest.mark.parametrize(
    ("change", "code", "changes"),
    [
        (
            lambda folder: (folder / "model.safetensors").write_bytes(
                b"\x01" + bytes(range(1, 200))
            ),
            Code.FILE_CHANGED,
            [("model.safetensors", Change.CHANGED)],
        ),
        (
            lambda folder: (folder / ".hidden").write_bytes(b""),
            Code.FILE_ADDED,
            [(".hidden", Change.ADDED)],
        ),
        (
            lambda folder: (folder / "empty").unlink(),
            Code.FILE_REMOVED,
            [("empty", Change.REMOVED)],
        ),
        (
            lambda folder: (folder / "config.json").rename(folder / "confiG.json"),
            Code.FILE_ADDED,
            [("confiG.json", Change.ADDED), ("config.json", Change.REMOVED)],
        ),
    ],
    ids=["changed", "added", "removed", "renamed"],
)
def test_files_that_differ_are_all_named(
    change: Callable[[Path], object], code: Code, changes: list[tuple[str, Change]], folder: Path
) -> None:
    bundle = signed(manifest(folder))
    change(folder)

    with pytest.raises(FilesDifferError) as caught:
        verified(bundle, folder)

    assert caught.value.code is code
    assert [(one.path.text, one.change) for one in caught.value.differences] == changes
    assert changes[0][0] in caught.value.what


def test_an_executable_bit_is_a_remark(folder: Path) -> None:
    bundle = signed(manifest(folder))
    (folder / "code/train.py").chmod(0o755)

    result = verified(bundle, folder)

    assert result.checked.remarks == ("'code/train.py' may be executed, unlike when it was listed",)


def test_signatures_beside_the_release_are_not_covered_and_said_to_be(folder: Path) -> None:
    bundle = signed(manifest(folder))
    for name in SIDECARS:
        (folder / name).write_bytes(bundle)

    result = verified(bundle, folder)

    assert result.checked.not_covered == ("model.recipe.sigstore.json", "model.sig")
    assert result.checked.files == 7


def test_what_a_download_left_behind_is_not_covered_and_said_to_be(folder: Path) -> None:
    bundle = signed(manifest(folder))
    (folder / ".cache/huggingface").mkdir(parents=True)
    (folder / ".cache/huggingface/.gitignore").write_bytes(b"*")

    result = verified(bundle, folder)

    assert result.checked.not_covered == (".cache/huggingface",)


@pytest.mark.parametrize("name", ["bundle.json", "x/model.sig", "model.sig2"])
def test_a_file_that_merely_looks_like_a_signature_is_covered(name: str, folder: Path) -> None:
    bundle = signed(manifest(folder))
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(bundle)

    with pytest.raises(FilesDifferError) as caught:
        verified(bundle, folder)

    assert caught.value.code is Code.FILE_ADDED


@pytest.mark.parametrize(
    ("expected", "name", "match"),
    [
        (REF, None, Match.SAME_REVISION),
        (LATER, None, Match.SAME_CONTENT_LATER_COMMIT),
        (Ref.parse("org/name"), None, Match.SAME_CONTENT_NO_REVISION),
        (REF.at(Named("main")), None, Match.SAME_CONTENT_NO_REVISION),
        # The source itself is at a commit.
        (Ref.parse("org/name"), REF, Match.SAME_REVISION),
        (Ref.parse("org/name"), LATER, Match.SAME_CONTENT_LATER_COMMIT),
        (REF, LATER, Match.SAME_REVISION),
        (ANY_RELEASE, None, Match.ANY_RELEASE),
    ],
)
def test_how_the_release_relates_to_the_manifest_s_is_said(
    expected: Ref | AnyRelease, name: Ref | None, match: Match, folder: Path
) -> None:
    result = verified(signed(manifest(folder)), folder, expected, name=name)

    assert result.checked.subject is match


def test_a_manifest_that_names_no_revision_is_about_the_content(folder: Path) -> None:
    bundle = signed(manifest(folder, Ref.parse("org/name")))

    assert verified(bundle, folder).checked.subject is Match.SAME_CONTENT_NO_REVISION


@pytest.mark.parametrize("expected", ["org/other", "other/name", "local:name", "local:release"])
def test_a_manifest_for_another_name_does_not_verify_this_one(expected: str, folder: Path) -> None:
    with pytest.raises(VerificationError, match="hf:org/name, not") as caught:
        verified(signed(manifest(folder)), folder, Ref.parse(expected))

    assert caught.value.code is Code.RELEASE_NAME


def test_a_manifest_for_another_commit_verifies_the_same_content_only(folder: Path) -> None:
    bundle = signed(manifest(folder))
    (folder / "README.md").write_bytes(b"# Another\n")

    with pytest.raises(FilesDifferError) as caught:
        verified(bundle, folder, LATER)

    assert caught.value.code is Code.RELEASE_REVISION
    assert "README.md" in caught.value.what
    assert str(LATER) in caught.value.what


def test_another_key_is_not_trusted(folder: Path) -> None:
    _, other = key.generate()

    with pytest.raises(VerificationError) as caught:
        verified(signed(manifest(folder)), folder, public_key=other)

    assert caught.value.code is Code.KEY_UNTRUSTED


def test_a_key_file_that_is_none_is_a_matter_of_usage(folder: Path) -> None:
    with pytest.raises(UsageError) as caught:
        verified(signed(manifest(folder)), folder, public_key=PRIVATE)

    assert caught.value.code is Code.KEY_FILE


def test_another_payload_under_the_signature_is_refused(folder: Path) -> None:
    bundle = parse_bundle(signed(manifest(folder)))
    payload = bundle.envelope.payload.replace(b"open-source", b"reproducible")
    envelope = attrs.evolve(bundle.envelope, payload=payload)

    with pytest.raises(VerificationError) as caught:
        verified(encode_bundle(attrs.evolve(bundle, envelope=envelope)), folder)

    assert caught.value.code is Code.SIGNATURE


def test_a_bundle_that_is_none_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "release").mkdir()

    with pytest.raises(VerificationError) as caught:
        verified(b"bundle", tmp_path / "release")

    assert caught.value.code is Code.BUNDLE_JSON


STATEMENT = dump_manifest(MANIFEST)


@pytest.mark.parametrize(
    ("payload", "payload_type", "code"),
    [
        (STATEMENT, "application/json", Code.STATEMENT_TYPE),
        (STATEMENT.replace(b"recipe/v0.1", b"recipe/v0.2"), PAYLOAD_TYPE, Code.STATEMENT_TYPE),
        (STATEMENT.replace(b'"size":16', b'"size":1'), PAYLOAD_TYPE, Code.STATEMENT_SUBJECT),
        (STATEMENT + b" ", PAYLOAD_TYPE, Code.JSON_NOT_CANONICAL),
        (b"\xef\xbb\xbf" + STATEMENT, PAYLOAD_TYPE, Code.JSON_BOM),
        (b"{}", PAYLOAD_TYPE, Code.MANIFEST_SHAPE),
        (b"", PAYLOAD_TYPE, Code.JSON_SYNTAX),
        (
            STATEMENT.replace(b'"runs":[]', b'"runs":[],"extra":1'),
            PAYLOAD_TYPE,
            Code.JSON_NOT_CANONICAL,
        ),
        (
            STATEMENT.replace(b'"runs":[]', b'"runs":[],"s":1'),
            PAYLOAD_TYPE,
            Code.MANIFEST_SHAPE,
        ),
    ],
)
def test_a_malformed_payload_is_refused_though_its_signature_holds(
    payload: bytes, payload_type: str, code: Code, folder: Path
) -> None:
    with pytest.raises(VerificationError) as caught:
        verified(enveloped(payload, payload_type), folder)

    assert caught.value.code is code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda whole: Inventory(whole.entries, complete=False), Code.INVENTORY_INCOMPLETE),
        (lambda _: Inventory(()), Code.MANIFEST_NO_SUBJECT),
    ],
    ids=["incomplete", "empty"],
)
def test_a_manifest_that_could_not_be_signed_does_not_verify(
    change: Callable[[Inventory], Inventory], code: Code, folder: Path
) -> None:
    found = manifest(folder)
    found = attrs.evolve(found, inventory=change(found.inventory))

    with pytest.raises(VerificationError) as caught:
        verified(enveloped(dump_manifest(found)), folder)

    assert caught.value.code is code


def test_digests_that_were_claimed_when_signed_hold_when_the_bytes_do(folder: Path) -> None:
    found = manifest(folder)
    entries = tuple(
        attrs.evolve(entry, how=How.CLAIMED, claimed=entry.digests) for entry in found.inventory
    )
    bundle = signed(attrs.evolve(found, inventory=Inventory(entries)), unsafe_claimed_digests=True)

    result = verified(bundle, folder)

    assert result.checked.remarks == (
        "7 digests were only claimed when they were signed; they hold now",
    )


def test_where_a_release_was_audited_is_said_when_it_is_not_the_public_place(folder: Path) -> None:
    found = manifest(folder)
    origin = attrs.evolve(found.release, origin="http://127.0.0.1:1")

    result = verified(signed(attrs.evolve(found, release=origin)), folder)

    assert result.checked.remarks == ("the release was audited at http://127.0.0.1:1",)


@pytest.mark.parametrize(
    "settings", [Settings(weights=False), Settings(budget=Budget(file=100))], ids=["asked", "large"]
)
def test_weights_that_are_not_read_are_not_verified(settings: Settings, folder: Path) -> None:
    with pytest.raises(VerificationError, match="safetensors' was not read") as caught:
        verified(signed(manifest(folder)), folder, settings=settings)

    assert caught.value.code is Code.INVENTORY_INCOMPLETE


def test_a_release_that_cannot_be_listed_whole_is_not_verified(folder: Path) -> None:
    bundle = signed(manifest(folder))
    (folder / "a\nb").write_bytes(b"")

    with pytest.raises(VerificationError, match="not everything") as caught:
        verified(bundle, folder)

    assert caught.value.code is Code.INVENTORY_INCOMPLETE


def test_a_hostile_release_is_refused_as_such(folder: Path) -> None:
    bundle = signed(manifest(folder))
    (folder / "link").symlink_to("/etc/passwd")

    with pytest.raises(ReleaseError) as caught:
        verified(bundle, folder)

    assert caught.value.code is Code.FS_SYMLINK_ESCAPE
    assert caught.value.stopped_at == "files"


def test_a_policy_that_is_met_is_said_to_be(folder: Path) -> None:
    result = verified(signed(manifest(folder)), folder, policy=Policy(label=Label.OPEN_WEIGHTS))

    assert result.checked.remarks == (
        "policy: the label is open-weights; open-weights is asked for",
    )


@pytest.mark.parametrize(
    ("label", "code", "verdict"),
    [
        (Label.OPEN_SOURCE, Code.POLICY_UNDECIDED, Undecided),
        (Label.REPRODUCIBLE, Code.POLICY_FAILED, Failed),
    ],
)
def test_a_policy_that_is_not_met_ends_the_verification(
    label: Label, code: Code, verdict: type[Failed | Undecided], folder: Path
) -> None:
    with pytest.raises(PolicyUnmetError) as caught:
        verified(signed(manifest(folder)), folder, policy=Policy(label=label))

    assert caught.value.code is code
    assert isinstance(caught.value.verdict, verdict)
    assert caught.value.verdict.reasons[0] in caught.value.what
