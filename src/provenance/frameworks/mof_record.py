"""Records of the Model Openness Tool: which components a release includes, under which licences.

Source: the Model Openness Framework 1.0, as its own tool reads records. A component's own licence
counts before that of its kind of content, and that before the one of the whole distribution; null
and the empty text fall through, the literal ``unlicensed`` does not.
"""

from collections.abc import Iterator, Mapping

import attrs

from provenance.errors import Code, TextError
from provenance.frameworks.openness import is_open
from provenance.text.restricted_yaml import YamlDocument
from provenance.text.restricted_yaml import parse as parse_yaml
from provenance.text.yaml_tree import YamlMapping, YamlNode, YamlScalar, YamlSequence, lookup
from provenance.values.assessment import Status
from provenance.values.component import Component

UNLICENSED = "unlicensed"
DISTRIBUTION = "distribution"
#: MOF's own names of its seventeen components, exact.
BY_TITLE: Mapping[str, Component] = {one.title: one for one in Component if one.mof_class}

#: What a record may give a licence to; whatever else it names there, the tool does not read.
_KINDS = frozenset({DISTRIBUTION, *(one.content.value for one in BY_TITLE.values())})
_FRAMEWORK = {"name": "Model Openness Framework", "version": "1.0"}
_SHOWN = 60
# What a YAML reader may pass over, and what makes a record say two things at once.
_AMBIGUOUS = (Code.YAML_DUP_KEY, Code.YAML_MERGE, Code.RESOURCE)


@attrs.frozen
class Record:
    """The components that a record includes, each with the licence it comes to, if any.

    ``remarks`` say what was passed over: another framework or version that the record names, a name
    that MOF 1.0 does not have, and a component that stands twice, where the last counts.
    """

    licenses: Mapping[Component, str | None]
    remarks: tuple[str, ...] = ()

    @property
    def statuses(self) -> dict[Component, Status]:
        """Return the status of each component that is included, in MOF's order."""
        return {one: _status(self.licenses[one]) for one in Component if one in self.licenses}


def _status(license_id: str | None) -> Status:
    if license_id is None:
        return Status.UNLICENSED
    return Status.OPEN if is_open(license_id) else Status.INVALID


def parse_record(data: bytes) -> Record:
    """Read a record of the Model Openness Tool, in YAML.

    Raises:
        TextError: MOF_RECORD for YAML that is no such record; the reader's own codes for what is
            not YAML, or holds what a record does not need: tags, merge keys, a key twice.

    """
    document = parse_yaml(data)
    _require_unambiguous(document)
    release = lookup(document.root, "release")
    if not isinstance(release, YamlMapping):
        raise _wrong("release is not a mapping")
    general = _general(lookup(release, "license"))
    licenses: dict[Component, str | None] = {}
    remarks = list(_other_framework(lookup(document.root, "framework")))
    for place, item in enumerate(_components(lookup(release, "components"))):
        at = f"release.components[{place}]"
        name = _text(lookup(item, "name"), f"{at}.name")
        if name is None:
            raise _wrong(f"{at} has no name")
        component = BY_TITLE.get(name)
        if component is None:
            remarks.append(f"MOF 1.0 has no component {name[:_SHOWN]!a}; it does not count")
            continue
        if component in licenses:
            remarks.append(f"{name} stands twice; the last counts")
        own = _text(lookup(item, "license"), f"{at}.license")
        licenses[component] = _license(component, own, general)
    return Record(licenses, tuple(remarks))


def _other_framework(node: YamlNode | None) -> Iterator[str]:
    """Yield in what the framework that a record names is not the one that it is held against."""
    for key, ours in _FRAMEWORK.items():
        named = lookup(node, key)
        if isinstance(named, YamlScalar) and named.text not in {"", ours}:
            yield f"its framework's {key} is {named.text[:_SHOWN]!a}; it is assessed by MOF 1.0"


def _require_unambiguous(document: YamlDocument) -> None:
    for note in document.notes:
        if note.code in _AMBIGUOUS:
            raise TextError(note.detail, hint="let each key stand once, as it is", code=note.code)


def _license(component: Component, own: str | None, general: Mapping[str, str]) -> str | None:
    """Return the licence that a component comes to; ``unlicensed`` ends the search with none."""
    found = own or general.get(component.content) or general.get(DISTRIBUTION)
    return None if found == UNLICENSED else found


def _general(node: YamlNode | None) -> dict[str, str]:
    """Return the licences of each kind of content and of the distribution, where they are set."""
    found: dict[str, str] = {}
    for key, entry in _entries(node, "release.license"):
        if key not in _KINDS:
            continue
        at = f"release.license.{key[:_SHOWN]}"
        for inner, value in _entries(entry, at):
            if inner == "name" and (name := _text(value, f"{at}.name")):
                found[key] = name
    return found


def _entries(node: YamlNode | None, at: str) -> list[tuple[str, YamlNode]]:
    """Return a mapping's keys and values; nothing for null and for an empty list."""
    match node:
        case YamlMapping():
            return [(key.text, value) for key, value in node.entries]
        case None | YamlSequence(items=()):
            return []
        case YamlScalar() if _text(node, at) is None:
            return []
        case _:
            raise _wrong(f"{at} is not a mapping")


def _components(node: YamlNode | None) -> tuple[YamlNode, ...]:
    match node:
        case YamlSequence():
            items = node.items
        case YamlMapping(entries=()):
            return ()
        case _:
            raise _wrong("release.components is not a list")
    for place, item in enumerate(items):
        if not isinstance(item, YamlMapping):
            raise _wrong(f"release.components[{place}] is not a mapping")
    return items


def _text(node: YamlNode | None, at: str) -> str | None:
    """Return a scalar as it is written; ``None`` for what is missing, null or empty."""
    match node:
        case None:
            return None
        case YamlScalar():
            return None if node.reads_as == "null" else node.text or None
        case _:
            raise _wrong(f"{at} is not a text")


def _wrong(what: str) -> TextError:
    return TextError(
        f"this is no record of the Model Openness Tool: {what}",
        hint="give release.components as a list of mappings, each with a name",
        code=Code.MOF_RECORD,
    )
