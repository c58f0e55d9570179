import os
from pathlib import Path

import numpy as np
import pytest

from provenance.doors.memory import private_memory
from provenance.errors import Code, ToolError


@pytest.mark.parametrize("size", [0, 1, 4096, 10**6])
def test_memory_has_the_size_that_was_asked_for_and_can_be_written(size: int) -> None:
    memory = private_memory(size)

    memory[:] = b"x" * size

    assert memory.nbytes == size
    assert memory.tobytes() == b"x" * size


def test_it_is_private_and_no_file_is_behind_it() -> None:
    memory = private_memory(2**20)
    address = int(np.frombuffer(memory, np.uint8).__array_interface__["data"][0])

    (found,) = (
        (rights, device, inode)
        for place, rights, _, device, inode, *_ in map(
            str.split, Path("/proc/self/maps").read_text().splitlines()
        )
        if int(place.split("-")[0], 16) <= address < int(place.split("-")[1], 16)
    )

    assert found == ("rw-p", "00:00", "0")


def test_it_is_given_back_when_nobody_looks_at_it() -> None:
    def mapped() -> int:
        """Return the pages of address space that this process has."""
        return int(Path("/proc/self/statm").read_text().split()[0])

    before = mapped()
    memory = private_memory(2**34)
    during = mapped()
    del memory

    assert during - before >= 2**34 // os.sysconf("SC_PAGE_SIZE")
    assert mapped() - before < 2**20 // os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize("size", [2**62, 2**80])
def test_memory_that_no_machine_has_is_refused(size: int) -> None:
    with pytest.raises(ToolError) as raised:
        private_memory(size)

    assert raised.value.code is Code.RESOURCE
