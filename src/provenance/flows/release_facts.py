"""Reading a release's own small files: card, configuration, tokenizer, licence, code."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import attrs

from provenance.checks.model_card import CARD_FILE
from provenance.checks.tokenizer import TOKENIZER_FILES
from provenance.errors import Code, ProvenanceError, ReleaseError
from provenance.flows.desk import Desk, Document
from provenance.flows.weights import WeightsRead, read_weights
from provenance.recipe.card import Subject, read_card
from provenance.recipe.config import read_config
from provenance.recipe.license_text import license_path, read_license
from provenance.recipe.link import Links
from provenance.recipe.source_tree import CodeRead, interesting, read_code
from provenance.recipe.tokenizer import read_tokenizer
from provenance.values.claim import Claim
from provenance.values.facts import CardFacts, ConfigFacts, LicenseText, TokenizerFacts
from provenance.values.hazard import Hazard
from provenance.values.inventory import Inventory
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.path import RelPath

CONFIG_FILE = "config.json"
_UNREAD = Unseen("its bytes were not read", Code.HUB_GATED)
T = TypeVar("T")


@attrs.frozen
class Gathered:
    """What a release's own files say; ``links`` are those of files that were read for them, too."""

    weights: WeightsRead
    config: Look[ConfigFacts]
    tokenizer: Look[TokenizerFacts]
    card: Look[CardFacts]
    license: Look[LicenseText]
    claims: tuple[Claim, ...]
    code: CodeRead
    hazards: tuple[Hazard, ...]
    links: Mapping[str, Links]


def gather(inventory: Inventory, desk: Desk) -> Gathered:
    """Read everything that a release itself says about its recipe.

    Raises:
        ReleaseError: for a file that cannot be read strictly: malformed or hostile.

    """
    hazards: list[Hazard] = []
    claims: list[Claim] = []
    links: dict[str, Links] = {}

    def card(document: Document) -> Look[CardFacts]:
        read = read_card(
            document.data, uri=document.where.uri, path=document.path, subject=Subject.MODEL
        )
        hazards.extend(read.hazards)
        claims.extend(read.claims)
        links[document.path] = read.links
        return Seen(read.facts)

    def config(document: Document) -> Look[ConfigFacts]:
        facts, found = read_config(document.data, uri=document.where.uri, path=document.path)
        hazards.extend(found)
        return Seen(facts) if facts else Missing("config.json is no configuration")

    def license_text(document: Document) -> Look[LicenseText]:
        return Seen(read_license(document.data, uri=document.where.uri))

    _require_card_is_a_file(inventory, desk)
    licence = license_path((str(entry.path) for entry in inventory), of_model=True)
    return Gathered(
        weights=read_weights(inventory, desk),
        config=look_at(CONFIG_FILE, inventory, desk, config),
        tokenizer=_tokenizer(inventory, desk),
        card=look_at(CARD_FILE, inventory, desk, card),
        license=look_at(licence or "LICENSE", inventory, desk, license_text),
        claims=tuple(claims),
        code=_code(inventory, desk),
        hazards=tuple(hazards),
        links=links,
    )


def look_at(
    path: str, inventory: Inventory, desk: Desk, read: Callable[[Document], Look[T]]
) -> Look[T]:
    """Read one file if it is listed and its bytes are here; say which of the two is not so."""
    entry = inventory.get(path)
    if entry is None:
        if inventory.complete:
            return Missing(f"there is no {path}")
        return Unseen("the listing is not complete", Code.RESOURCE)
    return read(desk.read(path)) if entry.observed else _UNREAD


def _require_card_is_a_file(inventory: Inventory, desk: Desk) -> None:
    """Refuse a folder in the card's place, which no listing of files shows when it is empty."""
    if inventory.get(CARD_FILE) is not None:
        return
    try:
        desk.source.open(RelPath(CARD_FILE)).close()
    except ProvenanceError as error:
        if error.code is Code.FS_SPECIAL:
            raise ReleaseError(
                f"{CARD_FILE} is a folder", hint="write the card as a file", code=Code.CARD_TYPE
            ) from error


def _tokenizer(inventory: Inventory, desk: Desk) -> Look[TokenizerFacts]:
    entries = [entry for entry in inventory if str(entry.path) in TOKENIZER_FILES]
    if not entries:
        return Missing("there is no tokenizer file")
    if not all(entry.observed for entry in entries):
        return _UNREAD
    files = {str(entry.path): desk.read(str(entry.path)).data for entry in entries}
    found = read_tokenizer(files, uri=desk.prefix)
    return Missing(found) if isinstance(found, str) else Seen(found)


def _code(inventory: Inventory, desk: Desk) -> CodeRead:
    """Read the release's own Python files, and the settings beside them."""
    listed = [str(entry.path) for entry in inventory]
    python = [path for path in interesting(listed) if path.endswith(".py")]
    readable = [path for path in python if (one := inventory.get(path)) and one.observed]
    files = {path: desk.read(path).data for path in readable}
    read = read_code(files, uri=desk.prefix)
    every = sum(path.endswith(".py") for path in listed)
    return attrs.evolve(read, whole=read.whole and len(readable) == every)
