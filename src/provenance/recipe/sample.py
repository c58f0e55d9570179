"""Small documents that are a component of their own: samples, and reports on contamination."""

import re

from provenance.errors import Code, TextError
from provenance.recipe.own_files import is_contamination_report, is_sample
from provenance.values.artefact import Artefact
from provenance.values.component import Component
from provenance.values.evidence import Where

_LEAST_WORDS = 12
_NUMBER = re.compile(r"\d")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"OggS", b"ID3", b"fLaC")


def small_document_of(path: str, data: bytes, where: Where) -> Artefact | None:
    """Return the sample or report in a file; ``None`` for one that holds neither.

    A sample is a picture, a sound, or a text; a report is a text with numbers.

    Raises:
        TextError: NOT_COVERED for one in bytes of a kind that is not known.
    """
    if is_sample(path) and data.startswith(_PICTURES):
        return Artefact(Component.SAMPLE_MODEL_OUTPUTS, path, where, "a picture or a sound")
    words = len(data.decode("utf-8", "replace").split())
    if b"\0" in data and (is_sample(path) or is_contamination_report(path)):
        what = "a sample or report of a kind that is not known"
        raise TextError(what, hint="it counts as unread", code=Code.NOT_COVERED)
    if words < _LEAST_WORDS:
        return None
    if is_sample(path):
        return Artefact(Component.SAMPLE_MODEL_OUTPUTS, path, where, f"a text of {words:,} words")
    if is_contamination_report(path) and _NUMBER.search(data.decode("utf-8", "replace")):
        what = f"a text of {words:,} words, with numbers"
        return Artefact(Component.CONTAMINATION_REPORT, path, where, what)
    return None
