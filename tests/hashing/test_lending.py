import os
from pathlib import Path

import pytest

from provenance.errors import Code, ReleaseError
from provenance.hashing.lending import Lender
from tests.hashing.files import Opening, is_open, sized


@pytest.fixture
def files(tmp_path: Path) -> Opening:
    (tmp_path / "a").write_bytes(b"123")
    return Opening(lambda path: os.open(tmp_path / path, os.O_RDONLY))


def test_a_file_stays_open_until_it_came_back_for_the_last_time(files: Opening) -> None:
    lender, want = Lender(files), sized("a", 3)
    lender.expect(want, 2)
    lender.expect(want, 99)

    with lender.opened(want) as first:
        pass
    still = is_open(files.opened[0])
    with lender.opened(want) as second:
        pass

    assert still
    assert first == second
    assert len(files.opened) == 1
    assert not is_open(files.opened[0])


def test_a_file_that_is_not_what_was_listed_is_lent_to_nobody(files: Opening) -> None:
    lender, want = Lender(files), sized("a", 4)
    lender.expect(want, 2)

    for _ in range(2):
        with pytest.raises(ReleaseError) as caught, lender.opened(want):
            pass
        assert caught.value.code is Code.FS_CHANGED

    assert not any(map(is_open, files.opened))


def test_what_did_not_come_back_is_closed_in_the_end(files: Opening) -> None:
    lender, want = Lender(files), sized("a", 3)
    lender.expect(want, 2)
    with lender.opened(want):
        pass

    lender.close()

    assert not is_open(files.opened[0])
