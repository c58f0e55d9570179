import pytest

from provenance.values.digest import Digest
from provenance.values.identity import Key
from provenance.values.verified import Checked, Match, Verified

CHECKED = Checked(
    signature="holds",
    time="no trusted time",
    identity=Key(Digest.sha256("0" * 64), "EC P-256"),
    subject=Match.SAME_REVISION,
    files=1,
    evidence="read",
)


def test_a_verification_result_cannot_be_used_as_a_condition() -> None:
    verified = Verified("manifest", CHECKED)

    with pytest.raises(TypeError, match="no truth value"):
        bool(verified)


def test_a_verification_result_carries_what_was_proved() -> None:
    verified = Verified("manifest", CHECKED)

    assert (verified.value, verified.checked) == ("manifest", CHECKED)
