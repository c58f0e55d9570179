from provenance.values.revision import Commit
from provenance.values.source import Confidence, HowPinned, PinnedSource


def test_only_a_commit_that_the_publisher_wrote_down_is_certain() -> None:
    commit = Commit("a" * 40)
    sources = [PinnedSource("u", "u", commit, commit, how) for how in HowPinned]

    certain = [one.how_pinned for one in sources if one.confidence is Confidence.HIGH]

    assert certain == [HowPinned.COMMIT_IN_LINK]
    assert sources[1].confidence is Confidence.MEDIUM
    assert {one.confidence for one in sources[2:]} == {Confidence.LOW}
