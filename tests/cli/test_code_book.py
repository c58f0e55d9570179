from provenance.cli.code_book import MEANINGS, meaning
from provenance.errors import Code


def test_every_line_is_about_a_code_that_there_is() -> None:
    assert set(MEANINGS) <= {one.value for one in Code}


def test_most_codes_have_a_line_of_their_own_and_the_rest_a_family() -> None:
    silent = [one for one in Code if one.value not in MEANINGS]

    assert len(silent) < len(Code) / 5
    assert all(meaning(one) for one in Code)


def test_a_meaning_is_one_plain_line() -> None:
    for one in Code:
        assert "\n" not in meaning(one)
        assert meaning(one)[0].islower() or meaning(one).startswith(("JSON", "YAML", "HTML"))
