"""The closed world: today's files are those that a manifest lists; no more, no fewer, no others."""

from collections.abc import Mapping

import attrs

from provenance.errors import Code, VerificationError
from provenance.values.difference import Change, Difference
from provenance.values.inventory import FileEntry, Inventory, Kind
from provenance.values.path import RelPath

_CODES: Mapping[Change, Code] = {
    Change.ADDED: Code.FILE_ADDED,
    Change.REMOVED: Code.FILE_REMOVED,
    Change.CHANGED: Code.FILE_CHANGED,
    Change.RETYPED: Code.FILE_RETYPED,
}
_HINTS: Mapping[Change, str] = {
    Change.ADDED: "take away what does not belong to the release, or do not use it",
    Change.REMOVED: "get the release again from its publisher",
    Change.CHANGED: "get the release again from its publisher, or do not use it",
    Change.RETYPED: "get the release again from its publisher, or do not use it",
}


class FilesDifferError(VerificationError):
    """The files are not those that the manifest lists; ``differences`` has every one, by path.

    The message names the first and counts them; the code is that of the first, or
    RELEASE_REVISION where another commit was expected than the manifest is about.
    """

    def __init__(
        self, what: str, *, hint: str, code: Code, differences: tuple[Difference, ...]
    ) -> None:
        super().__init__(what, hint=hint, code=code)
        self.differences = differences

    @classmethod
    def about(
        cls, differences: tuple[Difference, ...], *, revision: str = ""
    ) -> "FilesDifferError":
        """Return the error for some differences; ``revision`` says what else is not the same."""
        first = differences[0]
        what = f"{first.path.text[:200]!a} {first.detail}"
        if differences[1:]:
            what = f"{what}; {len(differences)} files differ in all"
        if revision:
            hint, code = "give the bundle of this revision", Code.RELEASE_REVISION
            return cls(f"{revision}: {what}", hint=hint, code=code, differences=differences)
        hint, code = _HINTS[first.change], _CODES[first.change]
        return cls(what, hint=hint, code=code, differences=differences)


@attrs.frozen
class Comparison:
    """Two inventories held against each other, but for the names that the caller left out.

    ``differences`` and ``remarks`` are in order of path; ``files`` counts what was compared, and
    ``left_out`` names the files of today that were not. ``modes`` are the files whose executable
    bit alone is another.
    """

    files: int
    differences: tuple[Difference, ...]
    remarks: tuple[str, ...]
    left_out: tuple[str, ...]
    modes: tuple[RelPath, ...] = ()


def compare(listed: Inventory, today: Inventory, *, left_out: frozenset[str]) -> Comparison:
    """Hold today's files against those listed: paths, kinds, sizes and SHA-256.

    An executable bit that changed is a remark: not every copy of a release keeps it.
    """
    differences: list[Difference] = []
    modes: list[FileEntry] = []
    before = _by_path(listed, left_out)
    after = _by_path(today, left_out)
    for path in sorted(before.keys() | after.keys()):
        if path not in before:
            differences.append(Difference(after[path].path, Change.ADDED, "is not listed"))
        elif path not in after:
            detail = "is listed, and is not there"
            differences.append(Difference(before[path].path, Change.REMOVED, detail))
        elif found := _difference(before[path], after[path]):
            differences.append(found)
        elif before[path].kind is not after[path].kind:
            modes.append(after[path])
    names = tuple(sorted(name for name in left_out if today.get(name)))
    remarks = tuple(map(_remark, modes))
    changed = tuple(one.path for one in modes)
    return Comparison(len(after), tuple(differences), remarks, names, changed)


def _by_path(inventory: Inventory, left_out: frozenset[str]) -> dict[str, FileEntry]:
    return {one.path.text: one for one in inventory if one.path.text not in left_out}


def _difference(listed: FileEntry, today: FileEntry) -> Difference | None:
    if (listed.kind is Kind.LINK) is not (today.kind is Kind.LINK):
        detail = f"is of the kind {today.kind}, and is listed as {listed.kind}"
        return Difference(listed.path, Change.RETYPED, detail)
    if listed.size != today.size:
        detail = f"has {today.size} bytes, and is listed with {listed.size}"
        return Difference(listed.path, Change.CHANGED, detail)
    if listed.sha256 != today.sha256:
        detail = f"has the digest {today.sha256}, and is listed with {listed.sha256}"
        return Difference(listed.path, Change.CHANGED, detail)
    return None


def _remark(today: FileEntry) -> str:
    word = "may" if today.kind is Kind.EXECUTABLE else "may not"
    return f"{today.path.text[:200]!a} {word} be executed, unlike when it was listed"
