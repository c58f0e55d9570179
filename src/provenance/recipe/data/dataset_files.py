"""What a file in a dataset's repository is there for, by its name."""

from enum import Enum, auto, unique

from provenance.recipe.licenses.license_text import license_path

_CARD = "README.md"
_HOUSEKEEPING = frozenset({".gitattributes", ".gitignore", "dataset_infos.json"})
_CROISSANT = "croissant.json"


@unique
class Role(Enum):
    """What a file is there for; all that is nothing else is data."""

    CARD = auto()
    LICENSE = auto()
    CROISSANT = auto()
    # A program beside the card, which loads the data from wherever it says.
    SCRIPT = auto()
    HOUSEKEEPING = auto()
    DATA = auto()


def role_of(path: str) -> Role:
    """Return what the file at this path is there for; below the top folder everything is data."""
    if path == _CARD:
        return Role.CARD
    if path in _HOUSEKEEPING:
        return Role.HOUSEKEEPING
    if path == license_path([path]):
        return Role.LICENSE
    if path == _CROISSANT or path.endswith(f".{_CROISSANT}"):
        return Role.CROISSANT
    return Role.SCRIPT if path.endswith(".py") and "/" not in path else Role.DATA
