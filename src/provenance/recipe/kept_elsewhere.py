"""Files that may tell of a recipe in a form that nobody here reads, by their names."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from provenance.errors import Code
from provenance.recipe.code.elsewhere import shown
from provenance.values.component import Component
from provenance.values.unread import Unread

_KEPT: Final = tuple(
    (re.compile(names, re.IGNORECASE), why, frozenset(about))
    for names, why, about in (
        (
            r"(?:.*/)?(?:training_args|args|hparams|hyper_?parameters|config)\.(?:bin|pt|pth|pkl)",
            "arguments of a training in a pickle are never loaded",
            (Component.HYPER_PARAMETERS, Component.SEEDS),
        ),
        (
            r".*\.ckpt",
            "what a checkpoint keeps beside its weights is not read",
            (Component.HYPER_PARAMETERS, Component.SEEDS),
        ),
        (
            r"(?:.*/)?events\.out\.tfevents\.[^/]+|.*\.(?:wandb|aim|mlruns)",
            "records of this kind are not read",
            (Component.MODEL_METADATA, Component.HYPER_PARAMETERS),
        ),
        (
            (
                r"(?:.*/)?(?:(?:pixi|flake|renv|cargo|gemfile)\.lock|manifest\.toml|go\.sum"
                r"|(?:docker|container)file[\w.-]*|[\w.-]*\.(?:dockerfile|def|sif)"
                r"|python_env\.ya?ml)"
            ),
            "environments in this form are not read",
            (Component.ENVIRONMENT, Component.SUPPORTING_LIBRARIES),
        ),
        (
            (
                r"(?:.*/)?(?:setup\.(?:py|cfg)|pipfile|project\.toml|package\.json|install[\w-]*\.sh"
                r"|requirements/[^/]+\.(?:txt|in))"
            ),
            "packages in this form are not read",
            (Component.SUPPORTING_LIBRARIES,),
        ),
        (
            (
                r"(?:.*/)?(?:[^/]{0,80}[-_.=])?(?:step|epoch|iter|ckpt|checkpoint)s?[-_=]?\d[^/]{0,80}"
                r"\.(?:ckpt|pt|pth|bin|safetensors|tar|zip|msgpack|npz|h5)"
                r"|(?:.*/)?(?:checkpoints?|ckpts?)(?:/[^/]+\.(?:ckpt|pt|pth|safetensors)|\.(?:tar|zip))"
            ),
            "which moment of a training it keeps is not read",
            (Component.INTERMEDIATE_PARAMETERS,),
        ),
        (
            r".*\.(?:tex|docx?|odt|rtf|ps|djvu|epub|pptx?|typ)",
            "texts in this form are not read",
            (Component.TECHNICAL_REPORT, Component.RESEARCH_PAPER, Component.DATA_CARD),
        ),
        (
            r".*\.(?:jinja2|j2)|(?:.+/)?modelfile|(?:.*/)?conversation\.py|templates?/[^/]+\.jinja",
            "templates of this kind are not read",
            (Component.CHAT_TEMPLATE,),
        ),
    )
)


def kept_elsewhere(paths: Iterable[str]) -> Iterator[Unread]:
    """Yield what could tell of a recipe and is not read, one for each form.

    >>> [one.why for one in kept_elsewhere(["Dockerfile", "a.txt"])]
    ['environments in this form are not read']
    """
    names = tuple(paths)
    for pattern, why, about in _KEPT:
        if found := [one for one in names if pattern.fullmatch(one)]:
            yield Unread(Code.NOT_COVERED, shown(found), why, about)
