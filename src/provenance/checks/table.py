"""The checks that every audit makes: one line each, and every component has one."""

from provenance.checks.base_models import BaseModels
from provenance.checks.chat_template import ChatTemplate
from provenance.checks.contamination_report import ContaminationReport
from provenance.checks.data_card import DataCard
from provenance.checks.data_order import DataOrder
from provenance.checks.data_preprocessing_code import DataPreprocessingCode
from provenance.checks.datasets import Datasets
from provenance.checks.environment import Environment
from provenance.checks.evaluation_code import EvaluationCode
from provenance.checks.evaluation_data import EvaluationData
from provenance.checks.evaluation_results import EvaluationResults
from provenance.checks.final_parameters import FinalParameters
from provenance.checks.hardware import Hardware
from provenance.checks.hyper_parameters import HyperParameters
from provenance.checks.inference_code import InferenceCode
from provenance.checks.intermediate_parameters import IntermediateParameters
from provenance.checks.model_architecture import ModelArchitecture
from provenance.checks.model_card import ModelCard
from provenance.checks.model_metadata import ModelMetadata
from provenance.checks.optimizer_state import OptimizerState
from provenance.checks.remote_code import RemoteCode
from provenance.checks.research_paper import ResearchPaper
from provenance.checks.sample_model_outputs import SampleModelOutputs
from provenance.checks.seeds import Seeds
from provenance.checks.supporting_libraries import SupportingLibraries
from provenance.checks.technical_report import TechnicalReport
from provenance.checks.tokenizer import Tokenizer
from provenance.checks.training_code import TrainingCode
from provenance.ports.check import Check

#: In the order of the components.
CHECKS: tuple[Check, ...] = (
    ModelArchitecture(),
    FinalParameters(),
    TechnicalReport(),
    EvaluationResults(),
    ModelCard(),
    DataCard(),
    SampleModelOutputs(),
    TrainingCode(),
    InferenceCode(),
    EvaluationCode(),
    EvaluationData(),
    SupportingLibraries(),
    Datasets(),
    DataPreprocessingCode(),
    IntermediateParameters(),
    ResearchPaper(),
    ModelMetadata(),
    Tokenizer(),
    ChatTemplate(),
    RemoteCode(),
    HyperParameters(),
    Environment(),
    Seeds(),
    DataOrder(),
    Hardware(),
    OptimizerState(),
    BaseModels(),
    ContaminationReport(),
)
