"""How people say that a thing is given, is not, will be, or is somebody else's.

Patterns over English sentences, read as :func:`provenance.text.as_seen.as_seen` shows them. Each is
wrong on some sentence; all are wrong on the careful side: what is not understood claims nothing.
"""

import re

_APOSTROPHES = str.maketrans("\u2019\u02bc\u2018", "'''")
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b", re.IGNORECASE)
_BUT_ALSO = re.compile(r"\bbut (?:also|as well)\b", re.IGNORECASE)

_NOT = (
    r"(?:not|never|cannot|can't|won't|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't"
    r"|haven't|wouldn't|couldn't|no longer|unable to|declined? to|refused? to|decided against"
    r"|no plans? (?:to|for|of)|no intention (?:to|of))"
)
_BETWEEN = r"(?:[\s,]+[\w-]+){0,5}?[\s,]+"
# Said of a thing: it is not released, it is not available.
_PASSIVE = re.compile(
    rf"\b{_NOT}{_BETWEEN}(?:released|published|shared|available|disclosed|provided|distributed|given"
    r"|open(?:ed|ly|-sourced?)?|open sourced?|public(?:ly|i[sz]ed)?|accessible|uploaded|included"
    r"|shipped|revealed|documented|released)\b",
    re.IGNORECASE,
)
# Said by somebody: we do not release it.
_ACTIVE = re.compile(
    rf"\b{_NOT}{_BETWEEN}(?:releas(?:e|ing)|publish(?:ing)?|shar(?:e|ing)|disclos(?:e|ing)"
    r"|provid(?:e|ing)|distribut(?:e|ing)|open-?sourc(?:e|ing)|open source|upload(?:ing)?"
    r"|reveal(?:ing)?|mak(?:e|ing)(?=[\w\s-]{1,60}\b(?:available|public)\b))\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:is|are|was|were|remains?|stays?|kept|keep|keeping)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:closed|private|proprietary|internal|confidential|secret|undisclosed|unreleased"
    r"|unavailable|withheld|unpublished|non-public|gone|removed|deleted|withdrawn|taken down)\b"
    r"|\b(?:has|have|had|got) (?:since |now |all )?(?:been )?"
    r"(?:removed|deleted|withdrawn|taken (?:down|offline)|retracted|unpublished|closed)\b",
    re.IGNORECASE,
)
# Before the name of a thing: our proprietary training data.
_KEPT = re.compile(
    r"\b(?:proprietary|undisclosed|unreleased|non-public|confidential|in-house|internal|private)\s+"
    r"(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_LACKS = re.compile(
    r"\b(?:lacks?|lacking|omits?|withholds?|withheld)\b"
    r"|(?:\b(?:release|repository|repo|we|it|card|this)|\bhttps?://\S{1,200})"
    r"\s+(?:does|do|did)(?: not|n't)\s+"
    r"(?:include|contain|ship|come with|have|hold|provide)\b",
    re.IGNORECASE,
)
_ELLIPTIC = re.compile(
    r"(?:^|\s)(?:(?:is|are|was|were|has|have|does|do)(?: not|n't)|not|never)\s*[.!)]*$",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r":\s*(?:n/?a|none|no|closed|private|unavailable|undisclosed|not [\w ]{1,30}|\u274c|\u2717"
    r"|\u2718|\u274e)\s*[.!]*$",
    re.IGNORECASE,
)
# It is not all of it that is given: neither a claim nor a denial.
_PARTLY = re.compile(
    r"\bnot (?:all|every|everything|fully|entirely|the (?:full|entire|whole|complete))\b"
    r"|\b(?:only|just) (?:a |some |parts? |portions? |subsets? |samples? )",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:that|which)\s+(?:we|they|i|it)\s+(?:(?:do|did|does|can|could|will)\s*)?$", re.IGNORECASE
)
# Before the name of a thing: there is no such thing.
_NONE_OF = re.compile(
    r"\b(?:no|neither|nor|none of)\s+(?:(?:the|any|a|public|official|original|full|complete|such"
    r"|further|open|released|our|of)\s+){0,3}$",
    re.IGNORECASE,
)
# Said, and not given: a promise or a condition is no claim that a thing is there.
_GIVING = r"(?:releas|publish|shar|open|upload|provid|mak)"
_HEDGE = re.compile(
    r"\b(?:coming|released?|available|published?|shared?|out) (?:very )?soon\b|\bstay tuned\b"
    r"|\b(?:up)?on (?:reasonable )?request\b|\bby request\b|\bTB[AD]\b|\bTO ?DO\b"
    r"|\bwork in progress\b|\bunder (?:consideration|construction|review)\b"
    rf"|\b(?:will|shall|'ll|to) be (?:\w+ )?(?:{_GIVING}|availab|made)"
    rf"|\b(?:will|shall|'ll)(?: \w+)? {_GIVING}"
    r"|\b(?:plan|plans|planned|planning|intend|intends|hope|hopes|aim|aims|expect|going)"
    r"(?: to|ing)\b"
    rf"|\b(?:may|might|could|would) (?:be )?(?:\w+ )?(?:{_GIVING}|becom)"
    r"|\b(?:would|'d) (?:like|love|prefer|want) to\b|\bunder (?:an? )?(?:NDA|non-?disclosure)"
    r"|\b(?:upcoming|forthcoming)\b|\bin (?:the )?(?:near )?future\b|\bnot yet\b"
    r"|\bwill follow\b|\bcontact (?:us|the authors?)\b"
    r"|\b(?:NDA|non-?disclosure agreement|data use agreement)\b|\A\[ ?\]"
    r"|\bif you (?:sign|pay|agree|join)\b"
    r"|\b(?:only|solely|exclusively) (?:\w+ )?(?:to|for|with) (?:our |selected |paying |approved )?"
    r"(?:partners?|customers?|members?|employees|subscribers|reviewers|collaborators)\b"
    r"|\b(?:wrong|false|incorrect|untrue|a lie) (?:to (?:say|claim|believe)|that)\b"
    r"|\b(?:apply|ask|register) for (?:access|it)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|once|when|after) you\b", re.IGNORECASE)
# About somebody else's work: what such a sentence links or names is not this publisher's.
_OTHERS = re.compile(
    r"\b(?:based on|built (?:on|with|upon)|inspired by|fork(?:ed)? (?:from|of)"
    r"|adapted from|borrowed from"
    r"|taken from|modified from|platforms like"
    r"|thanks to|we thank|derived from|powered by|compatible with|similar to"
    r"|compared (?:to|with)|supported by|unlike|in contrast to|as opposed to|courtesy of"
    r"|credits? (?:to|goes)|implementation of|see also|competitors?|third[- ]party|upstream"
    r"|other (?:models?|labs?|companies|works?)|(?:the|their) (?:original )?authors"
    r"|they|their|theirs)\b"
    r"|\b(?:using|uses?)\b(?!\s+(?:by|for|in|our|this|these"
    r"|the (?:following|(?:code|scripts?) (?:here|below|in this|at))))",
    re.IGNORECASE,
)
_ORGANISATIONS = re.compile(
    r"\b(OpenAI|Meta|Google|DeepMind|Anthropic|Microsoft|Mistral|Alibaba|NVIDIA|Apple|Amazon"
    r"|Cohere|EleutherAI|BigScience|Databricks|xAI|Stability|GPT-?[345]\w*|Claude|Gemini"
    r"|Llama[ -]?\d?|Qwen\w*|DeepSeek\w*|Falcon|Gemma)(?:'s)?\b",
    re.IGNORECASE,
)
# Who gives something that is not ours: Such-and-such releases its training data.
_GIVER = re.compile(
    r"\b(?!This|That|It|Team|We|Authors|Repository)([A-Z][\w.-]{1,40}) (?:also |now |fully )?"
    r"(?:releas|publish|shar|provid|open-?sourc|mak|offer)(?:e?s|ed|d) (?:its|their|his|her)\b"
)
# Said to or of the reader: what they bring is not given.
_READERS = re.compile(
    r"\b(?:your|you (?:need|must|should|have to|want|wish)|users? (?:must|should|need)"
    r"|bring your)\b|\?\s*$",
    re.IGNORECASE,
)
# That a thing can be had: released, or somewhere.
_OFFERS = re.compile(
    r"\b(?:releas\w+|publish\w*|shar(?:e|es|ed|ing)|provid\w+|availab\w+|open[- ]?sourc\w+"
    r"|includ(?:e|es|ed)|find|found|see|host\w*|ships?|shipped|upload\w*|download\w*|access\w*"
    r"|public\w*|here|below|repository|repo|github|lies?|lives?|stands?|comes? with"
    r"|(?:is|are) (?:in|at|on))\b|\b[\w-]+\.(?:py|sh|ipynb|md|json|toml|ya?ml|lock)\b"
    r"|\u2705|\u2713|\u2714|https?://",
    re.IGNORECASE,
)
# That something is said of a thing, a number above all.
_SAYS = re.compile(
    r"\b(?:used|ran|took|trained|we|our|described|documented|listed|given|set|fixed)\b"
    r"|\b[\w-]+\.txt\b|:\s*\S|\d",
    re.IGNORECASE,
)


def plain(sentence: str) -> str:
    """Return a sentence with one kind of apostrophe, and without what only looks like a denial."""
    straight = sentence.translate(_APOSTROPHES)
    return _BUT_ALSO.sub("and", _NOT_ONLY.sub("", straight)) if "ot" in straight else straight


def denies(sentence: str) -> bool:
    """Tell whether a sentence says that something is not given."""
    text = plain(sentence)
    return any(one.search(text) for one in (_PASSIVE, _ACTIVE, _PRIVATE, _LACKS, _VALUE))


def denies_at(clause: str, place: int) -> bool:
    """Tell whether a clause says that what it names at this place is not given."""
    return denies_all(clause) or denies_one(clause, place)


def denies_all(clause: str) -> bool:
    """Tell whether a clause says of all that it names that it is not given."""
    return any(one.search(clause) for one in (_PASSIVE, _PRIVATE, _VALUE, _ELLIPTIC))


def denies_one(clause: str, place: int) -> bool:
    """Tell whether a clause says so of what it names at this place, and maybe not of the rest."""
    for found in (*_ACTIVE.finditer(clause), *_LACKS.finditer(clause)):
        relative = _RELATIVE.search(clause[: found.start()]) is not None
        if relative or found.end() <= place or not clause[found.end() :].strip(" .!"):
            return True
    before = clause[:place]
    return _NONE_OF.search(before) is not None or _KEPT.search(before) is not None


def denies_what_was_named(clause: str) -> bool:
    """Tell whether a clause that names nothing denies what was named before it."""
    return denies(clause) or _ELLIPTIC.search(clause) is not None


def hedges(sentence: str) -> bool:
    """Tell whether a sentence only promises, or sets a condition."""
    return _HEDGE.search(plain(sentence)) is not None


def conditions(clause: str) -> bool:
    """Tell whether a clause says what its reader has to do for what the next one says."""
    return _CONDITION.search(clause) is not None


def partly(sentence: str) -> bool:
    """Tell whether a sentence gives or denies a part only."""
    return _PARTLY.search(plain(sentence)) is not None


def about_others(sentence: str) -> bool:
    """Tell whether a sentence speaks of what somebody else made."""
    return _OTHERS.search(plain(sentence)) is not None


def about_named_others(sentence: str, own: frozenset[str]) -> bool:
    """Tell whether a sentence names an organisation or model that is not the publisher's own.

    ``own`` are the words, in lower case, of the release's and its publisher's names.
    """
    text = plain(sentence)
    for match in (*_ORGANISATIONS.finditer(text), *_GIVER.finditer(text)):
        name = match[1].lower().rstrip(" -0123456789")
        if not any(one.startswith(name) or name.startswith(one) for one in own):
            return True
    return False


def about_readers(sentence: str) -> bool:
    """Tell whether a sentence asks, or speaks of what its reader has or does."""
    return _READERS.search(plain(sentence)) is not None


def offers(sentence: str) -> bool:
    """Tell whether a sentence says that a thing can be had, or where."""
    return _OFFERS.search(sentence) is not None


def gives(sentence: str) -> bool:
    """Tell whether a sentence says more of a thing than its name."""
    return offers(sentence) or _SAYS.search(sentence) is not None
