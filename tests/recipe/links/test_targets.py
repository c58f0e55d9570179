import pytest

from provenance.errors import Code, RefError
from provenance.recipe.links.targets import Target, parse_target

SHA = "a" * 40
OWN = "https://hub.example.org:8443/mirror"


def read(text: str) -> Target:
    return parse_target(text, endpoint=OWN)


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("org/name", "hf:org/name"),
        ("org/name/", "hf:org/name"),
        (" org/name ", "hf:org/name"),
        ("gpt2", "hf:gpt2"),
        ("bert-base-uncased@main", "hf:bert-base-uncased@main"),
        ("hf:org/name@refs/pr/1", "hf:org/name@refs/pr/1"),
        ("org/name@refs%2Fpr%2F1", "hf:org/name@refs/pr/1"),
        ("org/name@release/v1", "hf:org/name@release/v1"),
        ("models/org/name", "hf:org/name"),
        ("https://huggingface.co/org/name", "hf:org/name"),
        ("https://huggingface.co/org/name/", "hf:org/name"),
        ("http://www.huggingface.co/org/name?library=x#usage", "hf:org/name"),
        ("HTTPS://HuggingFace.co/Org/Name", "hf:Org/Name"),
        ("huggingface.co/org/name", "hf:org/name"),
        ("hf.co/org/name/tree/main", "hf:org/name@main"),
        ("https://huggingface.co/gpt2", "hf:gpt2"),
        ("hf.co/gpt2/blob/main/README.md", "hf:gpt2@main"),
        (f"https://huggingface.co/org/name/tree/{SHA}/sub/folder", f"hf:org/name@{SHA}"),
        (f"https://huggingface.co/org/name/commit/{SHA}", f"hf:org/name@{SHA}"),
        ("https://huggingface.co/org/name/tree/refs%2Fpr%2F1", "hf:org/name@refs/pr/1"),
        ("https://huggingface.co/org/name/tree/refs/pr/1/sub", "hf:org/name@refs/pr/1"),
        (
            "https://huggingface.co/org/name/resolve/main/a%20b?download=true",
            "hf:org/name@main",
        ),
        ("https://huggingface.co/org/name/discussions/3", "hf:org/name"),
        ("https://huggingface.co/api/models/org/name", "hf:org/name"),
        ("hf://org/name", "hf:org/name"),
        ("hf://models/org/name@v1/a.bin", "hf:org/name@v1"),
        (f"{OWN}/org/name/tree/v1", "hf:org/name@v1"),
        ("hub.example.org:8443/mirror/org/name", "hf:org/name"),
    ],
)
def test_a_model_is_read_however_its_address_is_pasted(text: str, ref: str) -> None:
    assert str(read(text).ref) == ref


@pytest.mark.parametrize(
    "text",
    ["https://huggingface.co/org/name/tree/release/v1/sub", "hf://org/name@release/v1/sub"],
)
def test_a_name_with_slashes_is_kept_open_until_somebody_asks(text: str) -> None:
    target = read(text)

    assert [str(one) for one in target.names] == ["release/v1/sub", "release/v1", "release"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("https://huggingface.co/datasets/org/d", "a dataset"),
        ("hf.co/datasets/squad/tree/main", "a dataset"),
        ("datasets/org/d", "a dataset"),
        ("hf://datasets/org/d", "a dataset"),
        ("https://huggingface.co/datasets", "a list of datasets"),
        ("https://huggingface.co/spaces/org/s", "a space"),
        ("hf://spaces/org/s", "a space"),
        ("https://huggingface.co/collections/org/c-123", "a collection"),
        ("https://huggingface.co/papers/2303.03915", "a paper"),
        ("https://arxiv.org/abs/2303.03915", "a paper"),
        ("https://huggingface.co/organizations/org/activity", "an organization"),
        ("https://huggingface.co/models?search=x", "a list of models"),
        ("https://github.com/o/r", "a git repository"),
        ("https://huggingface.co/docs/hub", "no model of the Hub"),
        ("https://huggingface.co/", "no model of the Hub"),
        ("https://elsewhere.example.org/org/name", "no model of the Hub"),
        ("https://hub.example.org:8443/org/name", "no model of the Hub"),
        ("models--org--name", "how the Hub's client calls the folder of org/name"),
        ("hf.co/org/na--me", "does not name a release"),
        ("a/b/c", "does not name a release"),
        ("", "does not name a release"),
    ],
)
def test_what_is_no_model_is_called_what_it_is(text: str, what: str) -> None:
    with pytest.raises(RefError) as caught:
        read(text)

    assert what in caught.value.what
    assert caught.value.code is Code.REF
    assert caught.value.hint
