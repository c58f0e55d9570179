"""Reading what a release's own files say of its recipe: programs, settings, results, templates."""

import attrs

from provenance.errors import TextError
from provenance.flows.desk import LARGEST_DOCUMENT, Desk
from provenance.recipe.chat_template import CHAT_TEMPLATE_FILES, chat_template_of
from provenance.recipe.citations import citations_of, is_citation
from provenance.recipe.code_read import CodeRead, read_code
from provenance.recipe.document import is_document
from provenance.recipe.evaluations import measured_in_file, reads_results
from provenance.recipe.own_files import reads_recipe
from provenance.recipe.remote_code import remote_code_of
from provenance.recipe.sample import small_document_of
from provenance.recipe.stated_document import stated_in_document
from provenance.text.python_source import parse
from provenance.values.artefact import Artefact, Measured, StatedValue
from provenance.values.citation import Citation
from provenance.values.evidence import Where
from provenance.values.inventory import Inventory

# More would be a checkout of the code, which is read as a repository.
MOST_FILES = 500


@attrs.frozen
class OwnRecipe:
    """What the files say, the results that they hold, and what papers and reports state."""

    code: CodeRead
    measured: tuple[Measured, ...] = ()
    written: tuple[StatedValue, ...] = ()
    citations: tuple[Citation, ...] = ()


def read_own_recipe(inventory: Inventory, desk: Desk, remote: tuple[str, ...]) -> OwnRecipe:
    """Read the files of a release that say something of its recipe.

    Args:
        inventory: the release's files.
        desk: where they are read.
        remote: the classes and programs that loading would run, by where they would stand.

    """
    named = [entry for entry in inventory if reads_recipe(entry.path.text)]
    readable = [one for one in named if one.observed and one.size <= LARGEST_DOCUMENT][:MOST_FILES]
    files = {one.path.text: desk.read(one.path.text) for one in readable}
    read = read_code({path: one.data for path, one in files.items()}, uri=desk.prefix)
    found: dict[str, Artefact] = {one.path: one for one in read.artefacts}
    measured: list[Measured] = []
    written: list[StatedValue] = []
    citations: list[Citation] = []
    for path, one in files.items():
        special = _special(path, one.data, one.where, remote)
        if special:
            found[path] = special
        if reads_results(path):
            measured += measured_in_file(one.data, path=path, where=one.where)
        if is_citation(path):
            citations += citations_of(path, one.data, one.where)
        if is_document(path):
            written += stated_in_document(one.data, path=path, where=one.where)
    template = _chat_template({path: (one.data, one.where) for path, one in files.items()})
    if template:
        found[template.path] = template
    artefacts = tuple(found[path] for path in sorted(found))
    whole = read.whole and len(readable) == len(named)
    code = attrs.evolve(read, artefacts=artefacts, whole=whole)
    return OwnRecipe(code, tuple(measured), tuple(written), tuple(citations))


def _special(path: str, data: bytes, where: Where, remote: tuple[str, ...]) -> Artefact | None:
    """Return what a file is that no other release's repository would hold."""
    if not path.endswith(".py"):
        return small_document_of(path, data, where)
    if not remote:
        return None
    try:
        module = parse(data)
    except TextError:
        return None  # It was told above that not all of the code can be read.
    return remote_code_of(module, path=path, where=where, named=remote)


def _chat_template(files: dict[str, tuple[bytes, Where]]) -> Artefact | None:
    found = (chat_template_of(path, *files[path]) for path in CHAT_TEMPLATE_FILES if path in files)
    return next((one for one in found if one), None)
