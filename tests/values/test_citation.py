from provenance.values.citation import Citation
from tests.building import WHERE


def test_a_citation_that_identifies_nothing_says_so() -> None:
    found = Citation("Toy", "toy", WHERE)

    assert (found.doi, found.arxiv, found.venue) == (None, None, None)
