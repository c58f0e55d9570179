from provenance.values.inventory import Inventory
from provenance.values.observation import Observation
from provenance.values.path import RelPath


def test_two_readings_of_the_same_bytes_are_equal_whatever_their_stamps() -> None:
    stamps = {RelPath("model.bin"): (1, 2, 3, 4, 5)}

    assert Observation(Inventory(()), stamps=stamps) == Observation(Inventory(()))
