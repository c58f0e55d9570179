"""Facts: what extractors read out of a release's bytes, and all that checks may see."""

import attrs

from provenance.values.access import Access
from provenance.values.claim import Claim
from provenance.values.dataset import DatasetRecord
from provenance.values.dataset_card import CroissantFacts, DatasetCard, Stated
from provenance.values.evidence import Where
from provenance.values.inventory import Inventory
from provenance.values.locator import Locator
from provenance.values.look import Look
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.values.revision import Commit
from provenance.values.source import PinnedSource
from provenance.values.weights import Profile


@attrs.frozen
class Section:
    """One headed part of a card: its title, the words under it, and where it stands."""

    title: str
    words: int
    where: Where


@attrs.frozen
class Quote:
    """A text as the publisher wrote it, and where."""

    text: str
    where: Where


@attrs.frozen
class Result:
    """One evaluation result in a card's metadata: what was measured on what."""

    dataset: str
    metric: str
    value: str
    where: Where


@attrs.frozen
class CardFacts:
    """What a card's metadata and prose say. ``complete`` is false when the prose was not read.

    ``data_total`` is the most bytes of training data that its words allow.
    """

    where: Where
    license: Quote | None = None
    datasets: tuple[Quote, ...] = ()
    base_models: tuple[Quote, ...] = ()
    results: tuple[Result, ...] = ()
    sections: tuple[Section, ...] = ()
    words: int = 0
    complete: bool = True
    data_total: Stated[int] | None = None


@attrs.frozen
class Setting:
    """One whole-number setting in a configuration or in code: its key, value and place."""

    key: str
    value: int
    where: Where


@attrs.frozen
class ConfigFacts:
    """What a model's configuration says of its architecture.

    ``remote_code`` names the classes that loading would fetch from a repository (``auto_map``).
    """

    where: Where
    model_type: str | None = None
    architectures: tuple[str, ...] = ()
    remote_code: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()


@attrs.frozen
class TokenizerFacts:
    """A tokenizer that parses: its file, its kind, and its number of entries (``None``: opaque)."""

    where: Where
    kind: str
    vocabulary: int | None
    chat_template: Where | None = None


@attrs.frozen
class LicenseText:
    """A licence file, and the SPDX id that its whole text was recognised as, if any."""

    where: Where
    id: str | None


@attrs.frozen
class TrainingLoop:
    """A training loop that is reachable in code: where, and the calls that make it one."""

    where: Where
    path: str
    calls: tuple[str, ...]


@attrs.frozen
class WeightFacts:
    """The weight files: their headers taken together as one whole model."""

    profile: Profile
    where: tuple[Where, ...] = ()


@attrs.frozen
class Submodule:
    """A repository inside another: the folder it stands in, its address, and its commit."""

    path: str
    uri: str
    commit: Commit


@attrs.frozen
class SourceFacts:
    """A linked source repository at its pin: what its files hold.

    ``truncated`` is true when a budget ended the reading, so that what was not found is unknown.
    """

    pin: PinnedSource
    listing: Where
    files: tuple[str, ...]
    loops: tuple[TrainingLoop, ...] = ()
    settings: tuple[Setting, ...] = ()
    license: Look[LicenseText] | None = None
    truncated: bool = False
    submodules: tuple[Submodule, ...] = ()


@attrs.frozen
class DatasetFacts:
    """A linked dataset repository: its record, card, licence and listing, and what it declares.

    ``said`` is the card's metadata about the data, ``croissant`` the description beside it.
    """

    record: DatasetRecord
    access: Access
    listing: Where
    card: Look[CardFacts]
    license: Look[LicenseText]
    said: Look[DatasetCard]
    croissant: Look[CroissantFacts]


@attrs.frozen
class LinkedSource:
    """A source repository that claims name, and how looking at it ended."""

    locator: Locator
    claims: tuple[Claim, ...]
    look: Look[SourceFacts]


@attrs.frozen
class LinkedDataset:
    """A dataset that claims name, and how looking at it ended."""

    locator: Locator
    claims: tuple[Claim, ...]
    look: Look[DatasetFacts]


@attrs.frozen
class Facts:
    """Everything that is known of a release before it is judged.

    ``publisher_bound`` says whether the release's revision is a publisher's commit (a local folder
    has none); ``listing`` is the capture of the file list. ``weights`` is Missing
    with the reason when headers and index do not make one whole model. ``loops`` and ``settings``
    are those in the release's own code, all of which was read when ``code_read``.
    """

    ref: Ref
    publisher_bound: bool
    access: Access
    listing: Where
    inventory: Inventory
    weight_files: tuple[RelPath, ...]
    weights: Look[WeightFacts]
    config: Look[ConfigFacts]
    tokenizer: Look[TokenizerFacts]
    card: Look[CardFacts]
    license: Look[LicenseText]
    claims: tuple[Claim, ...] = ()
    loops: tuple[TrainingLoop, ...] = ()
    settings: tuple[Setting, ...] = ()
    code_read: bool = True
    sources: tuple[LinkedSource, ...] = ()
    datasets: tuple[LinkedDataset, ...] = ()
