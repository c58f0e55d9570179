import click
import pytest

from provenance.cli.digest_options import PartType
from provenance.cli.options import AlgorithmsType
from provenance.values.digest import Algorithm


def test_algorithms_are_named_with_commas_and_once() -> None:
    found = AlgorithmsType().convert("tree-sha256,sha256,tree-sha256", None, None)

    assert found == (Algorithm.TREE_SHA256, Algorithm.SHA256)


@pytest.mark.parametrize("text", ["", "md5", "sha256,", "SHA256"])
def test_an_algorithm_that_nobody_knows_is_usage(text: str) -> None:
    with pytest.raises(click.BadParameter, match="sha256"):
        AlgorithmsType().convert(text, None, None)


def test_a_part_is_counted_from_one() -> None:
    assert PartType().convert("2/7", None, None) == (2, 7)


@pytest.mark.parametrize("text", ["", "1", "0/1", "3/2", "-1/2", "1/2/3", "a/b"])
def test_a_part_that_cannot_be_is_usage(text: str) -> None:
    with pytest.raises(click.BadParameter, match="no part"):
        PartType().convert(text, None, None)
