import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, InvalidValueError
from provenance.values.name_pattern import NamePattern

WORKFLOW = "https://github.com/org/repo/.github/workflows/release.yml@refs/tags/v1"


@pytest.mark.parametrize(
    ("pattern", "name", "covered"),
    [
        (WORKFLOW, WORKFLOW, True),
        (WORKFLOW[:-1] + "*", WORKFLOW, True),
        (WORKFLOW[:-1] + "*", WORKFLOW + ".2", True),
        ("https://github.com/org/*/.github/workflows/release.yml@refs/tags/v*", WORKFLOW, True),
        # Anchored at both ends.
        ("github.com/org/*", WORKFLOW, False),
        (WORKFLOW[:-1] + "*", "x" + WORKFLOW, False),
        (WORKFLOW[:-1] + "*", WORKFLOW + "/x", False),
        # One character at least.
        (WORKFLOW + "*", WORKFLOW, False),
        # No star reaches over / or @: neither another owner nor another domain.
        ("https://github.com/*", WORKFLOW, False),
        ("https://github.com/org/*@refs/tags/v1", WORKFLOW, False),
        ("*@example.org", "release@example.org", True),
        ("*@example.org", "release@evil.org@example.org", False),
        ("*@example.org", "release@example.org.evil", False),
        ("release@*.example.org", "release@a.b.example.org", True),
        # Everything but the star stands for itself.
        ("release@example.org", "release@exampleXorg", False),
        ("re.*e@example.org", "release@example.org", False),
        ("Release@example.org", "release@example.org", False),
        ("a*b*c", "axbxc", True),
        ("a*b*c", "abxc", False),
        ("a*b*c", "axbc", False),
        ("a*bc", "abc", False),
        ("a*a", "a", False),
        ("a*a", "aa", False),
        ("a*a", "aba", True),
    ],
)
def test_a_pattern_covers_the_whole_name_or_nothing(pattern: str, name: str, covered: bool) -> None:
    assert NamePattern.parse(pattern).covers(name) is covered


@given(
    st.text("ab*/@", min_size=1, max_size=8).filter(lambda text: "a" in text and "**" not in text),
    st.text("ab/@", max_size=8),
)
def test_a_pattern_is_what_a_regular_expression_would_say(pattern: str, name: str) -> None:
    pieces = map(re.escape, pattern.split("*"))

    expected = re.fullmatch("[^/@]+".join(pieces), name) is not None

    assert NamePattern(pattern).covers(name) is expected
    assert str(NamePattern.parse(pattern)) == pattern


@pytest.mark.parametrize("text", ["", "*", "*/*", "*@*.*", "a**b", "a\nb", "a\x1b", "a" * 513])
def test_a_pattern_that_admits_everybody_or_nobody_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        NamePattern(text)

    assert caught.value.code is Code.POLICY_FILE
    assert caught.value.hint


@pytest.mark.parametrize("text", ["https://*", "https://*/*", "git+ssh://*@*"])
def test_a_scheme_says_nothing_about_whose_a_name_is(text: str) -> None:
    with pytest.raises(InvalidValueError, match="admits everybody"):
        NamePattern(text)

    assert NamePattern("https://*.example.org").covers("https://a.example.org")


@pytest.mark.parametrize(
    "text", ["^release@example.org", "a@b$", ".*@example.org", r"release@example\.org"]
)
def test_what_reads_like_a_regular_expression_is_told_of(text: str) -> None:
    with pytest.raises(InvalidValueError, match="regular expression"):
        NamePattern(text)

    assert NamePattern("https://a/.config/v1.*").covers("https://a/.config/v1.2")


def test_the_worst_pattern_and_name_cost_little() -> None:
    pattern = NamePattern("a*" * 255 + "b")
    before = process_time()

    assert not pattern.covers("a" * 100_000)

    assert process_time() - before < 0.5
