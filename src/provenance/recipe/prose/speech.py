"""How people say that a thing is given, is not, will be, or is somebody else's.

Patterns over English sentences, read as :func:`provenance.text.as_seen.as_seen` shows them. Each is
wrong on some sentence; all are wrong on the careful side: what is not understood claims nothing.
"""

import re
from collections.abc import Iterator

_APOSTROPHES = str.maketrans("\u2019\u02bc\u2018", "'''")
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b", re.IGNORECASE)
_BUT_ALSO = re.compile(r"\bbut (?:also|as well)\b", re.IGNORECASE)

_NOT = (
    r"(?:not|never|cannot|can't|won't|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't"
    r"|haven't|wouldn't|couldn't|no longer|unable to|declined? to|refused? to|decided against"
    r"|no plans? (?:to|for|of)|no intention (?:to|of)|too \w+ to)"
)
_BETWEEN = r"(?:[\s,]+[\w-]+){0,5}?[\s,]+"
# Before a verb: behind an article stands a noun (this code release).
_BEFORE_VERB = r"(?:[\s,]+(?!(?:the|this|that|our|an?|of)\b)[\w-]+){0,5}?[\s,]+"
# Said of a thing: it is not released, it is not available.
_PASSIVE = re.compile(
    rf"\b{_NOT}{_BETWEEN}(?:released|published|shared|available|disclosed|provided|distributed|given"
    r"|open(?:ed|ly|-sourced?)?|open sourced?|public(?:ly|i[sz]ed)?|accessible|uploaded|included"
    r"|shipped|revealed|documented|released)\b",
    re.IGNORECASE,
)
# Said by somebody: we do not release it.
_ACTIVE = re.compile(
    rf"\b{_NOT}{_BEFORE_VERB}(?:releas(?:e|ing)|publish(?:ing)?|shar(?:e|ing)|disclos(?:e|ing)"
    r"|provid(?:e|ing)|distribut(?:e|ing)|open-?sourc(?:e|ing)|open source|upload(?:ing)?"
    r"|reveal(?:ing)?|mak(?:e|ing)(?=[\w\s-]{1,60}\b(?:available|public)\b))\b"
    r"|\b(?:against|rather than|instead of|refrain(?:s|ed|ing)? from"
    r"|(?:prevent|prohibit|keep|stop|bar)(?:s|ed|ped|red)? us from)\s+(?:releas|publish|shar"
    r"|disclos|provid|distribut|open-?sourc|upload|reveal)ing\b",
    re.IGNORECASE,
)
# What stands before it is not given; what it is not a part of may well be.
_NO_PART = re.compile(rf"\b{_NOT}\s+(?:(?:be|been|a)\s+)*part of\b", re.IGNORECASE)
_PRIVATE = re.compile(
    r"\b(?:is|are|was|were|remains?|stays?|kept|keep|keeping)\s+"
    r"(?:(?!not\b|never\b|no\b)[\w-]+\s+){0,3}?"
    r"(?:closed|private|proprietary|internal|confidential|secret|undisclosed|unreleased"
    r"|unavailable|withheld|unpublished|non-public|gone|removed|deleted|withdrawn|taken down)\b"
    r"|\b(?:has|have|had|got) (?:since |now |all )?(?:been )?"
    r"(?:removed|deleted|withdrawn|taken (?:down|offline)|retracted|unpublished|closed)\b",
    re.IGNORECASE,
)
# Before the name of a thing: our proprietary training data.
_KEPT = re.compile(
    r"\b(?:proprietary|undisclosed|unreleased|non-public|confidential|in-house|internal|private)\s+"
    r"(?:(?!(?:from|of|in|to|with|and|or)\b)[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_LACKS = re.compile(
    r"\b(?:lacks?|lacking|omits?|withholds?|withheld)\b"
    r"|(?:\b(?:release|repository|repo|we|it|card|this)|\bhttps?://\S{1,200})"
    r"\s+(?:does|do|did)(?: not|n't)\s+"
    r"(?:include|contain|ship|come with|have|hold|provide)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\b(?:in|within|from|for|about|of|by)\b", re.IGNORECASE)
_ELLIPTIC = re.compile(
    r"(?:^|\s)(?:(?:is|are|was|were|has|have|does|do)(?: not|n't)|not|never)\s*[.!)]*$",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r":\s*(?:n/?a|none|no|closed|private|unavailable|undisclosed|not [\w ]{1,30}|\u274c|\u2717"
    r"|\u2718|\u274e)\s*[.!]*$|^\W{0,3}[\u274c\u2717\u2718\u274e]"
    r"|:\s*(?:a |an )?(?:proprietary|confidential|internal|private|undisclosed|unreleased|secret"
    r"|withheld|closed-source)\b(?![^.]{0,60}\b(?:public|open))[\w ,/-]{0,60}[.!]*$"
    r"|\((?:private|internal|closed|removed|deleted|404|unreleased|unavailable|not [\w ]{1,30})"
    r"[^()]{0,40}\)\s*[.!]*$",
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
    r"\b(?:no|neither|nor|none of|nothing (?:of|about)|instead of|rather than)\s+"
    r"(?:(?:the|any|a|public|official|original|full|complete|such|further"
    r"|open|released|our|of)\s+){0,3}$",
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
    r"|\b(?:further|future) (?:work|research|versions?)\b|\bwill follow\b"
    r"|\bcontact (?:us|the authors?)\b"
    r"|\b(?:NDA|non-?disclosure agreement|data use agreement)\b"
    r"|\bif you (?:sign|pay|agree|join)\b"
    r"|\b(?:only|solely|exclusively) (?:\w+ )?(?:to|for|with) (?:our |selected |paying |approved )?"
    r"(?:partners?|customers?|members?|employees|subscribers|reviewers|collaborators)\b"
    r"|\b(?:wrong|false|incorrect|untrue|a lie) (?:to (?:say|claim|believe)|that)\b"
    r"|\b(?:apply|ask|register) for (?:access|it)\b"
    # To some, for money, or once.
    r"|\b(?:to|for|with) (?:our |the )?(?:approved|select(?:ed)?|certain|trusted|qualified|paying"
    r"|enterprise|internal|commercial|licensed) (?:\w+ )?(?:partner|customer|user|researcher|member"
    r"|client|subscriber|employee|team)s?\b|\b(?:available|shared|accessible|released) internally\b"
    r"|\bfor (?:purchase|sale|a fee)\b|\bif you pay\b|\bby invitation\b|\b(?:up)?on approval\b"
    r"|\bunder (?:an )?embargo\b"
    r"|\bunder (?:an? )?(?:[\w-]+ )?(?:agreement|contract)\b|\bused to be\b"
    r"|\buntil (?:\w+ )?(?:19|20)\d\d\b"
    # Thought of, or on a condition.
    r"|\b(?:consider(?:ed|ing)?|discuss(?:ed|ing)?|debat(?:ed|ing)|think(?:ing)? (?:of|about)"
    rf"|(?:try|tried|trying|want|wanted|wish|wished|asked) to) (?:\w+ )?{_GIVING}"
    r"|\b(?:if|once|as soon as|when|after|provided)\b(?! you\b)[^,;.]{1,60}\b(?:permits?|allows?"
    r"|approv\w+|accept\w*|cleared|granted|completed?|ready|finished)\b|^\s*\[ \]",
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
    r"|includ(?:e|es|ed)|(?<!\bwe )(?:find|found)|(?<!\bwe )see(?! that\b)|host\w*"
    r"|ships?|shipped|upload\w*|download\w*|access\w*"
    r"|public\w*|here|below|repository|repo|github|lies?|lives?|stands?|comes? with"
    r"|(?:is|are) (?:at|on|in(?![^.;]{0,40}\b(?:languages?|English)\b)))\b"
    r"|\b[\w-]+\.(?:py|sh|ipynb|md|json|toml|ya?ml|lock)\b"
    r"|\u2705|\u2713|\u2714|https?://",
    re.IGNORECASE,
)
# Before the name of a thing: what is given tells of it, or makes it, and is not the thing itself.
_TOLD_OF = re.compile(
    r"\b(?:details?|information|discussions?|descriptions?|overview|analysis|results?|performance)"
    r"\b[^,;:|\u2022\u00b7]{0,60}\Z"
    r"|\b(?:code|scripts?|tools?|pipelines?|recipes?|instructions?|steps)\s+"
    r"(?:for|to|that|which|used)\b[^,;:|\u2022\u00b7]{0,60}\Z"
    r"|\b(?:amount|size|majority|parts?|quality|nature|share|number|composition|cut-?off|rest) of\b"
    r"[^,;:|\u2022\u00b7]{0,30}\Z",
    re.IGNORECASE,
)
_TOLD_NEAR = 120
# Said of using a model: its machines and settings are not those of the training.
_RUNNING = re.compile(
    r"\b(?:inference|recommend\w*|requir\w*|at least|minimum|serv(?:e|ing)|deploy\w*|latency"
    r"|throughput|(?:to|can|could) run|runs? on|run (?:it )?locally|fits?|generation|sampling"
    r"|decoding)\b",
    re.IGNORECASE,
)
_TRAINING = re.compile(r"\b(?:pre-?|re)?train|\bfine-?tuned\b", re.IGNORECASE)
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
    return any(one.search(text) for one in (_PASSIVE, _ACTIVE, _NO_PART, _PRIVATE, _LACKS, _VALUE))


def denies_at(clause: str, place: int) -> bool:
    """Tell whether a clause says that what it names at this place is not given."""
    return denies_all(clause) or denies_one(clause, place)


def denies_all(clause: str) -> bool:
    """Tell whether a clause says of all that it names that it is not given."""
    return any(one.search(clause) for one in (_PASSIVE, _PRIVATE, _VALUE, _ELLIPTIC))


def denies_one(clause: str, place: int) -> bool:
    """Tell whether a clause says so of what it names at this place, and maybe not of the rest."""
    for found in (*_ACTIVE.finditer(clause), *_lacks_at(clause, place)):
        relative = _RELATIVE.search(clause[: found.start()]) is not None
        if relative or found.end() <= place or not clause[found.end() :].strip(" .!"):
            return True
    if any(place < found.start() for found in _NO_PART.finditer(clause)):
        return True
    before = clause[:place]
    return _NONE_OF.search(before) is not None or _KEPT.search(before) is not None


def _lacks_at(clause: str, place: int) -> Iterator[re.Match[str]]:
    """Yield the words that say that what stands at a place is lacking, and not something in it."""
    for found in _LACKS.finditer(clause):
        if found.end() > place or not _WITHIN.search(clause[found.end() : place]):
            yield found


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


def tells_of(clause: str, place: int) -> bool:
    """Tell whether what is given tells of what is named at this place, or makes it."""
    return _TOLD_OF.search(clause[max(0, place - _TOLD_NEAR) : place]) is not None


def of_running(sentence: str) -> bool:
    """Tell whether a sentence speaks of using a model, and not of its training."""
    return _RUNNING.search(sentence) is not None and not _TRAINING.search(sentence)


def offers(sentence: str) -> bool:
    """Tell whether a sentence says that a thing can be had, or where."""
    return _OFFERS.search(sentence) is not None


def gives(sentence: str) -> bool:
    """Tell whether a sentence says more of a thing than its name."""
    return offers(sentence) or _SAYS.search(sentence) is not None
