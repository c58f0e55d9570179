import io

import attrs
import pytest
from rich.console import Console

from provenance.cli.report import show, show_verdict
from provenance.cli.terminal import MOST_ROWS, console
from provenance.errors import Code
from provenance.frameworks.mof import assess
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.finding import Absent, Confirmed, Finding, Unknown
from provenance.values.hazard import Hazard, Limit
from provenance.values.label import Label
from provenance.values.license import License, Likeness, Terms
from provenance.values.manifest import Dangling, End, Manifest
from provenance.values.rung import Rung
from provenance.values.verdict import Failed, Passed, Undecided, Verdict
from tests.building import MANIFEST, claim, report, reports

DATA = Component.DATASETS


def shown(manifest: Manifest) -> str:
    text = io.StringIO()
    show(manifest, Console(file=text, width=200, highlight=False))
    return text.getvalue()


def with_data(one: ComponentReport) -> Manifest:
    return attrs.evolve(MANIFEST, components=tuple(reports(datasets=one).values()))


def finding(rung: Rung, outcome: Confirmed | Absent | Unknown) -> Finding:
    return Finding("check", DATA, rung, outcome)


def test_the_label_comes_first_with_what_it_could_be_at_most() -> None:
    first, second = shown(MANIFEST).splitlines()[:2]

    assert "is open-weights, partial" in first
    assert "at most open-source" in second
    certain = attrs.evolve(MANIFEST, label_at_most=Label.OPEN_WEIGHTS)
    assert "at most" not in shown(certain)


def test_a_release_without_weights_shows_no_profile() -> None:
    assert "parameters in" in shown(MANIFEST)
    assert "parameters in" not in shown(attrs.evolve(MANIFEST, profile=None))


def test_a_rung_is_shown_with_its_reason_and_why_it_goes_no_higher() -> None:
    held = report(
        DATA,
        Rung.RETRIEVED,
        Rung.RETRIEVED,
        MANIFEST.components[0].license.terms,
        finding(Rung.RETRIEVED, Confirmed("two files")),
        finding(Rung.BOUND, Absent("the link can move")),
    )

    assert "two files; but: the link can move" in shown(with_data(held))


def test_what_is_unknown_is_called_so_and_silence_is_gathered() -> None:
    asked = attrs.evolve(report(DATA, Rung.ABSENT, Rung.REPRODUCED), claims=(claim(DATA),))
    silent = report(DATA, Rung.ABSENT, Rung.REPRODUCED)
    located = report(
        DATA,
        Rung.LOCATED,
        Rung.REPRODUCED,
        MANIFEST.components[0].license.terms,
        finding(Rung.LOCATED, Confirmed("a link")),
        finding(Rung.RETRIEVED, Unknown("no network")),
    )

    assert "datasets" in shown(with_data(asked))
    assert any(
        line.startswith("unknown") and "datasets" in line
        for line in shown(with_data(silent)).splitlines()
    )
    assert "a link; unknown: no network" in shown(with_data(located))


def test_hazards_limits_and_loose_ends_are_listed_and_cut() -> None:
    many = tuple(Hazard(Code.PICKLE, f"{n}.bin", "\x1b[2Jlisted") for n in range(MOST_ROWS + 2))
    found = attrs.evolve(
        MANIFEST,
        hazards=many,
        limits=(Limit(Code.OFFLINE, "\u202elink", "offline"),),
        dangling=(
            Dangling("git:x", "gone", End.NOWHERE),
            Dangling("git:y", "offline", End.UNSEEN),
            Dangling("a corpus", "no address", End.NAMED),
            Dangling("git:z", "an older manifest's"),
        ),
        assessments=(assess(reports(Rung.RETRIEVED)),),
    )

    text = shown(found)

    assert "and 2 more, in the manifest" in text
    assert "\\u202elink: offline [OFFLINE]" in text
    ends = text[text.index("Leads nowhere") :]
    assert "git:x: gone" in ends[: ends.index("Named without")]
    assert "a corpus: no address" in ends
    assert "git:z: an older manifest's" in ends
    assert "git:y" not in text
    assert "claimed class I, evidenced class I" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_link_that_leads_nowhere_was_looked_at_and_a_listed_file_is_not_gone() -> None:
    path = MANIFEST.inventory.entries[0].path.text
    found = attrs.evolve(
        MANIFEST,
        limits=(
            Limit(Code.HUB_UNKNOWN, path, "it was not read"),
            Limit(Code.LINK_DEAD, "https://example.org/paper", "it is gone"),
        ),
    )

    text = shown(found)

    not_looked_at, gone = text[text.index("Not looked at") :].split("Looked for, and not there")
    assert f"{path}: it was not read [HUB_UNKNOWN]" in not_looked_at
    assert "example.org" not in not_looked_at
    assert "https://example.org/paper: it is gone [LINK_DEAD]" in gone


@pytest.mark.parametrize("verdict", [Passed(("a",)), Failed(("a",)), Undecided(("a",))])
def test_a_verdict_is_shown_with_its_reasons(verdict: Verdict) -> None:
    text = io.StringIO()

    show_verdict(verdict, Console(file=text))

    assert text.getvalue().split() == ["policy:", type(verdict).__name__.lower(), "a"]


def test_in_a_pipe_the_width_is_fixed() -> None:
    assert console().width == 110


def test_a_licence_that_is_like_another_is_shown_with_its_words_once_for_all_it_concerns() -> None:
    modified = License(Terms.UNKNOWN, "mit", nearest=Likeness("MIT", 0.97, ("credit\x1b[31m us",)))
    alike = tuple(attrs.evolve(one, license=modified) for one in MANIFEST.components)

    said = shown(attrs.evolve(MANIFEST, components=alike))

    assert "mit (other text)" in said
    assert said.count("the text is like MIT (97.0% of the words), and is not it") == 1
    assert "it adds: 'credit" in said
    assert f"and {len(alike) - 3} more: the text is like" in said
    assert "\x1b" not in said
    assert "\nLicences" not in shown(MANIFEST)
