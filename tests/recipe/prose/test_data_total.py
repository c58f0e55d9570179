import time

import pytest

from provenance.recipe.prose.data_total import amounts, data_total
from provenance.text.markdown import read


def total_of(card: str) -> int | None:
    found = data_total(read(card.encode()).sections)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("825 GiB", [825 * 2**30]),
        ("1.5TB", [1_500_000_000_000]),
        ("12,345 bytes", [12_345]),
        ("3 million characters", [12_000_000]),
        ("1 character less", []),
        ("7B parameters and 300B tokens", []),
        ("0 bytes", []),
        ("99999999 PB", []),
        ("v1.2.3 GB", []),
    ],
)
def test_amounts_are_bytes_and_characters(sentence: str, found: list[int]) -> None:
    assert amounts(sentence) == found


def test_the_largest_amount_counts_since_it_is_the_most_that_the_words_allow() -> None:
    assert total_of("## Training data\n\n10 GB of text, of which 4 GB are code.\n") == 10**10


@pytest.mark.parametrize(
    "card",
    [
        "## Hardware\n\nIt ran with 80 GB.\n",
        "## Training data\n\nIt took 8 GPUs with 80 GB of memory.\n",
        "```\n## Training data\n10 GB\n```\n",
        "",
    ],
)
def test_what_is_no_training_data_of_theirs_is_no_total(card: str) -> None:
    assert total_of(card) is None


def test_what_is_kept_back_is_part_of_the_whole() -> None:
    assert total_of("## Training data\n\nThe 10 GB corpus is not released.\n") == 10**10


def test_a_sentence_about_training_data_counts_anywhere() -> None:
    assert total_of("# M\n\nIt was trained on 2 TB of public text.\n") == 2 * 10**12


@pytest.mark.parametrize("unit", ["9", "train ", "9,", "9 ", "1.", "memory "])
def test_a_long_sentence_costs_nothing(unit: str) -> None:
    started = time.process_time()

    assert total_of("## Data\n\n" + unit * 50_000 + " bytes\n") is None
    assert time.process_time() - started < 2
