import time

import pytest

from provenance.errors import TextError
from provenance.recipe.documents.citations import LARGEST, MOST, citations_of, is_citation
from provenance.values.citation import Citation
from tests.building import WHERE

CARD = """# Toy\r
é<!-- @misc{hidden, title={Toy}, doi={10.1000/0}} -->
```bibtex
@inproceedings{toy,
  title = {{Toy}: a model
     for play},
  booktitle = {Proceedings of the 9th Meeting},
  doi = "10.1000/ABC.1",
}
@article{pre, title={Toy 2}, journal={arXiv preprint arXiv:2304.01373}}
@misc{third, title={Toy 3}, eprint={2304.01373}, archivePrefix={arXiv}}
@article{venue, title={Toy 4}, journal={Journal of Play}}
@misc{nothing, title={Toy 5}, year={2024}}
@misc{url, title={Toy 6}, url={https://arxiv.org/abs/2304.01373v2}}
```
""".encode()


def read(data: bytes, path: str = "README.md") -> tuple[Citation, ...]:
    return citations_of(path, data, WHERE)


def test_entries_are_read_with_what_they_identify_and_where_it_stands() -> None:
    found = read(CARD)

    assert [(one.title, str(one.doi), str(one.arxiv), one.venue) for one in found] == [
        ("Toy: a model for play", "doi:10.1000/abc.1", "None", "Proceedings of the 9th Meeting"),
        ("Toy 2", "None", "arxiv:2304.01373", None),
        ("Toy 3", "None", "arxiv:2304.01373", None),
        ("Toy 4", "None", "None", "Journal of Play"),
        ("Toy 6", "None", "arxiv:2304.01373@v2", None),
    ]
    for one in found:
        assert CARD[one.where.start : one.where.end] == one.quote.encode()
    assert found[0].quote == "10.1000/ABC.1"


@pytest.mark.parametrize(
    ("entry", "doi", "arxiv"),
    [
        ("doi={https://doi.org/10.1000/1}", "doi:10.1000/1", "None"),
        ("doi={10.48550/arXiv.2304.01373}", "None", "arxiv:2304.01373"),
        ("note={arXiv:2304.01373}", "None", "arxiv:2304.01373"),
        ("journal={arXiv:9999.99999}, doi={10.1000/1}", "doi:10.1000/1", "None"),
    ],
)
def test_identifiers_are_known_in_every_place_that_people_write_them(
    entry: str, doi: str, arxiv: str
) -> None:
    (found,) = read(f"@misc{{a, title={{Toy}}, {entry}}}".encode())

    assert (str(found.doi), str(found.arxiv)) == (doi, arxiv)


@pytest.mark.parametrize(
    "entry",
    [
        "doi={none}, eprint={math}, journal={}",
        "journal={CoRR}",
        "booktitle={Submitted to a meeting}",
        "journal={Zenodo}",
        "",
    ],
)
def test_what_identifies_nothing_is_no_citation(entry: str) -> None:
    assert read(f"@misc{{a, title={{Toy}}, {entry}}}".encode()) == ()
    assert read(b"no entry at all") == ()


def test_an_entry_without_a_title_has_none() -> None:
    (found,) = read(b"@misc{a, doi={10.1000/1}}")

    assert found.title == ""


CFF = b"""cff-version: 1.2.0
title: Toy
doi: 10.5281/zenodo.1
preferred-citation:
  type: conference-paper
  title: "Toy: a model"
  conference:
    name: Meeting on Play
  doi: 10.1000/1
"""


def test_a_citation_file_names_the_work_and_the_paper_that_it_prefers() -> None:
    paper, work = read(CFF, "CITATION.cff")

    assert (paper.title, str(paper.doi), paper.venue) == (
        "Toy: a model",
        "doi:10.1000/1",
        "Meeting on Play",
    )
    assert (work.title, str(work.doi)) == ("Toy", "doi:10.5281/zenodo.1")
    assert CFF[paper.where.start : paper.where.end] == b"10.1000/1"


def test_identifiers_of_a_citation_file_count_where_it_names_no_doi() -> None:
    listed = b"title: Toy\nidentifiers:\n- type: doi\n  value: 10.1000/2\n- odd\n- {type: x}\n"

    (found,) = read(listed, "citation.cff")

    assert str(found.doi) == "doi:10.1000/2"
    with pytest.raises(TextError):
        read(b"title: [\n", "CITATION.cff")
    assert read(b"[]", "CITATION.cff") == ()
    assert read(b"doi: 10.1000/1\nidentifiers:\n- value: 10.1000/2\n", "CITATION.cff")[0].quote == (
        "10.1000/1"
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("CITATION.cff", True),
        ("CITATION", True),
        ("toy.bib", True),
        ("docs/toy.bib", False),
        ("README.md", False),
        ("a.bib.py", False),
    ],
)
def test_a_citation_file_is_known_by_its_name(path: str, *, expected: bool) -> None:
    assert is_citation(path) == expected


def test_of_very_many_entries_the_first_are_read() -> None:
    assert len(read(b"@misc{a, doi={10.1000/1}}\n" * (MOST + 9), "toy.bib")) == MOST


@pytest.mark.parametrize("unit", [b"@misc{", b"title={", b'doi="', b"{", b"<!--", b"title = {a{b}"])
def test_no_text_is_slow_to_read(unit: bytes) -> None:
    start = time.process_time()

    read(unit * (LARGEST // len(unit)))

    assert time.process_time() - start < 3
