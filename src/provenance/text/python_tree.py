"""The tree of a Python module, walked once for all that read it."""

import ast
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

import attrs

# Fields of texts and marks (``Load``), left out of the table: to look at them costs time only.
_NO_NODES = frozenset({"arg", "attr", "ctx", "id", "op", "ops", "type_comment"})
_KINDS = [
    kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.AST)
]
# The fields of each kind of node in which other nodes can stand.
_FIELDS: dict[type, tuple[str, ...]] = {
    kind: tuple(one for one in kind._fields if one not in _NO_NODES) for kind in _KINDS
} | {ast.Constant: ()}


@attrs.frozen(eq=False)
class PythonTree:
    """A module, its nodes level by level, and the calls and tables in each statement.

    Left out are the nodes that only mark what another is: contexts (``Load``) and operators are
    half of all, and nothing stands in them. ``calls`` and ``tables`` are by the statement in which
    they stand, which is the innermost; ``depth`` is how many levels there are, ``tokens`` what
    reading it cost.
    """

    module: ast.Module
    nodes: Sequence[ast.AST] = attrs.field(repr=False)
    calls: Mapping[ast.AST, Sequence[ast.Call]] = attrs.field(repr=False)
    tables: Mapping[ast.AST, Sequence[ast.Dict]] = attrs.field(repr=False)
    depth: int
    tokens: int = 0

    @classmethod
    def joined(cls, parts: Iterable[tuple[int, "PythonTree"]]) -> Self:
        """Return modules as one; each is given with how many lines stand before it.

        The nodes are those of the parts, which are of no use afterwards: their lines are moved.
        """
        body: list[ast.stmt] = []
        tokens = 0
        for before, part in parts:
            body += part.module.body
            tokens += part.tokens
            for node in part.nodes:
                if isinstance(node, ast.stmt | ast.expr):
                    node.lineno += before
                    node.end_lineno = (node.end_lineno or node.lineno) + before
        return cls.of(ast.Module(body, []), tokens=tokens)

    @classmethod
    def of(cls, module: ast.Module, *, tokens: int = 0) -> Self:
        """Walk a module level by level: nothing recurses."""
        nodes: list[ast.AST] = []
        calls: dict[ast.AST, list[ast.Call]] = {}
        tables: dict[ast.AST, list[ast.Dict]] = {}
        level: list[ast.AST] = [module]
        holders: list[ast.AST] = [module]
        depth = 0
        while level:
            below: list[ast.AST] = []
            within: list[ast.AST] = []
            before = len(nodes)
            # A walk costs more than all that is then asked of the nodes: hence one flat loop.
            for node, outer in zip(level, holders, strict=True):
                fields = _FIELDS.get(node.__class__)
                if fields is None:
                    continue  # A text, a number, or nothing: it stands where nodes can stand.
                nodes.append(node)
                holder = outer
                if isinstance(node, ast.Call):
                    calls.setdefault(holder, []).append(node)
                elif isinstance(node, ast.stmt):
                    holder = node
                elif isinstance(node, ast.Dict):
                    tables.setdefault(holder, []).append(node)
                for name in fields:
                    value = getattr(node, name, None)
                    if value.__class__ is list:
                        below += value
                        within += [holder] * len(value)
                    elif value is not None:
                        below.append(value)
                        within.append(holder)
            level, holders = below, within
            depth += len(nodes) > before
        return cls(module, nodes, calls, tables, depth, tokens)
