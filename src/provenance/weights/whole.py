"""Headers and indexes taken together: do they make whole models?"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

import attrs

from provenance.errors import Code
from provenance.values.hazard import Hazard
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.weights import Header, Profile, ShardIndex

# ``model-00001-of-00002.safetensors``; some publishers write an underscore.
# A variant's name may stand before the ending: ``…-00001-of-00002.fp16.safetensors``.
_SHARD = re.compile(
    r"(?P<stem>.*?)[-_.]?(?P<number>[0-9]{1,9})-of-(?P<count>[0-9]{1,9})"
    r"(?P<variant>(?:\.[A-Za-z0-9_-]+)?)\.[^.]*"
)

Headers = Mapping[RelPath, Look[Header]]


# What a model can lack by its own index or names.
_LACKS = frozenset({Code.IX_MISSING_SHARD, Code.IX_TENSOR_MISSING, Code.IX_COUNT})
_UNLISTED = frozenset({Code.IX_MISSING_SHARD, Code.IX_COUNT})
# No loader uses the number: whatever it is, nothing is missing.
_HARMLESS = frozenset({Code.IX_TOTAL_SIZE})


@attrs.frozen
class Whole:
    """What the files of one format in a release come to, and what does not fit.

    ``counts`` are the parameters of each model among them, where all were seen.
    """

    look: Look[Profile]
    hazards: tuple[Hazard, ...] = ()
    counts: tuple[int, ...] = ()


def assemble(
    headers: Headers,
    indexes: Sequence[ShardIndex],
    present: Sequence[RelPath],
    *,
    form: str,
    complete: bool = True,
) -> Whole:
    """Take the headers of a release together, of the files of one format.

    ``present`` are these files, ``headers`` what was seen of each, and ``complete`` whether there
    can be no others. Shards of one model belong together by their index,
    or by their names where no index lists them; every other file is a model of its own. The counts
    of the profile are sums over all models.

    ``Missing`` means that a model lacks something by its own index or names, an IX hazard says
    what, and no whole model lies in the same folder. ``Unseen`` means that a header could not be
    looked at, that index and files differ so that which tensors count is not known, or that more
    files may be somewhere else.
    """
    listed = {file for index in indexes for _, file in index.weight_map}
    troubles = {
        *(hazard for index in indexes for hazard in _index_troubles(index, headers, present)),
        *_name_troubles(listed, present),
        *_shared_names(listed, headers, present),
    }
    # Of what may be in a place that nobody saw, nothing is told.
    told = {one for one in troubles if complete or one.code not in _UNLISTED}
    models = _models(indexes, listed, present)
    serious = sorted(one for one in troubles if one.code not in _HARMLESS)
    if any(one.code in _UNLISTED for one in serious) and not complete:
        look: Look[Profile] = Unseen("not all files of the release are here", Code.RESOURCE)
    elif lacking := _lacking(serious, models, headers, indexes):
        look = Missing(_shown(lacking))
    elif serious:
        first = serious[0]
        look = Unseen(f"which tensors count is not known: {_shown(first)}", first.code)
    else:
        look = _profile(headers, present, form)
    counts = tuple(_parameters(headers, one.files) for one in models)
    odd = (hazard for index in indexes for hazard in index.odd)
    return Whole(look, tuple(sorted({*told, *odd})), counts if isinstance(look, Seen) else ())


@attrs.frozen
class _Model:
    """The files of one model, and the file that says so: its index, or the first of them."""

    said_in: str
    files: frozenset[str]

    @property
    def folder(self) -> str:
        return self.said_in.rpartition("/")[0]


def _models(
    indexes: Sequence[ShardIndex], listed: set[str], present: Sequence[RelPath]
) -> tuple[_Model, ...]:
    """Return the models of a release: by index, by names of shards, and single files."""
    by_index = [
        _Model(index.path.text, frozenset(file for _, file in index.weight_map))
        for index in indexes
    ]
    others = [path.text for path in present if path.text not in listed]
    families = _families(others)
    shards = {shard.path for family in families.values() for shard in family}
    by_name = [
        _Model(family[0].path, frozenset(shard.path for shard in family))
        for family in families.values()
    ]
    single = [_Model(path, frozenset({path})) for path in others if path not in shards]
    return (*by_index, *by_name, *single)


def _parameters(headers: Headers, files: Iterable[str]) -> int:
    seen = _headers(files, headers).values()
    return sum(tensor.elements for header in seen for tensor in header.tensors)


def _lacking(
    serious: Sequence[Hazard],
    models: Sequence[_Model],
    headers: Headers,
    indexes: Sequence[ShardIndex],
) -> Hazard | None:
    """Return what a model surely lacks, if it lacks anything.

    A whole model in the same folder excuses what another lacks: a loader may take that one.
    """
    lacks = [one for one in serious if one.code in _LACKS]
    if not lacks:
        return None
    wrong = {one.path for one in serious}
    whole = {one.folder for one in models if _is_whole(one, headers, wrong)}
    moved = _elsewhere(indexes, headers)
    for one in lacks:
        excused = one.code is Code.IX_TENSOR_MISSING and one.path in moved
        if not excused and one.path.rpartition("/")[0] not in whole:
            return one
    return None


def _elsewhere(indexes: Sequence[ShardIndex], headers: Headers) -> frozenset[str]:
    """Return the indexes whose tensors are, or may be, in other files than they say."""
    unseen = any(not isinstance(look, Seen) for look in headers.values())
    held = {
        tensor.name
        for look in headers.values()
        if isinstance(look, Seen)
        for tensor in look.value.tensors
    }
    return frozenset(
        index.path.text
        for index in indexes
        if unseen or all(name in held for name, _ in index.weight_map)
    )


def _is_whole(model: _Model, headers: Headers, wrong: set[str]) -> bool:
    """Whether every file of a model was seen, and nothing is wrong with it."""
    if model.said_in in wrong or model.files & wrong:
        return False
    return len(_headers(model.files, headers)) == len(model.files)


def _shown(hazard: Hazard) -> str:
    return f"{hazard.path[:200]!a}: {hazard.detail} [{hazard.code}]"


def _profile(headers: Headers, present: Sequence[RelPath], form: str) -> Look[Profile]:
    seen: list[Header] = []
    for path in sorted(present):
        look = headers.get(path, Unseen("its header was not read", Code.RESOURCE))
        match look:
            case Seen(header):
                seen.append(header)
            case Unseen(reason, code):
                return Unseen(of_file(path, reason), code)
            case Missing(reason):
                return Missing(of_file(path, reason))
            case _:
                assert_never(look)
    tensors = [tensor for header in seen for tensor in header.tensors]
    if not tensors:
        return Missing(f"no {form} file holds a tensor")
    return Seen(
        Profile(
            format=form,
            files=tuple(sorted(present)),
            tensors=len(tensors),
            parameters=sum(tensor.elements for tensor in tensors),
            size=sum(tensor.end - tensor.start for tensor in tensors),
            dtypes=tuple(sorted({tensor.dtype.label for tensor in tensors})),
        )
    )


def of_file(path: RelPath, reason: str) -> str:
    """Return a reason with the file that it is about, which some reasons name themselves."""
    shown = f"{path.text[:200]!a}"
    return reason if reason.startswith(shown) else f"{shown}: {reason}"


def _headers(files: Iterable[str], headers: Headers) -> dict[str, Header]:
    """Return the headers that were seen, in order of path."""
    looks = ((file, headers.get(RelPath(file))) for file in sorted(files))
    return {file: look.value for file, look in looks if isinstance(look, Seen)}


def _index_troubles(
    index: ShardIndex, headers: Headers, present: Sequence[RelPath]
) -> Iterator[Hazard]:
    """Yield where an index and the files it lists differ."""
    files = {file for _, file in index.weight_map}
    for file in sorted(files - {path.text for path in present}):
        yield Hazard(Code.IX_MISSING_SHARD, index.path.text, f"lists {file!a}, which is not there")
    seen = _headers(files, headers)
    holds = {file: {tensor.name for tensor in header.tensors} for file, header in seen.items()}
    mapped = set(index.weight_map)
    missing = [
        (name, file) for name, file in index.weight_map if file in holds and name not in holds[file]
    ]
    extra = [
        (name, file)
        for file, names in holds.items()
        for name in names
        if (name, file) not in mapped
    ]
    yield from _told(Code.IX_TENSOR_MISSING, index, missing, "is not in")
    yield from _told(Code.IX_TENSOR_EXTRA, index, extra, "is not listed, and is in")
    yield from _twice(index.path.text, seen)
    size = sum(tensor.end - tensor.start for one in seen.values() for tensor in one.tensors)
    if index.total_size not in {None, size} and len(seen) == len(files):
        what = f"declares {index.total_size} bytes of tensors; the shards hold {size}"
        yield Hazard(Code.IX_TOTAL_SIZE, index.path.text, what)


def _told(
    code: Code, index: ShardIndex, pairs: Sequence[tuple[str, str]], what: str
) -> Iterator[Hazard]:
    """Yield one hazard for all tensors of one trouble: a release cannot flood the report."""
    if pairs:
        name, file = min(pairs)
        detail = f"{len(pairs)} tensors: {name[:80]!a} {what} {file[:200]!a}"
        yield Hazard(code, index.path.text, detail)


def _twice(path: str, headers: Mapping[str, Header]) -> Iterator[Hazard]:
    counted = Counter(tensor.name for header in headers.values() for tensor in header.tensors)
    twice = sorted(name for name, count in counted.items() if count > 1)
    if twice:
        detail = f"{len(twice)} tensors are in more than one shard: {twice[0][:80]!a}"
        yield Hazard(Code.IX_TENSOR_TWICE, path, detail)


@attrs.frozen
class _Shard:
    """A file whose name says that it is number ``number`` of ``count``."""

    path: str
    family: tuple[str, str]
    number: int
    count: int


def _shard(path: str) -> _Shard | None:
    folder, _, name = path.rpartition("/")
    match = _SHARD.fullmatch(name)
    if not match:
        return None
    number, count = int(match["number"]), int(match["count"])
    return _Shard(path, (folder, match["stem"] + match["variant"]), number, count)


def _families(paths: Iterable[str]) -> dict[tuple[str, str], list[_Shard]]:
    """Return the shards among ``paths`` by folder and stem, in order of path."""
    families: dict[tuple[str, str], list[_Shard]] = {}
    for shard in filter(None, map(_shard, sorted(paths))):
        families.setdefault(shard.family, []).append(shard)
    return families


def _name_troubles(listed: set[str], present: Sequence[RelPath]) -> Iterator[Hazard]:
    """Yield what the names of shards say and neither the files nor an index bear out."""
    indexed = _families(listed)
    for family, shards in _families({path.text for path in present} | listed).items():
        if family in indexed:
            for shard in shards:
                if shard.path not in listed:
                    yield Hazard(Code.IX_UNLISTED_SHARD, shard.path, "no index lists this shard")
        if not _counted(shards):
            said = " and ".join(str(count) for count in sorted({one.count for one in shards}))
            what = f"names shards of {said}; {len(shards)} with this stem are listed or there"
            yield Hazard(Code.IX_COUNT, shards[0].path, what)


def _counted(shards: Sequence[_Shard]) -> bool:
    """Whether the names count all shards of one number, from 1 or, as some do, from 0."""
    numbers = sorted(shard.number for shard in shards)
    start = min(numbers[0], 1)
    return {shard.count for shard in shards} == {len(shards)} and numbers == list(
        range(start, start + len(shards))
    )


def _shared_names(
    listed: set[str], headers: Headers, present: Sequence[RelPath]
) -> Iterator[Hazard]:
    """Yield tensors that two shards of a model without an index both hold."""
    for shards in _families({path.text for path in present} - listed).values():
        yield from _twice(shards[0].path, _headers((shard.path for shard in shards), headers))
