import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.doors.names import EXPECTED, name_hazards, skeleton
from provenance.errors import Code

CYRILLIC_ES = "\u0441"
CYRILLIC_A = "\u0430"
CYRILLIC_O = "\u043e"
CYRILLIC_PE_ER = "\u043f\u0440"
GREEK_OMICRON = "\u03bf"


def codes(*paths: str) -> list[tuple[Code, str]]:
    return [(hazard.code, hazard.path) for hazard in name_hazards(paths)]


@pytest.mark.parametrize(
    "name",
    [
        "config.json",
        "model-00001-of-00002.safetensors",
        "\u6a21\u578b-\u00e9-\U0001f600.txt",
        "\u0434\u0430\u043d\u043d\u044b\u0435.csv",
        "\u0394x.txt",
        "\u4e2d\u6587\u8bf4\u660e.md",
        "--upload-pack=touch CANARY",
        "-rf",
        ".gitattributes",
        "common.json",
        "console/conf.txt",
        "n" * 255,
        "family-\U0001f468\u200d\U0001f469.png",
    ],
)
def test_an_honest_name_is_no_hazard(name: str) -> None:
    assert codes(name) == []


@pytest.mark.parametrize(
    "name",
    [
        f"{CYRILLIC_ES}onfig.json",
        f"REA{unicodedata.lookup('CYRILLIC CAPITAL LETTER DZE')}D.md",
        f"sub/t{GREEK_OMICRON}kenizer.json",
        f"d{CYRILLIC_A}ta.txt",
        "\uff43onfig.json",
        "config\u200b.json",
        "soft\u00adhyphen.txt",
        "model\u2010card.md",
        "model\u2013card.md",
    ],
)
def test_a_name_that_looks_like_another_is_a_hazard(name: str) -> None:
    assert (Code.NAME_CONFUSABLE, name) in codes(name, "model-card.md")


def test_a_foreign_word_is_a_hazard_only_beside_what_it_imitates() -> None:
    word = f"{CYRILLIC_ES}{CYRILLIC_O}"

    assert codes(word) == []
    assert codes(word, "co") == [(Code.NAME_CONFUSABLE, word)]


def test_characters_that_reorder_text_are_a_hazard() -> None:
    assert codes("a\u202etxt.exe") == [(Code.BIDI, "a\u202etxt.exe")]


@pytest.mark.parametrize(
    "name",
    [
        "a\\..\\b.bin",
        "CON",
        "sub/aux.json",
        "w.bin.",
        "w.bin ",
        "a:b",
        "com1.txt",
        "lpt\u00b2",
        "what?",
        "folder./file",
        "NUL.tar.gz",
    ],
)
def test_a_name_that_other_systems_cannot_hold_is_a_hazard(name: str) -> None:
    assert codes(name) == [(Code.NAME_PORTABLE, name)]


def test_names_that_become_one_without_case_are_a_hazard() -> None:
    assert codes("Config.json", "config.json") == [(Code.NAME_CASEFOLD, "config.json")]
    assert codes("STRASSE", "stra\u00dfe") == [(Code.NAME_CASEFOLD, "stra\u00dfe")]


def test_folders_that_become_one_without_case_are_a_hazard() -> None:
    assert codes("A/x", "a/y", "a/z") == [(Code.NAME_CASEFOLD, "a")]


def test_the_same_name_in_two_folders_is_no_hazard() -> None:
    assert codes("a/config.json", "b/config.json", "a/b/config.json") == []


def test_hazards_are_sorted_and_told_once() -> None:
    hazards = name_hazards(["b:", "a:", "a:"])

    assert [hazard.path for hazard in hazards] == ["a:", "b:"]


@given(st.sets(st.text(alphabet="aA\u0430bB/.: \u0301\u00e9\u200b", min_size=1)))
def test_hazards_depend_on_the_names_alone(paths: set[str]) -> None:
    assert name_hazards(sorted(paths)) == name_hazards(sorted(paths, reverse=True))


@given(st.text())
def test_a_skeleton_has_nothing_invisible(name: str) -> None:
    assert all(unicodedata.category(char) != "Cf" for char in skeleton(name))


def test_expected_names_are_no_hazard_themselves() -> None:
    assert name_hazards(EXPECTED) == ()
