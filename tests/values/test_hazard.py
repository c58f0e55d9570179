from provenance.errors import Code
from provenance.values.hazard import Hazard, Limit


def test_hazards_and_limits_have_one_order() -> None:
    hazards = [
        Hazard(Code.PICKLE, "b", ""),
        Hazard(Code.PICKLE, "a", ""),
        Hazard(Code.BIDI, "c", ""),
    ]
    limits = [Limit(Code.OFFLINE, "b", ""), Limit(Code.OFFLINE, "a", "")]

    assert [one.path for one in sorted(hazards)] == ["c", "a", "b"]
    assert [one.what for one in sorted(limits)] == ["a", "b"]
