"""What YAML says, as a tree of texts: frozen, with the place of each part."""

import re
from typing import TypeAlias, assert_never

import attrs
import yaml

from provenance.text.span import Span

_TEXT_TAG = "tag:yaml.org,2002:str"
# No boolean, date or null is longer.
_LONGEST_TYPED = 64
# Numbers that every reader takes alike: no leading zero, and no final one that a reader may drop.
_AS_WRITTEN = re.compile(
    r"[-+]?(?:0|[1-9][0-9]*)(?:\.(?:0|[0-9]*[1-9]))?|[-+]?[0-9]+\.[0-9]*[eE][-+][0-9]+"
)


@attrs.frozen
class YamlScalar:
    """A scalar as a text, whatever it looks like.

    ``plain`` is true without quotes, block or tag. ``span`` is where it stands, quotes included; a
    scalar that stands for an alias has the alias's place and the text of its anchor.
    """

    text: str
    plain: bool
    span: Span

    @property
    def reads_as(self) -> str:
        """Return what YAML 1.1 makes of it: ``str bool int float null timestamp merge value``."""
        if not self.plain or len(self.text) > _LONGEST_TYPED:
            return "str"
        # PyYAML's own table of what a plain scalar with this beginning may be.
        table = yaml.SafeLoader.yaml_implicit_resolvers.get(self.text[:1], [])
        tags = (tag for tag, pattern in table if pattern.match(self.text))
        return next(tags, _TEXT_TAG).rpartition(":")[2]

    @property
    def misread(self) -> bool:
        """Tell whether YAML 1.1 reads another value than a person who reads the text.

        So it is with ``no``, ``1.10``, ``010`` and ``2024-01-01``, not with ``true`` or ``1.5``.
        """
        match self.reads_as:
            case "bool":
                return self.text.lower() not in {"true", "false"}
            case "float" | "int":
                return not _AS_WRITTEN.fullmatch(self.text)
            case kind:
                return kind == "timestamp"


@attrs.frozen
class YamlSequence:
    """A sequence, in the order of the text."""

    items: "tuple[YamlNode, ...]"
    span: Span


@attrs.frozen
class YamlMapping:
    """A mapping: keys once each, in the order of the text, without merged ones."""

    entries: "tuple[tuple[YamlScalar, YamlNode], ...]"
    span: Span


YamlNode: TypeAlias = YamlScalar | YamlSequence | YamlMapping
YamlPlain: TypeAlias = "str | list[YamlPlain] | dict[str, YamlPlain]"


def to_plain(node: YamlNode) -> YamlPlain:
    """Return the tree as texts, lists and dicts; it is at most as deep as the budget was."""
    match node:
        case YamlScalar():
            return node.text
        case YamlSequence():
            return [to_plain(one) for one in node.items]
        case YamlMapping():
            return {key.text: to_plain(value) for key, value in node.entries}
        case _:
            assert_never(node)


def lookup(node: YamlNode | None, *keys: str | int) -> YamlNode | None:
    """Return what stands under these keys and positions, one after the other, or ``None``."""
    for key in keys:
        match node, key:
            case YamlMapping(), str():
                node = next((value for name, value in node.entries if name.text == key), None)
            case YamlSequence(), int() if 0 <= key < len(node.items):
                node = node.items[key]
            case _:
                return None
    return node
