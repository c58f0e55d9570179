import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from provenance.doors.places import Place, Places
from provenance.doors.verity import Measurement
from provenance.errors import ReleaseError
from provenance.flows.digesting.measured_files import MeasuredFiles
from provenance.hashing.work import Files
from tests.flows.measuring import Kernel
from tests.hashing.files import stamped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in "ab":
        (tmp_path / name).write_text(name)
    return tmp_path


def measured(folder: Path, kernel: Kernel, names: str = "a") -> MeasuredFiles:
    wants = [stamped(folder, name)._replace(folder="0:") for name in names]
    return MeasuredFiles(Places([Place(folder)]), wants, kernel.ask)


@contextmanager
def opened(files: Files, name: str) -> Iterator[int]:
    with files.within("0:") as open_file:
        descriptor = open_file(name)
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def test_a_file_is_measured_as_it_is_opened(folder: Path) -> None:
    kernel = Kernel()
    measurement = kernel.enable(folder / "a")
    files = measured(folder, kernel)

    with opened(files, "a") as descriptor:
        found = files.measurements()
        assert os.read(descriptor, 2) == b"a"

    assert found == {"0:a": measurement}


def test_a_file_that_is_enabled_once_it_is_open_has_no_measurement(folder: Path) -> None:
    kernel = Kernel()
    files = measured(folder, kernel)

    with opened(files, "a"):
        kernel.enable(folder / "a")

    assert files.measurements() == {}


def test_every_opening_must_have_the_same_measurement(folder: Path) -> None:
    kernel = Kernel()
    files = measured(folder, kernel, "ab")
    measurement = kernel.enable(folder / "b")

    for _ in range(2):
        with opened(files, "a"), opened(files, "b"):
            kernel.enable(folder / "a")

    assert files.measurements() == {"0:b": measurement}


def test_only_what_is_worth_it_is_asked_about(folder: Path) -> None:
    kernel = Kernel()
    files = measured(folder, kernel, "b")
    kernel.enable(folder / "a")

    with opened(files, "a"), opened(files, "b"):
        pass

    assert kernel.asked == [(folder / "b").stat().st_ino]
    assert files.measurements() == {}


def test_a_kernel_that_cannot_tell_keeps_nothing_from_being_read(folder: Path) -> None:
    def ask(descriptor: int) -> Measurement | None:
        raise ReleaseError(f"{descriptor}")

    wants = [stamped(folder, "a")._replace(folder="0:")]
    files = MeasuredFiles(Places([Place(folder)]), wants, ask)

    with opened(files, "a") as descriptor:
        assert os.read(descriptor, 2) == b"a"

    assert files.measurements() == {}


def test_what_travels_measures_nothing(folder: Path) -> None:
    files = measured(folder, Kernel())

    there = pickle.loads(pickle.dumps(files))  # noqa: S301 - our own

    assert isinstance(there, Places)
    with opened(there, "a") as descriptor:
        assert os.read(descriptor, 2) == b"a"
