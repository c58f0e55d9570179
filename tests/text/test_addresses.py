import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.addresses import addresses

SHA = "a" * 40


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in addresses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see (https://x.org/a_(b)).", ["https://x.org/a_(b)"]),
        ("见https://github.com/QwenLM/Qwen\uff0c其中", ["https://github.com/QwenLM/Qwen"]),
        ("at github.com/o/r, say", ["github.com/o/r"]),
        (
            "arXiv:2303.03915v2, arXiv: hep-th/9901001",
            ["arXiv:2303.03915v2", "arXiv: hep-th/9901001"],
        ),
        ("doi:10.57967/HF/0003.", ["doi:10.57967/HF/0003"]),
        (f"swh:1:rev:{SHA};path=/a.", [f"swh:1:rev:{SHA};path=/a"]),
        ("git@github.com:o/r.git; a@example.org", ["git@github.com:o/r.git"]),
        ("hf://datasets/o/d@v1/x", ["hf://datasets/o/d@v1/x"]),
        ("ext::sh -c x", ["ext::sh"]),
        ("https://g\u0456thub.com/x", ["https://g\u0456thub.com/x"]),
        ("http:// and https://, too", []),
        ("mygithub.com/o/r", []),
        ("arXiv:2303.039151", []),
        ("'https://q.org'", ["https://q.org"]),
    ],
)
def test_an_address_ends_where_prose_goes_on(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@given(st.text(alphabet="htps:/a.org()[];, é。", max_size=60))
def test_addresses_stand_in_the_text_in_order(text: str) -> None:
    places = list(addresses(text))

    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
