"""Files that are other bytes while facts are read from them, and themselves again afterwards."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import attrs
import pytest

from provenance.errors import Code, ReleaseError
from provenance.flows.auditing.audit import audit
from provenance.flows.lint import lint
from provenance.ports.silence import Silence
from provenance.testing.hub import LoopbackHub
from provenance.values.manifest import Manifest
from provenance.values.settings import Settings
from tests.charlm import noon
from tests.flows.auditing.test_headers import shard

SETTINGS = Settings(jobs=1, offline=True)
_INDEX = {"metadata": {}, "weight_map": {"t": "model.safetensors"}}

FILES: Mapping[str, bytes] = {
    "README.md": b"---\nlicense: mit\n---\n# M\n\nWe trained it. <!-- -->\n",
    "LICENSE": b"MIT License\n\nPermission is hereby granted, free of charge.\n",
    "config.json": json.dumps({"architectures": ["M"], "auto_map": {"M": "m.M"}}).encode(),
    "tokenizer.json": json.dumps({"model": {"type": "BPE", "vocab": {"a": 0}}}).encode(),
    "tokenizer_config.json": json.dumps({"chat_template": "{{ messages }}"}).encode(),
    "train.py": b"import torch\n\nloss.backward()\noptimizer.step()\n",
    "CITATION.cff": b"cff-version: 1.2.0\ntitle: M\n",
    "eval_results.json": b'{"mmlu": 0.5}\n',
    "model.safetensors": shard(["t"]),
    "model.safetensors.index.json": json.dumps(_INDEX).encode(),
}


NAME = "acme/m"


@attrs.frozen
class Swapper(Silence):
    """Puts other bytes in a file's place as soon as everything was hashed.

    Size and time of modification stay what they were: only the content is another.
    """

    path: Path
    total: int
    done: list[int] = attrs.field(factory=lambda: [0])
    swapped: list[bytes] = attrs.field(factory=list)

    def advance(self, size: int) -> None:
        self.done[0] += size
        if self.done[0] >= self.total and not self.swapped:
            self.swapped.append(self.path.read_bytes())
            put(self.path, self.swapped[0][::-1])


def put(path: Path, data: bytes) -> None:
    """Put other bytes in a file's place, at once and with its time of modification."""
    before = path.stat()
    other = path.parent.parent / "other"
    other.write_bytes(data)
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.rename(path)


def release(folder: Path) -> Path:
    place = folder / "release"
    place.mkdir()
    for name, data in FILES.items():
        (place / name).write_bytes(data)
    return place


@pytest.mark.parametrize("name", FILES)
def test_facts_are_read_from_nothing_but_what_was_hashed(name: str, tmp_path: Path) -> None:
    place = release(tmp_path)
    swapper = Swapper(place / name, sum(map(len, FILES.values())))

    with pytest.raises(ReleaseError, match="changed while it was looked at") as caught:
        audit(place, settings=SETTINGS, clock=noon, progress=swapper)

    assert (caught.value.code, caught.value.path) == (Code.FS_CHANGED, name)


@contextmanager
def flickering(path: Path, others: bytes) -> Iterator[None]:
    """Let a file be its own bytes and others in turn, as fast as a thread can."""
    own, ended = path.read_bytes(), Event()

    def flicker() -> None:
        while not ended.is_set():
            put(path, others)
            put(path, own)

    thread = Thread(target=flicker)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def test_no_manifest_lists_one_configuration_and_judges_another(
    tmp_path: Path, how_many: Callable[[int, int], int]
) -> None:
    place = release(tmp_path)
    with_code = FILES["config.json"]
    without = with_code.replace(b"auto_map", b"autonomy")
    judged = {sha256(data): remote_code(place, data) for data in (with_code, without)}
    seen: list[Manifest] = []

    with flickering(place / "config.json", without):
        for _ in range(how_many(20, 500)):
            try:
                seen.append(audit(place, settings=SETTINGS, clock=noon))
            except ReleaseError as error:
                assert error.code is Code.FS_CHANGED  # noqa: PT017 - most, and not all, end so

    assert judged[sha256(with_code)] != judged[sha256(without)]
    assert all(codes(one) == judged[listed(one)] for one in seen)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def listed(manifest: Manifest) -> str:
    entry = manifest.inventory.get("config.json")
    assert entry
    assert entry.sha256
    return entry.sha256.hex


def codes(manifest: Manifest) -> frozenset[Code]:
    return frozenset(one.code for one in manifest.hazards)


def remote_code(place: Path, config: bytes) -> frozenset[Code]:
    (place / "config.json").write_bytes(config)
    return codes(audit(place, settings=SETTINGS, clock=noon))


@attrs.frozen
class AtStep(Silence):
    """Puts other bytes in a file's place when the work comes to a step."""

    path: Path
    begin: str
    swapped: list[bytes] = attrs.field(factory=list)

    def step(self, what: str) -> None:
        if what.startswith(self.begin) and not self.swapped:
            self.swapped.append(self.path.read_bytes())
            put(self.path, self.swapped[0][::-1])


@contextmanager
def downloading(folder: Path) -> Iterator[tuple[Settings, Path]]:
    """Serve the release on a Hub; yield settings, and the folder that it is downloaded to."""
    with LoopbackHub(folder / "hub") as hub:
        commit = hub.add_model(NAME).commit(FILES, message="m")
        settings = Settings(endpoint=hub.url, cache=folder / "cache", jobs=1, tensors=True)
        yield settings, folder / "cache/hub/models/acme--m" / commit


@pytest.mark.parametrize("name", ["config.json", "model.safetensors"])
def test_a_download_is_held_against_what_was_hashed_on_its_way(name: str, tmp_path: Path) -> None:
    with downloading(tmp_path) as (settings, place):
        swapper = Swapper(place / name, sum(map(len, FILES.values())))

        with pytest.raises(ReleaseError) as caught:
            audit(NAME, settings=settings, clock=noon, progress=swapper)

    assert swapper.swapped
    assert (caught.value.code, caught.value.path) == (Code.FS_CHANGED, name)


@pytest.mark.parametrize("again", [False, True])
def test_the_tensor_root_is_of_nothing_but_what_was_hashed(*, again: bool, tmp_path: Path) -> None:
    with downloading(tmp_path) as (settings, place):
        swapper = AtStep(place / "model.safetensors", "hashing the tensors")
        if again:
            audit(NAME, settings=settings, clock=noon)

        found = audit(NAME, settings=settings, clock=noon, progress=swapper)

    assert swapper.swapped
    assert found.profile
    assert found.profile.tensor_root is None
    assert Code.FS_CHANGED in {one.code for one in found.limits}


def test_advice_is_given_about_nothing_but_what_was_looked_at(tmp_path: Path) -> None:
    place = release(tmp_path)
    # Nothing else reads it.
    (place / "notes.txt").write_bytes(b"[a] = 1")

    total = sum(len(data) for name, data in FILES.items() if name != "model.safetensors")

    with pytest.raises(ReleaseError) as caught:
        lint(place, settings=SETTINGS, clock=noon, progress=Swapper(place / "notes.txt", total + 7))

    assert caught.value.code is Code.FS_CHANGED
