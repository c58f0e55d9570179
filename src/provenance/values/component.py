"""The ingredients of a model release."""

from enum import Enum, StrEnum, unique


@unique
class Content(StrEnum):
    """The kind of content a component is, which decides the licences that fit it."""

    CODE = "code"
    DATA = "data"
    DOCUMENT = "document"


@unique
class Component(Enum):
    """One ingredient of a release: its id, its name, its kind, and MOF's class and duty.

    The first seventeen are those of the Model Openness Framework 1.0, under its own names; the
    rest are what a rebuild needs besides. ``mof_class`` is 3 (Open Model), 2 (Open Tooling), 1
    (Open Science) or 0 (not MOF's); ``required`` says whether MOF demands it for that class.
    """

    MODEL_ARCHITECTURE = ("model-architecture", "Model architecture", Content.CODE, 3, True)
    FINAL_PARAMETERS = ("final-parameters", "Model parameters (Final)", Content.DATA, 3, True)
    TECHNICAL_REPORT = ("technical-report", "Technical report", Content.DOCUMENT, 3, True)
    EVALUATION_RESULTS = ("evaluation-results", "Evaluation results", Content.DOCUMENT, 3, True)
    MODEL_CARD = ("model-card", "Model card", Content.DOCUMENT, 3, True)
    DATA_CARD = ("data-card", "Data card", Content.DOCUMENT, 3, True)
    SAMPLE_MODEL_OUTPUTS = (
        "sample-model-outputs",
        "Sample model outputs",
        Content.DOCUMENT,
        3,
        False,
    )
    TRAINING_CODE = ("training-code", "Training code", Content.CODE, 2, True)
    INFERENCE_CODE = ("inference-code", "Inference code", Content.CODE, 2, True)
    EVALUATION_CODE = ("evaluation-code", "Evaluation code", Content.CODE, 2, True)
    EVALUATION_DATA = ("evaluation-data", "Evaluation data", Content.DATA, 2, True)
    SUPPORTING_LIBRARIES = (
        "supporting-libraries-and-tools",
        "Supporting libraries and tools",
        Content.CODE,
        2,
        False,
    )
    DATASETS = ("datasets", "Datasets", Content.DATA, 1, True)
    DATA_PREPROCESSING_CODE = (
        "data-preprocessing-code",
        "Data preprocessing code",
        Content.CODE,
        1,
        True,
    )
    INTERMEDIATE_PARAMETERS = (
        "intermediate-parameters",
        "Model parameters (Intermediate)",
        Content.DATA,
        1,
        True,
    )
    RESEARCH_PAPER = ("research-paper", "Research paper", Content.DOCUMENT, 1, True)
    MODEL_METADATA = ("model-metadata", "Model metadata", Content.DATA, 1, False)

    TOKENIZER = ("tokenizer", "Tokenizer", Content.DATA, 0, False)
    CHAT_TEMPLATE = ("chat-template", "Chat template", Content.CODE, 0, False)
    REMOTE_CODE = ("remote-code", "Remote code", Content.CODE, 0, False)
    HYPER_PARAMETERS = ("hyper-parameters", "Hyper-parameters", Content.DATA, 0, False)
    ENVIRONMENT = ("environment", "Environment", Content.DATA, 0, False)
    SEEDS = ("seeds", "Seeds", Content.DATA, 0, False)
    DATA_ORDER = ("data-order", "Data order", Content.DATA, 0, False)
    HARDWARE = ("hardware-and-compute", "Hardware and compute", Content.DOCUMENT, 0, False)
    OPTIMIZER_STATE = ("optimizer-state", "Optimizer state", Content.DATA, 0, False)
    BASE_MODELS = ("base-models", "Base models", Content.DATA, 0, False)
    CONTAMINATION_REPORT = (
        "contamination-report",
        "Contamination report",
        Content.DOCUMENT,
        0,
        False,
    )

    @property
    def id(self) -> str:
        """Return the stable id, in kebab case."""
        return self.value[0]

    @property
    def title(self) -> str:
        """Return the name that people read; MOF's own for its seventeen."""
        return self.value[1]

    @property
    def content(self) -> Content:
        """Return the kind of content."""
        return self.value[2]

    @property
    def mof_class(self) -> int:
        """Return MOF's class: 3, 2, 1, or 0 when the component is not MOF's."""
        return self.value[3]

    @property
    def required(self) -> bool:
        """Whether MOF demands the component for its class."""
        return self.value[4]


COMPONENTS = {component.id: component for component in Component}
