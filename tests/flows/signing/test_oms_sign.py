import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.errors import Code, ProvenanceError, ReleaseError, VerificationError
from provenance.flows.signing.oms_sign import list_model, sign_model
from provenance.values.digest import Algorithm
from provenance.values.model_signature import Method, ModelSignature, Serialization
from provenance.values.path import RelPath
from provenance.values.settings import Settings
from provenance.wire.oms_bundle import parse_model_bundle
from provenance.wire.oms_statement import encode_model, parse_model
from tests.model_signatures import FILES, PRIVATE_PEM, SIGNING, VERIFIER, model, verified

DEFAULTS = [
    *(".git", ".gitattributes", ".github", ".gitignore"),
    *("model.recipe.sigstore.json", "model.sig"),
]


def signature(bundle: bytes) -> ModelSignature:
    return parse_model(VERIFIER.open(parse_model_bundle(bundle).bundle).payload)


def test_what_is_signed_is_verified(tmp_path: Path) -> None:
    folder = model(tmp_path)

    bundle = sign_model(folder, signing=SIGNING)

    found = verified(folder, bundle)
    assert found.value.name == "model"
    assert found.value.tolerated == ()
    assert [one.name for one in found.value.resources] == sorted(FILES)
    assert [path.text for path in found.value.serialization.ignore_paths] == DEFAULTS


@pytest.mark.parametrize("hash_type", [Algorithm.SHA256, Algorithm.BLAKE2B, Algorithm.BLAKE3])
@pytest.mark.parametrize("size", [None, 1, 4, 100])
def test_every_hash_whole_or_in_parts(
    tmp_path: Path, hash_type: Algorithm, size: int | None
) -> None:
    folder = model(tmp_path, {**FILES, "empty": b""})
    method = Method.SHARDS if size else Method.FILES

    bundle = sign_model(
        folder, signing=SIGNING, serialization=Serialization(method, hash_type, shard_size=size)
    )

    found = verified(folder, bundle)
    assert found.checked.files == len(found.value.paths) == len(FILES) + (size is None)
    # A file without bytes has no parts: the result names it.
    assert ("empty" in found.checked.not_covered) is (size is not None)


def test_what_git_and_signatures_leave_there_is_not_signed(tmp_path: Path) -> None:
    extra = (".git/config", ".gitattributes", "model.sig", "model.recipe.sigstore.json")
    kept = ("sub/.git", "sub/model.sig", ".config", "own.sig")
    folder = model(tmp_path, {**FILES, **dict.fromkeys((*extra, *kept, "notes", "out/x"), b"")})
    chosen = Serialization(ignore_paths=(RelPath("notes"), RelPath("out")))

    found = signature(
        sign_model(folder, signing=SIGNING, serialization=chosen, output=RelPath("own.sig"))
    )

    assert {path.text for path in found.paths} == {*FILES, *kept} - {"own.sig"}
    assert [path.text for path in found.serialization.ignore_paths] == sorted(
        [*DEFAULTS, "notes", "out", "own.sig"]
    )


def test_notes_of_a_download_are_left_out_for_every_verifier(tmp_path: Path) -> None:
    note = b"a" * 40 + b"\n" + b"b" * 40 + b"\n1767225600.0\n"
    folder = model(tmp_path, {**FILES, ".cache/huggingface/download/config.json.metadata": note})

    found = signature(sign_model(folder, signing=SIGNING))

    assert RelPath(".cache/huggingface") in found.serialization.ignore_paths
    assert {path.text for path in found.paths} == set(FILES)


def test_one_file_is_named_by_itself(tmp_path: Path) -> None:
    path = model(tmp_path) / "model.safetensors"

    bundle = sign_model(path, signing=SIGNING)

    assert [one.name for one in signature(bundle).resources] == ["model.safetensors"]
    assert verified(path, bundle).checked.files == 1
    with pytest.raises(VerificationError):
        verified(path.parent, bundle)


BAD: dict[str, tuple[dict[str, bytes], Code]] = {
    "nothing": ({"model.sig": b""}, Code.OMS_NO_RESOURCES),
    "case twins": ({"a": b"", "A": b""}, Code.OMS_TWIN),
    "backslash": ({"a\\b": b""}, Code.NAME_PORTABLE),
    "weights in git's folder": ({"a": b"", ".git/b.safetensors": b""}, Code.OMS_IGNORE),
    "a folder called as a signature": ({"a": b"", "model.sig/b": b""}, Code.OMS_IGNORE),
    "control character": ({"a\nb": b"", "c": b""}, Code.INVENTORY_INCOMPLETE),
}


@pytest.mark.parametrize("case", BAD)
def test_nobody_signs_what_nobody_would_accept(tmp_path: Path, case: str) -> None:
    files, code = BAD[case]

    with pytest.raises(ProvenanceError) as caught:
        sign_model(model(tmp_path, files), signing=SIGNING)

    assert caught.value.code is code


def test_an_empty_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError) as caught:
        sign_model(tmp_path, signing=SIGNING)

    assert caught.value.code is Code.EMPTY


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_number_of_workers_does_not_show(tmp_path: Path, jobs: int) -> None:
    folder = model(tmp_path, {f"{at % 7}/{at}": bytes([at]) * at * 1000 for at in range(60)})
    parts = Serialization(Method.SHARDS, shard_size=7000)

    for chosen in (Serialization(), parts):
        first = list_model(folder, serialization=chosen, settings=Settings(jobs=jobs))
        assert first == list_model(folder, serialization=chosen)


SCRIPT = """
import os, sys, time
os.umask(int(sys.argv[1], 8))
time.tzset()
from pathlib import Path
from provenance.flows.signing.oms_sign import sign_model
from provenance.signers.signing import Signing
signing = Signing.by_key(Path(sys.argv[3]).read_bytes())
sys.stdout.buffer.write(sign_model(sys.argv[2], signing=signing))
"""


def test_equal_input_gives_equal_bytes_wherever_it_is_signed(tmp_path: Path) -> None:
    folder = model(tmp_path, {**FILES, "模型": b"", "Ä": b"", "z": b"", "_": b""})
    (tmp_path / "key").write_bytes(PRIVATE_PEM)
    settings = [
        ("0", "C", "UTC", "022"),
        ("1", "C.UTF-8", "Asia/Kathmandu", "077"),
        ("2", "POSIX", "America/St_Johns", "000"),
    ]

    found = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", SCRIPT, umask, folder, tmp_path / "key"],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone},
        ).stdout
        for seed, locale, zone, umask in settings
    }

    assert found == {sign_model(folder, signing=SIGNING)}


def test_the_payload_is_canonical(tmp_path: Path) -> None:
    bundle = json.loads(sign_model(model(tmp_path), signing=SIGNING))
    payload = base64.b64decode(bundle["dsseEnvelope"]["payload"])

    assert encode_model(parse_model(payload)) == payload


def test_a_signature_may_lie_under_any_name_and_what_is_left_out_by_name_is_left_out(
    tmp_path: Path,
) -> None:
    folder = model(tmp_path, {"a": b"", ".git/b.bin": b"", "sub/sig.bin": b"an older one"})
    left = Serialization(ignore_paths=(RelPath(".git"),))

    found = list_model(folder, serialization=left, output=RelPath("sub/sig.bin"))

    assert found.paths == {RelPath("a")}


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12\n" % (b"0" * 64)


@pytest.mark.parametrize("name", ["model.safetensors", "pytorch_model.bin", "tokenizer.json"])
def test_a_pointer_is_not_signed_in_the_place_of_its_file(tmp_path: Path, name: str) -> None:
    folder = model(tmp_path, {**FILES, name: POINTER})

    with pytest.raises(ReleaseError) as caught:
        sign_model(folder, signing=SIGNING)

    assert caught.value.code is Code.GIT_LFS
    assert "git lfs pull" in caught.value.hint
    assert name in caught.value.what
    with pytest.raises(ReleaseError) as caught:
        sign_model(folder / name, signing=SIGNING)
    assert caught.value.code is Code.GIT_LFS


def test_a_pointer_that_the_signer_leaves_out_is_no_matter(tmp_path: Path) -> None:
    folder = model(tmp_path, {**FILES, "data.parquet": POINTER})
    chosen = Serialization(ignore_paths=(RelPath("data.parquet"),))

    found = signature(sign_model(folder, signing=SIGNING, serialization=chosen))

    assert {path.text for path in found.paths} == set(FILES)
