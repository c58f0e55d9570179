"""Reading a release's own small files: card, configuration, tokenizer, licence, code."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import attrs

from provenance.checks.model_card import CARD_FILE
from provenance.checks.tokenizer import TOKENIZER_FILES
from provenance.errors import Code, ProvenanceError, ReleaseError
from provenance.flows.desk import LARGEST_DOCUMENT, Desk, Document
from provenance.flows.license_files import read_own_license
from provenance.flows.look_at import UNREAD, look_at
from provenance.flows.own_recipe import read_own_recipe
from provenance.flows.weights import WeightsRead, read_weights
from provenance.recipe.card import LONGEST_QUOTE, Subject, read_card
from provenance.recipe.citations import citations_of
from provenance.recipe.code_read import CodeRead
from provenance.recipe.config import read_config
from provenance.recipe.evaluations import measured_in_card
from provenance.recipe.link import Links
from provenance.recipe.locators import hub_dataset
from provenance.recipe.stated_card import stated_in_card
from provenance.recipe.tokenizer import read_tokenizer
from provenance.values.artefact import Measured, StatedValue
from provenance.values.citation import Citation
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.facts import CardFacts, ConfigFacts, LicenseText, TokenizerFacts
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.locator import Locator
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.model_name import is_named_in
from provenance.values.path import RelPath

CONFIG_FILE = "config.json"


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
    measured: tuple[Measured, ...]
    hazards: tuple[Hazard, ...]
    links: Mapping[str, Links]
    written: tuple[StatedValue, ...] = ()
    citations: tuple[Citation, ...] = ()
    limits: tuple[Limit, ...] = ()

    @property
    def cited(self) -> tuple[Locator, ...]:
        """Return the papers that citations of this model identify."""
        found = (one for each in self.citations for one in (each.doi, each.arxiv))
        return tuple(dict.fromkeys(one for one in found if one))

    @property
    def measured_on(self) -> tuple[Claim, ...]:
        """Return the datasets that results name, as claims of what the model was measured on."""
        found: dict[str, Claim] = {}
        for one in self.measured:
            target = hub_dataset(one.dataset, one.revision)
            quote, where = one.dataset[:LONGEST_QUOTE], one.named or one.where
            claim = Claim(Component.EVALUATION_DATA, quote, where, target)
            found.setdefault(one.dataset, claim)
        return tuple(found.values())


def gather(inventory: Inventory, desk: Desk) -> Gathered:
    """Read everything that a release itself says about its recipe.

    Raises:
        ReleaseError: for a file that cannot be read strictly: malformed or hostile.

    """
    hazards: list[Hazard] = []
    claims: list[Claim] = []
    links: dict[str, Links] = {}
    stated: list[StatedValue] = []
    measured: list[Measured] = []
    citations: list[Citation] = []

    def card(document: Document) -> Look[CardFacts]:
        read = read_card(
            document.data, uri=document.where.uri, path=document.path, subject=Subject.MODEL
        )
        hazards.extend(read.hazards)
        claims.extend(read.claims)
        links[document.path] = read.links
        stated.extend(stated_in_card(document.data, path=document.path, where=document.where))
        measured.extend(measured_in_card(document.data, path=document.path, where=document.where))
        citations.extend(citations_of(document.path, document.data, document.where))
        return Seen(read.facts)

    _require_card_is_a_file(inventory, desk)
    configured = look_at(CONFIG_FILE, inventory, desk, partial(_config, hazards))
    seen_card = look_at(CARD_FILE, inventory, desk, card)
    remote = configured.value.remote_code if isinstance(configured, Seen) else ()
    own = read_own_recipe(inventory, desk, remote)
    tokenizer = _tokenizer(inventory, desk)
    too_large = tuple(_too_large(configured, tokenizer, seen_card))
    licence, odd = read_own_license(seen_card, inventory, desk, of_model=True)
    return Gathered(
        weights=read_weights(inventory, desk),
        config=configured,
        tokenizer=tokenizer,
        card=seen_card,
        license=licence,
        claims=tuple(claims),
        code=attrs.evolve(own.code, stated=(*stated, *own.code.stated)),
        measured=(*measured, *own.measured),
        hazards=(*hazards, *odd, *(Hazard(one.code, one.what, one.why) for one in too_large)),
        links=links,
        written=own.written,
        citations=_of_this_model((*citations, *own.citations), desk),
        limits=(*own.limits, *too_large),
    )


def _too_large(
    configured: Look[ConfigFacts], tokenizer: Look[TokenizerFacts], card: Look[CardFacts]
) -> Iterator[Limit]:
    """Yield the files that are over a bound: what they would say stays unknown."""
    looks = ((CONFIG_FILE, configured), ("the tokenizer", tokenizer), (CARD_FILE, card))
    for what, look in looks:
        if isinstance(look, Unseen) and look.code is Code.RESOURCE:
            yield Limit(look.code, what, look.reason)


def _config(hazards: list[Hazard], document: Document) -> Look[ConfigFacts]:
    facts, found = read_config(document.data, uri=document.where.uri, path=document.path)
    hazards.extend(found)
    return Seen(facts) if facts else Missing("config.json is no configuration")


def _of_this_model(citations: Iterable[Citation], desk: Desk) -> tuple[Citation, ...]:
    """Return the citations whose title names the model: a card cites others' works, too."""
    name = desk.prefix.partition(":")[2].partition("@")[0]
    return tuple(one for one in citations if is_named_in(name, one.title))


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
        return UNREAD
    size = max(entry.size for entry in entries)
    if size > LARGEST_DOCUMENT:
        why = f"it has {size} bytes, and at most {LARGEST_DOCUMENT} are read"
        return Unseen(why, Code.RESOURCE)
    files = {str(entry.path): desk.read(str(entry.path)).data for entry in entries}
    found = read_tokenizer(files, uri=desk.prefix)
    return Missing(found) if isinstance(found, str) else Seen(found)
