"""Links by the name of the file: which reader reads what."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from provenance.recipe.code_links import read_code_links
from provenance.recipe.gitmodules import read_gitmodules
from provenance.recipe.json_links import read_json_links
from provenance.recipe.link import Links
from provenance.recipe.links import read_links
from provenance.recipe.requirement_links import read_requirement_links, read_toml_links
from provenance.recipe.training_config_links import read_training_config_links
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


def reads_links(path: str) -> bool:
    """Tell whether a file's name is that of one in which links are looked for."""
    return path.rpartition("/")[2] == ".gitmodules" or _reader(path) is not None


def links_in(path: str, data: bytes, *, parent: Locator | None = None) -> Links:
    """Return the links of a file, by its path; none for a file that no reader is for.

    Args:
        path: the path of the file; only its last part counts.
        data: the bytes of the file.
        parent: the repository that it stands in, for the addresses of submodules.

    Raises:
        TextError: for a file that its reader cannot read; it then counts as unread.

    """
    if path.rpartition("/")[2] == ".gitmodules":
        return read_gitmodules(data, parent=parent).links
    reader = _reader(path)
    return reader(data) if reader else Links()


def _reader(path: str) -> Callable[[bytes], Links] | None:
    folder, _, name = path.rpartition("/")
    if found := _READERS.get(name):
        return found
    if name.endswith(".md"):
        return read_links
    if name.endswith((".yaml", ".yml")) and not folder.startswith("."):
        return read_training_config_links
    if name.endswith(".py"):
        return read_code_links
    in_folder = folder.rpartition("/")[2] == "requirements" and name.endswith((".txt", ".in"))
    return read_requirement_links if in_folder or _REQUIREMENTS.fullmatch(name) else None
