"""The keys of a card's metadata that readers look for, and what they take under each."""

from collections.abc import Mapping
from typing import Final

#: One text.
TEXTS: Final = frozenset(
    {"license_name", "license_link", "library_name", "pipeline_tag", "model_name"}
    | {"base_model_relation", "new_version"}
)
#: A list of texts.
LISTS: Final = frozenset({"tags"})
#: A Hub's id, or a list of them.
IDS: Final = frozenset({"datasets", "base_model"})
#: What people write, without case and with underscores, and what they mean.
MISSPELLED: Final[Mapping[str, str]] = {
    "licence": "license",
    "licenses": "license",
    "license": "license",
    "license_url": "license_link",
    "licence_name": "license_name",
    "licence_link": "license_link",
    "languages": "language",
    "lang": "language",
    "language": "language",
    "dataset": "datasets",
    "datasets": "datasets",
    "tag": "tags",
    "tags": "tags",
    "metric": "metrics",
    "metrics": "metrics",
    "base_models": "base_model",
    "basemodel": "base_model",
    "base_model": "base_model",
    "model_index": "model-index",
    "library": "library_name",
    "libraryname": "library_name",
    "library_name": "library_name",
    "pipeline": "pipeline_tag",
    "pipelinetag": "pipeline_tag",
    "pipeline_tag": "pipeline_tag",
}
#: The tasks of the Hub, as of 2026.
PIPELINES: Final = tuple(
    """
    any-to-any audio-classification audio-text-to-text audio-to-audio automatic-speech-recognition
    depth-estimation document-question-answering feature-extraction fill-mask graph-ml
    image-classification image-feature-extraction image-segmentation image-text-to-text
    image-to-3d image-to-image image-to-text image-to-video keypoint-detection mask-generation
    multiple-choice object-detection other question-answering reinforcement-learning robotics
    sentence-similarity summarization table-question-answering table-to-text
    tabular-classification tabular-regression tabular-to-text text-classification
    text-generation text-ranking text-retrieval text-to-3d text-to-audio text-to-image
    text-to-speech text-to-video text2text-generation time-series-forecasting
    token-classification translation unconditional-image-generation video-classification
    video-text-to-text video-to-video visual-document-retrieval visual-question-answering
    voice-activity-detection zero-shot-classification zero-shot-image-classification
    zero-shot-object-detection
    """.split()  # noqa: SIM905 - a table
)
