"""What only stands in a secret's place: names of variables, examples of manuals, rows of x."""

import math
import re
from collections import Counter

# In a token of random letters, each of these is rarer than one in ten thousand.
_WORDS = re.compile(
    r"example|sample|placeholder|dummy|redacted|changeme|change[-_]me|replace|insert|your|"
    r"xxxx|\.\.\.|…|\*\*\*|1234567|abcdefg|deadbeef|qwerty|fake|notreal|not[-_]needed|"
    r"no[-_]key|invalid|removed|hidden|todo",
    re.IGNORECASE,
)
# What people write where a password of their own belongs.
_SPOKEN = re.compile(
    r"pass(?:word|wd|phrase)|p@ss|secret|token|api[-_]?key|credential|hunter2|letmein|"
    r"(?:^|[-_])(?:my|test|demo|user|admin|null|none|true|false|string|empty)(?:$|[-_\d])",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"^[$%<{\[(@*]|\$[{(]|\{\w*\}|%\(|%\w+%|<[A-Za-z_ -]+>|\w\(|\w\[|environ|getenv|^\w+\.\w+\."
)
_RUN = re.compile(r"(.)\1{4,}")
_FEW = 2
#: Tokens that manuals of their vendors show, and that open nothing.
SHOWN = frozenset(
    {
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
        "sk_test_BQokikJOvBiI2HlWgH4olfQ2",
        "AIzaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe",
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
        "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==",
    }
)


def entropy(text: str) -> float:
    """Return Shannon's entropy of a text, in bits for each character.

    >>> entropy("aaaa"), entropy("abcd")
    (0.0, 2.0)
    """
    shares = (count / len(text) for count in Counter(text).values())
    return abs(sum(share * math.log2(share) for share in shares))


def is_placeholder(token: str) -> bool:
    """Tell whether what has a token's form stands for one, and is none.

    >>> is_placeholder("hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxx"), is_placeholder("AKIAIOSFODNN7EXAMPLE")
    (True, True)
    """
    few = len(set(token.casefold())) < _FEW
    return few or token in SHOWN or bool(_WORDS.search(token) or _RUN.search(token))


def is_spoken(value: str) -> bool:
    """Tell whether a value says what belongs there, or is code or a variable that gives it.

    >>> is_spoken("your-password"), is_spoken("${DB_PASSWORD}"), is_spoken("Tr0ub4dor&3x")
    (True, True, False)
    """
    return is_placeholder(value) or bool(_SPOKEN.search(value) or _CODE.search(value))
