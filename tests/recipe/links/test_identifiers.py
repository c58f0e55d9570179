import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.recipe.links.identifiers import arxiv, doi, revision, swhid, without_sentence

SHA = "a" * 40


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2303.03915", "arxiv:2303.03915"),
        ("0704.0001", "arxiv:0704.0001"),
        ("2303.03915v12", "arxiv:2303.03915@v12"),
        ("hep-th/9901001", "arxiv:hep-th/9901001"),
        ("hep-th/9901001v2", "arxiv:hep-th/9901001@v2"),
        ("math.GT/0309136", "arxiv:math/0309136"),
    ],
)
def test_a_paper_has_one_name_and_its_version_is_the_revision(text: str, found: str) -> None:
    assert str(arxiv(text)) == found


@pytest.mark.parametrize(
    "text", ["2313.00001", "2303.039", "2303.03915v0", "hep-th/99010011", "x", "", "2303.03915\n"]
)
def test_what_no_paper_can_have_is_no_arxiv_identifier(text: str) -> None:
    assert arxiv(text) is None


def test_a_doi_has_one_case_and_arxivs_own_are_papers() -> None:
    assert str(doi("10.57967/HF/1234")) == "doi:10.57967/hf/1234"
    assert str(doi("10.48550/arXiv.2303.03915v2")) == "arxiv:2303.03915@v2"
    assert doi("10.48550/arXiv.x") is None
    assert doi("10.1/x") is None
    assert doi("10.1234/a b") is None
    assert doi("10.1234/" + "a" * 1024) is None


def test_a_swhid_keeps_its_qualifiers_in_one_order() -> None:
    core = f"swh:1:dir:{SHA}"

    assert str(swhid(core)) == f"swhid:{core}"
    assert str(swhid(f"{core};path=/a;origin=https://github.com/o/r;")) == (
        f"swhid:{core};origin=https://github.com/o/r;path=/a"
    )


@pytest.mark.parametrize(
    "text",
    [
        f"swh:2:dir:{SHA}",
        f"swh:1:ori:{SHA}",
        "swh:1:dir:abc",
        f"swh:1:dir:{SHA.upper()}",
        f"swh:1:dir:{SHA};unknown=1",
        f"swh:1:dir:{SHA};path=",
        f"swh:1:dir:{SHA};path=/a;path=/b",
        f"swh:1:dir:{SHA};path=/é",
        f"swh:1:dir:{SHA};path={'a' * 1024}",
    ],
)
def test_what_the_specification_does_not_know_is_no_swhid(text: str) -> None:
    assert swhid(text) is None


def test_a_commit_in_capitals_is_a_commit() -> None:
    assert revision("A" * 40) == revision(SHA)
    assert str(revision("v1.0")) == "v1.0"
    assert revision("-x") is None


@given(st.text(alphabet="a().,;[]!", max_size=30))
def test_an_address_without_its_sentence_is_a_beginning_of_it(text: str) -> None:
    found = without_sentence(text)

    assert text.startswith(found)
    assert without_sentence(found) == found
