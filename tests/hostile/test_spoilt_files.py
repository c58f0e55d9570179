"""Each file of a release that has everything, spoilt in each way: what it held is unknown then.

A file that is there and cannot be read could say anything. Nothing that the whole release shows may
be called absent, or contradicted, because a file was not read.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import attrs
import pytest

from provenance.flows.auditing.audit import audit
from provenance.values.label import Label
from provenance.values.manifest import Manifest
from provenance.values.rung import Rung
from tests.charlm import noon
from tests.rich import Rich, served_rich

_POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 123456789\n" % (
    b"ab" * 32
)
_MEMORY = b"\x93\xff\x00\xfe" * 64
#: Half of a text is a text: only what has an end can be seen to lack it.
_ENDLESS = (".md", ".txt", ".jinja", "LICENSE", ".pdf", ".pt", ".gitattributes")

#: What may stand in a file's place, by path.
SPOILT: dict[str, Callable[[str, bytes], dict[str, bytes]]] = {
    "a pointer": lambda path, _: {path: _POINTER},
    "other bytes": lambda path, _: {path: _MEMORY},
    "half of it": lambda path, data: {path: data[: len(data) // 2]},
    "a kind that nobody knows": lambda path, data: {f"{path}.enc2": b"\x00ENC2" + data[::-1] * 512},
}


@attrs.frozen
class Copies:
    """Makes folders of the release with other files in place of its own, and audits them."""

    rich: Rich
    root: Path

    def audited(
        self, name: str, without: str = "", instead: Mapping[str, bytes] | None = None
    ) -> Manifest:
        folder = self.root / name
        for path, data in ({**self.rich.files, **(instead or {})}).items():
            if path != without or path in (instead or {}):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(data)
        return audit(folder, settings=self.rich.settings, clock=noon)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    with served_rich(tmp_path_factory.mktemp("rich")) as rich:
        yield Copies(rich, tmp_path_factory.mktemp("copies"))


@pytest.fixture(scope="module")
def whole(copies: Copies) -> Manifest:
    return copies.audited("whole")


def paths_for(how: str, files: Mapping[str, bytes]) -> list[str]:
    """Return the files that can be spoilt so: a kind is told by a name, and an end by a format."""
    match how:
        case "a kind that nobody knows":
            return ["tokenizer.json"]
        case "half of it":
            return [path for path in sorted(files) if not path.endswith(_ENDLESS)]
        case _:
            return sorted(files)


@pytest.mark.parametrize("how", SPOILT)
def test_what_a_spoilt_file_held_is_unknown_and_never_absent(
    copies: Copies, whole: Manifest, how: str, how_many: Callable[[int, int], int]
) -> None:
    shown = {one.component: min(one.reach.shown, Rung.RETRIEVED) for one in whole.components}
    paths = paths_for(how, copies.rich.files)
    for path in paths[:: how_many(3, 1)]:
        data = copies.rich.files[path]
        name = f"{how}-{path}".replace("/", "-").replace(" ", "-")
        found = copies.audited(name, path, SPOILT[how](path, data))

        fallen = {
            one.component.id: [f"{it.rung} {it.outcome}" for it in one.findings]
            for one in found.components
            if one.reach.at_most < shown[one.component]
        }
        assert fallen == {}, path
        assert found.label_at_most is not Label.CLOSED, path
