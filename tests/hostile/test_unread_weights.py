"""Releases whose weights are there and cannot be read: unknown, never absent, never closed."""

import json
import struct
from collections.abc import Mapping
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code
from provenance.flows.auditing.audit import audit
from provenance.testing.hub import LoopbackHub
from provenance.values.component import Component
from provenance.values.finding import Absent, Contradicted
from provenance.values.label import Label
from provenance.values.manifest import Manifest
from provenance.values.rung import Rung
from provenance.values.settings import Settings
from provenance.weights.unread import LARGE
from tests.charlm import MODEL, noon
from tests.hostile.weights import DATA, FIRST, POINTER, SECOND, raw, shard, tensor

OWN = ("README.md", "config.json", "tokenizer.json")


def release(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write a release that has everything but its weights, and these files."""
    for name in OWN:
        (folder / name).write_bytes((MODEL / name).read_bytes())
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def audited(folder: Path) -> Manifest:
    return audit(folder, settings=Settings(offline=True, jobs=1), clock=noon)


def index(weight_map: object) -> bytes:
    return json.dumps({"metadata": {"total_size": 32}, "weight_map": weight_map}).encode()


UNREAD: dict[str, dict[str, bytes]] = {
    "gguf": {"model.gguf": b"GGUF" + struct.pack("<I", 3)},
    "gguf-called-bin": {"model.bin": b"GGUF" + struct.pack("<I", 3)},
    "safetensors-called-bin": {"pytorch_model.bin": shard("a")},
    "bin-called-safetensors": {"model.safetensors": b"PK\x03\x04" + bytes(200)},
    "onnx": {"onnx/model.onnx": b"x", "onnx/model.onnx_data": b"x"},
    "saved-model": {"saved_model.pb": b"x", "variables/variables.data-00000-of-00001": b"x"},
    "h5": {"tf_model.h5": b"\x89HDF"},
    "keras": {"model.keras": b"PK"},
    "flax": {"flax_model.msgpack": b"x"},
    "tflite": {"model.tflite": b"x"},
    "openvino": {"openvino_model.xml": b"<net/>", "openvino_model.bin": b"x"},
    "coreml": {"M.mlpackage/Data/com.apple.CoreML/weights/weight.bin": b"x"},
    "orbax": {"params/manifest.ocdbt": b"x", "params/d/" + "a" * 32: b"x"},
    "unknown": {"weights.dat": b"\x00" * LARGE},
    "archive": {"model.zip": b"PK"},
    "empty": {"model.safetensors": b""},
    "cut": {"model.safetensors": shard("a")[:-1]},
    "type": {"model.safetensors": raw(json.dumps({"a": tensor(dtype="Q7")}).encode(), DATA)},
    "pointer": {"model.safetensors": POINTER},
    "pointer-bin": {"pytorch_model.bin": POINTER},
    "one-bad-shard": {
        FIRST: shard("a"),
        SECOND: POINTER,
        "model.safetensors.index.json": index({"a": FIRST, "b": SECOND}),
    },
    "broken-index": {"model.safetensors": shard("a"), "model.safetensors.index.json": b"{"},
    "unfinished": {FIRST: shard("a"), SECOND + ".incomplete": b"x"},
    "broken-beside-another": {
        FIRST: shard("a"),
        "model.safetensors.index.json": index({"a": FIRST, "b": SECOND}),
        "model-q4.gguf": b"GGUF",
    },
}


@pytest.mark.parametrize("files", UNREAD.values(), ids=UNREAD)
def test_weights_that_cannot_be_read_are_unknown(tmp_path: Path, files: dict[str, bytes]) -> None:
    found = audited(release(tmp_path, files))

    parameters = next(
        one for one in found.components if one.component is Component.FINAL_PARAMETERS
    )
    early = [one.outcome for one in parameters.findings if one.rung <= Rung.RETRIEVED]
    assert not any(isinstance(one, Absent | Contradicted) for one in early)
    assert parameters.reach.shown < Rung.RETRIEVED <= parameters.reach.at_most
    assert found.label is Label.UNDETERMINED
    assert found.label_at_most is not Label.CLOSED
    assert found.profile is None


def test_of_a_release_without_any_weights_it_is_said(tmp_path: Path) -> None:
    found = audited(release(tmp_path, {"train.csv": b"a,b\n", "picture.png": b"x"}))

    assert (found.label, found.label_at_most) == (Label.CLOSED, Label.CLOSED)


def test_a_shard_that_is_listed_and_not_there_is_missing(tmp_path: Path) -> None:
    files = {
        FIRST: shard("a"),
        "model.safetensors.index.json": index({"a": FIRST, "b": SECOND}),
    }

    found = audited(release(tmp_path, files))

    assert found.label is Label.CLOSED
    assert Code.IX_MISSING_SHARD in {one.code for one in found.hazards}


@pytest.mark.parametrize("label", ["F8_E4M3FNUZ", "F8_E5M2FNUZ", "F8_E8M0"])
def test_a_type_of_one_byte_is_counted_in_bytes(tmp_path: Path, label: str) -> None:
    header = json.dumps({"w": tensor(0, 16, (4, 4), label)}).encode()

    found = audited(release(tmp_path, {"model.safetensors": raw(header)}))

    assert found.profile is not None
    assert (found.profile.parameters, found.profile.size) == (16, 16)


def test_what_could_not_be_read_is_replayed_to_equal_bytes(tmp_path: Path) -> None:
    # A Hub follows a pointer of today's git-lfs; one of its older addresses is a file to it.
    older = POINTER.replace(b"git-lfs.", b"hawser.")
    files = {
        **{name: (MODEL / name).read_bytes() for name in OWN[1:]},
        "README.md": b"---\nlicense: \xff\n---\n# M\n",
        "LICENSE": older,
        FIRST: shard("a")[:-1],
        SECOND: older,
        "empty.safetensors": b"",
        "model.safetensors.index.json": b"{",
        "a.gguf": b"GGUF",
    }
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("org/m").commit(files, message="m")
        kept = Settings(
            endpoint=hub.url, cache=tmp_path / "cache", evidence=tmp_path / "kept", jobs=1
        )
        first = audit("org/m", settings=kept, clock=noon)

    again = audit("org/m", settings=attrs.evolve(kept, offline=True, cache=None), clock=noon)

    assert again == attrs.evolve(first, replayed=True)
    told = {(one.code, one.path) for one in first.hazards}
    assert {(Code.ST_OFFSET, FIRST), (Code.GIT_LFS, SECOND), (Code.GIT_LFS, "LICENSE")} <= told
    assert first.label is Label.UNDETERMINED
