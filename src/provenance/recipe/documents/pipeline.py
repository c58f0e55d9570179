"""Pipelines of diffusers: which models ``model_index.json`` puts together.

https://huggingface.co/docs/diffusers/main/en/using-diffusers/loading
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Final

import attrs

from provenance.errors import Code
from provenance.recipe.documents.loaded_json import loaded_json
from provenance.text.budget import Budget
from provenance.values.address import Address
from provenance.values.digest import Algorithm, Digest
from provenance.values.evidence import Where
from provenance.values.facts import ConfigFacts
from provenance.values.hazard import Hazard
from provenance.values.look import Unseen

_BUDGET = Budget(bytes=4 * 2**20, depth=16, items=100_000)
# Parts without weights have configurations of other names.
_NO_MODEL: Final = re.compile(r".*(?:Tokenizer|Scheduler|Processor|FeatureExtractor)(?:Fast)?")
_NO_MODELS_FOLDER: Final = re.compile(
    r"(?:.*_)?(?:tokenizer|scheduler|processor|feature_extractor)(?:_\d+)?"
)
# The part that makes the picture, by the names that pipelines give it.
_MAIN: Final = ("transformer", "unet", "prior", "decoder")


@attrs.frozen
class Pipeline:
    """A pipeline by its class, and the folders of its models with the class of each."""

    where: Where
    path: str
    name: str
    classes: Mapping[str, str]

    @property
    def models(self) -> tuple[str, ...]:
        """Return the folders of the models, in order."""
        return tuple(sorted(self.classes))


def read_pipeline(
    data: bytes, *, address: Address, path: str
) -> tuple[Pipeline | Unseen, tuple[Hazard, ...]]:
    """Read ``model_index.json`` as its loader does; one that names no model is a hazard.

    Raises:
        TextError: for JSON that no loader reads.
    """
    value, odd = loaded_json(data, path=path, budget=_BUDGET)
    table = value if isinstance(value, dict) else {}
    name = table.get("_class_name")
    classes = {
        key: kind
        for key, one in table.items()
        if not key.startswith("_") and not _NO_MODELS_FOLDER.fullmatch(key)
        if isinstance(one, list) and len(one) == 2  # noqa: PLR2004 - library and class
        for kind in one[1:]
        if isinstance(kind, str) and not _NO_MODEL.fullmatch(kind)
    }
    if not classes:
        what = "it names no model"
        return Unseen(f"{path}: {what}", Code.CONFIG_SHAPE), (
            *odd,
            Hazard(Code.CONFIG_SHAPE, path, what),
        )
    where = Where(address, Digest(Algorithm.SHA256, hashlib.sha256(data).digest()))
    # A pipeline of the release's own code stands as [file, class].
    shown = name if isinstance(name, str) else "a pipeline"
    return Pipeline(where, path, shown, classes), odd


def with_parts(pipeline: Pipeline, parts: Mapping[str, ConfigFacts]) -> ConfigFacts:
    """Return the architecture of a pipeline, with the dimensions of its main part."""
    main = next((parts[name] for name in _MAIN if name in parts), None)
    most = max(parts.values(), key=lambda one: len(one.settings))
    return ConfigFacts(
        pipeline.where,
        architectures=(pipeline.name, *(pipeline.classes[name] for name in pipeline.models)),
        settings=(main or most).settings,
        dtype=(main or most).dtype,
        path=pipeline.path,
        says_more=True,
    )
