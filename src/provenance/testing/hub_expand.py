"""``expand``: of what the loopback Hub knows of a repository, only what is asked for."""

from collections.abc import Iterable, Mapping
from typing import Any

from provenance.testing.hub_requests import Refusal
from provenance.testing.hub_state import RepoType

# What the real Hub lets a client ask for, by kind; it knows much that a loopback Hub does not.
_EVERYWHERE = (
    "author cardData createdAt disabled lastModified likes private resourceGroup sha siblings "
    "tags trendingScore usedStorage"
)
_FILES = "downloads downloadsAllTime gated"
_EXPANDABLE: Mapping[RepoType, frozenset[str]] = {
    "models": frozenset(
        f"{_EVERYWHERE} {_FILES} baseModels childrenModelCount config evalResults gguf inference "
        "inferenceProviderMapping library_name mask_token model-index pipeline_tag safetensors "
        "spaces transformersInfo widgetData".split()
    ),
    "datasets": frozenset(
        f"{_EVERYWHERE} {_FILES} citation description mainSize paperswithcode_id".split()
    ),
    "spaces": frozenset(f"{_EVERYWHERE} datasets models region runtime sdk subdomain".split()),
}


def expanded(facts: Mapping[str, Any], asked: Iterable[str], kind: RepoType) -> dict[str, Any]:
    """Return the facts that were asked for, and the id; all of them where nothing was.

    What the real Hub has and this one does not know is left out, as there where it is not known.

    Raises:
        Refusal: 400, for what cannot be asked for.
    """
    names = frozenset(asked)
    if not names:
        return dict(facts)
    if strange := sorted(names - _EXPANDABLE[kind]):
        raise Refusal(400, message=f"expand must not be {strange[0]}")
    return {name: fact for name, fact in facts.items() if name in {"_id", "id", *names}}
