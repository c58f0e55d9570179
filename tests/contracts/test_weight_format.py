"""What every weight format keeps to: one row for each that is read, by its name."""

import json
from collections.abc import Mapping
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import WeightsError
from provenance.flows.auditing.audit import audit
from provenance.ports.weight_format import WeightFormat
from provenance.testing.hub import LoopbackHub
from provenance.values.file_parts import FileParts
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.look import Look, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.settings import Settings
from provenance.values.weights import Header
from provenance.weights.ranges import MOST_RANGES, lacking, require_whole
from provenance.weights.table import FORMATS, READ, reader_of, weight_paths, weights_in
from provenance.wire.statement import encode_statement
from tests.charlm import noon


@attrs.frozen
class Sample:
    """A file of a format: how it is called, its bytes, the shapes of its tensors by name.

    ``lies`` are files that say of themselves what cannot be: bytes where there are none.
    """

    path: RelPath
    data: bytes = attrs.field(repr=False)
    shapes: Mapping[str, tuple[int, ...]]
    lies: tuple[bytes, ...]


def safetensors(end: int = 6, length: int | None = None) -> bytes:
    tensors = {
        "a": {"dtype": "U8", "shape": [2], "data_offsets": [0, 2]},
        "b": {"dtype": "F32", "shape": [1, 1], "data_offsets": [2, end]},
    }
    header = json.dumps(tensors).encode()
    return (length or len(header)).to_bytes(8, "little") + header + b"abcdef"


SAMPLES: Mapping[str, Sample] = {
    "safetensors": Sample(
        RelPath("model.safetensors"),
        safetensors(),
        {"a": (2,), "b": (1, 1)},
        lies=(safetensors(end=2**60), safetensors(length=2**63), safetensors(length=10_000)),
    ),
}

by_sample = pytest.mark.parametrize("form", READ, ids=lambda form: form.kind.name)
by_row = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.kind.name)


def sample_of(form: WeightFormat) -> Sample:
    return SAMPLES[form.kind.name]


def seen_of(form: WeightFormat, data: bytes, path: RelPath) -> FileParts:
    """Return what a format wants of a file, and nothing that it did not ask for."""
    file = FileParts(path, len(data))
    for _ in range(MOST_RANGES):
        wanted = lacking(form, file)
        if not wanted:
            break
        file = file.with_part(wanted[0].start, data[wanted[0].start : wanted[0].end])
    require_whole(form, file)
    return file


def read(form: WeightFormat, data: bytes, path: RelPath) -> Look[Header]:
    return form.parse(seen_of(form, data, path))[0]


def test_every_format_that_is_read_has_a_sample_here() -> None:
    assert {form.kind.name for form in READ} == SAMPLES.keys()
    assert all(form.kind.read is (form in READ) for form in FORMATS)


@by_sample
def test_a_sample_is_read_from_the_ranges_that_were_wanted(form: WeightFormat) -> None:
    sample = sample_of(form)

    look = read(form, sample.data, sample.path)

    assert isinstance(look, Seen)
    assert {one.name: one.shape for one in look.value.tensors} == sample.shapes


@by_sample
def test_what_else_is_at_hand_changes_nothing(form: WeightFormat) -> None:
    sample = sample_of(form)
    whole = FileParts(sample.path, len(sample.data)).with_part(0, sample.data)

    assert lacking(form, whole) == ()
    assert form.parse(whole)[0] == read(form, sample.data, sample.path)


@by_sample
def test_a_name_and_first_bytes_stand_for_one_format(form: WeightFormat) -> None:
    sample = sample_of(form)

    assert reader_of(sample.path) is form
    assert weights_in(sample.path) == form.kind
    assert [one.kind.name for one in FORMATS if one.begins(sample.data)] == [form.kind.name]


@by_row
def test_each_ending_of_a_format_is_counted_as_its_weights(form: WeightFormat) -> None:
    for end in form.kind.endings:
        path = RelPath(f"x{end}")
        found = weight_paths(Inventory((FileEntry(path, 1),)))

        assert weights_in(path) == form.kind
        assert (*found.read, *found.pickles, *found.others) == (path,)
        assert bool(found.read) is form.kind.read


@by_sample
def test_bytes_that_are_not_there_are_an_error(form: WeightFormat) -> None:
    sample = sample_of(form)
    for lie in sample.lies:
        with pytest.raises(WeightsError):
            read(form, lie, sample.path)
    for size in range(len(sample.data)):
        with pytest.raises(WeightsError):
            read(form, sample.data[:size], sample.path)


@by_row
@given(data=st.binary(max_size=200))
def test_no_bytes_raise_anything_but_errors_of_weights(form: WeightFormat, data: bytes) -> None:
    form.begins(data)
    try:
        look = read(form, data, RelPath("x"))
    except WeightsError:
        return
    assert isinstance(look, Seen | Unseen)


@by_sample
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8))
def test_no_change_of_a_sample_raises_anything_but_errors_of_weights(
    form: WeightFormat, changes: list[tuple[int, int]]
) -> None:
    data = bytearray(sample_of(form).data)
    for at, byte in changes:
        data[at % len(data)] = byte

    try:
        look = read(form, bytes(data), sample_of(form).path)
    except WeightsError:
        return
    assert isinstance(look, Seen | Unseen)
    if isinstance(look, Seen):
        assert all(0 <= one.start <= one.end <= len(data) for one in look.value.tensors)


@by_sample
@pytest.mark.parametrize("weights", [True, False])
def test_a_release_in_a_format_is_audited_and_replayed(
    form: WeightFormat, tmp_path: Path, *, weights: bool
) -> None:
    sample = sample_of(form)
    evidence = tmp_path / "evidence"
    with LoopbackHub(tmp_path / "hub") as hub:
        made = hub.add_model("org/one")
        made.commit({sample.path.text: sample.data, "README.md": b"# One\n"}, message="m")
        settings = Settings(
            endpoint=hub.url, cache=tmp_path / "cache", weights=weights, evidence=evidence, jobs=1
        )
        found = audit("org/one", settings=settings, clock=noon)
    replayed = audit("org/one", settings=attrs.evolve(settings, offline=True), clock=noon)

    assert found.profile is not None
    assert (found.profile.format, found.profile.tensors) == (form.kind.name, len(sample.shapes))
    assert found.profile.files == (sample.path,)
    assert encode_statement(attrs.evolve(found, replayed=True)) == encode_statement(replayed)
