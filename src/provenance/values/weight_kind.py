"""A format that weights are kept in: how its files are called, and whether they may run code."""

import re
from functools import cached_property

import attrs


@attrs.frozen(slots=False)
class WeightKind:
    """One format: its name, the ends of its files' names, and whole paths that belong to it.

    ``within`` is a regular expression for paths in lower case, for what no ending tells. Files of
    ``pickled`` formats may run code when they are loaded. Of one that is ``read`` the tensors are
    known; files of any other are listed and hashed.

    >>> WeightKind("gguf", (".gguf",)).fits("a/model.gguf", ".gguf")
    True
    """

    name: str
    endings: tuple[str, ...] = ()
    within: str = ""
    pickled: bool = False
    read: bool = False

    @cached_property
    def _path(self) -> re.Pattern[str]:
        return re.compile(self.within, re.DOTALL)

    def fits(self, path: str, suffix: str) -> bool:
        """Tell whether a path, in lower case, is called as files of this format are."""
        return suffix in self.endings or bool(self.within and self._path.fullmatch(path))
