"""What people read: a console, text from anywhere as a terminal may get it, and rows of it.

Drawing is loaded when something is drawn: work that comes before does not wait for it.
"""

from typing import TYPE_CHECKING

from provenance.text.untrusted import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# Wide enough for a reason beside its component where there is no terminal to ask.
PLAIN_WIDTH = 110
LONGEST_REASON = 160
MOST_ROWS = 12


def console(*, stderr: bool = False) -> "Console":
    """Return the console for reports: the terminal's width, or a fixed one in a pipe."""
    from rich.console import Console  # noqa: PLC0415 - see above

    class Ours(Console):
        def on_broken_pipe(self) -> None:
            """Tell of it as any other output does: what is drawn here decides on no exit code."""
            raise BrokenPipeError

    found = Ours(highlight=False, emoji=False, stderr=stderr)
    if found.is_terminal:
        return found
    return Ours(highlight=False, emoji=False, width=PLAIN_WIDTH, stderr=stderr)


def safe(text: str, limit: int = LONGEST_REASON) -> "Text":
    """Return text from anywhere as a terminal may get it, cut to ``limit`` characters."""
    from rich.text import Text  # noqa: PLC0415 - see above

    return Text(printable(text, limit))


def rows(out: "Console", title: str, lines: list[str], rest: str = "in the manifest") -> None:
    """Print lines under a title, if there are any; at most a dozen, and where the rest is."""
    from rich.text import Text  # noqa: PLC0415 - see above

    if not lines:
        return
    out.print(Text(f"\n{title}", "bold"))
    for row in lines[:MOST_ROWS]:
        out.print(Text("  ").append_text(safe(row)))
    if len(lines) > MOST_ROWS:
        out.print(Text(f"  and {len(lines) - MOST_ROWS} more, {rest}"))
