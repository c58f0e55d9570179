import json
from pathlib import Path

from provenance.errors import Code
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.own_links import LARGEST, MOST, NO_PROGRAMS, OwnLinks, read_own_links
from provenance.flows.digesting.observe import observe
from provenance.ports.silence import Silence
from provenance.recipe.code.programs import Programs
from provenance.recipe.links.file_links import MOST_EVENTS
from provenance.sources.local import LocalSource
from provenance.stores.evidence import EvidenceStore
from provenance.values.settings import Budget, Settings
from tests.building import TOY
from tests.charlm import noon


def read(
    folder: Path,
    files: dict[str, bytes],
    *,
    seen: bool = True,
    programs: Programs = NO_PROGRAMS,
) -> OwnLinks:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    source = LocalSource(folder, budget=Budget(), clock=noon)
    listing = source.listing()
    found = observe(source, listing, settings=Settings(jobs=1), progress=Silence())
    inventory = found.inventory if seen else listing.inventory
    desk = Desk(source, EvidenceStore(None), noon, TOY)
    return read_own_links(inventory, desk, programs=programs)


def test_links_of_all_files_are_said_once(tmp_path: Path) -> None:
    card = b"[a](https://github.com/o/r) and https://github.com/o/r\n\n```\nhttps://x.org/\n```\n"
    config = json.dumps({"_name_or_path": "org/base"}).encode()

    found = read(tmp_path, {"README.md": card, "config.json": config})

    assert [str(one) for one in found.said] == ["git:https://github.com/o/r", "hub-model:org/base"]
    assert (found.hazards, found.limits) == ((), ())


def test_an_address_that_nothing_may_follow_is_a_hazard(tmp_path: Path) -> None:
    found = read(tmp_path, {"README.md": b"[a](http://127.0.0.1/)\n"})

    assert [(one.code, one.path) for one in found.hazards] == [(Code.URL_FORBIDDEN, "README.md")]


def test_a_file_that_cannot_be_read_is_a_hazard(tmp_path: Path) -> None:
    found = read(tmp_path, {"config.json": b"{", "README.md": b"https://github.com/o/r"})

    assert [one.path for one in found.hazards] == ["config.json"]
    assert len(found.said) == 1


def test_what_was_not_read_is_not_read_for_links(tmp_path: Path) -> None:
    assert read(tmp_path, {"README.md": b"https://github.com/o/r"}, seen=False) == OwnLinks()


def test_large_files_and_many_files_are_limits(tmp_path: Path) -> None:
    files = {f"{at:03}.md": b"" for at in range(MOST + 2)}

    found = read(tmp_path, {**files, "000.md": b"x" * (LARGEST + 1)})

    assert [one.what for one in found.limits] == ["000.md", f"{MOST + 1:03}.md"]


def test_what_is_read_for_links_costs_no_more_together_and_the_rest_is_a_limit_by_name(
    tmp_path: Path,
) -> None:
    dear = b"".join(b"- [a, b]\n" for _ in range(MOST_EVENTS // 10))
    files = {f"{at}.yaml": dear for at in range(4)}

    found = read(tmp_path, {**files, "README.md": b"https://github.com/o/r\n"})

    assert found.hazards == ()
    assert [(one.code, one.what) for one in found.limits] == [
        (Code.RECIPE_UNSEEN, "2.yaml"),
        (Code.RECIPE_UNSEEN, "3.yaml"),
    ]
    assert [str(one) for one in found.said] == ["git:https://github.com/o/r"]


def test_a_program_that_was_too_dear_to_read_is_a_limit_for_its_links_and_a_broken_one_a_hazard(
    tmp_path: Path,
) -> None:
    files = {"a.py": b"(", "b.py": b"x = 1\n" * 50, "c.py": b"load_dataset('o/d')\n"}
    programs = Programs.of(files, home=TOY, most=100)

    found = read(tmp_path, files, programs=programs)

    assert [(one.code, one.path) for one in found.hazards] == [(Code.PYTHON_SYNTAX, "a.py")]
    assert [(one.code, one.what) for one in found.limits] == [(Code.RECIPE_UNSEEN, "b.py")]
    assert [one.uri for one in found.said] == ["o/d"]
