import re

from provenance.errors import Code
from provenance.policy.mending import MENDINGS, mending
from provenance.values.advice import Rule

#: What a sentence that orders nothing begins with.
NO_ORDERS = {
    *(
        "a",
        "an",
        "the",
        "it",
        "this",
        "that",
        "there",
        "is",
        "are",
        "was",
        "has",
        "if",
        "no",
        "one",
    ),
    *("you", "we", "they", "its", "some", "which", "what", "when", "because", "see", "please"),
}


def is_order(text: str) -> bool:
    """Tell whether a line begins with a verb that tells somebody to do something."""
    first = re.split(r"[^a-z]", text)[0]
    return bool(first) and first not in NO_ORDERS and not first.endswith(("ed", "ing", "tion"))


def test_every_code_says_what_to_do_in_words_of_its_own() -> None:
    assert set(MENDINGS) == {one.value for one in Code}
    assert len(set(MENDINGS.values())) == len(Code)
    for code in Code:
        assert is_order(mending(code)), code
        assert "\n" not in mending(code)


def test_every_rule_says_what_to_do_in_words_of_its_own() -> None:
    assert len({rule.mend for rule in Rule}) == len(Rule)
    for rule in Rule:
        assert is_order(rule.mend), rule
