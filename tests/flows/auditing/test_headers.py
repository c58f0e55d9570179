import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, ClassVar

import attrs
import pytest

from provenance.errors import Code, WeightsError
from provenance.flows.auditing.audit import audit
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.headers import GUESS, HeaderRead, read_headers
from provenance.ports.starts import Start, Wanted
from provenance.stores.evidence import EvidenceStore
from provenance.testing.hub import LoopbackHub
from provenance.values.address import Address
from provenance.values.byte_range import ByteRange
from provenance.values.file_parts import FileParts
from provenance.values.hazard import Hazard
from provenance.values.inventory import FileEntry
from provenance.values.listing import Listing
from provenance.values.look import Look, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.values.settings import Settings
from provenance.values.weight_kind import WeightKind
from provenance.values.weights import Header
from tests.building import TOY
from tests.charlm import noon

SHARDS = 191
HOME = Address.parse(f"hf:org/name@{'c' * 40}")


def shard(names: Sequence[str], padding: int = 0) -> bytes:
    header = {
        name: {"dtype": "U8", "shape": [1], "data_offsets": [at, at + 1]}
        for at, name in enumerate(names)
    }
    text = json.dumps(header).encode() + b" " * padding
    return len(text).to_bytes(8, "little") + text + bytes(len(names))


@attrs.frozen
class Beginning:
    """A source that gives beginnings and nothing else, and remembers what it was asked."""

    files: Mapping[str, bytes]
    refusal: Unseen | None = None
    kept: int | None = None
    asked: list[tuple[str, int, int]] = attrs.field(factory=list)
    ref: Ref = attrs.field(factory=lambda: Ref.parse("hf:org/name"))

    def starts(self, wanted: Sequence[Wanted]) -> Mapping[RelPath, Start]:
        self.asked.extend((it.path.text, len(it.known), it.size) for it in wanted)
        return {it.path: self.refusal or Seen(self._part(it)) for it in wanted}

    def _part(self, one: Wanted) -> bytes:
        part = self.files[one.path.text][one.start : one.start + one.size]
        return part if one.start else part[: self.kept]

    def listing(self) -> Listing:
        raise NotImplementedError

    def prepare(self, paths: object, progress: object = None) -> Mapping[RelPath, object]:
        raise NotImplementedError

    def open(self, path: RelPath) -> BinaryIO:
        raise NotImplementedError


def read(source: Beginning) -> dict[str, HeaderRead]:
    entries = [FileEntry(RelPath(path), len(data)) for path, data in source.files.items()]
    desk = Desk(source, EvidenceStore(None), noon, HOME)  # type: ignore[arg-type]
    return {path.text: one for path, one in read_headers(entries, desk).items()}


def test_a_header_within_the_guess_is_asked_for_once() -> None:
    source = Beginning({"a.safetensors": shard(["t"])})

    found = read(source)["a.safetensors"]

    assert isinstance(found.look, Seen)
    assert source.asked == [("a.safetensors", 0, GUESS)]


def test_the_rest_of_a_longer_header_is_asked_for_and_no_more() -> None:
    data = shard(["t"], padding=GUESS)
    source = Beginning({"a.safetensors": data})

    found = read(source)["a.safetensors"]

    assert isinstance(found.look, Seen)
    assert source.asked[1:] == [("a.safetensors", GUESS, len(data) - 1)]


def test_a_header_that_was_asked_for_stands_in_a_capture_of_its_own() -> None:
    data = shard(["t"])

    found = read(Beginning({"a.safetensors": data}))["a.safetensors"]

    (where,) = found.where
    assert where.uri == f"{HOME}/a.safetensors#bytes=0-{len(data) - 2}"
    assert (where.start, where.end) == (0, 0)


def test_one_refusal_is_enough() -> None:
    files = {f"{at}.safetensors": shard(["t"]) for at in range(SHARDS)}
    source = Beginning(files, Unseen("is gated", Code.HUB_GATED))

    found = read(source)

    assert {it.look for it in found.values()} == {Unseen("is gated", Code.HUB_GATED)}
    assert len(source.asked) < SHARDS


def test_trouble_on_the_way_leaves_each_header_unseen() -> None:
    source = Beginning({"a.safetensors": shard(["t"])}, Unseen("no answer"))

    assert read(source)["a.safetensors"] == HeaderRead(Unseen("no answer"))


def test_a_header_that_is_too_large_is_not_asked_for() -> None:
    data = (30_000_000).to_bytes(8, "little") + bytes(30_000_000)
    source = Beginning({"a.safetensors": data})

    found = read(source)["a.safetensors"]

    assert isinstance(found.look, Unseen)
    assert [hazard.code for hazard in found.hazards] == [Code.RESOURCE]
    assert len(source.asked) == 1


def test_a_file_that_is_too_short_for_a_header_is_unseen_and_a_hazard() -> None:
    found = read(Beginning({"a.safetensors": b"1234", "b.safetensors": shard(["t"])}))

    short = found["a.safetensors"]
    assert isinstance(short.look, Unseen)
    assert short.look.code is Code.ST_TOO_SHORT
    assert [(one.code, one.path) for one in short.hazards] == [(Code.ST_TOO_SHORT, "a.safetensors")]
    assert isinstance(found["b.safetensors"].look, Seen)


def test_where_one_is_strict_the_first_broken_header_ends_the_reading() -> None:
    source = Beginning({"a.safetensors": b"1234"})
    desk = Desk(source, EvidenceStore(None), noon, HOME, strict=True)  # type: ignore[arg-type]

    with pytest.raises(WeightsError) as caught:
        read_headers([FileEntry(RelPath("a.safetensors"), 4)], desk)

    assert (caught.value.code, caught.value.path) == (Code.ST_TOO_SHORT, "a.safetensors")


def test_a_pointer_where_a_header_should_be_is_told_and_kept_whole() -> None:
    text = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 7\n" % (b"0" * 64)

    found = read(Beginning({"a.safetensors": text}))["a.safetensors"]

    assert found.look == Unseen("a pointer of git-lfs: its 7 bytes are elsewhere", Code.GIT_LFS)
    assert [(one.code, one.path) for one in found.hazards] == [(Code.GIT_LFS, "a.safetensors")]


def test_headers_that_do_not_fit_into_memory_together_are_asked_for_in_turn() -> None:
    files = {f"{at}.safetensors": shard(["t"], padding=9 * 2**20) for at in range(2)}
    source = Beginning(files)

    found = read(source)

    assert all(isinstance(it.look, Seen) for it in found.values())
    assert len(source.asked) == 4


@attrs.frozen
class Tailed:
    """A format that has its header at the end: the mark, the tensors, a header of 16 bytes."""

    kind: ClassVar[WeightKind] = WeightKind("tailed", (".tailed",), read=True)

    def begins(self, start: bytes) -> bool:
        return start.startswith(b"TAIL")

    def wants(self, file: FileParts) -> tuple[ByteRange, ...]:
        return ByteRange(0, 4), ByteRange(file.size - 16, file.size)

    def parse(self, file: FileParts) -> tuple[Look[Header], tuple[Hazard, ...]]:
        mark, tail = (file.take(one) for one in self.wants(file))
        return Seen(Header((), ((mark.decode(), tail.decode()),))), ()


@pytest.mark.parametrize("kept", [None, 4], ids=["live", "replayed"])
def test_the_end_of_a_file_is_asked_for_without_what_lies_before(kept: int | None) -> None:
    data = b"TAIL" + bytes(2 * GUESS) + b"0123456789abcdef"
    source = Beginning({"a.tailed": data}, kept=kept)
    desk = Desk(source, EvidenceStore(None), noon, HOME)  # type: ignore[arg-type]
    entry = FileEntry(RelPath("a.tailed"), len(data))

    found = read_headers([entry], desk, lambda _: Tailed())[entry.path]

    assert found.look == Seen(Header((), (("TAIL", "0123456789abcdef"),)))
    assert source.asked == [("a.tailed", 0, GUESS), ("a.tailed", 0, 16)]
    assert [one.uri for one in found.where] == [
        f"{HOME}/a.tailed#bytes=0-3",
        f"{HOME}/a.tailed#bytes={len(data) - 16}-{len(data) - 1}",
    ]


def test_a_file_whose_end_does_not_come_is_unseen() -> None:
    source = Beginning({"a.tailed": b"TAIL"})
    desk = Desk(source, EvidenceStore(None), noon, HOME)  # type: ignore[arg-type]
    entry = FileEntry(RelPath("a.tailed"), 4000)

    found = read_headers([entry], desk, lambda _: Tailed())[entry.path]

    assert isinstance(found.look, Unseen)
    assert [one.code for one in found.hazards] == [Code.RESOURCE]
    assert len(source.asked) == 2


def test_without_beginnings_a_header_stays_unseen() -> None:
    class Plain:
        """A source that knows no beginnings."""

    entry = FileEntry(RelPath("a.safetensors"), 9)
    desk = Desk(Plain(), EvidenceStore(None), noon, TOY)  # type: ignore[arg-type]

    found = read_headers([entry], desk)[entry.path]

    assert found == HeaderRead(Unseen("its bytes were not read"))


def test_a_release_of_many_shards_costs_few_requests_and_bytes(
    tmp_path: Path, how_many: Callable[[int, int], int]
) -> None:
    shards_in_all = how_many(40, SHARDS)
    names = [f"model-{at + 1:05}-of-{shards_in_all:05}.safetensors" for at in range(shards_in_all)]
    shards = {
        name: shard([f"model.layers.{at}.experts.{it}.weight" for it in range(500)])
        for at, name in enumerate(names)
    }
    index = {
        f"model.layers.{at}.experts.{it}.weight": name
        for at, name in enumerate(names)
        for it in range(500)
    }
    text = json.dumps({"metadata": {}, "weight_map": index}).encode()
    with LoopbackHub(tmp_path / "hub") as hub:
        made = hub.add_model("org/large")
        made.commit({**shards, "model.safetensors.index.json": text}, message="m")
        settings = Settings(endpoint=hub.url, cache=tmp_path / "cache", weights=False)

        manifest = audit("org/large", settings=settings, clock=noon)

        asked = [it for it in hub.requests if "safetensors" in it.path and "json" not in it.path]
    assert manifest.profile is not None
    assert manifest.profile.tensors == shards_in_all * 500
    assert len(asked) <= 3 * shards_in_all
    assert SHARDS * GUESS + len(text) < 64 * 2**20
