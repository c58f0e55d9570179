import attrs
import pytest

from provenance.cli.explanation import RUBRICS, Explanation, explain
from provenance.errors import Code, UsageError
from provenance.values.hazard import Hazard
from tests.building import MANIFEST


def test_a_word_is_explained_in_one_part_that_names_it() -> None:
    (part,) = explain("Class II")

    assert part == Explanation("", part.lines)
    assert part.lines[0].startswith("class II: ")


def test_a_component_has_a_title_and_what_was_found_one_of_its_own() -> None:
    general, found = explain("training-code", MANIFEST)

    assert general.title == "Training code"
    assert found.title == str(MANIFEST.release.ref)
    assert explain("training-code") == (general,)


def test_text_of_a_release_is_told_as_it_is() -> None:
    hostile = attrs.evolve(MANIFEST, hazards=(Hazard(Code.PICKLE, "a\x1b.bin", "it is one"),))

    assert any("  a\x1b.bin: it is one" in part.lines for part in explain("pickle", hostile))


def test_rubrics_are_whole_texts() -> None:
    (part,) = explain("rubrics")

    assert "\n".join(part.lines) == "\n".join(
        line for one in RUBRICS for line in (str(one.digest), *one.text.splitlines())
    )


def test_what_nothing_is_called_is_an_error_with_near_names() -> None:
    with pytest.raises(UsageError) as caught:
        explain("open-wieghts")

    assert "open-weights" in caught.value.hint
