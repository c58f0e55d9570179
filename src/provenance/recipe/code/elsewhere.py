"""Where else a tokenizer or an architecture may be: files that nobody here reads, by their names.

A list of the kinds that are sure to hold neither; everything else may. So a kind of file that is
not known, and a form that carries everything in one file, leave a component unknown.
"""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from provenance.values.tokenizer_names import is_vocabulary

# Words, pictures, sounds, rows, lists of packages and of digests, signatures.
_OTHER: Final = re.compile(
    r"(?:license|licence|notice|copying|citation|readme|authors|changelog|codeowners)[\w.-]*"
    r"|\.git(?:attributes|ignore|modules|keep)|\.(?:dockerignore|ds_store|editorconfig)"
    r"|(?:docker|container|make)file|requirements[\w.-]*|pyproject\.toml|[\w.-]*\.lock"
    r"|(?:sha256|md5)sums?[\w.-]*|(?:mof|release)\.(?:ya?ml|toml)|model\.sig|release\.lock"
    r"|.*\.(?:md|rst|pdf|bib|cff|html?|css|png|jpe?g|gif|svg|webp|bmp|ico|wav|mp3|flac|ogg|mp4|webm"
    r"|csv|tsv|jsonl|parquet|arrow|log|sha256|md5|sig|asc|pem|crt|pub|sigstore|sigstore\.json|patch)",
    re.IGNORECASE,
)
# Tensors and where they are, with nothing beside them, as their writers have it.
_TENSORS: Final = re.compile(
    r".*\.safetensors|[\w.-]+\.index\.json|(?:pytorch|diffusion_pytorch)_model[\w.-]*\.bin"
    r"|adapter_model[\w.-]*\.bin|tf_model[\w.-]*\.h5|(?:diffusion_)?flax_model[\w.-]*\.msgpack"
    r"|(?:optimizer|scheduler|rng_state|training_args|random_states)[\w.-]*\.(?:pt|pth|bin|pkl)",
    re.IGNORECASE,
)
# What training and evaluation left behind, and settings for making text or reading pictures.
_RECORDS: Final = re.compile(
    r"trainer_state\.json|[\w.-]*(?:results|evaluation|metrics)[\w.-]*\.(?:json|ya?ml)"
    r"|\.eval_results.*|generation_config\.json|(?:pre|image_|video_)?processor_config\.json"
    r"|feature_extractor_config\.json|scheduler_config\.json|croissant\.json",
    re.IGNORECASE,
)
# Of a tokenizer, without a vocabulary; and of its architecture, without one.
_BESIDE_TOKENIZER: Final = re.compile(
    r"tokenizer_config\.json|special_tokens_map\.json|added_tokens\.json|chat_template\.(?:json|jinja)"
    r"|.*\.jinja",
    re.IGNORECASE,
)
_VOCABULARY: Final = re.compile(
    r".*(?:token|vocab|merges|bpe|spm|spiece|sentencepiece|lexicon|phone|symbol|alphabet|charset)"
    r".*\.(?:txt|model)|dict[\w.-]*\.txt",
    re.IGNORECASE,
)
# Read for this purpose before; what they say was taken into account.
_CONFIGURATIONS: Final = re.compile(
    r"config\.json|model_index\.json|modules\.json|params\.json|adapter_config\.json"
    r"|open_clip_config\.json|config_sentence_transformers\.json|sentence_\w+_config\.json",
    re.IGNORECASE,
)
_SHOWN = 3


def may_hold_tokenizer(path: str) -> bool:
    """Tell whether a file that was not read for it may hold a vocabulary.

    >>> [may_hold_tokenizer(one) for one in ("m.gguf", "m.safetensors", "notes.txt", "symbols.txt")]
    [True, False, False, True]
    """
    name = path.rpartition("/")[2]
    if name.lower().endswith(".txt"):
        return _VOCABULARY.fullmatch(name) is not None
    known = (_OTHER, _TENSORS, _RECORDS, _BESIDE_TOKENIZER, _CONFIGURATIONS)
    return not any(one.fullmatch(name) for one in known)


def may_hold_architecture(path: str) -> bool:
    """Tell whether a file that was not read for it may describe a model, or be its program.

    >>> [may_hold_architecture(one) for one in ("m.onnx", "config.yaml", "model.py", "vocab.json")]
    [True, True, True, False]
    """
    name = path.rpartition("/")[2]
    if is_vocabulary(path) or name.lower().endswith(".txt"):
        return False
    known = (_OTHER, _TENSORS, _RECORDS, _BESIDE_TOKENIZER)
    return not any(one.fullmatch(name) for one in known)


def shown(paths: Iterable[str]) -> str:
    """Return a few names, and how many more there are.

    >>> shown(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more'
    """
    waiting = iter(paths)
    first = ", ".join(islice(waiting, _SHOWN))
    more = sum(1 for _ in waiting)
    return f"{first} and {more} more" if more else first
