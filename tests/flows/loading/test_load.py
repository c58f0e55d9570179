import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import numpy as np
import pytest
import safetensors.numpy

import provenance
from provenance.errors import (
    Code,
    MissingTensorError,
    ProvenanceError,
    ReleaseError,
    UsageError,
    VerificationError,
)
from provenance.flows.loading.load import load
from provenance.signers.trust import Trust
from provenance.values.digest import Algorithm, Digest, DigestSet
from provenance.values.inventory import FileEntry, How
from provenance.values.path import RelPath
from provenance.values.settings import Settings
from provenance.values.tree import LEAF
from tests.charlm import Charlm
from tests.flows.signed import PUBLIC, signed
from tests.flows.weighed import ARRAYS, NAME, entry, flip, leaves_of, listing, manifest, release

if TYPE_CHECKING:
    from collections.abc import Callable

TREE = pytest.mark.parametrize("tree", [True, False], ids=["tree", "sha256"])
WHOLE = pytest.mark.parametrize("whole", [0, 2**30], ids=["parts", "whole"])


@TREE
@WHOLE
def test_what_is_loaded_is_what_the_reference_library_loads(
    tmp_path: Path, *, tree: bool, whole: int
) -> None:
    folder = release(tmp_path)

    tensors = load(folder, manifest=manifest(folder, tree=tree), whole=whole)

    expected = safetensors.numpy.load_file(folder / NAME)
    for found in (dict(tensors), tensors.get_tensors()):
        assert found.keys() == expected.keys()
        for name, array in expected.items():
            np.testing.assert_array_equal(found[name], array, strict=True)


def test_it_is_a_public_name() -> None:
    assert provenance.load is load


def test_a_verified_manifest_is_taken_as_it_is(tmp_path: Path) -> None:
    folder = release(tmp_path / "release")
    listed = manifest(folder, tree=False)

    found = provenance.verify(
        folder,
        bundle=signed(listed),
        trust=Trust.by_key(PUBLIC),
        settings=Settings(jobs=1),
        expected=provenance.ANY_RELEASE,
    )

    assert sorted(load(folder, manifest=found)) == sorted(ARRAYS)


# The header's length and text, the first and the last byte of the data, both sides of two leaves.
PLACES = [0, 9, 60, -1, LEAF - 1, LEAF, 2 * LEAF - 1, 2 * LEAF, 3 * LEAF - 1, 3 * LEAF]


@TREE
@WHOLE
@pytest.mark.parametrize("place", PLACES)
def test_one_flipped_bit_anywhere_and_no_array_comes(
    tmp_path: Path, place: int, *, tree: bool, whole: int
) -> None:
    folder = release(tmp_path)
    tensors = load(folder, manifest=manifest(folder, tree=tree), whole=whole)
    flip(folder / NAME, place)

    for access in (lambda: tensors["first"], lambda: list(tensors), tensors.get_tensors):
        with pytest.raises(VerificationError) as raised:
            access()
        assert raised.value.code is Code.FILE_CHANGED


@TREE
@WHOLE
@pytest.mark.parametrize("by", [-1, 1, -(10**6), 10**6])
def test_a_file_of_another_size_is_refused(
    tmp_path: Path, by: int, *, tree: bool, whole: int
) -> None:
    folder = release(tmp_path)
    tensors = load(folder, manifest=manifest(folder, tree=tree), whole=whole)
    os.truncate(folder / NAME, (folder / NAME).stat().st_size + by)

    with pytest.raises(VerificationError, match="is listed with") as raised:
        tensors.get_tensor("last")

    assert raised.value.code is Code.FILE_CHANGED


def test_a_file_that_is_gone_is_removed_and_comes_back_verified(tmp_path: Path) -> None:
    folder = release(tmp_path / "release")
    tensors = load(folder, manifest=manifest(folder, tree=True))
    (folder / NAME).rename(tmp_path / "aside")

    with pytest.raises(VerificationError) as raised:
        tensors.get_tensor("last")
    (tmp_path / "aside").rename(folder / NAME)

    assert raised.value.code is Code.FILE_REMOVED
    assert tensors["last"][99] == 99


@pytest.mark.parametrize("change", ["truncate", "rewrite", "replace", "delete"])
def test_no_change_of_the_file_reaches_an_array(tmp_path: Path, change: str) -> None:
    folder = release(tmp_path)
    array = load(folder, manifest=manifest(folder, tree=True))["first"]
    path = folder / NAME

    match change:
        case "truncate":
            os.truncate(path, 0)
        case "rewrite":
            path.write_bytes(bytes(path.stat().st_size))
        case "replace":
            release(folder, {NAME: {"first": np.zeros(4)}})
        case _:
            path.unlink()

    np.testing.assert_array_equal(array, ARRAYS["first"], strict=True)


@WHOLE
def test_an_array_is_read_only_for_good(tmp_path: Path, whole: int) -> None:
    folder = release(tmp_path)
    tensors = load(folder, manifest=manifest(folder, tree=True), whole=whole)

    for array in (tensors["middle"], tensors.get_bytes("middle"), tensors["middle"].T[1:]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
        with pytest.raises(ValueError, match="WRITEABLE"):
            array.flags.writeable = True


def test_only_what_a_tensor_needs_is_read_when_the_leaves_are_known(tmp_path: Path) -> None:
    folder = release(tmp_path)
    listed = manifest(folder, tree=True)
    known = {NAME: leaves_of(folder / NAME)}
    # In a leaf that neither the header nor `last` has a part in.
    flip(folder / NAME, LEAF + LEAF // 2)

    tensors = load(folder, manifest=listed, leaves=known)

    np.testing.assert_array_equal(tensors["last"], ARRAYS["last"], strict=True)
    assert "none" not in tensors
    with pytest.raises(VerificationError, match="between byte 1048576 and 2097152"):
        dict(tensors)
    with pytest.raises(VerificationError, match="has the digest"):
        tensors.get_tensors()


def test_leaves_of_another_file_are_refused(tmp_path: Path) -> None:
    folder = release(tmp_path, {NAME: ARRAYS, "other.safetensors": {"a": np.zeros(3)}})
    other = {NAME: leaves_of(folder / "other.safetensors")}

    with pytest.raises(VerificationError, match="other leaves"):
        load(folder, manifest=manifest(folder, tree=True), leaves=other)


def test_leaves_without_a_listed_root_are_refused(tmp_path: Path) -> None:
    folder = release(tmp_path)
    known = {NAME: leaves_of(folder / NAME)}

    with pytest.raises(VerificationError, match="cannot be believed"):
        load(folder, manifest=manifest(folder, tree=False), leaves=known)


@TREE
def test_after_one_pass_a_tensor_is_verified_by_its_own_leaves(
    tmp_path: Path, *, tree: bool
) -> None:
    folder = release(tmp_path)
    tensors = load(folder, manifest=manifest(folder, tree=tree), whole=0)
    assert tensors["last"][1] == 1
    flip(folder / NAME, LEAF // 2)

    assert tensors["last"][1] == 1
    with pytest.raises(VerificationError, match="between byte 0 and 1048576"):
        tensors.get_tensor("first")


def test_a_file_that_the_manifest_does_not_list_is_refused(tmp_path: Path) -> None:
    folder = release(tmp_path)
    listed = manifest(folder, tree=False)
    shutil.copy(folder / NAME, folder / "other.safetensors")

    calls: list[Callable[[], object]] = [
        lambda: load(folder, manifest=listed, files=["other.safetensors"]),
        lambda: load(folder / "other.safetensors", manifest=listed),
    ]
    for call in calls:
        with pytest.raises(VerificationError) as raised:
            call()
        assert raised.value.code is Code.FILE_ADDED


@pytest.mark.parametrize("how", [How.CLAIMED, How.UNREAD])
def test_a_digest_that_nobody_took_is_refused(tmp_path: Path, how: How) -> None:
    folder = release(tmp_path)
    digests = entry(folder, NAME, tree=False).digests if how is How.CLAIMED else DigestSet()
    size = (folder / NAME).stat().st_size
    listed = listing(FileEntry(RelPath(NAME), size, how=how, digests=digests))

    with pytest.raises(VerificationError) as raised:
        load(folder, manifest=listed)

    assert raised.value.code is Code.CLAIMED_DIGESTS
    if how is How.CLAIMED:
        assert len(load(folder, manifest=listed, unsafe_claimed_digests=True)) == 3
    else:
        with pytest.raises(VerificationError):
            load(folder, manifest=listed, unsafe_claimed_digests=True)


def test_an_id_of_git_s_is_no_digest_to_load_by(tmp_path: Path) -> None:
    folder = release(tmp_path)
    digests = DigestSet((Digest(Algorithm.GIT_BLOB, bytes(20)),))
    one = attrs.evolve(entry(folder, NAME, tree=False), digests=digests)

    with pytest.raises(VerificationError, match="without a SHA-256"):
        load(folder, manifest=listing(one))


def test_pickles_are_never_touched(tmp_path: Path) -> None:
    folder = release(tmp_path)
    (folder / "pytorch_model.bin").write_bytes(b"cos\nsystem\n")
    listed = manifest(folder, tree=False)

    assert len(load(folder, manifest=listed)) == 3
    calls: list[Callable[[], object]] = [
        lambda: load(folder / "pytorch_model.bin", manifest=listed),
        lambda: load(folder, manifest=listed, files=["pytorch_model.bin"]),
    ]
    for call in calls:
        with pytest.raises(UsageError, match="not a safetensors file"):
            call()


def test_a_release_without_safetensors_has_nothing_to_load(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# A model\n")

    with pytest.raises(UsageError, match="no safetensors file"):
        load(tmp_path, manifest=manifest(tmp_path, tree=False))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = release(tmp_path / "release")
    listed = manifest(folder, tree=False)
    (folder / NAME).rename(tmp_path / NAME)
    (folder / NAME).symlink_to(tmp_path / NAME)

    for target in (folder, folder / NAME):
        with pytest.raises(ReleaseError) as raised:
            load(target, manifest=listed).get_tensors()
        assert raised.value.code is Code.FS_SYMLINK_ESCAPE


def test_a_pipe_in_place_of_a_file_is_not_opened(tmp_path: Path) -> None:
    folder = release(tmp_path)
    listed = manifest(folder, tree=False)
    (folder / NAME).unlink()
    os.mkfifo(folder / NAME)

    with pytest.raises(ReleaseError) as raised:
        load(folder, manifest=listed).get_tensors()

    assert raised.value.code is Code.FS_SPECIAL


def test_a_file_is_named_by_the_path_that_it_has_in_the_release(tmp_path: Path) -> None:
    folder = release(tmp_path, {"unet/a.safetensors": {"a": np.ones(2)}})
    listed = manifest(folder, tree=True)

    assert list(load(folder / "unet" / "a.safetensors", manifest=listed)) == ["a"]
    assert list(load(folder, manifest=listed, files=["unet/a.safetensors"])) == ["a"]


def test_a_file_that_could_be_two_of_the_release_has_to_be_named(tmp_path: Path) -> None:
    one, two = {"one": np.ones(2)}, {"two": np.ones(2)}
    folder = release(tmp_path, {"a.safetensors": one, "unet/a.safetensors": two})
    listed = manifest(folder, tree=True)
    path = folder / "unet" / "a.safetensors"

    with pytest.raises(UsageError, match=r"'a\.safetensors' or 'unet/a\.safetensors'"):
        load(path, manifest=listed)

    assert list(load(path, manifest=listed, files=["unet/a.safetensors"])) == ["two"]
    with pytest.raises(VerificationError):
        list(load(path, manifest=listed, files=["a.safetensors"]))


def test_a_file_elsewhere_than_it_is_listed_is_refused(tmp_path: Path) -> None:
    folder = release(tmp_path, {"unet/a.safetensors": {"a": np.ones(2)}})
    listed = manifest(folder, tree=True)
    (folder / "unet").rename(folder / "vae")

    with pytest.raises(UsageError, match=r"does not end in 'unet/a\.safetensors'"):
        load(folder / "vae/a.safetensors", manifest=listed, files=["unet/a.safetensors"])


def test_a_folder_that_is_not_there_is_usage(tmp_path: Path) -> None:
    folder = release(tmp_path / "release")
    listed = manifest(folder, tree=False)

    with pytest.raises(UsageError) as raised:
        load(tmp_path / "none" / NAME, manifest=listed)

    assert raised.value.code is Code.PATH_MISSING


def test_a_name_that_is_not_there_is_a_key_error_of_ours(tmp_path: Path) -> None:
    folder = release(tmp_path)
    tensors = load(folder, manifest=manifest(folder, tree=True))

    with pytest.raises(KeyError) as raised:
        tensors["none"]

    assert isinstance(raised.value, MissingTensorError)
    assert isinstance(raised.value, ProvenanceError)
    assert str(raised.value) == "there is no tensor 'none' [TENSOR_MISSING]"
    assert tensors.get("none") is None
    assert "none" not in tensors


def test_a_release_on_the_hub_is_loaded_at_the_manifest_s_commit(charlm: Charlm) -> None:
    target = charlm.published.model
    listed = provenance.audit(target, settings=charlm.settings)

    tensors = load(target, manifest=listed, settings=charlm.settings)

    assert listed.profile is not None
    assert len(tensors) == listed.profile.tensors
    assert sum(array.size for array in tensors.get_tensors().values()) > 1000
