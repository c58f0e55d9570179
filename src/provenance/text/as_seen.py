"""Text as a reader sees it: without what takes no room, and with look-alike letters told apart.

Source of the look-alikes: the confusables of Unicode technical standard 39, those of Latin letters
in the Cyrillic, Greek and Armenian scripts.
"""

import re
import unicodedata

_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_NO_WIDTH = re.compile(f"[{_UNSEEN}]")
_INSIDE = re.compile(f"[A-Za-z][{_UNSEEN}]*[\u200b-\u200d\u2060\ufeff][{_UNSEEN}]*[A-Za-z]")
_BLANK = re.compile(r"\s{2,}|[^\S ]")
_WORD = re.compile(r"[^\W\d_]+")
_LOOK_ALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u0475"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405"
    "\u03bf\u03b1\u03bd\u03c1\u03c5\u03b9\u03ba\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c"
    "\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u0585\u057d\u0578\u0131\u0261\u043a",
    "aeopcyxijshdqwvABEKMHOPCTYXIJSoavpuikABEZHIKMNOPTYXounigk",
)
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u0530-\u058f]")
_LATIN = re.compile("[A-Za-z]")


def as_seen(text: str) -> str:
    """Return the text in the letters that it looks to be written in, with one space at a time.

    Only words that look wholly Latin change: in one of another alphabet a letter is what it is.

    >>> as_seen("tr\u0430ining c\u200bode, \u043a\u043e\u0434")
    'training code, \u043a\u043e\u0434'
    """
    if not text.isascii():
        text = _WORD.sub(_latin, _NO_WIDTH.sub("", unicodedata.normalize("NFKC", text)))
    return _BLANK.sub(" ", text)


def _latin(match: re.Match[str]) -> str:
    word = match[0]
    if not _FOREIGN.search(word):
        return word
    seen = word.translate(_LOOK_ALIKES)
    return word if _FOREIGN.search(seen) else seen


def disguised(text: str) -> tuple[str, ...]:
    """Return the words that mix alphabets that look alike."""
    if text.isascii():
        return ()
    mixed = (
        word
        for word in _WORD.findall(_NO_WIDTH.sub("", text))
        if _FOREIGN.search(word) and _LATIN.search(word) and _latin_only(word)
    )
    return tuple(dict.fromkeys(mixed))


def _latin_only(word: str) -> bool:
    return not _FOREIGN.search(word.translate(_LOOK_ALIKES))


def split_unseen(text: str) -> bool:
    """Tell whether a word is broken by characters that take no room."""
    return _INSIDE.search(text) is not None
