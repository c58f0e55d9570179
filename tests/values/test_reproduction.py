from provenance.values.reproduction import Reproduction


def test_the_cheapest_comes_first_and_the_dearest_last() -> None:
    first, *_, last = Reproduction

    assert (first, last) == ("intact", "rebuilt")
