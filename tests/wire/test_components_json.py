from typing import cast

import attrs
import pytest
from hypothesis import given

from provenance.errors import Code, InvalidValueError, TextError
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.rung import Rung
from provenance.wire.components_json import encode_components, parse_components
from provenance.wire.scalars import JsonObject
from tests.building import CODE_CLAIM, CONSISTENT, report, reports
from tests.wire.manifests import COMPONENTS

REPORT = attrs.evolve(
    report(Component.TRAINING_CODE, Rung.CONSISTENT),
    claims=(CODE_CLAIM,),
    findings=(CONSISTENT,),
)
ALL = tuple(reports(training_code=REPORT).values())
PLACE = list(Component).index(Component.TRAINING_CODE)


def reader(encoded: list[JsonValue]) -> Reader:
    return Reader.of({"components": encoded}, code=Code.MANIFEST_SHAPE)


def changed(encoded: list[JsonValue], change: JsonObject) -> list[JsonValue]:
    one = cast("JsonObject", encoded[PLACE])
    return [*encoded[:PLACE], {**one, **change}, *encoded[PLACE + 1 :]]


@given(COMPONENTS)
def test_reports_come_back(found: tuple[ComponentReport, ...]) -> None:
    assert parse_components(reader(encode_components(found))) == found


def test_what_is_unknown_is_not_absent() -> None:
    unknown = report(Component.TRAINING_CODE, Rung.ABSENT, Rung.REPRODUCED)

    encoded = encode_components(tuple(reports(training_code=unknown).values()))

    one = cast("JsonObject", encoded[PLACE])
    assert (one["rung"], one["rung_at_most"]) == ("unknown", 6)
    assert cast("JsonObject", encoded[PLACE + 1])["rung"] == 0


def test_a_report_reads_as_the_contract_says() -> None:
    one = cast("JsonObject", encode_components(ALL)[PLACE])

    assert one["id"] == "training-code"
    assert (one["rung"], one["coverage"], one["access"]) == (5, None, "public")
    (claim,) = cast("list[JsonObject]", one["claims"])
    assert claim["target"] == {
        "kind": "git",
        "revision": "c" * 40,
        "uri": "https://example.org/org/code",
    }
    (finding,) = cast("list[JsonObject]", one["findings"])
    assert (finding["outcome"], finding["reason"]) == ("confirmed", "they agree")


@pytest.mark.parametrize(
    "found", [ALL[1:], (*ALL, ALL[0]), ALL[::-1], ()], ids=["few", "many", "reversed", "none"]
)
def test_reports_that_are_not_of_every_component_are_not_written(
    found: tuple[ComponentReport, ...],
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        encode_components(found)

    assert caught.value.code is Code.VALUE


def test_a_claim_in_the_report_on_another_component_is_not_written() -> None:
    wrong = attrs.evolve(report(Component.DATASETS), claims=(CODE_CLAIM,))

    with pytest.raises(InvalidValueError, match="datasets") as caught:
        encode_components(tuple(reports(datasets=wrong).values()))

    assert caught.value.code is Code.VALUE


def test_reports_out_of_order_are_refused() -> None:
    with pytest.raises(TextError, match="order") as caught:
        parse_components(reader(encode_components(ALL)[::-1]))

    assert caught.value.code is Code.MANIFEST_SHAPE


@pytest.mark.parametrize(
    "change",
    [
        {"access": "open"},
        {"claims": [{}]},
        {"claims": [{"extra": 1}]},
        {"coverage": [1]},
        {"extra": 1},
        {"findings": None},
        {"findings": [{"outcome": "passed"}]},
        {"license": None},
        {"rung": "absent"},
        {"rung": 7},
        {"rung": True},
        # An upper end below the lower one.
        {"rung_at_most": 4},
        # Unknown, and yet nothing is open: that is absent.
        {"rung": "unknown", "rung_at_most": 0},
        # Absent, and yet something is open: that is unknown.
        {"rung": 0, "rung_at_most": 1},
    ],
    ids=str,
)
def test_a_report_that_cannot_be_is_refused(change: JsonObject) -> None:
    with pytest.raises(TextError) as caught:
        parse_components(reader(changed(encode_components(ALL), change)))

    assert caught.value.code is Code.MANIFEST_SHAPE


def test_an_outcome_of_no_known_kind_is_refused() -> None:
    finding = cast(
        "list[JsonObject]", cast("JsonObject", encode_components(ALL)[PLACE])["findings"]
    )[0]

    with pytest.raises(TextError, match="confirmed") as caught:
        parse_components(
            reader(
                changed(encode_components(ALL), {"findings": [{**finding, "outcome": "passed"}]})
            )
        )

    assert caught.value.code is Code.MANIFEST_SHAPE
