"""Facts: what extractors read out of a release's bytes, and all that checks may see."""

import attrs

from provenance.values.access import Access
from provenance.values.artefact import Artefact, Measured, StatedValue
from provenance.values.citation import Citation
from provenance.values.claim import Claim
from provenance.values.dataset import DatasetRecord
from provenance.values.dataset_card import CroissantFacts, DatasetCard, Stated
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.license import Likeness, Match
from provenance.values.loaded_code import NOTHING_TO_SEARCH, CodeSearch
from provenance.values.locator import Locator
from provenance.values.look import Look
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.values.revision import Commit
from provenance.values.source import PinnedSource
from provenance.values.unread import Unread
from provenance.values.weights import Profile, Tensor


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

    ``license_name`` and ``license_link`` are what it says of a licence that has no id on the Hub;
    ``licenses`` is what stands under ``license`` where that is not one id.
    ``more_terms`` is what else binds: a licence that stands there twice, what who wants the files
    has to agree with. ``data_total`` is the most bytes of training data that its words allow.
    """

    where: Where
    license: Quote | None = None
    licenses: Quote | None = None
    license_name: Quote | None = None
    license_link: Quote | None = None
    more_terms: tuple[Quote, ...] = ()
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

    ``form`` is what the file describes where its loaders know one architecture only; ``says_more``
    tells that something stands in it; ``vocabulary`` counts the entries of one that it holds.
    """

    where: Where
    model_type: str | None = None
    architectures: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    dtype: str | None = None
    path: str = "config.json"
    form: str | None = None
    says_more: bool = False
    vocabulary: int = 0

    @property
    def named(self) -> str | None:
        """Return what the model is called: by its classes, its type or its form, in this order."""
        return ", ".join(self.architectures) or self.model_type or self.form

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing of any model."""
        return not self.named and not self.says_more


@attrs.frozen
class TokenizerFile:
    """A file of a tokenizer, by the name that libraries look for, and its id as a blob of git."""

    path: str
    blob: Digest
    where: Where


@attrs.frozen
class TokenizerFacts:
    """A tokenizer that parses: its file, its kind, and its number of entries (``None``: opaque).

    ``files`` are all files that make it up.
    """

    where: Where
    kind: str
    vocabulary: int | None
    chat_template: Where | None = None
    files: tuple[TokenizerFile, ...] = ()


@attrs.frozen
class LicenseText:
    """A licence file, and the licence that its text was recognised as, if any.

    ``id`` is an SPDX id, or ``LicenseRef-`` and a name for a licence that SPDX does not list;
    ``same`` are further ids of the very same words. ``match`` says how it was recognised, and is
    ``None`` with ``id``. ``nearest`` is the known licence that a text is like which is none of
    them; ``headline`` is a licence's name that stands above the text of another.
    """

    where: Where
    id: str | None
    match: Match | None = None
    nearest: Likeness | None = None
    same: tuple[str, ...] = ()
    headline: str | None = None


@attrs.frozen
class TrainingLoop:
    """A training loop that is reachable in code: where, and the calls that make it one."""

    where: Where
    path: str
    calls: tuple[str, ...]


@attrs.frozen
class WeightFacts:
    """The weight files: their headers taken together, as whole models.

    ``tensors`` are those of the files beside the configuration, of all files where none is there;
    their places are each in its own file. ``counts`` are the parameters of each model, where there
    may be several. ``sizes_agree`` is false where an index declares another sum of sizes.
    """

    profile: Profile
    where: tuple[Where, ...] = ()
    tensors: tuple[Tensor, ...] = attrs.field(default=(), repr=False)
    counts: tuple[int, ...] = ()
    sizes_agree: bool = True


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
    ``tokenizers`` are the tokenizer files that its tree lists: their bytes need not be read.
    ``unread`` are files that could tell of a component, and were not read or not understood.
    """

    pin: PinnedSource
    listing: Where
    files: tuple[str, ...]
    loops: tuple[TrainingLoop, ...] = ()
    settings: tuple[Setting, ...] = ()
    license: Look[LicenseText] | None = None
    truncated: bool = False
    submodules: tuple[Submodule, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    stated: tuple[StatedValue, ...] = ()
    imports: tuple[str, ...] = ()
    tokenizers: tuple[TokenizerFile, ...] = ()
    unread: tuple[Unread, ...] = ()


@attrs.frozen
class DatasetFacts:
    """A linked dataset repository: its record, card, licence and listing, and what it declares.

    ``said`` is the card's metadata about the data, ``croissant`` the description beside it,
    ``files`` what is listed.
    """

    record: DatasetRecord
    access: Access
    listing: Where
    card: Look[CardFacts]
    license: Look[LicenseText]
    said: Look[DatasetCard]
    croissant: Look[CroissantFacts]
    files: Inventory = attrs.field(factory=lambda: Inventory(()))


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
class ModelFacts:
    """A base model: its list and configuration, its terms, and from what it was made in turn.

    ``weights`` are those of its files that are weights by their names.
    """

    listing: Where
    files: Inventory
    weights: tuple[FileEntry, ...]
    config: Look[ConfigFacts]
    card: Look[CardFacts]
    license: Look[LicenseText]


@attrs.frozen
class Ancestor:
    """A base model, or one of its own: where it is named, and how looking at it ended.

    ``generation`` is 1 for what the release itself names.
    """

    locator: Locator
    generation: int
    named: tuple[Where, ...]
    look: Look[ModelFacts]


@attrs.frozen
class PageFacts:
    """A page or paper that a link leads to: its title, if any, its bytes, and what they state.

    ``license`` is what its text was recognised as, if it speaks of licences at all.
    """

    title: str | None
    where: Where
    stated: tuple[StatedValue, ...] = ()
    license: LicenseText | None = None


@attrs.frozen
class LinkedPage:
    """A page or paper that the release's files link, and how looking at it ended."""

    locator: Locator
    look: Look[PageFacts]


@attrs.frozen
class Checkpoint:
    """A branch, tag or folder of the release that is named by a step of training.

    ``weights`` are the SHA-256 digests of its weight files in hex, where they were listed.
    """

    name: str
    step: int
    where: Where
    weights: tuple[str, ...] = ()


@attrs.frozen
class Facts:
    """Everything that is known of a release before it is judged.

    ``publisher_bound`` says whether the release's revision is a publisher's commit (a local folder
    has none); ``listing`` is the capture of the file list. ``weights`` is Missing
    with the reason when headers and index do not make one whole model. ``loops`` and ``settings``
    are those in the release's own code; ``artefacts``, ``stated`` and ``measured`` are of its files
    and its card; all that they are looked for in was read when ``code_read``. ``checkpoints`` are
    named by a step of training; the branches among them were listed when ``branches_read``.
    ``datasets`` are those that the model is said to be trained on, ``evaluation_data`` those that
    it was measured on. ``written`` are the values that the release's own papers and reports state:
    documents tell of many models, and are held against files instead of counting as one.
    ``citations`` are those that card and citation files give of a model of this name.
    ``copied_commit`` is the commit that a download claims to be: only where ``publisher_bound``
    holds, too, did its Hub bear that out.
    ``unread`` are files that could tell of a component, and were not read or not understood.
    ``loaded_code`` is what loading would run of the release, and where that was not looked for.
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
    ancestors: tuple[Ancestor, ...] = ()
    pages: tuple[LinkedPage, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    stated: tuple[StatedValue, ...] = ()
    measured: tuple[Measured, ...] = ()
    imports: tuple[str, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    branches_read: bool = True
    evaluation_data: tuple[LinkedDataset, ...] = ()
    written: tuple[StatedValue, ...] = ()
    citations: tuple[Citation, ...] = ()
    copied_commit: str | None = None
    unread: tuple[Unread, ...] = ()
    loaded_code: CodeSearch = NOTHING_TO_SEARCH

    @property
    def commit(self) -> str | None:
        """Return the commit that the release is at, or claims to be at."""
        return str(self.ref.revision) if self.ref.revision else self.copied_commit
