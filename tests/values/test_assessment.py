import pytest

from provenance.errors import InvalidValueError
from provenance.values.assessment import Assessment


@pytest.mark.parametrize(("claimed", "evidenced"), [(4, 0), (0, -1)])
def test_a_class_that_the_framework_does_not_have_is_refused(claimed: int, evidenced: int) -> None:
    with pytest.raises(InvalidValueError):
        Assessment("mof", "1.0", claimed, evidenced)


def test_claimed_and_evidenced_are_kept_apart() -> None:
    assessment = Assessment("mof", "1.0", claimed=1, evidenced=3)

    assert (assessment.claimed, assessment.evidenced) == (1, 3)
