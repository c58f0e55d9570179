"""Links by the name of the file: which reader reads what."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

import attrs

from provenance.recipe.links.code_links import read_code_links
from provenance.recipe.links.gitmodules import read_gitmodules
from provenance.recipe.links.json_links import read_json_links
from provenance.recipe.links.link import Links
from provenance.recipe.links.links import read_links
from provenance.recipe.links.requirement_links import read_requirement_links, read_toml_links
from provenance.recipe.links.training_config_links import read_training_config_links
from provenance.text.budget import Allowance
from provenance.values.locator import Locator

_READERS: Final[Mapping[str, Callable[[bytes], Links]]] = MappingProxyType(
    {
        "config.json": read_json_links,
        "adapter_config.json": read_json_links,
        "tokenizer_config.json": read_json_links,
        "pyproject.toml": read_toml_links,
    }
)
_REQUIREMENTS = re.compile(r"requirements?[\w.-]*\.(?:txt|in)|constraints?[\w.-]*\.txt")

#: Of all files of a release together, where they are read for links: programs, YAML, all others.
MOST_TOKENS: Final = 500_000
MOST_EVENTS: Final = 100_000
MOST_BYTES: Final = 2 * 2**20


@attrs.frozen
class Purse:
    """What many files may cost together: the tokens of programs, events of YAML, bytes of others.

    Each is counted in what makes it slow: two bytes of YAML are an event, a text of a program one
    token.
    """

    tokens: Allowance = attrs.Factory(lambda: Allowance(MOST_TOKENS, "tokens"))
    events: Allowance = attrs.Factory(lambda: Allowance(MOST_EVENTS, "events"))
    bytes: Allowance = attrs.Factory(lambda: Allowance(MOST_BYTES, "bytes"))

    @property
    def refused(self) -> int:
        """Return how many files were too dear."""
        return self.tokens.refused + self.events.refused + self.bytes.refused


def reads_links(path: str) -> bool:
    """Tell whether a file's name is that of one in which links are looked for."""
    return path.rpartition("/")[2] == ".gitmodules" or _reader(path, Purse()) is not None


def links_in(
    path: str, data: bytes, *, parent: Locator | None = None, purse: Purse | None = None
) -> Links:
    """Return the links of a file, by its path; none for a file that no reader is for.

    Args:
        path: the path of the file; only its last part counts.
        data: the bytes of the file.
        parent: the repository that it stands in, for the addresses of submodules.
        purse: what is left for this file and those after it; a new one for each by default.

    Raises:
        TextError: for a file that its reader cannot read; it then counts as unread.

    """
    if path.rpartition("/")[2] == ".gitmodules":
        return read_gitmodules(data, parent=parent).links
    reader = _reader(path, purse or Purse())
    return reader(data) if reader else Links()


def _reader(path: str, purse: Purse) -> Callable[[bytes], Links] | None:
    """Return the reader for a file's name, which pays for what it reads."""
    folder, _, name = path.rpartition("/")
    if name.endswith((".yaml", ".yml")) and not folder.startswith("."):
        return partial(read_training_config_links, allowance=purse.events)
    if name.endswith(".py"):
        return partial(read_code_links, allowance=purse.tokens)
    found = _READERS.get(name) or (read_links if name.endswith(".md") else None)
    in_folder = folder.rpartition("/")[2] == "requirements" and name.endswith((".txt", ".in"))
    if in_folder or _REQUIREMENTS.fullmatch(name):
        found = read_requirement_links
    return partial(_by_bytes, found, purse.bytes) if found else None


def _by_bytes(read: Callable[[bytes], Links], allowance: Allowance, data: bytes) -> Links:
    allowance.spend(len(data), "the file")
    return read(data)
