"""The checks that every audit makes: one line each, and every component has at least one."""

from provenance.checks.data_card import DataCard
from provenance.checks.datasets import Datasets
from provenance.checks.final_parameters import FinalParameters
from provenance.checks.mentioned import Mentioned
from provenance.checks.model_architecture import ModelArchitecture
from provenance.checks.model_card import ModelCard
from provenance.checks.tokenizer import Tokenizer
from provenance.checks.training_code import TrainingCode
from provenance.ports.check import Check
from provenance.values.component import Component

_TESTED: tuple[Check, ...] = (
    FinalParameters(),
    ModelArchitecture(),
    Tokenizer(),
    ModelCard(),
    DataCard(),
    Datasets(),
    TrainingCode(),
)
_COVERED = {check.component for check in _TESTED}

CHECKS: tuple[Check, ...] = (
    *_TESTED,
    *(Mentioned(component) for component in Component if component not in _COVERED),
)
