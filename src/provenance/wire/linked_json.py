"""What a recipe is made of besides files, as JSON: weights, sources, datasets and dead ends."""

from provenance.text.shape import Reader
from provenance.values.dataset import Availability, DatasetRecord, Declared
from provenance.values.manifest import Dangling, End
from provenance.values.path import RelPath
from provenance.values.source import Confidence, HowPinned, PinnedSource
from provenance.values.weights import Profile
from provenance.wire.scalars import (
    JsonObject,
    encode_revision,
    encode_sha256,
    nullable,
    parse_commit,
    parse_sha256,
    sensible,
    whole,
)


def encode_profile(profile: Profile) -> JsonObject:
    """Return what the weight files hold, taken together."""
    root = profile.tensor_root
    return {
        "dtypes": list(profile.dtypes),
        "files": [path.text for path in profile.files],
        "format": profile.format,
        "parameters": profile.parameters,
        "size": profile.size,
        "tensor_root": encode_sha256(root) if root else None,
        "tensors": profile.tensors,
    }


def parse_profile(reader: Reader, key: str) -> Profile:
    """Read the profile under a key; the inverse of :func:`encode_profile`."""
    inner = reader.object(key)
    inner.only_keys("dtypes", "files", "format", "parameters", "size", "tensor_root", "tensors")
    with sensible(inner, "files"):
        files = tuple(map(RelPath.parse, inner.texts("files")))
    return Profile(
        format=inner.text("format"),
        files=files,
        tensors=whole(inner, "tensors"),
        parameters=whole(inner, "parameters"),
        size=whole(inner, "size"),
        dtypes=inner.texts("dtypes"),
        tensor_root=nullable(inner, "tensor_root", parse_sha256),
    )


def encode_source(source: PinnedSource) -> JsonObject:
    """Return a source repository at its pin."""
    return {
        "commit": str(source.commit),
        "confidence": source.confidence.value,
        "fetched_from": source.fetched_from,
        "how_pinned": source.how_pinned.value,
        "tree": str(source.tree),
        "uri": source.uri,
    }


def parse_source(reader: Reader) -> PinnedSource:
    """Read a source repository; the inverse of :func:`encode_source`."""
    reader.only_keys("commit", "confidence", "fetched_from", "how_pinned", "tree", "uri")
    how = reader.choice("how_pinned", HowPinned)
    said = reader.choice("confidence", Confidence)
    found = PinnedSource(
        uri=reader.text("uri"),
        fetched_from=reader.text("fetched_from"),
        commit=parse_commit(reader, "commit"),
        tree=parse_commit(reader, "tree"),
        how_pinned=how,
        # A submodule is as sure as the repository that names it: only it can be any of these.
        named_by=said if how is HowPinned.SUBMODULE else Confidence.HIGH,
    )
    if said is not found.confidence:
        raise reader.wrong("confidence", f"{found.how_pinned} gives {found.confidence}")
    return found


def encode_dataset(dataset: DatasetRecord) -> JsonObject:
    """Return a dataset and how much of it is there."""
    declared = dataset.declared
    return {
        "answered_as": dataset.answered_as,
        "availability": dataset.availability.value,
        "card_sha256": encode_sha256(dataset.card) if dataset.card else None,
        "complete": dataset.complete,
        "declared": _encode_declared(declared) if declared else None,
        "digested": dataset.digested,
        "files": dataset.files,
        "read": dataset.read,
        "revision": encode_revision(dataset.revision),
        "size": dataset.size,
        "uri": dataset.uri,
    }


def parse_dataset(reader: Reader) -> DatasetRecord:
    """Read a dataset; the inverse of :func:`encode_dataset`."""
    reader.only_keys(
        *("answered_as", "availability", "card_sha256", "complete", "declared", "digested"),
        *("files", "read", "revision", "size", "uri"),
    )
    return DatasetRecord(
        uri=reader.text("uri"),
        availability=reader.choice("availability", Availability),
        revision=nullable(reader, "revision", parse_commit),
        card=nullable(reader, "card_sha256", parse_sha256),
        files=whole(reader, "files"),
        digested=whole(reader, "digested"),
        read=whole(reader, "read"),
        size=whole(reader, "size"),
        complete=reader.boolean("complete"),
        answered_as=nullable(reader, "answered_as", Reader.text),
        declared=nullable(reader, "declared", _parse_declared),
    )


def _encode_declared(declared: Declared) -> JsonObject:
    return {
        "at_least": declared.at_least,
        "at_most": declared.at_most,
        "examples": declared.examples,
    }


def _parse_declared(reader: Reader, key: str) -> Declared:
    inner = reader.object(key)
    inner.only_keys("at_least", "at_most", "examples")
    least, most = whole(inner, "at_least"), whole(inner, "at_most")
    examples = nullable(inner, "examples", whole)
    with sensible(reader, key):
        return Declared(least, most, examples)


def encode_closure(dangling: tuple[Dangling, ...]) -> JsonObject:
    """Return whether every end of the recipe leads somewhere, and those that do not.

    It is unknown, ``null``, where all that stands in the way is that nobody looked.
    """
    return {
        "complete": _complete(dangling),
        "dangling": [_encode_dangling(one) for one in dangling],
    }


def _complete(dangling: tuple[Dangling, ...]) -> bool | None:
    if not dangling:
        return True
    return None if all(one.end is End.UNSEEN for one in dangling) else False


def _encode_dangling(one: Dangling) -> JsonObject:
    # Manifests from before ends were told apart have no such key, and stay as they were signed.
    end: JsonObject = {"end": one.end.value} if one.end else {}
    return {**end, "what": one.what, "why": one.why}


def parse_closure(reader: Reader) -> tuple[Dangling, ...]:
    """Read the ends that lead nowhere; the inverse of :func:`encode_closure`."""
    reader.only_keys("complete", "dangling")
    found = tuple(_parse_dangling(one) for one in reader.objects("dangling"))
    if nullable(reader, "complete", Reader.boolean) is not _complete(found):
        raise reader.wrong("complete", f"there are {len(found)} dangling ends")
    return found


def _parse_dangling(reader: Reader) -> Dangling:
    reader.only_keys("end", "what", "why")
    end = reader.choice("end", End) if reader.has("end") else None
    return Dangling(reader.text("what"), reader.text("why"), end)
