"""Where the nodes of a Python syntax tree stand in the bytes of their file."""

import ast
from itertools import accumulate
from typing import Self

import attrs

from provenance.text.span import Span
from provenance.values.evidence import Where

_BOM = b"\xef\xbb\xbf"


@attrs.frozen
class PythonPlaces:
    """Turns the tree's lines and columns, which are in bytes, into offsets into the file."""

    lines: tuple[int, ...] = attrs.field(repr=False)

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Prepare a file."""
        mark = len(_BOM) if data.startswith(_BOM) else 0
        lengths = (len(line) for line in data[mark:].splitlines(keepends=True))
        return cls(tuple(accumulate(lengths, initial=mark)))

    def where(self, node: ast.stmt | ast.expr | ast.AST, whole: Where) -> Where:
        """Return the place of a node that has one, else that of the whole file."""
        if not isinstance(node, ast.stmt | ast.expr):
            return whole
        span = self.span(node)
        return attrs.evolve(whole, start=span.start, end=span.end)

    def span(self, node: ast.stmt | ast.expr) -> Span:
        """Return the bytes of a node; a text's are those of its quotes, too."""
        start = self.lines[node.lineno - 1] + node.col_offset
        end = self.lines[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        return Span(start, end)
