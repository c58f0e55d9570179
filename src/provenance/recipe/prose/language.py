"""Whether a text is in a language that claims are understood in: English, and no other.

What is not understood may claim or deny anything: whoever reads it has to be told.
"""

import re
import unicodedata

from provenance.text.as_seen import as_seen

#: Fewer letters of another script are a name, or an example.
LEAST_LETTERS = 10
#: Fewer words of a language in Latin letters do not tell which it is.
LEAST_WORDS = 10
_LEAST_FOREIGN = 3
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
# Begins where a word does: tried at each letter of a long one, it costs the square of its size.
_ADDRESS = re.compile(r"(?<!\S)\S*[/:@.]\S+")
_LONGEST = 20_000
# The commonest words of English, and those of other languages that English does not have.
_OF_ENGLISH = """the of and to a in is for with on that by this as are from it be or at we our an
    was which can has have not"""
_ENGLISH = frozenset(_OF_ENGLISH.split())
# French, German, Spanish, Portuguese, Italian, Dutch, Polish, Turkish, Indonesian, Vietnamese.
_OF_OTHERS = """le la les des du et est une dans pour sur avec pas nous ce ces qui que au aux ne
    sont par der die das und ist nicht ein eine mit auf den von zu wir dem im sich auch werden wurde
    el los las del es un una en con por no se su para como al lo nuestro
    os um uma da do dos das em n\u00e3o s\u00e3o mais pela pelo foi
    il gli di che per non con sono della delle nel questo
    het een van voor niet met zijn wij deze op naar
    na nie si\u0119 jest oraz dla przez jako ve bir bu i\u00e7in ile de\u011fil olarak
    yang dan ini untuk dengan tidak dari pada adalah
    v\u00e0 c\u1ee7a l\u00e0 kh\u00f4ng \u0111\u01b0\u1ee3c cho c\u00e1c n\u00e0y m\u1ed9t"""
_OTHERS = frozenset(_OF_OTHERS.split())


def is_understood(text: str) -> bool:
    """Tell whether a block of prose is English, or too little to be anything else.

    >>> is_understood("Our data is public."), is_understood("我们不会公开用于训练的数据集。")
    (True, False)
    """
    shown = as_seen(text[:_LONGEST])
    letters = [one for one in shown if one.isalpha()]
    if not shown.isascii():
        other = sum(not _is_latin(one) for one in letters)
        if other >= LEAST_LETTERS and other * 2 > len(letters):
            return False
    words = [one.lower() for one in _WORD.findall(_ADDRESS.sub(" ", shown))]
    if len(words) < LEAST_WORDS:
        return True
    english = sum(one in _ENGLISH for one in words)
    foreign = [one for one in words if one in _OTHERS and one not in _ENGLISH]
    tells = len(set(foreign)) >= _LEAST_FOREIGN and len(foreign) * 8 >= len(words)
    return not (tells and len(foreign) > english)


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


def words_in(text: str) -> int:
    """Return how many words a text has; two characters of a script without spaces are one.

    >>> words_in("two words"), words_in("我们公开数据")
    (2, 3)
    """
    if text.isascii():
        return len(text.split())
    unspaced = sum(_is_unspaced(one) for one in text)
    spaced = "".join(" " if _is_unspaced(one) else one for one in text)
    return len(spaced.split()) + (unspaced + 1) // 2


def _is_unspaced(letter: str) -> bool:
    return (
        "\u3040" <= letter <= "\u30ff"  # Kana.
        or "\u3400" <= letter <= "\u9fff"  # Han.
        or "\u0e00" <= letter <= "\u0eff"  # Thai and Lao.
        or "\U00020000" <= letter <= "\U0003ffff"  # Han, the rest.
    )
