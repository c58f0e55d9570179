"""Weights that no reader here opens: what could hold a model, and was listed only."""

import re
from collections.abc import Mapping
from typing import TypeVar

import attrs

from provenance.errors import Code
from provenance.values.inventory import FileEntry, Inventory
from provenance.values.look import Look, Seen, Unseen
from provenance.values.path import RelPath
from provenance.values.tokenizer_names import is_vocabulary
from provenance.weights.table import PICKLES, reader_of, weight_paths, weights_in

#: A file of words or settings that is as large as this may be something else; in bytes.
LARGE = 10 * 2**20
#: Files of these kinds hold no weights that a loader would take from them.
_OTHER_KINDS = frozenset(
    {
        *(".arrow", ".avro", ".csv", ".feather", ".json", ".jsonl", ".lance", ".ndjson", ".orc"),
        *(".parquet", ".tfrecord", ".tsv", ".txt", ".warc", ".xml", ".yaml", ".yml"),
        *(".aac", ".avi", ".bmp", ".flac", ".gif", ".jpeg", ".jpg", ".m4a", ".mkv", ".mov"),
        *(".mp3", ".mp4", ".mpeg", ".ogg", ".opus", ".png", ".svg", ".tif", ".tiff", ".wav"),
        *(".webm", ".webp", ".docx", ".epub", ".htm", ".html", ".ipynb", ".md", ".odt", ".pdf"),
        *(".pptx", ".ps", ".rst", ".tex", ".xlsx", ".c", ".cc", ".cpp", ".cu", ".go", ".h", ".js"),
        *(".log", ".otf", ".py", ".rs", ".sh", ".sql", ".ttf", ".vocab", ".woff", ".woff2"),
    }
)
# Text that people or tools write beside weights: sources, settings, lists, signatures.
_SMALL_KINDS = frozenset(
    {
        *(".asc", ".avif", ".bat", ".bib", ".bpe", ".cff", ".cfg", ".clj", ".cmake", ".codes"),
        *(".conf", ".crt", ".cs", ".css", ".cuh", ".cxx", ".diff", ".doc", ".dot", ".env", ".eps"),
        *(".gradle", ".heic", ".hh", ".hpp", ".hs", ".ico", ".ini", ".j2", ".java", ".jinja"),
        *(".jl", ".jsx", ".kt", ".lock", ".lua", ".m", ".md5", ".metal", ".mid", ".ml", ".mm"),
        *(".patch", ".pbtxt", ".pem", ".php", ".pl", ".ppt", ".properties", ".proto", ".prototxt"),
        *(".ps1", ".pub", ".pyi", ".pyx", ".r", ".rb", ".rtf", ".sbatch", ".scala", ".scss"),
        *(".sha1", ".sha256", ".sha512", ".sig", ".sigstore", ".slurm", ".srt", ".swift"),
        *(".tiktoken", ".toml", ".ts", ".tsx", ".vtt", ".vue", ".xls", ".zig"),
    }
)
# The same by whole names; files whose names begin with a dot belong to tools.
_WORDS = re.compile(
    r"\..*|(?:licen[cs]e|notice|copying|copyright|patents|readme|authors|contributors|maintainers"
    r"|changelog|changes|history|news|todo|version|codeowners|citation|install|usage|manifest"
    r"|requirements|(?:make|docker|container|just|rake|gem|proc|jenkins)file|(?:sha\d*|md5)sums?)"
    r"(?:[-_.].*)?",
    re.IGNORECASE,
)
# Models that their writers keep as text: boosted trees, and vectors of words.
_IN_TEXT = re.compile(
    r"(?:.*[-_.])?(?:xgb|xgboost|lgb|lgbm|lightgbm|booster|catboost|weights|glove|word2vec|vectors)"
    r"(?:[-_.].*)?\.(?:json|txt)|model\.(?:json|txt)",
    re.IGNORECASE,
)
_PACKED = frozenset({".bz2", ".gz", ".lz4", ".xz", ".zst"})
#: Files that may be anything: archives, and what a download left unfinished.
_ANYTHING = _PACKED | frozenset(
    {
        *(".7z", ".rar", ".tar", ".tbz2", ".tgz", ".txz", ".whl", ".zip"),
        *(".aria2", ".crdownload", ".incomplete", ".part", ".partial"),
    }
)
T = TypeVar("T")


def unread(look: Look[T], inventory: Inventory, pointers: Mapping[str, str]) -> Look[T]:
    """Return what is known of parameters that no file that is read holds, or not all of them.

    While a file is there that nobody opened and that may hold them, they are unknown. ``pointers``
    are the files whose bytes are elsewhere, and what is said of each.
    """
    if isinstance(look, Seen):
        return look
    aside = f"; {look.reason}" if weight_paths(inventory).read else ""
    found = _unopened(inventory, pointers, alone=not aside)
    if found and not isinstance(look, Unseen):
        return attrs.evolve(found, reason=f"{found.reason}{aside}")
    if found or isinstance(look, Unseen) or inventory.complete:
        return found or look
    return Unseen("the listing is not complete", Code.RESOURCE)


def may_be_weights(entry: FileEntry) -> bool:
    """Tell whether a file is of a format of weights, or of no kind that is known to be another."""
    listed = weights_in(entry.path) is not None or entry.path.suffix in PICKLES
    return listed or _may_hold_weights(entry, {})


def _unopened(inventory: Inventory, pointers: Mapping[str, str], *, alone: bool) -> Unseen | None:
    """Return why nobody knows what the weights are that were not opened, if there are any."""
    for one in inventory:
        if one.path.text in pointers and weights_in(one.path):
            reason = f"{one.path.text[:200]!a} is {pointers[one.path.text]}"
            return Unseen(reason, Code.GIT_LFS)
    listed = [_format(one.path) for one in inventory if _is_listed(one.path, alone=alone)]
    if listed:
        why = "the weights are in a format that this version lists and does not read"
        return Unseen(f"{why}: {', '.join(dict.fromkeys(listed))}", Code.NOT_COVERED)
    found = next((one for one in inventory if _may_hold_weights(one, pointers)), None)
    if found is None:
        return None
    why = f"its {found.size} bytes are of a kind that is not read"
    return Unseen(f"{found.path.text[:200]!a} may hold weights: {why}", Code.NOT_COVERED)


def _is_listed(path: RelPath, *, alone: bool) -> bool:
    """Whether a file is of a known format; without other weights, so are states of training."""
    if reader_of(path):
        return False
    return weights_in(path) is not None or (alone and path.suffix in PICKLES)


def _format(path: RelPath) -> str:
    found = weights_in(path)
    return found.name if found else "pickle"


def _may_hold_weights(entry: FileEntry, pointers: Mapping[str, str]) -> bool:
    """Whether a file of no known format may hold weights: unless its kind is known to hold none."""
    name, suffix = entry.path.name.lower(), entry.path.suffix
    if suffix in _PACKED:
        name = name.removesuffix(suffix)
    ending = f".{name.rpartition('.')[2]}"
    if weights_in(entry.path) or (ending in _OTHER_KINDS and not _IN_TEXT.fullmatch(name)):
        return False
    if suffix in _ANYTHING or entry.size >= LARGE or entry.path.text in pointers:
        return True
    known = ending in _SMALL_KINDS | PICKLES or is_vocabulary(name) or _WORDS.fullmatch(name)
    return entry.size > 0 and not known
