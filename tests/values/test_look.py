from provenance.errors import Code
from provenance.values.look import Look, Missing, Seen, Unseen


def say(look: Look[int]) -> str:
    match look:
        case Seen(value):
            return f"seen {value}"
        case Missing(reason):
            return f"missing: {reason}"
        case Unseen(reason, code):
            return f"unseen: {reason} [{code}]"


def test_the_three_ways_of_looking_stay_three() -> None:
    said = [say(Seen(1)), say(Missing("gone")), say(Unseen("no network", Code.NETWORK))]

    assert said == ["seen 1", "missing: gone", "unseen: no network [NETWORK]"]
