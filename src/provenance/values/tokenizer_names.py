"""The names of files that hold a vocabulary, whatever folder they stand in.

Each is the name that a common library writes or looks for. A name that is not here may still be a
tokenizer's: :mod:`provenance.recipe.code.elsewhere` tells when that is open.
"""

import re
from typing import Final

_NAMES: Final = re.compile(
    # As tokenizers, transformers (BERT, GPT-2, Wav2Vec2, FSMT) and mistral-common write them.
    r"tokenizer\.json|tekken\.json|vocab(?:ulary)?(?:-src|-tgt)?\.(?:json|txt)|target_vocab\.json"
    r"|encoder\.json|vocab\.bpe|merges\.txt|bpe[._]codes|wordpiece\.txt"
    # SentencePiece's, under the names of Llama, T5, XLM-R, Marian and Mistral.
    r"|(?:tokenizer|spiece|sentencepiece(?:\.bpe)?|spm(?:_char)?|sp|bpe|unigram)\.model|tokenizer\.model\.v\d+"
    r"|[\w.-]+\.spm|[\w.-]+\.vocab"
    # Those of tiktoken, fairseq, small programs in C, and k2.
    r"|[\w.-]+\.tiktoken|[\w.-]*tiktoken[\w.-]*\.model|dict(?:\.[\w-]+)?\.txt|tokenizer\.bin"
    r"|tokens\.txt",
    re.IGNORECASE,
)


def is_vocabulary(path: str) -> bool:
    """Tell whether a file has a name that tokenizer libraries look for.

    >>> is_vocabulary("tokenizer_2/merges.txt"), is_vocabulary("notes.txt")
    (True, False)
    """
    return _NAMES.fullmatch(path.rpartition("/")[2]) is not None
