"""Searching a release for code that loading it runs: everywhere, or it is said where not."""

from typing import Final

import attrs

from provenance.errors import Code
from provenance.flows.auditing.desk import LARGEST_DOCUMENT, Desk
from provenance.flows.auditing.inside import read_inside
from provenance.recipe.code.loaded_code import (
    INDEXES,
    LARGEST_CONFIGURATION,
    beside_components,
    components_of,
    imported_by_name,
    is_of_no_known_kind,
    may_name_code,
    read_for_code,
)
from provenance.stores.replay import answer_about
from provenance.values.answers import InsideRead
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.loaded_code import CodeSearch, LoadedCode
from provenance.wire.notes_json import INSIDE

#: Configurations, and bytes of them, that are read of one release.
MOST_CONFIGURATIONS: Final = 20_000
MOST_BYTES: Final = 256 * 2**20
_LARGEST_PROGRAM: Final = 2**20


@attrs.frozen
class LoadedCodeRead:
    """The code that loading runs, and all that is wrong with it or was not looked at.

    ``terms`` are the archives with terms that may bind more than an open licence, and the member.
    """

    search: CodeSearch
    hazards: tuple[Hazard, ...]
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Return what was not looked at."""
        return self.search.unread


def read_loaded_code(inventory: Inventory, desk: Desk) -> LoadedCodeRead:
    """Return all code of a release that a common loader would run.

    Read are all configurations at every depth, the names of all files, the first bytes of each, and
    the directories of archives. What could not be read is a limit, each by its path.
    """
    looker = _Looker(inventory, desk)
    looker.read_configurations()
    paths = {entry.path.text for entry in inventory}
    looker.found += imported_by_name(paths, looker.defines)
    inside = _inside(inventory, desk)
    search = CodeSearch(
        tuple(sorted({*looker.found, *inside.code})),
        tuple(sorted({*looker.unread, *inside.limits})),
    )
    hazards = (*map(_hazard, search.found), *inside.hazards)
    return LoadedCodeRead(search, tuple(sorted(set(hazards))), inside.terms)


@attrs.define
class _Looker:
    """Reads one configuration after the other, within what a release may cost."""

    inventory: Inventory
    desk: Desk
    found: list[LoadedCode] = attrs.Factory(list)
    unread: list[Limit] = attrs.Factory(list)
    read: int = 0
    left: int = MOST_BYTES

    def read_configurations(self) -> None:
        paths = {entry.path.text for entry in self.inventory}
        for entry in self.inventory:
            if may_name_code(entry.path.text):
                if doubt := self._obstacle(entry):
                    self._tell(entry, doubt)
                else:
                    self._read(entry, paths)

    def _obstacle(self, entry: FileEntry) -> str:
        """Return why a configuration is not read; empty where it is."""
        if is_of_no_known_kind(entry.path.text):
            return "a configuration of a kind that is not read"
        if not entry.observed:
            return "its bytes were not read"
        if entry.size > LARGEST_CONFIGURATION and not _is_vocabulary(entry):
            return f"a configuration of {entry.size} bytes, and {LARGEST_CONFIGURATION} are read"
        if entry.size > self.left or self.read == MOST_CONFIGURATIONS:
            return f"{self.read} configurations of this release were read, and no more are"
        return ""

    def _read(self, entry: FileEntry, paths: set[str]) -> None:
        path = entry.path.text
        self.read += 1
        self.left -= entry.size
        data = self.desk.read(path).data
        reading = read_for_code(path, data)
        self.found += (LoadedCode(path, name, rule.id) for rule, name in reading.named)
        if entry.path.name.lower() in INDEXES:
            self.found += beside_components(components_of(data), path, paths)
        if reading.doubt:
            self._tell(entry, reading.doubt)

    def _tell(self, entry: FileEntry, why: str) -> None:
        self.unread.append(Limit(Code.CODE_UNSEEN, entry.path.text, why))

    def defines(self, path: str, words: tuple[bytes, ...]) -> bool:
        """Tell whether a program speaks of one of these words; one that was not read may."""
        entry = self.inventory.get(path)
        if entry is None or not entry.observed or entry.size > _LARGEST_PROGRAM:
            return True
        data = self.desk.read(path).data
        return any(one in data for one in words)


def _is_vocabulary(entry: FileEntry) -> bool:
    return entry.path.name == "tokenizer.json" and entry.size <= LARGEST_DOCUMENT


def _hazard(one: LoadedCode) -> Hazard:
    inside = f"{one.member[:200]!a} in it: " if one.member else ""
    return Hazard(Code.REMOTE_CODE, one.path, f"{inside}loading it runs {one.name}")


def _inside(inventory: Inventory, desk: Desk) -> InsideRead:
    """Look into archives; of their bytes nothing is kept, so what was found is noted."""
    question = f"inside {desk.home}"
    return answer_about(
        desk.source, question, INSIDE, lambda: read_inside(inventory, desk), desk.store
    )
