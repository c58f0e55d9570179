"""Reading a release's own small files, and what they say: card, configuration, tokenizer, licence."""

import attrs
from provenance.flows.weights import WeightsRead, read_weights
from provenance.recipe.card import Subject, read_card
from provenance.recipe.config import read_config
from provenance.recipe.license_text import license_path, read_license
from provenance.recipe.source_tree import read_code
from provenance.recipe.tokenizer import read_tokenizer

from provenance.checks.model_card import CARD_FILE
from provenance.checks.tokenizer import TOKENIZER_FILES
from provenance.errors import Code, ReleaseError, SourceError
from provenance.flows.desk import Desk, Document
from provenance.values.claim import Claim
from provenance.values.facts import (
    CardFacts,
    ConfigFacts,
    LicenseText,
    Setting,
    TokenizerFacts,
    TrainingLoop,
    WeightFacts,
)
from provenance.values.hazard import Hazard, Limit
from provenance.values.inventory import Inventory
from provenance.values.look import Look, Missing, Seen, Unseen
from provenance.values.path import RelPath

CONFIG_FILE = "config.json"


@attrs.frozen
class Gathered:
    """What a release's own files say."""

    weight_files: tuple[RelPath, ...]
    weights: Look[WeightFacts]
    config: Look[ConfigFacts]
    tokenizer: Look[TokenizerFacts]
    card: Look[CardFacts]
    license: Look[LicenseText]
    claims: tuple[Claim, ...]
    loops: tuple[TrainingLoop, ...]
    settings: tuple[Setting, ...]
    code_read: bool
    hazards: tuple[Hazard, ...]
    limits: tuple[Limit, ...]
