import pytest

from provenance.policy.explain import explain
from provenance.policy.file import parse
from tests.policy.test_file import WHOLE


def test_every_demand_has_its_sentence() -> None:
    sentences = explain(parse(WHOLE.encode()))

    text = "\n".join(sentences)
    assert len(sentences) == 23
    for said in (
        *("open-weights or higher", "not be gated", "rung 3 (retrieved)", "any open licence"),
        *("Apache-2.0 or MIT", "MOF class", "kind rebuild", "PICKLE", "release's own files"),
        *(
            "read, kernel",
            "executable bit",
            "2 different ones of these 5",
            "at most 90 days",
            "at most 30 days",
            "very commit",
        ),
    ):
        assert said in text
    assert sentences[-1] == "What could not be looked at fails the policy (exit 1)."


def test_the_least_policy_is_two_sentences() -> None:
    sentences = explain(parse(b'schema = 1\nforbid-hazards = ["PICKLE"]'))

    assert sentences == (
        "The hazard PICKLE may not be in the release and in what it links to.",
        "What could not be looked at leaves the verdict undecided (exit 3).",
    )


KEYS = [f'{{key = "sha256:{number:064x}"}}' for number in range(3)]


@pytest.mark.parametrize(
    ("count", "require", "said"),
    [
        (1, '"any"', "It has to be signed by the key "),
        (3, '"any"', "One of these 3 signers must have signed:"),
        (3, '"all"', "All of these 3 signers must have signed:"),
        (3, "2", "2 different ones of these 3 signers must have signed:"),
    ],
)
def test_who_has_to_have_signed_is_told_in_full(count: int, require: str, said: str) -> None:
    text = f"schema = 1\n[signers]\nrequire = {require}\naccept = [{', '.join(KEYS[:count])}]"

    first, *more, _ = explain(parse(text.encode()))

    assert first.startswith(said)
    assert len(more) == (0 if count == 1 else count)
    for number in range(count):
        assert f"{number:064x}" in "\n".join((first, *more))
