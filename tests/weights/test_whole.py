import pytest

from provenance.errors import Code
from provenance.values.hazard import Hazard
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.weights import DType, Header, Profile, ShardIndex, Tensor
from provenance.weights.whole import Whole, assemble

LACKS = {Code.IX_MISSING_SHARD, Code.IX_TENSOR_MISSING, Code.IX_COUNT}
S1, S2 = "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"


def header(*names: str, dtype: DType = DType.F32) -> Look[Header]:
    size = 4 * dtype.bits // 8
    tensors = (
        Tensor(name, dtype, (2, 2), number * size, (number + 1) * size)
        for number, name in enumerate(names)
    )
    return Seen(Header(tuple(tensors)))


def index(total: int | None = None, /, path: str = "i.json", **files: str) -> ShardIndex:
    return ShardIndex(RelPath(path), tuple(sorted(files.items())), total)


def found_in(
    headers: dict[str, Look[Header]],
    *indexes: ShardIndex,
    more: tuple[str, ...] = (),
    complete: bool = True,
) -> Whole:
    seen = {RelPath(path): look for path, look in headers.items()}
    return assemble(
        seen, indexes, [*seen, *map(RelPath, more)], form="safetensors", complete=complete
    )


def whole(
    headers: dict[str, Look[Header]], *indexes: ShardIndex, more: tuple[str, ...] = ()
) -> tuple[Look[Profile], tuple[Hazard, ...]]:
    found = found_in(headers, *indexes, more=more)
    return found.look, found.hazards


def codes(headers: dict[str, Look[Header]], *indexes: ShardIndex) -> list[Code]:
    look, hazards = whole(headers, *indexes)
    told = {hazard.code for hazard in hazards} - {Code.IX_TOTAL_SIZE}
    assert isinstance(look, Seen) != bool(told)
    assert isinstance(look, Missing) == bool(told & LACKS)
    return [hazard.code for hazard in hazards]


def test_shards_that_fit_their_index_are_one_whole_model() -> None:
    look, hazards = whole(
        {S2: header("b", dtype=DType.F16), S1: header("a")}, index(24, a=S1, b=S2)
    )

    assert hazards == ()
    assert look == Seen(
        Profile(
            format="safetensors",
            files=(RelPath(S1), RelPath(S2)),
            tensors=2,
            parameters=8,
            size=24,
            dtypes=("F16", "F32"),
        )
    )


def test_several_models_in_one_release_are_fine() -> None:
    headers = {
        S1: header("a"),
        S2: header("b"),
        "consolidated.safetensors": header("a", "b"),
        "unet/x-00001-of-00001.safetensors": header("a"),
        "vae/model.safetensors": header("a"),
    }

    look, hazards = whole(headers, index(32, a=S1, b=S2))

    assert hazards == ()
    assert isinstance(look, Seen)
    assert look.value.tensors == 6


def test_shards_without_an_index_are_judged_by_their_names() -> None:
    assert codes({S1: header("a"), S2: header("b")}) == []
    assert codes({"m_0-of-2.safetensors": header("a"), "m_1-of-2.safetensors": header("b")}) == []


def test_a_shard_that_is_not_there_is_told() -> None:
    assert codes({S1: header("a")}, index(32, a=S1, b=S2)) == [Code.IX_MISSING_SHARD]


def test_a_shard_that_no_index_lists_is_told() -> None:
    headers = {S1: header("a"), S2: header("b")}

    assert codes(headers, index(16, a=S1)) == [Code.IX_UNLISTED_SHARD]


def test_a_tensor_that_is_not_in_its_shard_is_told() -> None:
    headers = {S1: header("a"), S2: header("b")}

    assert codes(headers, index(None, a=S1, b=S2, c=S2)) == [Code.IX_TENSOR_MISSING]


def test_a_tensor_that_the_index_does_not_list_is_told() -> None:
    headers = {S1: header("a"), S2: header("b", "c")}

    assert codes(headers, index(None, a=S1, b=S2)) == [Code.IX_TENSOR_EXTRA]


def test_a_tensor_in_another_shard_than_listed_is_told_both_ways() -> None:
    headers = {S1: header("a"), S2: header("c")}

    assert codes(headers, index(32, a=S1, b=S2)) == [Code.IX_TENSOR_EXTRA, Code.IX_TENSOR_MISSING]


def test_a_tensor_in_two_shards_is_told() -> None:
    headers = {S1: header("a"), S2: header("a", "b")}

    found = codes(headers, index(None, a=S1, b=S2))

    assert found == [Code.IX_TENSOR_EXTRA, Code.IX_TENSOR_TWICE]
    assert codes(headers) == [Code.IX_TENSOR_TWICE]


@pytest.mark.parametrize("total", [0, 31, 10**15])
def test_a_total_size_that_the_shards_do_not_hold_is_told(total: int) -> None:
    headers = {S1: header("a"), S2: header("b")}

    assert codes(headers, index(total, a=S1, b=S2)) == [Code.IX_TOTAL_SIZE]


@pytest.mark.parametrize(
    "names",
    [
        (S1,),
        (S1, "model-00003-of-00003.safetensors"),
        ("m-2-of-2.safetensors", "m-3-of-2.safetensors"),
        ("m-1-of-2.safetensors", "m-01-of-2.safetensors"),
        ("m-1-of-1.safetensors", "m-2-of-1.safetensors"),
        ("m-1-of-3.safetensors", "m-3-of-3.safetensors", "m-4-of-3.safetensors"),
    ],
)
def test_names_that_do_not_count_their_shards_are_told(names: tuple[str, ...]) -> None:
    assert codes({name: header(name) for name in names}) == [Code.IX_COUNT]


def test_an_index_does_not_mend_names_that_do_not_count() -> None:
    third = "model-00003-of-00003.safetensors"

    assert codes({S1: header("a"), third: header("b")}, index(32, a=S1, b=third)) == [Code.IX_COUNT]


def test_an_index_of_a_single_file_needs_no_numbers() -> None:
    name = "model.safetensors"

    assert codes({name: header("a")}, index(16, a=name)) == []


def test_a_header_that_was_not_seen_leaves_the_whole_unseen() -> None:
    unseen = Unseen("too large", Code.RESOURCE)

    look, hazards = whole({S1: header("a"), S2: unseen}, index(16, a=S1, b=S2))

    assert hazards == ()
    assert isinstance(look, Unseen)
    assert look.code is Code.RESOURCE
    assert S2 in look.reason


def test_a_file_whose_header_nobody_read_leaves_the_whole_unseen() -> None:
    look, hazards = whole({}, more=("model.safetensors",))

    assert hazards == ()
    assert isinstance(look, Unseen)


def test_a_header_that_is_missing_leaves_the_whole_missing() -> None:
    look, _ = whole({"model.safetensors": Missing("withdrawn")})

    assert isinstance(look, Missing)
    assert "withdrawn" in look.reason


@pytest.mark.parametrize("headers", [{}, {"model.safetensors": header()}])
def test_no_tensors_are_no_parameters(headers: dict[str, Look[Header]]) -> None:
    look, hazards = whole(headers)

    assert isinstance(look, Missing)
    assert hazards == ()


def test_the_reason_for_a_missing_whole_names_its_code() -> None:
    look, _ = whole({S1: header("a")}, index(32, a=S1, b=S2))

    assert isinstance(look, Missing)
    assert look.reason.endswith("[IX_MISSING_SHARD]")


def test_one_trouble_of_many_tensors_is_told_once() -> None:
    names = [f"t{number}" for number in range(1000)]

    _, hazards = whole({"m.safetensors": header(*names)}, index(None, x="m.safetensors"))

    assert [hazard.code for hazard in hazards] == [Code.IX_TENSOR_EXTRA, Code.IX_TENSOR_MISSING]
    assert hazards[0].detail.startswith("1000 tensors: 't0'")


def test_a_sum_of_sizes_that_is_wrong_leaves_the_parameters_whole() -> None:
    look, hazards = whole({S1: header("a"), S2: header("b")}, index(31, a=S1, b=S2))

    assert isinstance(look, Seen)
    assert look.value.parameters == 8
    assert hazards[0].detail == "declares 31 bytes of tensors; the shards hold 32"


def test_what_is_odd_in_an_index_is_told_beside_what_does_not_fit() -> None:
    odd = Hazard(Code.JSON_NONFINITE, "i.json", "NaN")
    own = ShardIndex(RelPath("i.json"), (("a", S1), ("b", S2)), 1, (odd,))

    found = found_in({S1: header("a"), S2: header("b")}, own)

    assert [one.code for one in found.hazards] == [Code.IX_TOTAL_SIZE, Code.JSON_NONFINITE]
    assert isinstance(found.look, Seen)


def test_an_index_that_names_two_copies_leaves_unknown_which_tensors_count() -> None:
    headers = {"model.safetensors": header("a", "b"), S1: header("a"), S2: header("b")}

    found = found_in(headers, index(None, a="model.safetensors", b=S2))

    assert isinstance(found.look, Unseen)
    assert Code.IX_TENSOR_TWICE in {one.code for one in found.hazards}
    assert Code.IX_UNLISTED_SHARD in {one.code for one in found.hazards}


def test_two_indexes_that_disagree_contradict_nothing_that_is_there() -> None:
    headers = {S1: header("a"), S2: header("b")}

    found = found_in(headers, index(32, a=S1, b=S2), index(32, path="j.json", a=S1, b=S2, c=S2))

    assert isinstance(found.look, Unseen)
    assert [one.code for one in found.hazards] == [Code.IX_TENSOR_MISSING]


def test_a_tensor_in_another_shard_than_the_index_says_is_not_called_missing() -> None:
    headers = {S1: header("a"), S2: header("b", "c")}

    found = found_in(headers, index(None, a=S1, b=S1, c=S2))

    assert isinstance(found.look, Unseen)
    assert [one.code for one in found.hazards] == [Code.IX_TENSOR_EXTRA, Code.IX_TENSOR_MISSING]


def test_a_tensor_that_may_be_in_a_shard_that_was_not_seen_is_not_called_missing() -> None:
    headers = {S1: header("a"), S2: Unseen("cut off", Code.ST_OFFSET)}

    assert isinstance(found_in(headers, index(None, a=S1, b=S1, c=S2)).look, Unseen)


@pytest.mark.parametrize("folder", ["", "unet/"])
def test_a_stale_index_beside_a_whole_model_contradicts_it_in_its_folder_only(folder: str) -> None:
    stale = index(None, a=S1, b=S2)

    found = found_in({f"{folder}model.safetensors": header("a", "b")}, stale)

    assert isinstance(found.look, Missing if folder else Unseen)
    assert Code.IX_MISSING_SHARD in {one.code for one in found.hazards}


def test_of_a_release_that_is_partly_here_no_shard_is_called_missing() -> None:
    by_index = found_in({S1: header("a")}, index(32, a=S1, b=S2), complete=False)
    by_name = found_in({S1: header("a")}, complete=False)

    assert isinstance(by_index.look, Unseen)
    assert isinstance(by_name.look, Unseen)
    assert by_index.hazards == by_name.hazards == ()


@pytest.mark.parametrize(
    "names",
    [
        ("unet/m.safetensors", "unet/m.fp16.safetensors", "vae/m.safetensors"),
        (S1, S2, "model-00001-of-00002.fp16.safetensors", "model-00002-of-00002.fp16.safetensors"),
        ("model.fp16-00001-of-00001.safetensors", "model-00001-of-00001.safetensors"),
        ("adapter_model.safetensors", "model.safetensors", "2_Dense/model.safetensors"),
        ("consolidated.safetensors", S1, S2, "original/m-00001-of-00001.safetensors"),
    ],
)
def test_copies_and_parts_of_one_release_are_families_of_their_own(names: tuple[str, ...]) -> None:
    found = found_in({name: header(name) for name in names})

    assert isinstance(found.look, Seen)
    assert found.hazards == ()
    assert sum(found.counts) == 4 * len(names)


def test_the_parameters_of_each_model_are_counted_apart() -> None:
    headers = {S1: header("a"), S2: header("b"), "consolidated.safetensors": header("a", "b")}

    assert found_in(headers, index(32, a=S1, b=S2)).counts == (8, 8)
