"""Text that stands in cards because a template or a tool put it there, and nobody wrote it.

Source: the Hub's templates for cards of models and of datasets, and what trainers write by
themselves.
"""

import re

_TEMPLATE = re.compile(
    r"\[?more information (?:is )?needed\]?|\[optional\]|\blorem ipsum\b|\bmodel id\b"
    r"|this model ?card aims to be a base template|it has been generated using"
    r"|this is the model card of a .{0,20}transformers model that has been pushed on the hub"
    r"|this model card has been automatically generated|should probably proofread and complete it"
    r"|users \(both direct and downstream\) should be made aware"
    r"|use the code below to get started with the model"
    r"|carbon emissions can be estimated using"
    r"|was trained from scratch on (?:the|an) (?:none|unknown) dataset"
    r"|<your [\w ]{1,60}>|\{\{.{0,200}\}\}|\[insert [\w ]{1,60}\]|^(?:tbd|tba|todo|n/a)\W*$",
    re.IGNORECASE,
)


def is_template(sentence: str) -> bool:
    """Tell whether a sentence is a template's own, or still to be written.

    >>> is_template("Training Data: [More Information Needed]"), is_template("We used C4.")
    (True, False)
    """
    return _TEMPLATE.search(sentence) is not None
