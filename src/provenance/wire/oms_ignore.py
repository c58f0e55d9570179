"""What a model signature says that it leaves out, and what nobody may leave out."""

from collections.abc import Collection, Iterable, Iterator

from provenance.errors import Code, ReleaseError, VerificationError
from provenance.values.path import RelPath
from provenance.values.sidecars import SIDECARS

# Top-level names that no model signature covers, by its specification (section 6.2).
GIT_NAMES = frozenset({".git", ".gitattributes", ".github", ".gitignore"})


def covers(ignored: frozenset[str], path: str) -> bool:
    """Tell whether a path is one of these, or lies below one of them."""
    while path:
        if path in ignored:
            return True
        path = path.rpartition("/")[0]
    return False


def require_not_listed(ignored: Iterable[RelPath], listed: Iterable[RelPath]) -> None:
    """Refuse a signature that leaves out what it lists.

    Raises:
        VerificationError: OMS_IGNORE.
    """
    texts = frozenset(path.text for path in ignored)
    twice = next((path for path in listed if covers(texts, path.text)), None)
    if twice is not None:
        raise VerificationError(
            f"{twice.text[:200]!a} is listed, and is left out by ignore_paths",
            hint="do not trust this signature: it contradicts itself",
            code=Code.OMS_IGNORE,
        )


def require_weights_covered(
    ignored: Iterable[RelPath], *, allowed: frozenset[str], endings: Collection[str]
) -> None:
    """Refuse a signature that leaves out what is a weight file by its name.

    Args:
        ignored: what the signature leaves out.
        allowed: what the caller itself agreed to leave out.
        endings: the ends of the names of weight files.

    Raises:
        VerificationError: OMS_IGNORED_WEIGHTS.
    """
    for path in ignored:
        if path.suffix in endings and not covers(allowed, path.text):
            raise ignored_weights(path)


def ignored_weights(path: RelPath) -> VerificationError:
    """Return the error for weights that a signature says it leaves out."""
    return VerificationError(
        f"the signature leaves out {path.text[:200]!a}, which holds weights",
        hint="do not use these weights; if you must, name the path with --ignore-paths",
        code=Code.OMS_IGNORED_WEIGHTS,
    )


def hidden_by_default(
    left_out: Iterable[RelPath], *, named: frozenset[str], endings: Collection[str]
) -> Iterator[RelPath]:
    """Yield files that only a default leaves out, and that are no such files.

    They are weights below git's names or a signature's, and all that lies in folders that are
    called as signatures are: only a file is a signature.

    Args:
        left_out: the files that are not covered.
        named: what somebody chose to leave out; each covers all below it.
        endings: the ends of the names of weight files.
    """
    for path in left_out:
        if covers(named, path.text):
            continue
        if path.suffix in endings or (path.parent and covers(SIDECARS, path.text)):
            yield path


def require_nothing_hidden(
    left_out: Iterable[RelPath], *, named: frozenset[str], endings: Collection[str]
) -> None:
    """Refuse to sign a model of which a default would leave out more than it is there for.

    The arguments are those of :func:`hidden_by_default`.

    Raises:
        ReleaseError: OMS_IGNORE.
    """
    for path in hidden_by_default(left_out, named=named, endings=endings):
        top = path.text.partition("/")[0]
        raise ReleaseError(
            f"{path.text[:200]!a} would not be covered: {top!a} is left out by every signature",
            hint="move it to another folder: verifiers refuse what hides there",
            code=Code.OMS_IGNORE,
        )
