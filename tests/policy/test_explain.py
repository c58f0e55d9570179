from provenance.policy.explain import explain
from provenance.policy.file import parse
from tests.policy.test_file import WHOLE


def test_every_demand_has_its_sentence() -> None:
    sentences = explain(parse(WHOLE.encode()))

    text = "\n".join(sentences)
    assert len(sentences) == 18
    for said in (
        *("open-weights or higher", "not be gated", "rung 3 (retrieved)", "any open licence"),
        *("Apache-2.0 or MIT", "MOF class", "kind rebuild", "PICKLE", "release's own files"),
        *("read, kernel", "executable bit", "2 of these 5", "90 days", "30 days", "very commit"),
    ):
        assert said in text
    assert sentences[-1] == "What could not be looked at fails the policy (exit 1)."


def test_the_least_policy_is_two_sentences() -> None:
    sentences = explain(parse(b'schema = 1\nforbid-hazards = ["PICKLE"]'))

    assert sentences == (
        "The hazard PICKLE may not be in the release and in what it links to.",
        "What could not be looked at leaves the verdict undecided (exit 3).",
    )
