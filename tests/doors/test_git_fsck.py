import pytest

from provenance.doors.git_fsck import DOWNGRADED, HARMLESS, broken_rules, only_harmless


def said(level: str, rule: str) -> str:
    return f"{level}: object {'1' * 40}: {rule}: some words"


def test_the_rules_that_git_complained_about_are_told_once() -> None:
    lines = (said("error", "zeroPaddedFilemode"), said("warning", "badTimezone")) * 2

    assert broken_rules("\n".join(lines).encode()) == ("badTimezone", "zeroPaddedFilemode")


def test_a_remote_cannot_name_a_rule() -> None:
    assert broken_rules(f"remote: {said('error', 'badTimezone')}\n\xff".encode("latin-1")) == ()


@pytest.mark.parametrize(
    ("rules", "harmless"),
    [
        ((), False),
        (("zeroPaddedFilemode",), True),
        (HARMLESS, True),
        (("zeroPaddedFilemode", "hasDotdot"), False),
    ],
)
def test_one_rule_that_matters_is_enough(rules: tuple[str, ...], harmless: bool) -> None:
    assert only_harmless(rules) is harmless


@pytest.mark.parametrize(
    "word", ["dot", "git", "tree", "duplicate", "null", "Path", "sorted", "link", "Date"]
)
def test_no_rule_about_files_is_harmless(word: str) -> None:
    about_dates = {"missingSpaceBeforeDate", "zeroPaddedDate"}

    assert not [
        rule for rule in HARMLESS if word.lower() in rule.lower() and rule not in about_dates
    ]


def test_each_harmless_rule_becomes_a_warning() -> None:
    assert DOWNGRADED[:2] == ("-c", "fetch.fsck.badEmail=warn")
    assert len(DOWNGRADED) == 2 * len(HARMLESS)
