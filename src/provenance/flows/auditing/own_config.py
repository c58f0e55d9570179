"""A release's configuration: in whichever of the usual forms it stands, or why it is not known."""

from collections.abc import Iterator, Mapping

import attrs

from provenance.errors import Code, TextError
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.look_at import one_bad_file
from provenance.flows.auditing.small_file import small_file
from provenance.flows.digesting.in_file import in_file
from provenance.recipe.code.elsewhere import may_hold_architecture, shown
from provenance.recipe.documents.config import LARGEST, read_config
from provenance.recipe.documents.pipeline import read_pipeline, with_parts
from provenance.values.facts import ConfigFacts
from provenance.values.hazard import Hazard
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.look import Look, Missing, Seen, Unseen

CONFIG_FILE = "config.json"
PIPELINE_FILE = "model_index.json"
ADAPTER_FILE = "adapter_config.json"
# At the top, by the first name that is there.
_FORMS = (CONFIG_FILE, "params.json", "open_clip_config.json")
# Beside a configuration at the top these are the same model's.
_SECOND = ("params.json", "original/params.json")
#: Of folders with a configuration each, where none stands at the top.
MOST_FOLDERS = 32


@attrs.frozen
class ConfigRead:
    """What configurations say of a release's architecture, and what is odd about them."""

    look: Look[ConfigFacts]
    hazards: tuple[Hazard, ...] = ()


def read_own_config(inventory: Inventory, desk: Desk, *, made_from: bool) -> ConfigRead:
    """Read the configuration of a release; missing only where nothing here could describe it.

    ``made_from`` tells that the release names a model that it was made from.
    """
    for path in _FORMS:
        if entry := inventory.get(path):
            read = _beside_another(_read(entry, desk), inventory, desk)
            return _or_elsewhere(read, inventory, made_from=made_from)
    if entry := inventory.get(PIPELINE_FILE):
        return _pipeline(entry, inventory, desk)
    if inside := _in_folders(inventory):
        return _first(inside, desk)
    why = _open(inventory, made_from=made_from)
    return ConfigRead(why or Missing(f"there is no {CONFIG_FILE}"))


def _read(entry: FileEntry, desk: Desk) -> ConfigRead:
    document = small_file(entry, desk, limit=LARGEST)
    if isinstance(document, Unseen):
        return ConfigRead(document)
    try:
        with in_file(document.path):
            return ConfigRead(
                *read_config(document.data, address=document.where.address, path=document.path)
            )
    except TextError as error:
        unseen, hazard = one_bad_file(error, desk)
        return ConfigRead(_named(unseen, document.path), (hazard,))


def _or_elsewhere(read: ConfigRead, inventory: Inventory, *, made_from: bool) -> ConfigRead:
    """Return what was read; where that says nothing, the architecture may stand in another file."""
    if not isinstance(read.look, Seen) or not read.look.value.is_empty:
        return read
    path = read.look.value.path
    others = tuple(one for one in inventory if one.path.text != path)
    why = _open(attrs.evolve(inventory, entries=others), made_from=made_from)
    if why is None:
        return read
    reason = f"{path} names no model class, and no dimensions; {why.reason}"
    return attrs.evolve(read, look=attrs.evolve(why, reason=reason))


def _named(unseen: Unseen, path: str) -> Unseen:
    return attrs.evolve(unseen, reason=f"{path} cannot be read: {unseen.reason}")


def _beside_another(read: ConfigRead, inventory: Inventory, desk: Desk) -> ConfigRead:
    """Tell where the other configuration of the same model differs; the usual one counts."""
    if not isinstance(read.look, Seen) or read.look.value.path != CONFIG_FILE:
        return read
    others = (entry for path in _SECOND if (entry := inventory.get(path)))
    found = [_read(one, desk) for one in others]
    told = tuple(
        hazard
        for one in found
        for hazard in (*one.hazards, *_differences(read.look.value, one.look))
    )
    return attrs.evolve(read, hazards=(*read.hazards, *told))


def _differences(first: ConfigFacts, look: Look[ConfigFacts]) -> Iterator[Hazard]:
    second = look.value if isinstance(look, Seen) else None
    known = {one.key: one.value for one in first.settings}
    for one in second.settings if second else ():
        # Llama's own writes -1 for a vocabulary that its tokenizer counts.
        if second and one.value > 0 and known.get(one.key, one.value) != one.value:
            what = f"{one.key} is {one.value}, and {known[one.key]} in {first.path}, which counts"
            yield Hazard(Code.CONFIG_CONFLICT, second.path, what)


def _pipeline(entry: FileEntry, inventory: Inventory, desk: Desk) -> ConfigRead:
    """Read a pipeline of diffusers: each of its models has a configuration in its folder."""
    document = small_file(entry, desk, limit=LARGEST)
    if isinstance(document, Unseen):
        return ConfigRead(document)
    try:
        with in_file(document.path):
            pipeline, hazards = read_pipeline(
                document.data, address=document.where.address, path=document.path
            )
    except TextError as error:
        unseen, hazard = one_bad_file(error, desk)
        return ConfigRead(_named(unseen, document.path), (hazard,))
    if isinstance(pipeline, Unseen):
        return ConfigRead(pipeline, hazards)
    parts: dict[str, ConfigFacts] = {}
    for name in pipeline.models[:MOST_FOLDERS]:
        inside = inventory.get(f"{name}/{CONFIG_FILE}")
        if inside is None:
            why = f"{entry.path.text} names {name}, and {name}/{CONFIG_FILE} is not here"
            return ConfigRead(Unseen(why, Code.NOT_COVERED), hazards)
        read = _read(inside, desk)
        hazards += read.hazards
        if not isinstance(read.look, Seen):
            return ConfigRead(read.look, hazards)
        parts[name] = read.look.value
    return ConfigRead(Seen(with_parts(pipeline, parts)), hazards)


def _in_folders(inventory: Inventory) -> Mapping[str, FileEntry]:
    """Return the configurations one folder down, by path; the original form of Llama's, too."""
    found = {
        one.path.text: one
        for one in inventory
        if one.path.text.count("/") == 1 and one.path.name in {CONFIG_FILE, "params.json"}
    }
    return dict(sorted(found.items())[:MOST_FOLDERS])


def _first(inside: Mapping[str, FileEntry], desk: Desk) -> ConfigRead:
    """Return what the first folder says; that one cannot be read is never passed over."""
    read = [_read(one, desk) for one in inside.values()]
    hazards = tuple(hazard for one in read for hazard in one.hazards)
    looks = [one.look for one in read]
    unseen = next((one for one in looks if isinstance(one, Unseen)), None)
    return ConfigRead(unseen or looks[0], hazards)


def _open(inventory: Inventory, *, made_from: bool) -> Unseen | None:
    """Return why an architecture that no configuration describes may be there all the same."""
    if not inventory.complete:
        return Unseen("the listing is not complete", Code.RESOURCE)
    if inventory.get(ADAPTER_FILE):
        return Unseen(f"{ADAPTER_FILE}: the architecture is its base model's", Code.NOT_COVERED)
    holders = [one.path.text for one in inventory if may_hold_architecture(one.path.text)]
    if holders:
        why = f"it may be in {shown(holders)}: of a kind that is not read for it"
        return Unseen(why, Code.NOT_COVERED)
    if made_from:
        return Unseen("it may be that of the model that this was made from", Code.NOT_COVERED)
    return None
