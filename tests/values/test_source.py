import pytest

from provenance.errors import InvalidValueError
from provenance.values.revision import Commit
from provenance.values.source import Confidence, HowPinned, PinnedSource

COMMIT = Commit("a" * 40)
OWN = [how for how in HowPinned if how is not HowPinned.SUBMODULE]


def pinned(how: HowPinned, named_by: Confidence = Confidence.HIGH) -> PinnedSource:
    return PinnedSource("u", "u", COMMIT, COMMIT, how, named_by)


def test_only_a_commit_that_the_publisher_wrote_down_is_certain() -> None:
    sure = {how: pinned(how).confidence for how in OWN}

    assert [how for how in OWN if sure[how] is Confidence.HIGH] == [HowPinned.COMMIT_IN_LINK]
    assert [how for how in OWN if sure[how] is Confidence.MEDIUM] == [
        HowPinned.TAG_IN_LINK,
        HowPinned.VERSION_TAG,
    ]


@pytest.mark.parametrize("sure", Confidence)
def test_a_submodule_is_as_sure_as_the_repository_that_names_it(sure: Confidence) -> None:
    assert pinned(HowPinned.SUBMODULE, sure).confidence is sure


@pytest.mark.parametrize("how", OWN)
def test_nothing_but_a_submodule_is_named_by_another_repository(how: HowPinned) -> None:
    with pytest.raises(InvalidValueError):
        pinned(how, Confidence.LOW)
