import re
from enum import Enum
from pathlib import Path

import pytest

from provenance.cli.assessment_report import CLASS_NAMES
from provenance.cli.exit_codes import ExitCode
from provenance.cli.topics import topics_of
from provenance.cli.word_book import WORDS
from provenance.values.access import Access
from provenance.values.advice import Severity
from provenance.values.assessment import (
    Grade,
    MofAssessment,
    OsaiAssessment,
    OsaidAssessment,
    OsaidOutcome,
    OsaidQuestion,
    OsaiParameter,
    Status,
)
from provenance.values.component import Component, Content
from provenance.values.dataset import Availability
from provenance.values.finding import Absent, Confirmed, Contradicted, Inapplicable, Unknown
from provenance.values.inventory import How
from provenance.values.label import Label, Qualifier, Stage
from provenance.values.license import Match, Terms
from provenance.values.manifest import Assurance
from provenance.values.next_step import Cost
from provenance.values.openness import LicenseSet, Standing
from provenance.values.reproduction import Reproduction
from provenance.values.rung import Rung
from provenance.values.source import Confidence, HowPinned
from provenance.values.verdict import Failed, Passed, State, Undecided
from tests.charlm import MODEL
from tests.cli.running import Shell

ENUMS: tuple[type[Enum], ...] = (
    *(Access, Assurance, Availability, Confidence, Content, Grade, How, HowPinned, Label),
    *(LicenseSet, Match, OsaidOutcome, OsaidQuestion, OsaiParameter, Qualifier, Reproduction),
    *(Stage, Standing, State, Status, Terms),
)
OUTCOMES = (Absent, Confirmed, Contradicted, Inapplicable, Unknown, Passed, Failed, Undecided)
FRAMEWORKS = (MofAssessment, OsaidAssessment, OsaiAssessment)
PRINTED = {
    *(str(one.value) for enum in ENUMS for one in enum),
    *(kind.__name__.lower() for kind in OUTCOMES),
    *(framework.framework for framework in FRAMEWORKS),
    *(name for rung in Rung for name in (rung.name.lower(), f"{rung:d} {rung.name.lower()}")),
    *(name for one in Component for name in (one.id, one.title)),
    *(severity.word for severity in Severity),
    *(cost.title for cost in Cost),
    *CLASS_NAMES,
    *("undetermined", "at most", "openwashing gap", "rung", "licence", "because", "no text"),
    *("unknown", "other text", "hazard", "proven by git", "confidence", "policy"),
}
_ROW = re.compile(r"^(?:[a-z-]+|unknown) {2,}((?:[0-6] )?[a-z]+) {2,}", re.MULTILINE)
_TITLE = re.compile(r"^([A-Z][A-Za-z, ]+)$", re.MULTILINE)
_BRACKETS = re.compile(r"\[([^\]]+)\]")
_FRAMEWORK = re.compile(r"^  ([a-z]+ [0-9.]+): ", re.MULTILINE)
_STAGE = re.compile(r"(?:scores: |, )([a-z]+) [01]\.[0-9]{2}-")
_COMPONENT = re.compile(r"^([a-z-]+)  ", re.MULTILINE)
_LABEL = re.compile(r" is ([a-z-]+)(?:, ([a-z-]+))*$", re.MULTILINE)


@pytest.mark.parametrize("word", sorted(PRINTED))
def test_every_word_that_values_print_can_be_asked(word: str) -> None:
    assert topics_of(word)


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_word_of_the_book_is_explained_by_it(shell: Shell, word: str) -> None:
    said = shell("explain", word)

    assert said.code is ExitCode.DONE
    for text in WORDS[word]:
        assert f"{word}: {text}" in said.out


def test_no_meaning_stands_twice_but_for_spellings() -> None:
    texts = [text for word, meanings in WORDS.items() for text in meanings if word != "license"]

    repeated = {text for text in texts if texts.count(text) > 1}
    assert repeated <= set(WORDS["openwashing gap"])


def test_every_word_of_a_real_report_can_be_asked(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# A model\n\nTrained on https://example.org/data.\n")
    (tmp_path / "pytorch_model.bin").write_bytes(b"a pickle")
    reports = [shell("audit", place, "--offline").out for place in (MODEL, tmp_path)]

    for patterns in (_ROW, _TITLE, _BRACKETS, _FRAMEWORK, _STAGE, _COMPONENT, _LABEL):
        found = {word for report in reports for word in _words(patterns, report)}
        assert found
        for word in found:
            assert topics_of(word), word


def _words(pattern: re.Pattern[str], report: str) -> set[str]:
    found = pattern.findall(report)
    return {word for one in found for word in ((one,) if isinstance(one, str) else one) if word}
