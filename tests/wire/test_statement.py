import json
import os
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from hypothesis import given

from provenance.errors import Code, ProvenanceError, ReleaseError, TextError, VerificationError
from provenance.text.canonical_json import Encodable, encode
from provenance.values.digest import Digest, DigestSet
from provenance.values.hazard import Hazard
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.manifest import Manifest
from provenance.values.path import RelPath
from provenance.values.weight_names import WEIGHT_SUFFIXES
from provenance.weights.safetensors import ENDING
from provenance.weights.table import PICKLES
from provenance.wire.release_root import release_root
from provenance.wire.statement import (
    MOST_SUBJECTS,
    Subject,
    encode_statement,
    parse_statement,
    require_signable,
    subjects_of,
)
from tests.architecture.sources import ROOT
from tests.building import MANIFEST, REF, SHA, claimed, read
from tests.wire.manifests import MANIFESTS

DATA = encode_statement(MANIFEST)


def holding(*entries: FileEntry, complete: bool = True) -> Manifest:
    return attrs.evolve(MANIFEST, inventory=Inventory(entries, complete))


def changed(**change: Encodable) -> bytes:
    return encode({**json.loads(DATA), **change})


@given(MANIFESTS)
def test_a_statement_comes_back_and_is_the_same_bytes_again(manifest: Manifest) -> None:
    data = encode_statement(manifest)

    found = parse_statement(data)

    assert found.manifest == manifest
    assert found.subjects == subjects_of(manifest)
    assert encode_statement(found.manifest) == data


def test_a_statement_is_in_toto_s() -> None:
    value = json.loads(DATA)

    assert sorted(value) == ["_type", "predicate", "predicateType", "subject"]
    assert value["_type"] == "https://in-toto.io/Statement/v1"
    assert value["predicateType"] == "https://provenance-verifier/recipe/v0.1"
    assert value["subject"] == [
        {"digest": {"sha256": release_root(MANIFEST.inventory).hex}, "name": str(REF)},
        {"digest": {"sha256": SHA.hex}, "name": "model.safetensors"},
    ]


def test_the_release_root_is_the_first_subject_and_weights_follow_by_path() -> None:
    manifest = holding(read("b.gguf"), read("README.md"), read("a.safetensors"))

    assert [one.name for one in subjects_of(manifest)] == [str(REF), "a.safetensors", "b.gguf"]


def test_a_claimed_digest_is_never_a_subject_of_its_own() -> None:
    manifest = holding(claimed("a.safetensors"), read("b.safetensors"))

    assert [one.name for one in subjects_of(manifest)] == [str(REF), "b.safetensors"]


def test_there_are_never_more_subjects_than_other_verifiers_read() -> None:
    manifest = holding(*(read(f"{number:05}.bin") for number in range(MOST_SUBJECTS + 5)))

    subjects = subjects_of(manifest)

    assert len(subjects) == MOST_SUBJECTS == 1024
    assert subjects[-1].name == "01022.bin"
    assert parse_statement(encode_statement(manifest)).manifest == manifest


def test_a_manifest_without_a_root_is_written_without_subjects() -> None:
    manifest = holding(read("a.bin"), FileEntry(RelPath("b"), 0))

    found = parse_statement(encode_statement(manifest))

    assert (found.subjects, found.manifest) == ((), manifest)


def test_every_format_that_was_known_as_weights_at_first_is_a_subject() -> None:
    assert ENDING in WEIGHT_SUFFIXES
    # Endings that were learnt since are covered by the release root alone: an old manifest's
    # subjects must follow from it as long as there are verifiers.
    later = {".cloudpickle", ".distcp", ".jit", ".ptl", ".t7", ".torchscript"}
    assert PICKLES - later <= WEIGHT_SUFFIXES
    assert later.isdisjoint(WEIGHT_SUFFIXES)


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        (holding(), Code.MANIFEST_NO_SUBJECT),
        (holding(FileEntry(RelPath("a"), 0)), Code.MANIFEST_NO_SUBJECT),
        (
            holding(
                FileEntry(
                    RelPath("a"),
                    0,
                    how=How.CLAIMED,
                    digests=DigestSet((Digest.git_blob("0" * 40),)),
                )
            ),
            Code.MANIFEST_NO_SUBJECT,
        ),
        (holding(read("a"), complete=False), Code.INVENTORY_INCOMPLETE),
        (holding(read("a"), claimed("b")), Code.CLAIMED_DIGESTS),
    ],
    ids=["empty", "unread", "git only", "incomplete", "claimed"],
)
def test_what_nobody_should_stand_for_is_not_signable(manifest: Manifest, code: Code) -> None:
    with pytest.raises(ReleaseError) as caught:
        require_signable(manifest)

    assert caught.value.code is code


def test_claimed_digests_are_signable_only_by_name() -> None:
    require_signable(holding(read("a"), claimed("b")), unsafe_claimed_digests=True)
    require_signable(MANIFEST)

    with pytest.raises(ReleaseError) as caught:
        require_signable(holding(FileEntry(RelPath("a"), 0)), unsafe_claimed_digests=True)

    assert caught.value.code is Code.MANIFEST_NO_SUBJECT


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"", TextError, Code.JSON_SYNTAX),
        (b"\xef\xbb\xbf" + DATA, TextError, Code.JSON_BOM),
        (DATA.decode().encode("utf-16"), TextError, Code.JSON_ENCODING),
        (DATA + b"{}", TextError, Code.JSON_TRAILING),
        (b"{" + DATA[1:-1] + b',"_type":""}', TextError, Code.JSON_DUP_KEY),
        (DATA + b"\n", ReleaseError, Code.JSON_NOT_CANONICAL),
        (DATA.replace(b'"size":16', b'"size":16.0', 1), ReleaseError, Code.JSON_NOT_CANONICAL),
        (DATA.replace(b"org", b"\\u006frg", 1), ReleaseError, Code.JSON_NOT_CANONICAL),
        (json.dumps(json.loads(DATA), indent=1).encode(), ReleaseError, Code.JSON_NOT_CANONICAL),
        (b"[]", TextError, Code.MANIFEST_SHAPE),
        (changed(extra=1), TextError, Code.MANIFEST_SHAPE),
        (
            changed(_type="https://in-toto.io/Statement/v0.1"),
            VerificationError,
            Code.STATEMENT_TYPE,
        ),
        (
            changed(predicateType="https://model_signing/signature/v1.0"),
            VerificationError,
            Code.STATEMENT_TYPE,
        ),
        (changed(predicate={}), TextError, Code.MANIFEST_SHAPE),
        (changed(subject=[]), VerificationError, Code.STATEMENT_SUBJECT),
        (changed(subject=[{}]), TextError, Code.MANIFEST_SHAPE),
        (
            changed(subject=json.loads(DATA)["subject"][::-1]),
            VerificationError,
            Code.STATEMENT_SUBJECT,
        ),
        (
            changed(subject=json.loads(DATA)["subject"][:1]),
            VerificationError,
            Code.STATEMENT_SUBJECT,
        ),
    ],
)
def test_any_other_bytes_are_refused(data: bytes, kind: type[ProvenanceError], code: Code) -> None:
    with pytest.raises(kind) as caught:
        parse_statement(data)

    assert caught.value.code is code


def test_a_subject_has_a_name_and_a_sha_256() -> None:
    assert parse_statement(DATA).subjects[1] == Subject("model.safetensors", SHA)


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_bytes_do_not_depend_on_the_hash_seed(seed: str, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from provenance.wire.statement import encode_statement\n"
        "from tests.building import MANIFEST\n"
        "sys.stdout.buffer.write(encode_statement(MANIFEST))\n"
    )
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths, "LC_ALL": "C"},
        capture_output=True,
        check=True,
    )

    assert done.stdout == DATA


def test_a_manifest_of_pointers_is_not_signed_as_if_they_were_files() -> None:
    told = Hazard(Code.GIT_LFS, "m.bin", "a pointer of git-lfs: its 12 bytes are elsewhere")
    elsewhere = Hazard(Code.GIT_LFS, "https://example.org/r/m.bin", "a pointer of git-lfs")
    manifest = attrs.evolve(holding(read("m.bin")), hazards=(told,))

    with pytest.raises(ReleaseError) as caught:
        require_signable(manifest, unsafe_claimed_digests=True)

    assert caught.value.code is Code.GIT_LFS
    require_signable(attrs.evolve(manifest, hazards=(elsewhere,)))
