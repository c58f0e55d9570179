from pathlib import Path

import pytest

from provenance.errors import Code
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.inside import read_inside
from provenance.flows.digesting.observe import observe
from provenance.ports.silence import Silence
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.answers import InsideRead
from provenance.values.settings import Budget, Settings
from tests.building import TOY
from tests.charlm import noon
from tests.journeys.gated import AUTO_MAP, PICKLED, Files, tarred, zipped


def read(folder: Path, files: Files) -> InsideRead:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    source = LocalSource(folder, budget=Budget(), clock=noon)
    seen = observe(source, source.listing(), settings=Settings(jobs=1), progress=Silence())
    return read_inside(seen.inventory, Desk(source, EvidenceStore(None), noon, TOY))


@pytest.mark.parametrize(
    "files",
    [
        {"weights.dat": PICKLED},
        {"weights": PICKLED},
        {"vocab.txt": b"cposix\nsystem\n(S'id'\ntR."},
        {"weights.dat": zipped({"archive/data.pkl": PICKLED, "archive/version": b"3"})},
        {"a.zip": zipped({"weights.dat": PICKLED})},
        {"a.tar": tarred({"x/model.pt": b"PK\x03\x04"})},
        {"a.tar": tarred({"weights.dat": PICKLED})},
    ],
)
def test_a_pickle_is_a_hazard_under_any_name_and_in_an_archive(
    tmp_path: Path, files: Files
) -> None:
    found = read(tmp_path, files)

    assert [(one.code, one.path) for one in found.hazards] == [(Code.PICKLE, next(iter(files)))]
    assert not found.limits


def test_what_counts_as_a_pickle_for_its_name_is_not_told_twice(tmp_path: Path) -> None:
    assert read(tmp_path, {"a.pkl": PICKLED, "b.pt": zipped({"data.pkl": PICKLED})}) == InsideRead()


def test_code_in_an_archive_is_told_with_its_member(tmp_path: Path) -> None:
    (found,) = read(tmp_path, {"a.zip": zipped({"m/config.json": AUTO_MAP})}).code

    assert (found.path, found.member, found.name) == ("a.zip", "m/config.json", "modeling_x.X")


def test_each_archive_that_is_not_seen_whole_is_one_limit(tmp_path: Path) -> None:
    nested = zipped({"b.zip": zipped({}), "c.tar.gz": b"", "config.json": b"{"})

    (found,) = read(tmp_path, {"a.zip": nested}).limits

    assert (found.code, found.what) == (Code.ARCHIVE_UNSEEN, "a.zip")
    assert "'b.zip' and 1 more in it is an archive" in found.why
    assert "'config.json' in it: it cannot be read" in found.why
