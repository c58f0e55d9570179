"""Code that loading a model would fetch and run: which classes are there; read and not run."""

import ast
from collections.abc import Sequence

from provenance.values.artefact import Artefact
from provenance.values.component import Component
from provenance.values.evidence import Where


def remote_code_of(
    module: ast.Module, *, path: str, where: Where, named: Sequence[str]
) -> Artefact | None:
    """Return the classes of a module that a configuration names (``modeling_toy.ToyModel``)."""
    stem = path.removesuffix(".py").replace("/", ".")
    defined = {node.name for node in module.body if isinstance(node, ast.ClassDef)}
    found = tuple(
        one
        for one in sorted(named)
        if one.rpartition(".")[0] == stem and one.rpartition(".")[2] in defined
    )
    if not found:
        return None
    return Artefact(Component.REMOTE_CODE, path, where, f"defines {', '.join(found)}", found)
