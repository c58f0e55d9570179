"""Code that loading a model would run: which of it is in a file; read and not run."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from provenance.values.artefact import Artefact
from provenance.values.component import Component
from provenance.values.evidence import Where


def remote_code_of(
    defined: AbstractSet[str], *, path: str, where: Where, named: Sequence[str]
) -> Artefact | None:
    """Return what of a module is named to a loader: classes (``modeling_toy.ToyModel``), or it.

    ``defined`` are the classes and functions that the module's own statements define.
    """
    stem = path.removesuffix(".py").replace("/", ".")
    found = tuple(
        one
        for one in sorted(named)
        if one == path or (one.rpartition(".")[0] == stem and one.rpartition(".")[2] in defined)
    )
    if not found:
        return None
    classes = ", ".join(one for one in found if one != path)
    what = f"defines {classes}" if classes else "is run for its name"
    return Artefact(Component.REMOTE_CODE, path, where, what, found)
