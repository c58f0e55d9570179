"""What holds of scores and labels for any release: who could game them, and cannot."""

import random
from collections.abc import Callable, Iterator

import attrs
import pytest

from provenance.values.component import Component
from provenance.values.finding import Absent, Confirmed, Contradicted, Unknown
from provenance.values.label import Stage
from provenance.values.rung import Rung
from tests.frameworks.releases import CLIMB, MASSES, AnyRelease, Verdict, any_release, finding

# Adding in another order may move the last digit that is kept.
_A_DIGIT = 1.0001e-4
PRIVATE = "a private dataset"


@pytest.fixture
def releases(how_many: Callable[[int, int], int]) -> Iterator[tuple[AnyRelease, random.Random]]:
    choose = random.Random(20261125)  # noqa: S311 - the same releases in every run
    return ((any_release(choose), choose) for _ in range(how_many(150, 20_000)))


def lower(before: Verdict, after: Verdict) -> bool:
    """Tell whether anything that is shown fell."""
    scores = any(after.scores[one].lo < before.scores[one].lo - _A_DIGIT for one in Stage)
    return scores or after.decision.label.level < before.decision.label.level


def higher(before: Verdict, after: Verdict) -> bool:
    """Tell whether anything that is shown rose."""
    return lower(after, before)


def narrower(before: Verdict, after: Verdict) -> bool:
    """Tell whether anything that is possible fell."""
    scores = any(after.scores[one].hi < before.scores[one].hi - _A_DIGIT for one in Stage)
    return scores or after.decision.at_most.level < before.decision.at_most.level


def wider(before: Verdict, after: Verdict) -> bool:
    """Tell whether anything that is possible rose."""
    return narrower(after, before)


def test_what_is_shown_is_never_more_than_what_is_possible(
    releases: Iterator[tuple[AnyRelease, random.Random]],
) -> None:
    labels = set()
    for release, _ in releases:
        verdict = release.verdict()
        assert all(one.lo <= one.hi for one in verdict.scores.values())
        assert verdict.decision.label.level <= verdict.decision.at_most.level
        labels.add(verdict.decision.label)

    assert len(labels) >= 3


def test_more_passing_evidence_never_lowers(
    releases: Iterator[tuple[AnyRelease, random.Random]],
) -> None:
    for release, choose in releases:
        component, facet = choose.choice(release.facets())
        more = release.adding(
            finding(component, choose.choice(CLIMB), Confirmed("it holds"), facet)
        )

        before, after = release.verdict(), more.verdict()

        assert not lower(before, after)
        assert not narrower(before, after)


def test_claims_and_links_change_nothing(
    releases: Iterator[tuple[AnyRelease, random.Random]],
) -> None:
    said = Confirmed("the publisher says so")
    for release, _ in releases:
        loud = release.adding(
            *(
                finding(component, rung, said, facet)
                for component, facet in release.facets()
                for rung in (Rung.CLAIMED, Rung.LOCATED)
            )
        )

        assert loud.verdict() == release.verdict()


def test_naming_one_more_private_dataset_never_lowers_and_never_widens(
    releases: Iterator[tuple[AnyRelease, random.Random]],
) -> None:
    about = Component.DATASETS
    for release, choose in releases:
        if not any(one.component is about for one in release.findings):
            continue
        named = attrs.evolve(
            release, masses={**release.masses, PRIVATE: choose.choice(MASSES)}
        ).adding(
            finding(about, Rung.CLAIMED, Confirmed("it is named"), PRIVATE),
            finding(about, Rung.LOCATED, Confirmed("it has an id"), PRIVATE),
            finding(about, Rung.RETRIEVED, Absent("nobody may have it"), PRIVATE),
        )

        before, after = release.verdict().scores, named.verdict().scores

        assert after[Stage.DATA].lo >= before[Stage.DATA].lo - _A_DIGIT
        assert after[Stage.DATA].hi <= before[Stage.DATA].hi + _A_DIGIT
        assert not wider(release.verdict(), named.verdict())


def test_a_failed_check_never_raises(
    releases: Iterator[tuple[AnyRelease, random.Random]],
) -> None:
    for release, choose in releases:
        component, facet = choose.choice(release.facets())
        failed = choose.choice((Contradicted("it differs"), Absent("it is not there")))
        worse = release.adding(finding(component, choose.choice(CLIMB), failed, facet))

        before, after = release.verdict(), worse.verdict()

        assert not higher(before, after)
        assert not wider(before, after)


def test_what_becomes_unknown_shows_no_more_and_excludes_no_more(
    releases: Iterator[tuple[AnyRelease, random.Random]],
) -> None:
    for release, choose in releases:
        if not release.findings:
            continue
        place = choose.randrange(len(release.findings))
        lost = attrs.evolve(release.findings[place], outcome=Unknown("the network was not there"))
        unseen = attrs.evolve(
            release,
            findings=(*release.findings[:place], lost, *release.findings[place + 1 :]),
        )

        before, after = release.verdict(), unseen.verdict()

        if isinstance(release.findings[place].outcome, Confirmed):
            assert not higher(before, after)
        assert not narrower(before, after)
