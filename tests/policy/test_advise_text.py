import time

import pytest

from provenance.policy.advise_text import MOST, advise_text, line_of
from provenance.values.advice import Rule


def found(text: str, path: str = "README.md") -> set[tuple[Rule, int]]:
    return {(one.rule, one.line) for one in advise_text(path, text.encode())}


HEAD = "---\nlicense: mit\n---\n# M\n"


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("It is in /scratch/ada/run.", Rule.PRIVATE_PATH),
        ("s3://my-bucket/x", Rule.PRIVATE_PATH),
        ("/home/ada/x", Rule.PRIVATE_PATH),
        ("[More Information Needed]", Rule.TEMPLATE_TEXT),
        ("{{ model_description | default('', true) }}", Rule.TEMPLATE_TEXT),
        ("TODO: write this", Rule.TEMPLATE_TEXT),
        ("a \u202e b", Rule.CARD),
    ],
)
def test_what_does_not_belong_is_told_with_its_line(line: str, rule: Rule) -> None:
    assert found(HEAD + line + "\n") == {(rule, 5)}


@pytest.mark.parametrize(
    "line",
    [
        "See https://example.org/home/ada/x and https://huggingface.co/data/x/y",
        "`--output ./scratch/run`",
        "Use {x: 1} and {{x}}y",
        "a TODOlist",
    ],
)
def test_what_only_looks_like_it_is_not_told(line: str) -> None:
    assert (
        found(HEAD + line + "\n") <= {(Rule.TEMPLATE_TEXT, 5)}
        if "{{x}}" in line
        else not found(HEAD + line + "\n")
    )


def test_the_metadata_s_oddities_are_told_with_their_lines() -> None:
    odd = "---\nlicense: mit\ntags:\n- no\nlicense: x\n---\n# M\n"

    assert found(odd) == {(Rule.CARD, 4), (Rule.CARD, 5)}


def test_a_card_that_cannot_be_read_is_told() -> None:
    assert found("---\na: &x [1]\nb: *x\n---\n") == {(Rule.UNREADABLE, 3)}


def test_other_files_are_searched_for_paths_only() -> None:
    assert found('{"path": "/home/ada/x"}\nTODO', "config.json") == {(Rule.PRIVATE_PATH, 1)}


def test_lines_count_from_one() -> None:
    assert [line_of(b"a\nb\nc", place) for place in (0, 1, 2, 4)] == [1, 1, 2, 3]


def test_at_most_some_are_told_and_long_lines_cost_nothing() -> None:
    started = time.process_time()

    told = list(advise_text("a.json", b"/home/ada/x " * 5000 + b"{{ " * 100_000))

    assert len(told) == MOST
    assert time.process_time() - started < 5


def test_text_that_is_shown_in_another_order_is_told_in_other_markdown_too() -> None:
    assert found("a \u202e b\n", "docs/use.md") == {(Rule.CARD, 1)}
