import pytest

from provenance.flows.auditing.archive_purse import ArchivePurse, BrokenArchiveError
from provenance.weights.heads import Head


@pytest.mark.parametrize(("kind", "times"), [(Head.GZIP, 1), (Head.XZ, 4), (Head.BZIP2, 8)])
def test_bytes_of_a_slow_kind_count_for_several(kind: Head, times: int) -> None:
    purse = ArchivePurse(inflated=100 * times)

    purse.take_inflated(100, kind)

    assert purse.inflated == 0
    with pytest.raises(BrokenArchiveError, match="bytes that are unpacked are looked at"):
        purse.take_inflated(1, kind)


def test_headers_end_for_good_and_a_directory_that_is_too_large_takes_nothing() -> None:
    purse = ArchivePurse(headers=2, directories=10)

    purse.take_header()
    with pytest.raises(BrokenArchiveError, match="members are looked at"):
        purse.take_header(blocks=2)
    with pytest.raises(BrokenArchiveError, match="members are looked at"):
        purse.take_header()
    with pytest.raises(BrokenArchiveError, match="bytes of directories are looked at"):
        purse.take_directory(11)
    purse.take_directory(10)

    assert purse.directories == 0
