from pathlib import Path

import attrs
import pytest

from provenance.errors import Code
from provenance.flows.auditing.audit import audit
from provenance.flows.auditing.links import follow
from provenance.flows.auditing.repositories import MOST_BYTES, MOST_MARKUP
from provenance.testing.hub import LoopbackHub
from provenance.testing.repository import Repository
from provenance.values.component import Component
from provenance.values.facts import SourceFacts
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Seen
from provenance.values.revision import Commit
from provenance.values.source import Confidence, HowPinned
from tests.building import claim
from tests.charlm import noon
from tests.flows.auditing.test_links import follower
from tests.loaders import made

PARENT = Locator(LocatorKind.GIT, "https://github.com/o/r")
MODULES = b"""[submodule "lib"]
\tpath = lib
\turl = ../child
[submodule "odd"]
\tpath = odd
\turl = ext::sh -c x
[submodule "gone"]
\tpath = gone
\turl = https://github.com/o/gone
"""


def with_submodules(parent: Repository, modules: bytes, **links: str) -> str:
    """Commit a list of submodules, and links to commits beside it."""
    tip = parent.commit({".gitmodules": modules, "README.md": b"# R\n"}, message="m")
    rows = parent.git("ls-tree", tip).decode()
    rows += "".join(f"160000 commit {commit}\t{path}\n" for path, commit in links.items())
    tree = parent.git("mktree", "--missing", data=rows.encode()).decode().strip()
    made = parent.git("commit-tree", tree, "-m", "m").decode().strip()
    parent.git("update-ref", "refs/heads/main", made)
    return made


def seen(look: object) -> SourceFacts:
    assert isinstance(look, Seen)
    assert isinstance(look.value, SourceFacts)
    return look.value


def test_a_submodule_is_fetched_as_a_repository_of_its_own(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        child = hub.add_git("github.com/o/child").commit({"train.py": b"x = 1\n"}, message="m")
        with_submodules(hub.add_git("github.com/o/r"), MODULES, lib=child, odd=child)

        found = follow((claim(Component.TRAINING_CODE, PARENT),), follower(hub, tmp_path))

    parent, inside = (one.look for one in found.sources)
    assert [one.path for one in seen(parent).submodules] == ["lib"]
    assert seen(inside).files == ("train.py",)
    pin = seen(inside).pin
    assert (pin.uri, pin.commit) == ("https://github.com/o/child", Commit(child))
    assert (pin.how_pinned, pin.confidence) == (HowPinned.SUBMODULE, Confidence.LOW)
    assert {one.code for one in found.hazards} == {Code.GIT_SUBMODULE}


def test_a_submodule_says_nothing_of_what_its_parent_is_claimed_for(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        child = hub.add_git("github.com/o/child").commit({"train.py": b"x = 1\n"}, message="m")
        with_submodules(hub.add_git("github.com/o/r"), MODULES, lib=child)

        found = follow((claim(Component.TRAINING_CODE, PARENT),), follower(hub, tmp_path))

    assert [len(one.claims) for one in found.sources] == [1, 0]


def test_a_submodule_that_is_not_there_is_said(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        with_submodules(hub.add_git("github.com/o/r"), MODULES, gone="a" * 40)

        found = follow((claim(Component.TRAINING_CODE, PARENT),), follower(hub, tmp_path))

    assert [isinstance(one.look, Seen) for one in found.sources] == [True, False]


def test_submodules_beyond_the_budget_are_a_limit(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        child = hub.add_git("github.com/o/child").commit({"train.py": b"x = 1\n"}, message="m")
        with_submodules(hub.add_git("github.com/o/r"), MODULES, lib=child)

        found = follow((claim(Component.TRAINING_CODE, PARENT),), follower(hub, tmp_path, links=1))

    assert len(found.sources) == 1
    assert [one.code for one in found.limits] == [Code.RESOURCE]


def test_two_repositories_inside_each_other_are_seen_once(tmp_path: Path) -> None:
    modules = b'[submodule "r"]\n\tpath = r\n\turl = https://github.com/o/r\n'
    with LoopbackHub(tmp_path / "hub") as hub:
        parent = hub.add_git("github.com/o/r")
        first = parent.commit({"a.py": b""}, message="m")
        with_submodules(parent, modules, r=first)

        found = follow((claim(Component.TRAINING_CODE, PARENT),), follower(hub, tmp_path))

    assert len(found.sources) == 2


def test_a_list_of_submodules_that_cannot_be_read_is_a_hazard(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        child = hub.add_git("github.com/o/child").commit({"train.py": b""}, message="m")
        with_submodules(hub.add_git("github.com/o/r"), b"\xff[", lib=child)

        found = follow((claim(Component.TRAINING_CODE, PARENT),), follower(hub, tmp_path))

    assert {one.code for one in found.hazards} == {Code.GIT_SUBMODULE}


def test_submodules_are_replayed(tmp_path: Path) -> None:
    model = tmp_path / "m"
    model.mkdir()
    (model / "README.md").write_bytes(b"# M\n\nTrained with https://github.com/o/r\n")
    with LoopbackHub(tmp_path / "hub") as hub:
        child = hub.add_git("github.com/o/child").commit({"train.py": b"x = 1\n"}, message="m")
        with_submodules(hub.add_git("github.com/o/r"), MODULES, lib=child)
        settings = follower(hub, tmp_path).settings
        kept = attrs.evolve(settings, evidence=tmp_path / "evidence")
        first = audit(model, settings=kept, clock=noon)

    again = audit(model, settings=attrs.evolve(kept, offline=True), clock=noon)

    assert len(first.sources) == 2
    assert again == attrs.evolve(first, replayed=True)


@pytest.mark.parametrize(
    ("name", "data", "reach", "told"),
    [
        ("train.ipynb", made("notebooks/train.ipynb.json"), (3, 3), []),
        (
            "train.c",
            b"int main(void) { return 0; }\n",
            (2, 6),
            ["only programs in Python are read"],
        ),
        ("train.ipynb", b"{", (2, 6), ["the JSON breaks off"]),
        ("run.sh", b"torchrun -m axolotl.cli.train c.yml\n", (2, 6), ["which is not here"]),
        ("notes.txt", b"no program\n", (2, 2), []),
    ],
    ids=["notebook", "C", "broken notebook", "launcher", "nothing"],
)
def test_the_training_is_found_or_unknown_by_name_or_not_there(
    tmp_path: Path, name: str, data: bytes, reach: tuple[int, int], told: list[str]
) -> None:
    model = tmp_path / "m"
    model.mkdir()
    (model / "README.md").write_bytes(b"# M\n\nThe training code is at https://github.com/o/r\n")
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_git("github.com/o/r").commit({"README.md": b"# R\n", name: data}, message="m")

        manifest = audit(model, settings=follower(hub, tmp_path).settings, clock=noon)

    found = next(one for one in manifest.components if one.component is Component.TRAINING_CODE)
    assert (found.reach.shown, found.reach.at_most) == reach
    limits = [one.why for one in manifest.limits if "github.com/o/r" in one.what]
    assert len(limits) == len(told)
    assert all(why in limit for why, limit in zip(told, limits, strict=True))


def test_files_over_what_may_be_held_of_one_are_told_and_leave_it_in_part(tmp_path: Path) -> None:
    large = b"#" * (4 * 2**20 - 16)
    with LoopbackHub(tmp_path / "hub") as hub:
        files = {f"{one}.cfg": large + b"%d" % one for one in range(9)}
        files["z.toml"] = b"seed = 7\n"
        hub.add_git("github.com/o/r").commit(files, message="m")

        found = follow((claim(Component.TRAINING_CODE, PARENT),), follower(hub, tmp_path))

    facts = seen(found.sources[0].look)
    assert facts.truncated
    assert (Code.RESOURCE, "1 files: 8.cfg") in {(one.code, one.what) for one in facts.unread}
    assert len(large) * 8 < MOST_BYTES < len(large) * 9
    assert [one.value for one in facts.stated] == ["7"]


def test_yaml_and_toml_over_what_is_read_of_one_together_are_told(tmp_path: Path) -> None:
    half = b"#" * (MOST_MARKUP // 2)
    with LoopbackHub(tmp_path / "hub") as hub:
        files = {"a.yaml": half, "b.toml": half, "c.yaml": b"seed: 7\n", "d.cfg": b"lr = 0.1\n"}
        hub.add_git("github.com/o/r").commit(files, message="m")

        found = follow((claim(Component.TRAINING_CODE, PARENT),), follower(hub, tmp_path))

    facts = seen(found.sources[0].look)
    assert facts.truncated
    assert (Code.RESOURCE, "1 files: c.yaml") in {(one.code, one.what) for one in facts.unread}
    assert [one.value for one in facts.stated] == ["0.1"]
