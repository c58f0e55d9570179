"""What files of a recipe were recognised as, and the values that they state."""

from enum import StrEnum, unique

import attrs

from provenance.values.component import Component
from provenance.values.evidence import Where


@attrs.frozen
class Artefact:
    """A file that passed the type test of one component; no file passes that of two.

    ``what`` says by what it passed; ``names`` are what cross-checks compare: packages, task and
    dataset ids, names of files.
    """

    component: Component
    path: str
    where: Where
    what: str
    names: tuple[str, ...] = ()


@unique
class Kind(StrEnum):
    """What a stated value is."""

    LEARNING_RATE = "learning rate"
    BATCH_SIZE = "batch size"
    STEPS = "steps"
    SEQUENCE_LENGTH = "sequence length"
    OPTIMIZER = "optimizer"
    SEED = "seed"
    # A digest of the order of batches, or the name of a file of indices.
    DATA_ORDER = "data order"
    # The step that training ended at, and the last one that its log holds.
    LAST_STEP = "last step"
    LOGGED_STEP = "last logged step"
    PARAMETERS = "parameters"
    LAYERS = "layers"
    HEADS = "heads"
    WIDTH = "width"
    TOKENS = "training tokens"
    # A number of machines and what they are: ``16 A100``.
    HARDWARE = "hardware"
    # A number and the accelerator: ``1200 A100``.
    DEVICE_HOURS = "device-hours"


@attrs.frozen
class StatedValue:
    """A value that a file states: its kind, its canonical text, and the bytes that say so."""

    kind: Kind
    value: str
    path: str
    where: Where


@attrs.frozen
class Measured:
    """One evaluation result: what was measured on what.

    ``where`` is the number's place. ``split`` and ``revision`` are those of the dataset, where they
    are written down; ``named`` is where the dataset's name stands, where it was found.
    """

    dataset: str
    metric: str
    value: str
    path: str
    where: Where
    split: str | None = None
    revision: str | None = None
    named: Where | None = None
