"""Values that settings files and scripts state, line by line: ``key = value``, ``--key value``.

Read by the letter and not by the grammar of each format, so that every value has its bytes; what a
line says in a comment does not count.
"""

import re
from collections.abc import Iterator
from itertools import islice

import attrs

from provenance.errors import Code
from provenance.recipe.code.stated_keys import kind_of, value_of
from provenance.values.artefact import StatedValue
from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.tokenizer_names import is_vocabulary
from provenance.values.unread import Unread

#: Of one file.
MOST_VALUES = 200
LARGEST = 2**20
ENDINGS = (".json", ".toml", ".yaml", ".yml", ".sh", ".slurm", ".cfg", ".ini", ".gin")
#: What settings may state.
OF_SETTINGS = frozenset({Component.HYPER_PARAMETERS, Component.SEEDS, Component.DATA_ORDER})
_COMMENT = re.compile(rb"[ \t]*(?:#(?!SBATCH)|//|;)")
_PAIR = re.compile(
    rb"(?:--(?P<flag>[A-Za-z][\w-]{0,80})[ \t=]{1,8}"
    rb"|(?P<key>[A-Za-z][\w.-]{0,80})[\"']?[ \t]{0,8}[:=][ \t]{0,8})"
    rb"[\"']?(?P<value>[\w./+-]{1,200})"
)


def stated_in(path: str, data: bytes, where: Where) -> tuple[StatedValue, ...]:
    """Return the values that a settings file or a script states, in order.

    ``where`` is the file as a whole. A file of another kind, or over 1 MiB, states nothing.
    """
    if not path.endswith(ENDINGS) or len(data) > LARGEST:
        return ()
    return tuple(islice(_found(path, data, where), MOST_VALUES))


def unread_settings(path: str, data: bytes) -> Iterator[Unread]:
    """Yield that a settings file is too long, or no text: what it states is then unknown."""
    if not path.endswith(ENDINGS) or is_vocabulary(path):
        return
    if len(data) > LARGEST:
        why = f"it has {len(data):,} bytes, of which {LARGEST:,} are read at most"
        yield Unread(Code.RESOURCE, path, why, OF_SETTINGS)
    elif b"\0" in data or not _is_utf8(data):
        yield Unread(Code.RECIPE_SYNTAX, path, "it is no text in UTF-8", OF_SETTINGS)


def _is_utf8(data: bytes) -> bool:
    """Tell whether bytes are a text in UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _found(path: str, data: bytes, where: Where) -> Iterator[StatedValue]:
    start = 0
    for line in data.splitlines(keepends=True):
        if not _COMMENT.match(line):
            for match in _PAIR.finditer(line):
                kind = kind_of((match["flag"] or match["key"]).decode())
                value = value_of(kind, match["value"].decode("ascii", "replace")) if kind else None
                if kind and value:
                    place = attrs.evolve(
                        where, start=start + match.start(), end=start + match.end()
                    )
                    yield StatedValue(kind, value, path, place)
        start += len(line)
