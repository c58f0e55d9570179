from provenance.policy.advise_secrets import hidden, search
from provenance.policy.secrets import MOST
from provenance.values.advice import Advice, Rule
from tests.policy.secret_samples import word


def test_a_secret_is_told_with_its_line_and_kind() -> None:
    token = "hf_" + word(34)

    (told,) = search("a.env", f"\n\nTOKEN={token}\n".encode()).advice

    assert (told.rule, told.path, told.line) == (Rule.SECRET, "a.env", 3)
    assert "a Hugging Face token, 37 characters that begin with hf_" in told.what
    assert "revoked by huggingface.co" in told.todo
    assert token[5:] not in told.what + told.todo


def test_of_very_many_the_first_are_told_and_the_rest_is_said() -> None:
    many = "\n".join("hf_" + word(34) for _ in range(MOST + 9))

    told = search("a", many.encode()).advice

    assert [one.line for one in told] == [*range(1, MOST + 1), MOST]
    assert "more that look like secrets follow" in told[-1].what


def test_other_advice_repeats_no_secret() -> None:
    found = search("README.md", f"https://ada:{word(20)}@example.org/x".encode())
    (secret,) = found.secrets
    quoting = Advice(Rule.LINK_NOT_PINNED, "README.md", 1, f"https://ada:{secret}@e.org", "pin")

    (told,) = hidden([quoting], found.secrets)

    assert secret[:5] not in told.what
    assert list(hidden([quoting], ())) == [quoting]
