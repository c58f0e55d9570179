"""What a web page shows, line by line; cells of one row are parted by tabs."""

import re

from provenance.text.markdown_html import INLINE, Element, Veil, Words, pieces

#: Of a page, in bytes: what stands further on is not read.
LONGEST_PAGE = 2**19
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[^\S\t]+")


def html_lines(data: bytes) -> tuple[str, ...]:
    r"""Return the lines that a reader of a page sees.

    >>> html_lines(b"<p>a <b>b</b></p><table><tr><td>c</td><td>d</td></tr></table>")
    ('a b', 'c\td')
    """
    shown: list[str] = []
    veil = Veil()
    as_written = False
    for piece in pieces(data[:LONGEST_PAGE].decode("utf-8", "replace")):
        if isinstance(piece, Element):
            veil.take(piece)
            if piece.name == "pre":
                as_written = not piece.closes
            if piece.name in _CELLS:
                shown.append("\t" if piece.closes else "")
            elif piece.name not in INLINE:
                shown.append("\n")
        elif isinstance(piece, Words) and not veil.hides:
            words = piece.text.replace("\t", " ")
            shown.append(words if as_written else words.replace("\n", " "))
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(shown).split("\n"))
    return tuple(line for line in lines if line)
