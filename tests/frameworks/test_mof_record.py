import random
from collections.abc import Callable

import pytest

from provenance.errors import Code, TextError
from provenance.frameworks.mof import classify
from provenance.frameworks.mof_record import BY_TITLE, parse_record
from provenance.frameworks.openness import OPEN_LICENSES, is_open
from provenance.values.assessment import Status
from provenance.values.component import Component
from tests import mot

C = Component


def ours(data: bytes) -> mot.Found:
    record = parse_record(data)
    standing = classify(record.statuses)
    return mot.Found(
        standing.mof_class,
        {str(at): part for at, part in enumerate(standing.progress, 1)},
        {one.title: status.value for one, status in record.statuses.items()},
    )


def record(components: str, general: str = "{}") -> bytes:
    return f"release:\n  license: {general}\n  components: {components}\n".encode()


def status_of(components: str, general: str = "{}") -> Status:
    (found,) = parse_record(record(components, general)).statuses.values()
    return found


def test_the_components_are_those_of_the_tool_s_own_settings() -> None:
    told = {
        one["name"]: (one["class"], one["required"], one["content_type"]) for one in mot.settings()
    }

    assert told == {
        name: (one.mof_class, one.required, one.content.value) for name, one in BY_TITLE.items()
    }


def test_the_open_licences_are_those_of_the_tool_s_own_lists() -> None:
    known = {*mot.licenses(), *mot.open_ids(), *OPEN_LICENSES}

    assert {one for one in known if is_open(one)} == mot.open_ids()


def test_every_test_file_of_the_tool_comes_out_as_the_tool_says() -> None:
    told = mot.expected()
    found = {mot.name_of(data): ours(data) for data in mot.records("Test_Data").values()}

    assert len(found) == 27
    assert found.keys() == told.keys()
    for name, one in found.items():
        assert one[:2] == told[name][:2], name


@pytest.mark.parametrize(("folder", "count"), [("models", 273), ("Test_Data", 27)])
def test_every_record_comes_out_as_a_second_evaluator_says(folder: str, count: int) -> None:
    found = mot.records(folder)

    assert len(found) == count
    for name, data in found.items():
        assert ours(data) == mot.evaluate(data), name


def test_any_record_comes_out_as_a_second_evaluator_says(
    how_many: Callable[[int, int], int],
) -> None:
    choose = random.Random(20261125)  # noqa: S311 - a fixed seed
    classes = set()
    for _ in range(how_many(400, 2000)):
        data = mot.any_record(choose)
        found = ours(data)
        assert found == mot.evaluate(data), data.decode()
        classes.add(found.mof_class)

    assert classes == {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("own", "general", "status"),
    [
        ("MIT", "{}", Status.OPEN),
        ("mit", "{}", Status.INVALID),
        ("MIT OR Apache-2.0", "{}", Status.INVALID),
        ("'MIT '", "{}", Status.INVALID),
        ("unlicensed", "{code: {name: MIT}}", Status.UNLICENSED),
        ("''", "{code: {name: MIT}}", Status.OPEN),
        ("", "{code: {name: MIT}}", Status.OPEN),
        ("null", "{code: {name: MIT}, distribution: {name: x}}", Status.OPEN),
        ("~", "{data: {name: MIT}, distribution: {name: x}}", Status.INVALID),
        ("~", "{code: {name: ~}, distribution: {name: MIT}}", Status.OPEN),
        ("~", "{code: {name: ''}, distribution: {name: MIT}}", Status.OPEN),
        ("~", "{code: ~, distribution: {path: MIT}}", Status.UNLICENSED),
        ("~", "{code: {name: unlicensed}, distribution: {name: MIT}}", Status.UNLICENSED),
        ("'null'", "{code: {name: MIT}}", Status.INVALID),
        ("no", "{code: {name: MIT}}", Status.INVALID),
        ("OpenMDW-1.0", "{}", Status.OPEN),
        ("~", "[]", Status.UNLICENSED),
        ("~", "~", Status.UNLICENSED),
        # What the tool does not read can be anything.
        ("~", "{weights: MIT, model: [x], code: {name: MIT}}", Status.OPEN),
        ("~", "{model: {name: MIT}}", Status.UNLICENSED),
    ],
)
def test_a_component_stands_under_its_own_licence_then_its_kind_s_then_the_whole_s(
    own: str, general: str, status: Status
) -> None:
    assert status_of(f"[{{name: Training code, license: {own}}}]", general) is status


def test_a_name_that_mof_does_not_have_is_told_and_does_not_count() -> None:
    found = parse_record(record("[{name: training code, license: MIT}, {name: Model card}]"))

    assert list(found.statuses) == [C.MODEL_CARD]
    assert found.remarks == ("MOF 1.0 has no component 'training code'; it does not count",)


def test_another_framework_or_version_is_told() -> None:
    other = b'framework: {name: Other, version: "2.0"}\n' + record("[]")

    assert parse_record(b"framework: ~\n" + record("[]")).remarks == ()
    assert parse_record(other).remarks == (
        "its framework's name is 'Other'; it is assessed by MOF 1.0",
        "its framework's version is '2.0'; it is assessed by MOF 1.0",
    )


def test_of_a_component_that_stands_twice_the_last_counts_and_it_is_told() -> None:
    twice = "[{name: Model card, license: MIT}, {name: Model card, license: x}]"

    found = parse_record(record(twice))

    assert found.statuses == {C.MODEL_CARD: Status.INVALID}
    assert found.remarks == ("Model card stands twice; the last counts",)


def test_a_record_without_components_includes_nothing() -> None:
    assert parse_record(record("[]")).statuses == parse_record(record("{}")).statuses == {}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.MOF_RECORD),
        (b"text", Code.MOF_RECORD),
        (b"- 1", Code.MOF_RECORD),
        (b"{}", Code.MOF_RECORD),
        (b"release: []", Code.MOF_RECORD),
        (b"release: {name: x}", Code.MOF_RECORD),
        (record("~"), Code.MOF_RECORD),
        (record("x"), Code.MOF_RECORD),
        (record("{a: b}"), Code.MOF_RECORD),
        (record("[x]"), Code.MOF_RECORD),
        (record("[{license: MIT}]"), Code.MOF_RECORD),
        (record("[{name: ''}]"), Code.MOF_RECORD),
        (record("[{name: [Model card]}]"), Code.MOF_RECORD),
        (record("[{name: Model card, license: [MIT]}]"), Code.MOF_RECORD),
        (record("[{name: Model card, license: {name: MIT}}]"), Code.MOF_RECORD),
        (record("[]", "MIT"), Code.MOF_RECORD),
        (record("[]", "[MIT]"), Code.MOF_RECORD),
        (record("[]", "{code: MIT}"), Code.MOF_RECORD),
        (record("[]", "{code: [MIT]}"), Code.MOF_RECORD),
        (record("[]", "{code: {name: [MIT]}}"), Code.MOF_RECORD),
        (record("[{name: Model card, license: MIT, license: x}]"), Code.YAML_DUP_KEY),
        (record("[{name: Model card, <<: {license: MIT}}]"), Code.YAML_MERGE),
        (record("[{name: !!python/name:os.system x}]"), Code.YAML_TAG),
        (b"a: &a [x]\nb: *a", Code.YAML_ALIAS),
        (b"[" * 100, Code.YAML_DEPTH),
        (b"release: {", Code.YAML_SYNTAX),
        (b"release: 1\n---\nrelease: 2", Code.YAML_SYNTAX),
        (b"\xff\xfe", Code.CARD_ENCODING),
        (b"x" * (2 * 2**20 + 1), Code.RESOURCE),
        (b"[" + b"no," * 200 + b"x]", Code.RESOURCE),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_no_record_is_refused_by_a_code(data: bytes, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        parse_record(data)

    assert caught.value.code is code
