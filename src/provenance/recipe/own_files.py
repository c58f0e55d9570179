"""Which of a release's own files say something of its recipe, by their names."""

import re

from provenance.recipe.code.other_languages import OF_PROGRAMS
from provenance.recipe.code.programs import PROGRAMS, PYTHON
from provenance.recipe.code.requirements import OF_PACKAGES, reads_requirements
from provenance.recipe.code.stated_settings import OF_SETTINGS
from provenance.recipe.documents.chat_template import reads_chat_template
from provenance.recipe.documents.citations import is_citation
from provenance.recipe.documents.document import is_document
from provenance.recipe.documents.evaluations import reads_results
from provenance.recipe.documents.training_record import OF_RECORDS, reads_record
from provenance.values.component import Component

_SETTINGS = (".toml", ".yaml", ".yml", ".sh", ".slurm", ".cfg", ".ini", ".gin")
# JSON is what models themselves are described in: only names that speak of training are settings.
_TRAINING_JSON = re.compile(
    r"(?:.*/)?[\w.-]*(?:train|hparam|hyper|params|args|recipe|deepspeed|ds_config)[\w.-]*\.json"
)
OF_PAPERS = frozenset({Component.TECHNICAL_REPORT, Component.RESEARCH_PAPER})
_CONTAMINATION = re.compile(r"(?:.*/)?[\w.-]*(?:contamination|overlap)[\w.-]*", re.IGNORECASE)
_SAMPLES = re.compile(
    r"(?:samples?|examples?|outputs?|sample[_-]outputs?|generations?)/[^/]+|"
    r"(?:.*/)?(?:sample|example)[_-]?(?:outputs?|generations?)[\w.-]*",
    re.IGNORECASE,
)


def reads_recipe(path: str) -> bool:
    """Tell whether a file is read for what it says of the recipe."""
    return (
        path.endswith((*PROGRAMS, *_SETTINGS))
        or reads_chat_template(path)
        or reads_requirements(path)
        or reads_record(path)
        or reads_results(path)
        or is_document(path)
        or is_citation(path)
        or _TRAINING_JSON.fullmatch(path) is not None
        or is_contamination_report(path)
        or is_sample(path)
    )


def is_contamination_report(path: str) -> bool:
    """Tell whether a file's name is that of a report on test data in the training data."""
    return not path.endswith(".py") and _CONTAMINATION.fullmatch(path) is not None


def is_sample(path: str) -> bool:
    """Tell whether a file's name is that of what the model gave."""
    return not path.endswith(".py") and _SAMPLES.fullmatch(path) is not None


def told_by(path: str) -> frozenset[Component]:
    """Return the components that a file may be or tell of, by its name.

    >>> sorted(one.id for one in told_by("chat_template.jinja"))
    ['chat-template']
    """
    kinds = (
        (path.endswith(PROGRAMS), OF_PROGRAMS),
        (path.endswith(PYTHON), {Component.REMOTE_CODE}),
        (path.endswith(_SETTINGS) or _TRAINING_JSON.fullmatch(path) is not None, OF_SETTINGS),
        (reads_chat_template(path), {Component.CHAT_TEMPLATE}),
        (reads_requirements(path), OF_PACKAGES),
        (reads_record(path), OF_RECORDS),
        (reads_results(path), {Component.EVALUATION_RESULTS, Component.EVALUATION_DATA}),
        (is_document(path) or is_citation(path), OF_PAPERS),
        (is_contamination_report(path), {Component.CONTAMINATION_REPORT}),
        (is_sample(path), {Component.SAMPLE_MODEL_OUTPUTS}),
    )
    return frozenset(one for fits, about in kinds if fits for one in about)
