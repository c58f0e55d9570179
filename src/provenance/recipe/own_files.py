"""Which of a release's own files say something of its recipe, by their names."""

import re

from provenance.recipe.chat_template import CHAT_TEMPLATE_FILES
from provenance.recipe.citations import is_citation
from provenance.recipe.document import is_document
from provenance.recipe.evaluations import reads_results
from provenance.recipe.requirements import reads_requirements
from provenance.recipe.training_record import reads_record

_SETTINGS = (".toml", ".yaml", ".yml", ".sh", ".slurm", ".cfg", ".ini", ".gin")
# JSON is what models themselves are described in: only names that speak of training are settings.
_TRAINING_JSON = re.compile(
    r"(?:.*/)?[\w.-]*(?:train|hparam|hyper|params|args|recipe|deepspeed|ds_config)[\w.-]*\.json"
)
_CONTAMINATION = re.compile(r"(?:.*/)?[\w.-]*(?:contamination|overlap)[\w.-]*", re.IGNORECASE)
_SAMPLES = re.compile(
    r"(?:samples?|examples?|outputs?|sample[_-]outputs?|generations?)/[^/]+|"
    r"(?:.*/)?(?:sample|example)[_-]?(?:outputs?|generations?)[\w.-]*",
    re.IGNORECASE,
)


def reads_recipe(path: str) -> bool:
    """Tell whether a file is read for what it says of the recipe."""
    return (
        path.endswith((".py", *_SETTINGS))
        or path in CHAT_TEMPLATE_FILES
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
