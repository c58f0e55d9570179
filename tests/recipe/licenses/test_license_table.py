import tomllib
from pathlib import Path

from provenance.recipe.licenses.license_shingles import checksums
from provenance.recipe.licenses.license_table import table
from provenance.recipe.licenses.license_words import words_of

ROOT = Path(__file__).resolve().parents[3]
PLAN = tomllib.loads((ROOT / "tools" / "licenses.toml").read_text("utf-8"))


def test_every_licence_that_the_plan_names_is_in_the_table() -> None:
    ids = {one.id for one in table().layouts}

    assert {row["id"] for row in PLAN["text"]} <= ids
    assert set(PLAN["scancode"].values()) <= ids
    assert len(ids) > 700


def test_the_digests_of_a_licence_that_is_not_kept_as_words_are_those_of_its_copy() -> None:
    found = {one.id: (one.size, one.text) for one in table().layouts}

    assert found["LicenseRef-mistral-research"] == (1744, None)
    assert found["LicenseRef-mistral-non-production"] == (1796, None)
    assert table().titles[words_of("# Mistral AI Research License")] == {
        "LicenseRef-mistral-research"
    }


def test_only_licences_that_spdx_lists_are_kept_as_words() -> None:
    layouts = table().layouts

    assert all(one.text is None for one in layouts if one.id.startswith("LicenseRef-"))
    assert all(one.text or len(one.prints) > one.size / 4 for one in layouts)


def test_no_headline_leaves_nothing_of_a_licence() -> None:
    assert all(one.size >= 12 for one in table().layouts)


def test_the_nearest_are_those_that_share_most() -> None:
    words = words_of((ROOT / "LICENSE").read_text("utf-8"))

    ids = [one.id for one in table().nearest(checksums(words), 8)]
    assert ids.count("Apache-2.0") > 2
    assert table().nearest(frozenset(), 3) == ()


def test_the_table_is_read_once() -> None:
    assert table() is table()
