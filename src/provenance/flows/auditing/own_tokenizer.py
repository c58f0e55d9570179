"""A release's tokenizer: in whatever form its files have it, or why that is not known."""

from collections.abc import Iterable, Iterator
from itertools import accumulate

import attrs

from provenance.errors import Code, TextError
from provenance.flows.auditing.desk import LARGEST_DOCUMENT, Desk
from provenance.flows.auditing.look_at import UNREAD
from provenance.flows.auditing.small_file import small_file
from provenance.recipe.code.elsewhere import may_hold_tokenizer, shown
from provenance.recipe.documents.tokenizer import TokenizerRead, read_tokenizer, tokenizer_file
from provenance.recipe.documents.tokenizer_class import ClassNamed, tokenizer_class
from provenance.values.facts import ConfigFacts, TokenizerFacts
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.tokenizer_names import is_vocabulary

#: Of one release: diffusers' pipelines have up to three tokenizers, of two files each.
MOST_FILES = 64
#: In bytes, of all of them together.
MOST_BYTES = 4 * LARGEST_DOCUMENT
_CONFIG = "tokenizer_config.json"


def read_own_tokenizer(
    inventory: Inventory, desk: Desk, config: Look[ConfigFacts], *, made_from: bool
) -> TokenizerRead:
    """Read the tokenizer of a release; missing only where nothing that is here could hold it.

    ``made_from`` tells that the release names a model that it was made from.
    """
    entries = sorted(
        (one for one in inventory if is_vocabulary(one.path.text)),
        key=lambda one: (one.path.text.count("/"), one.path.text),
    )
    read = read_tokenizer(_bytes_of(entries, desk), home=desk.home)
    if not isinstance(read.look, Missing):
        return read
    held, named = _in_configuration(config, desk), _class_named(inventory, desk)
    if held:
        return attrs.evolve(read, look=Seen(held))
    if isinstance(named, ClassNamed) and named.facts:
        return attrs.evolve(read, look=Seen(named.facts))
    why = _open(inventory, config, named, entries, made_from=made_from)
    return attrs.evolve(read, look=why) if why else read


def _bytes_of(entries: list[FileEntry], desk: Desk) -> Iterator[tuple[str, bytes | Unseen]]:
    """Yield the files, those nearest the top first, as long as they are few and small."""
    sizes = accumulate(entry.size for entry in entries)
    for number, (entry, size) in enumerate(zip(entries, sizes, strict=True)):
        path = entry.path.text
        if number >= MOST_FILES or (number and size > MOST_BYTES):
            why = f"{path} is one of {len(entries)} tokenizer files, of which not all are read"
            yield path, Unseen(why, Code.RESOURCE)
            continue
        one = small_file(entry, desk)
        yield path, one if isinstance(one, Unseen) else one.data


def _in_configuration(config: Look[ConfigFacts], desk: Desk) -> TokenizerFacts | None:
    if not isinstance(config, Seen) or not config.value.vocabulary:
        return None
    path, size = config.value.path, config.value.vocabulary
    document = desk.read(path)
    file = tokenizer_file(path, document.data, document.where.address)
    return TokenizerFacts(file.where, f"vocabulary in {path}", size, files=(file,))


def _class_named(inventory: Inventory, desk: Desk) -> ClassNamed | Unseen | None:
    """Return the class that the tokenizer's configuration names, at the top or in a folder."""
    found = (one for one in inventory if one.path.name == _CONFIG)
    entry = min(found, key=lambda one: (one.path.text.count("/"), one.path.text), default=None)
    if entry is None:
        return None
    one = small_file(entry, desk)
    if isinstance(one, Unseen):
        return one
    try:
        return tokenizer_class(one.data, path=one.path, address=one.where.address)
    except TextError as error:
        return Unseen(f"{one.path} cannot be read: {error.what}", error.code)


def _open(
    inventory: Inventory,
    config: Look[ConfigFacts],
    named: ClassNamed | Unseen | None,
    entries: Iterable[FileEntry],
    *,
    made_from: bool,
) -> Unseen | None:
    """Return why a tokenizer that no file was seen to hold may be there all the same."""
    if not inventory.complete:
        return Unseen("the listing is not complete", Code.RESOURCE)
    if isinstance(named, Unseen):
        return named
    if named:
        why = f"{named.path} names the class {named.name}, and no file that is read its vocabulary"
        return Unseen(why, Code.NOT_COVERED)
    candidates = set(entries)
    left = [one for one in inventory if one not in candidates]
    holders = [one.path.text for one in left if may_hold_tokenizer(one.path.text)]
    if holders:
        why = f"it may be in {shown(holders)}: of a kind that is not read for it"
        return Unseen(why, Code.NOT_COVERED)
    if made_from:
        return Unseen("it may be that of the model that this was made from", Code.NOT_COVERED)
    return _needs_none(config)


def _needs_none(config: Look[ConfigFacts]) -> Unseen | None:
    """Return that the model may need no tokenizer, unless its configuration counts tokens."""
    match config:
        case Seen(facts) if all("vocab" not in one.key for one in facts.settings):
            why = f"{facts.path} counts no tokens: whether the model needs a tokenizer is not known"
            return Unseen(why, Code.NOT_COVERED)
        case Unseen():
            return UNREAD if config == UNREAD else config
        case _:
            return None
