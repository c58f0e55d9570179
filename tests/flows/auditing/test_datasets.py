from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code, SourceError
from provenance.flows.auditing.datasets import read_dataset, record_of
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.links import follow
from provenance.ports.silence import Silence
from provenance.recipe.data.croissant import BUDGET as CROISSANT_BUDGET
from provenance.stores.evidence import EvidenceStore
from provenance.testing.hub import LoopbackHub
from provenance.testing.hub_state import Gate
from provenance.values.component import Component
from provenance.values.dataset import Availability, DatasetRecord, Declared
from provenance.values.facts import DatasetFacts
from provenance.values.hazard import Hazard
from provenance.values.interval import Interval
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.settings import Settings
from tests.building import claim
from tests.charlm import noon

LINK = Locator(LocatorKind.HUB_DATASET, "org/d")


def follower(hub: LoopbackHub, folder: Path) -> Follower:
    settings = Settings(endpoint=hub.url, cache=folder / "cache", weights=False)
    return Follower(settings, EvidenceStore(None), noon, Silence())


def test_a_dataset_is_read_with_its_card_and_files(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        files = {
            "README.md": b"---\nlicense: mit\n---\n# \x1b D\n",
            "a.parquet": b"1",
            "b.csv": b"2",
        }
        hub.add_dataset("org/d").commit(files, message="m")

        facts, hazards = read_dataset(LINK, follower(hub, tmp_path))

    assert facts.record.availability is Availability.PRESENT
    assert (facts.record.files, facts.record.read, facts.record.size) == (2, 2, 2)
    assert isinstance(facts.card, Seen)
    assert isinstance(facts.license, Missing)
    assert Code.CTRL_CHARS in {hazard.code for hazard in hazards}


def test_a_card_without_data_is_no_data(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_dataset("org/d").commit({"README.md": b"# D\n", "LICENSE": b"x"}, message="m")

        facts, _ = read_dataset(LINK, follower(hub, tmp_path))

    assert facts.record.availability is Availability.CARD_ONLY
    assert isinstance(facts.license, Seen)


def test_a_gated_dataset_is_listed_and_not_called_absent(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_dataset("org/d", gated="auto").commit(
            {"a.csv": b"1", "README.md": b""}, message="m"
        )

        facts, _ = read_dataset(LINK, follower(hub, tmp_path))

    assert facts.record.availability is Availability.GATED
    assert (facts.record.files, facts.record.read, facts.record.card) == (1, 0, None)
    assert isinstance(facts.card, Unseen)


def test_trouble_on_the_way_stays_trouble(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_dataset("org/d").commit({"a.csv": b"1"}, message="m")
        hub.fault("GET", "/resolve/", times=20, status=404)

        with pytest.raises(SourceError):
            read_dataset(LINK, follower(hub, tmp_path))


def found_in(
    tmp_path: Path, files: dict[str, bytes], *, gated: Gate = False, budget: int | None = None
) -> tuple[DatasetFacts, tuple[Hazard, ...]]:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_dataset("org/d", gated=gated).commit(files, message="m")
        there = follower(hub, tmp_path)
        if budget is not None:
            small = attrs.evolve(there.settings.budget, dataset=budget)
            there = attrs.evolve(there, settings=attrs.evolve(there.settings, budget=small))
        return read_dataset(LINK, there)


CARD = b"---\ndataset_info: {download_size: 4, splits: [{name: a, num_examples: 3}]}\n---\n# D\n"


def test_a_card_s_declaration_is_compared_with_what_is_listed(tmp_path: Path) -> None:
    facts, hazards = found_in(tmp_path, {"README.md": CARD, "a.csv": b"1"})

    assert hazards == ()
    assert isinstance(facts.said, Seen)
    assert facts.record.declared == Declared(4, 4, 3)
    assert facts.record.coverage == Interval(0.25, 0.25)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".gitattributes": b""}, Availability.EMPTY),
        ({"README.md": b"# D\n", "a.csv": b""}, Availability.EMPTY),
        ({"README.md": b"# D\n", "d.py": b"import os\n"}, Availability.SCRIPT_ONLY),
        ({"README.md": b"# D\n", "d.py": b"import os\n", "a.csv": b"1"}, Availability.PRESENT),
    ],
    ids=["nothing", "nothing in it", "script only", "script and data"],
)
def test_a_repository_without_data_is_not_present(
    tmp_path: Path, files: dict[str, bytes], expected: Availability
) -> None:
    facts, _ = found_in(tmp_path, files)

    assert facts.record.availability is expected


def test_a_gated_repository_that_lists_no_data_is_not_only_gated(tmp_path: Path) -> None:
    facts, _ = found_in(tmp_path, {"README.md": b"# D\n"}, gated="manual")

    assert facts.record.availability is Availability.CARD_ONLY


def test_a_croissant_description_declares_where_the_card_does_not(tmp_path: Path) -> None:
    described = b'{"distribution": [{"contentSize": "2", "sha256": "https://example.org/80"}]}'
    files = {"README.md": b"# D\n", "z.croissant.json": b"[", "croissant.json": described}

    facts, hazards = found_in(tmp_path, {**files, "a.csv": b"1"}, budget=1)

    assert {hazard.code for hazard in hazards} == {Code.CARD_EMPTY}
    assert isinstance(facts.croissant, Seen)
    assert facts.croissant.value.files[0].sha256 is None
    assert facts.record.declared == Declared(2, 2)
    assert (facts.record.files, facts.record.read) == (1, 0)


def test_descriptions_that_cannot_be_read_leave_the_data_where_it_is(tmp_path: Path) -> None:
    facts, hazards = found_in(
        tmp_path, {"README.md": b"\xff", "croissant.json": b"[", "a.csv": b"1"}
    )

    assert facts.record.availability is Availability.PRESENT
    assert isinstance(facts.card, Unseen)
    assert isinstance(facts.said, Unseen)
    assert isinstance(facts.croissant, Unseen)
    assert (facts.card.code, facts.croissant.code) == (Code.CARD_ENCODING, Code.JSON_SYNTAX)
    assert [one.code for one in hazards] == [Code.CARD_ENCODING, Code.JSON_SYNTAX]
    assert facts.record.declared is None


def test_a_card_that_is_a_pointer_is_told_under_the_dataset_s_name(tmp_path: Path) -> None:
    pointer = b"version https://hawser.github.com/spec/v1\noid sha256:%s\nsize 12345\n"

    facts, hazards = found_in(tmp_path, {"README.md": pointer % (b"ab" * 32), "a.csv": b"1"})

    assert isinstance(facts.card, Unseen)
    assert facts.record.availability is Availability.PRESENT
    (told,) = hazards
    assert told.code is Code.GIT_LFS
    assert told.path.startswith("hf:datasets/org/d@")
    assert told.path.endswith("/README.md")


@pytest.mark.parametrize("name", ["README.md", "a.csv"])
def test_a_dataset_of_which_one_file_is_not_given_is_there(name: str, tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_dataset("org/d").commit({"README.md": CARD, "a.csv": b"1"}, message="m")
        hub.fault("GET", f"/resolve/.*/{name}", times=50, status=404)

        facts, hazards = read_dataset(LINK, follower(hub, tmp_path))

    assert facts.record.availability is Availability.PRESENT
    assert not isinstance(facts.card, Missing)
    assert [(one.code, one.path.rpartition("/")[2]) for one in hazards] == [(Code.HUB_ANSWER, name)]


def test_a_croissant_description_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    large = b" " * (CROISSANT_BUDGET.bytes + 1)

    facts, _ = found_in(tmp_path, {"croissant.json": large, "a.csv": b"1"})

    assert isinstance(facts.croissant, Unseen)
    assert facts.croissant.code is Code.RESOURCE


def looked_at(tmp_path: Path, prepare: Callable[[LoopbackHub], None]) -> DatasetRecord:
    """Follow the link to org/d on a Hub that was prepared, and return what is recorded of it."""
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_dataset("org/d").commit({"a.csv": b"1"}, message="m")
        prepare(hub)
        found = follow((claim(Component.DATASETS, LINK),), follower(hub, tmp_path))
    (linked,) = found.datasets
    return record_of(linked)


def test_a_dataset_that_is_there_is_present(tmp_path: Path) -> None:
    record = looked_at(tmp_path, lambda _: None)

    assert (record.availability, record.files) == (Availability.PRESENT, 1)
    assert record.answered_as is None


def test_a_renamed_dataset_is_followed_and_the_new_id_told(tmp_path: Path) -> None:
    record = looked_at(tmp_path, lambda hub: hub.rename("datasets", "org/d", "new/e"))

    assert record.availability is Availability.RENAMED
    assert (record.uri, record.answered_as) == ("org/d", "new/e")
    assert (record.files, record.read) == (1, 1)
    assert not (tmp_path / "cache" / "hub" / "datasets" / "new--e").exists()


def disable(hub: LoopbackHub) -> None:
    hub.hosted["datasets", "org/d"] = attrs.evolve(hub.hosted["datasets", "org/d"], disabled=True)


@pytest.mark.parametrize(
    ("prepare", "expected"),
    [
        # Without a token the Hub says the same of what is private.
        (lambda hub: hub.hosted.clear(), Availability.UNKNOWN),
        (disable, Availability.WITHDRAWN),
        (
            lambda hub: hub.fault("GET", "^/api/datasets/", times=9, status=404),
            Availability.WITHDRAWN,
        ),
        (
            lambda hub: hub.fault("GET", "^/api/datasets/", times=9, status=410),
            Availability.WITHDRAWN,
        ),
        (
            lambda hub: hub.fault("GET", "^/api/datasets/", times=99, status=500),
            Availability.UNKNOWN,
        ),
        (
            lambda hub: hub.fault("GET", "^/api/datasets/", times=9, status=403),
            Availability.UNKNOWN,
        ),
        (
            lambda hub: hub.fault(
                "GET",
                "^/api/datasets/",
                times=9,
                status=403,
                headers={"X-Error-Code": "GatedRepo"},
            ),
            Availability.GATED,
        ),
    ],
    ids=["not there", "disabled", "404", "410", "500", "403", "gated"],
)
def test_gone_is_not_unknown_and_closed_is_neither(
    tmp_path: Path, prepare: Callable[[LoopbackHub], None], expected: Availability
) -> None:
    record = looked_at(tmp_path, prepare)

    assert record.availability is expected
    assert (record.files, record.revision) == (0, None)


def test_a_dataset_that_nobody_asked_for_is_only_declared(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        there = follower(hub, tmp_path)
        offline = attrs.evolve(there, settings=attrs.evolve(there.settings, offline=True))

        found = follow((claim(Component.DATASETS, LINK),), offline)

        assert hub.requests == []
    assert record_of(found.datasets[0]).availability is Availability.DECLARED


def test_bytes_that_are_refused_are_not_called_present(tmp_path: Path) -> None:
    record = looked_at(tmp_path, lambda hub: hub.fault("GET", "/resolve/", times=9, status=403))

    assert record.availability is Availability.GATED
    assert (record.files, record.digested, record.read) == (1, 1, 0)
