from provenance.cli.verdict_json import verdict_json
from provenance.values.verdict import Answer, Failed, State


def test_every_demand_is_told_with_what_to_do() -> None:
    answers = (Answer("label", State.UNMET, "it is closed", "choose another"),)

    assert verdict_json(Failed(("it is closed",), answers)) == {
        "verdict": "failed",
        "reasons": ["it is closed"],
        "answers": [{"demand": "label", "state": "unmet", "reason": "it is closed"}],
        "to_do": ["choose another"],
    }
