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
_SHARD = re.compile(r"(?P<stem>.*?)[-_.]?(?P<number>[0-9]{1,9})-of-(?P<count>[0-9]{1,9})\.[^.]*")

Headers = Mapping[RelPath, Look[Header]]


def assemble(
    headers: Headers, indexes: Sequence[ShardIndex], present: Sequence[RelPath]
) -> tuple[Look[Profile], tuple[Hazard, ...]]:
    """Take the headers of a release together.

    ``present`` are the release's safetensors files, and ``headers`` what was seen of each. Shards
    of one model belong together by their index, or by their names where no index lists them;
    every other file is a model of its own. The counts of the profile are sums over all models.

    ``Missing`` means that something does not fit, and an IX hazard says what; ``Unseen`` that some
    header could not be looked at.
    """
    listed = {file for index in indexes for _, file in index.weight_map}
    hazards = sorted(
        {
            *(hazard for index in indexes for hazard in _index_troubles(index, headers, present)),
            *_name_troubles(listed, present),
            *_shared_names(listed, headers, present),
        }
    )
    return _profile(headers, present, hazards), tuple(hazards)


def _profile(
    headers: Headers, present: Sequence[RelPath], hazards: Sequence[Hazard]
) -> Look[Profile]:
    if hazards:
        first = hazards[0]
        return Missing(f"{first.path[:200]!a}: {first.detail} [{first.code}]")
    seen: list[Header] = []
    for path in sorted(present):
        look = headers.get(path, Unseen("its header was not read", Code.RESOURCE))
        match look:
            case Seen(header):
                seen.append(header)
            case Unseen(reason, code):
                return Unseen(f"{path.text[:200]!a}: {reason}", code)
            case Missing(reason):
                return Missing(f"{path.text[:200]!a}: {reason}")
            case _:
                assert_never(look)
    tensors = [tensor for header in seen for tensor in header.tensors]
    if not tensors:
        return Missing("no safetensors file holds a tensor")
    return Seen(
        Profile(
            format="safetensors",
            files=tuple(sorted(present)),
            tensors=len(tensors),
            parameters=sum(tensor.elements for tensor in tensors),
            size=sum(tensor.end - tensor.start for tensor in tensors),
            dtypes=tuple(sorted({tensor.dtype.label for tensor in tensors})),
        )
    )


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
    return _Shard(path, (folder, match["stem"]), number, count)


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
