"""Licences by their headline and by clauses that only they have.

For texts that were edited, and for licences of which no copy is known. Surer is the whole text:
:mod:`provenance.recipe.licenses.license_text`. Every licence here restricts its use, so that a
mistake never calls a text open.
"""

from collections.abc import Sequence

import attrs

#: A headline stands among the first words.
_HEAD = 40


@attrs.frozen
class Clauses:
    """A licence, what it calls itself, and phrases of which it has every one."""

    id: str
    title: str
    phrases: tuple[str, ...]


_MILLIONS = "million monthly active users"
_USE_POLICY = "acceptable use policy"
_USE_BASED = "use based restrictions"
_RESTRICTING = (
    Clauses("LicenseRef-llama2", "llama 2 community license agreement", (_MILLIONS, _USE_POLICY)),
    Clauses(
        "LicenseRef-llama3.1", "llama 3 1 community license agreement", (_MILLIONS, _USE_POLICY)
    ),
    Clauses(
        "LicenseRef-llama3.2", "llama 3 2 community license agreement", (_MILLIONS, _USE_POLICY)
    ),
    Clauses(
        "LicenseRef-llama3.3", "llama 3 3 community license agreement", (_MILLIONS, _USE_POLICY)
    ),
    Clauses("LicenseRef-llama3", "llama 3 community license agreement", (_MILLIONS, _USE_POLICY)),
    Clauses("LicenseRef-llama4", "llama 4 community license agreement", (_MILLIONS, _USE_POLICY)),
    Clauses("LicenseRef-gemma", "gemma terms of use", ("prohibited use policy",)),
    Clauses("LicenseRef-qwen-research", "qwen research license agreement", ("noncommercial",)),
    Clauses(
        "LicenseRef-tongyi-qianwen-research",
        "tongyi qianwen research license agreement",
        ("noncommercial",),
    ),
    Clauses("LicenseRef-tongyi-qianwen", "tongyi qianwen license agreement", (_MILLIONS,)),
    Clauses("LicenseRef-qwen", "qwen license agreement", (_MILLIONS,)),
    Clauses("LicenseRef-deepseek", "deepseek license agreement", ("restrictions",)),
    Clauses("LicenseRef-bigcode-openrail-m", "bigcode open rail m", ("use restrictions",)),
    Clauses("LicenseRef-bigscience-openrail-m", "bigscience open rail m", (_USE_BASED,)),
    Clauses("LicenseRef-bigscience-bloom-rail-1.0", "bigscience rail license", (_USE_BASED,)),
    Clauses("LicenseRef-creativeml-openrail-m", "creativeml open rail m", (_USE_BASED,)),
    Clauses(
        "LicenseRef-mistral-research",
        "mistral ai research license",
        ("mistral", "research purposes"),
    ),
    Clauses(
        "LicenseRef-mistral-non-production",
        "mistral ai non production license",
        ("mistral", "non production environment"),
    ),
    Clauses("LicenseRef-falcon-180b", "falcon 180b tii license", (_USE_POLICY, "hosting")),
    Clauses("LicenseRef-falcon-llm", "tii falcon llm license", ("falcon llm", "commercial")),
    Clauses("LicenseRef-falcon-2", "falcon 2 11b tii license", (_USE_POLICY,)),
    Clauses("LicenseRef-nvidia-open-model", "nvidia open model license", ("guardrail",)),
    Clauses(
        "LicenseRef-stability-ai-community",
        "stability ai community license",
        ("1 000 000", "annual"),
    ),
    Clauses(
        "LicenseRef-stability-ai-non-commercial",
        "noncommercial community license agreement",
        ("stability ai", "noncommercial uses"),
    ),
    Clauses("LicenseRef-falcon-3", "falcon 3 tii falcon license", (_USE_POLICY,)),
    Clauses(
        "LicenseRef-grok2-community",
        "xai community license agreement",
        (_USE_POLICY, "foundational large language"),
    ),
    Clauses(
        "LicenseRef-mistral-modified-mit",
        "modified mit license",
        ("mistral ai", "monthly revenue", "not authorized"),
    ),
    Clauses(
        "LicenseRef-nvidia-ai-foundation-models",
        "nvidia ai foundation models community license agreement",
        ("non production",),
    ),
    Clauses("LicenseRef-minimax", "minimax model license", ("prohibited uses",)),
    Clauses(
        "LicenseRef-apple-amlr", "apple machine learning research model", ("research purposes",)
    ),
    Clauses(
        "LicenseRef-flux-1-dev-non-commercial",
        "flux 1 dev noncommercial license",
        ("noncommercial purposes",),
    ),
)


def by_clauses(words: Sequence[str]) -> Clauses | None:
    """Return the licence that a text calls itself, if it also holds that licence's clauses."""
    head, whole = f" {' '.join(words[:_HEAD])} ", f" {' '.join(words)} "
    return next((one for one in _RESTRICTING if _holds(one, head, whole)), None)


def _holds(clauses: Clauses, head: str, whole: str) -> bool:
    return f" {clauses.title} " in head and all(f" {one} " in whole for one in clauses.phrases)
