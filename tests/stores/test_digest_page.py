import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.stores.digest_page import fits, pack, unpack
from provenance.values.digest import Algorithm
from provenance.values.stamp import Stamp

signed = st.integers(-(2**63), 2**63 - 1)
unsigned = st.integers(0, 2**64 - 1)
stamps = st.tuples(signed, unsigned, unsigned, signed, signed)


@given(st.sampled_from(Algorithm), st.data())
def test_a_body_is_read_as_it_was_packed(algorithm: Algorithm, data: st.DataObject) -> None:
    digests = st.tuples(st.binary(min_size=algorithm.size, max_size=algorithm.size))
    records = data.draw(st.dictionaries(stamps, digests, max_size=20))

    assert all(map(fits, records))
    assert unpack(pack(records, algorithm), algorithm) == records


@given(st.dictionaries(stamps, st.tuples(st.binary(min_size=32, max_size=32)), min_size=2))
def test_a_body_does_not_depend_on_the_order(records: dict[Stamp, tuple[bytes]]) -> None:
    backwards = dict(reversed(records.items()))

    assert pack(records, Algorithm.SHA256) == pack(backwards, Algorithm.SHA256)


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("beyond", [-(2**63) - 1, 2**64])
def test_what_does_not_fit_cannot_be_packed(at: int, beyond: int) -> None:
    numbers = [1, 2, 3, 4, 5]
    numbers[at] = beyond
    stamp = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])

    assert not fits(stamp)
    with pytest.raises(struct.error):
        pack({stamp: (bytes(32),)}, Algorithm.SHA256)


def test_an_empty_body_has_no_records() -> None:
    assert unpack(pack({}, Algorithm.GIT_BLOB), Algorithm.GIT_BLOB) == {}
