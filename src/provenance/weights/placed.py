"""Where the bytes of each tensor lie in a file: what loading and the tensor root are made of.

Of safetensors alone: every byte after its header is one tensor's, as loaders have it in memory.
"""

from collections.abc import Callable

import attrs

from provenance.values.look import Look, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.weight_kind import WeightKind
from provenance.values.weights import Header
from provenance.weights.safetensors import PREFIX, Safetensors, header_length, parse

#: The format of which this is known.
PLACED: WeightKind = Safetensors().kind
#: As many first bytes say where the data begins.
START = PREFIX


@attrs.frozen
class Placed:
    """A header, and where in the file the data of its tensors begins."""

    header: Header
    data: int


def is_placed(path: RelPath) -> bool:
    """Tell whether a file is called as one in which the place of each tensor is known."""
    return PLACED.fits(path.text.lower(), path.suffix)


def placed(path: RelPath, size: int, part: Callable[[int, int], bytes]) -> Look[Placed]:
    """Read the header through ``part``, which returns the bytes between two places of the file.

    It is asked twice, each time for what follows.

    Raises:
        WeightsError: as :meth:`Safetensors.wants` and :meth:`Safetensors.parse`.
    """
    length = header_length(part(0, min(PREFIX, size)), size, path)
    if isinstance(length, Unseen):
        return length
    look, _ = parse(part(PREFIX, PREFIX + length), size, path)
    return Seen(Placed(look.value, PREFIX + length)) if isinstance(look, Seen) else look


def data_begins(start: bytes) -> int:
    """Return where the data begins by a file's first bytes, believed: for guesses only."""
    return PREFIX + int.from_bytes(start[:PREFIX], "little")
