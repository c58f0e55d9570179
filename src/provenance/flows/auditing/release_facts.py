"""Reading a release's own small files: card, configuration, tokenizer, licence, code."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from provenance.checks.model_card import CARD_FILE
from provenance.errors import Code, ProvenanceError, ReleaseError
from provenance.flows.auditing.desk import Desk, Document
from provenance.flows.auditing.license_files import read_own_license
from provenance.flows.auditing.loaded_code import LoadedCodeRead, read_loaded_code
from provenance.flows.auditing.look_at import UNREAD, look_at, one_bad_file
from provenance.flows.auditing.own_config import ConfigRead, read_own_config
from provenance.flows.auditing.own_recipe import read_own_recipe
from provenance.flows.auditing.own_tokenizer import read_own_tokenizer
from provenance.flows.auditing.weights import WeightsRead, read_weights
from provenance.recipe.code.programs import Programs
from provenance.recipe.code_read import CodeRead
from provenance.recipe.documents.citations import citations_of
from provenance.recipe.documents.evaluations import measured_in_card
from provenance.recipe.documents.tokenizer import TokenizerRead
from provenance.recipe.links.link import Links
from provenance.recipe.links.locators import hub_dataset
from provenance.recipe.prose.card import LONGEST_QUOTE, Subject, read_card
from provenance.recipe.prose.stated_card import stated_in_card
from provenance.values.artefact import Measured, StatedValue
from provenance.values.citation import Citation
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.facts import CardFacts, ConfigFacts, LicenseText, TokenizerFacts
from provenance.values.hazard import Hazard
from provenance.values.inventory import Inventory
from provenance.values.locator import Locator
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.model_name import is_named_in
from provenance.values.path import RelPath
from provenance.values.unread import Unread
from provenance.weights.table import ENDINGS

# What people call a card where they write none for the Hub.
_CARDS = re.compile(r"(?:readme|model[-_ ]?card)(?:[._-][\w.-]*)?", re.IGNORECASE)
# Weights that are of no use without those of another model, by the names that trainers give them.
_ADAPTERS = re.compile(
    r".*(?:\b|_)(?:adapter|lora|lokr|loha|dora|textual_inversion|learned_embeds)(?:\b|_).*\.[^.]*",
    re.IGNORECASE,
)
# The same by the names that trainers give their tensors.
_ADAPTING = re.compile(
    r"(?:.*[._])?(?:lora_(?:down|up|mid|a|b|magnitude_vector|embedding_[ab])|dora_scale|hada_w[12]"
    r"|lokr_w[12]|oft_(?:blocks|diag|r)|ia3_l|vera_lambda_[bd]|prompt_embeddings|emb_params)"
    r"(?:[._].*)?",
    re.IGNORECASE,
)


@attrs.frozen
class Gathered:
    """What a release's own files say.

    ``links`` are those of files that were read for them, too; ``programs`` have theirs with them.
    """

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
    programs: Programs
    loaded: LoadedCodeRead
    written: tuple[StatedValue, ...] = ()
    citations: tuple[Citation, ...] = ()
    unread: tuple[Unread, ...] = ()

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

    A file that cannot be read is a hazard, and what it could say is unknown.

    Raises:
        ReleaseError: FS codes, for files that are no longer what was listed; any, at a strict desk.
    """
    hazards: list[Hazard] = []
    claims: list[Claim] = []
    links: dict[str, Links] = {}
    stated, measured, citations = list[StatedValue](), list[Measured](), list[Citation]()
    unread: list[Unread] = []
    weights = read_weights(inventory, desk)

    def card(document: Document) -> Look[CardFacts]:
        data, path, where = document.data, document.path, document.where
        read = read_card(data, address=where.address, path=path, subject=Subject.MODEL)
        hazards.extend(read.hazards)
        unread.extend(read.unread)
        claims.extend(read.claims)
        links[path] = read.links
        stated.extend(stated_in_card(data, path=path, where=where))
        measured.extend(measured_in_card(data, path=path, where=where))
        citations.extend(citations_of(path, data, where))
        return Seen(read.facts)

    seen_card = _card_at_its_place(inventory, desk, card, hazards)
    made_from = _made_from_another(inventory, claims, seen_card, weights)
    config, tokenizer = _described(inventory, desk, made_from=made_from)
    loaded = read_loaded_code(inventory, desk)
    own = read_own_recipe(inventory, desk, loaded.search.places, made_from=made_from)
    licence, odd = read_own_license(seen_card, inventory, desk, of_model=True, packed=loaded.terms)
    return Gathered(
        weights=weights,
        config=config.look,
        tokenizer=tokenizer.look,
        card=seen_card,
        license=licence,
        claims=tuple(claims),
        code=attrs.evolve(own.code, stated=(*stated, *own.code.stated)),
        measured=(*measured, *own.measured),
        hazards=(*hazards, *config.hazards, *tokenizer.hazards, *odd),
        links=links,
        programs=own.programs,
        loaded=loaded,
        written=own.written,
        citations=_of_this_model((*citations, *own.citations), desk),
        unread=(*unread, *_not_seen(config.look, tokenizer.look), *own.code.unread),
    )


def _described(
    inventory: Inventory, desk: Desk, *, made_from: bool
) -> tuple[ConfigRead, TokenizerRead]:
    config = read_own_config(inventory, desk, made_from=made_from)
    return config, read_own_tokenizer(inventory, desk, config.look, made_from=made_from)


def _made_from_another(
    inventory: Inventory, claims: Iterable[Claim], card: Look[CardFacts], read: WeightsRead
) -> bool:
    """Whether there may be a base model, which has what is not here."""
    named = any(one.component is Component.BASE_MODELS and not one.denied for one in claims)
    weights = (one.path for one in inventory if one.path.suffix in ENDINGS)
    tensors = read.look.value.tensors if isinstance(read.look, Seen) else ()
    adapts = any(_ADAPTERS.fullmatch(path.name) for path in weights) or any(
        _ADAPTING.fullmatch(one.name) for one in tensors
    )
    # A card that could not be read may name one, too.
    return named or adapts or isinstance(card, Unseen)


def _not_seen(config: Look[ConfigFacts], tokenizer: Look[TokenizerFacts]) -> Iterator[Unread]:
    """Yield what was not read, unless that is told of all files at once."""
    looks: tuple[tuple[Component, Look[ConfigFacts] | Look[TokenizerFacts]], ...] = (
        (Component.MODEL_ARCHITECTURE, config),
        (Component.TOKENIZER, tokenizer),
    )
    for about, look in looks:
        if isinstance(look, Unseen) and look != UNREAD:
            yield Unread(look.code, about.id, look.reason, frozenset({about}))


def _of_this_model(citations: Iterable[Citation], desk: Desk) -> tuple[Citation, ...]:
    """Return the citations whose title names the model: a card cites others' works, too."""
    return tuple(one for one in citations if is_named_in(desk.home.name, one.title))


def _card_at_its_place(
    inventory: Inventory,
    desk: Desk,
    read: Callable[[Document], Look[CardFacts]],
    hazards: list[Hazard],
) -> Look[CardFacts]:
    """Read the card; a folder in its place is no card, and shows in no listing when it is empty."""
    try:
        if inventory.get(CARD_FILE) is None:
            _require_no_folder(desk)
    except ReleaseError as error:
        unseen, hazard = one_bad_file(error, desk)
        hazards.append(attrs.evolve(hazard, path=CARD_FILE))
        return unseen
    look = look_at(CARD_FILE, inventory, desk, read, hazards)
    named = next((one.path.text for one in inventory if _CARDS.fullmatch(one.path.text)), None)
    if isinstance(look, Missing) and named:
        why = f"there is no {CARD_FILE}; {named} may be the card, and is not read as one"
        return Unseen(why, Code.NOT_COVERED)
    return look


def _require_no_folder(desk: Desk) -> None:
    try:
        desk.source.open(RelPath(CARD_FILE)).close()
    except ProvenanceError as error:
        if error.code is Code.FS_SPECIAL:
            raise ReleaseError(
                f"{CARD_FILE} is a folder", hint="write the card as a file", code=Code.CARD_TYPE
            ) from error
