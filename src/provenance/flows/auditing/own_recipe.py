"""Reading what a release's own files say of its recipe: programs, settings, results, templates."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import attrs

from provenance.errors import Code, TextError
from provenance.flows.auditing.desk import Desk
from provenance.flows.auditing.recipe_files import RecipeFiles
from provenance.flows.auditing.small_file import small_file
from provenance.recipe.code.elsewhere import may_hold_tokenizer, shown
from provenance.recipe.code.launched import launched
from provenance.recipe.code.other_languages import unread_programs
from provenance.recipe.code.programs import PYTHON, Programs
from provenance.recipe.code.remote_code import remote_code_of
from provenance.recipe.code_read import CodeRead, code_of
from provenance.recipe.documents.chat_template import (
    carries_chat_template,
    chat_template_of,
    chat_template_order,
    reads_chat_template,
)
from provenance.recipe.documents.citations import citations_of, is_citation
from provenance.recipe.documents.document import is_document
from provenance.recipe.documents.evaluations import measured_in_file, reads_results
from provenance.recipe.documents.stated_document import stated_in_document
from provenance.recipe.kept_elsewhere import kept_elsewhere
from provenance.recipe.own_files import told_by
from provenance.recipe.prose.file_claims import OF_CLAIMS, claims_in, may_claim
from provenance.recipe.sample import small_document_of
from provenance.values.artefact import Artefact, Measured, StatedValue
from provenance.values.citation import Citation
from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.inventory import Inventory
from provenance.values.look import Unseen
from provenance.values.tokenizer_names import is_vocabulary
from provenance.values.unread import Unread

T = TypeVar("T")
#: Of all programs: a release with more is a checkout of the code, which is read as a repository.
MOST_TOKENS = 500_000
_OF_TEMPLATES = frozenset({Component.CHAT_TEMPLATE})


@attrs.frozen
class OwnRecipe:
    """What the files say, the results that they hold, and what papers and reports state.

    ``programs`` are those among them, for who looks for something else in them.
    """

    code: CodeRead
    programs: Programs
    measured: tuple[Measured, ...] = ()
    written: tuple[StatedValue, ...] = ()
    citations: tuple[Citation, ...] = ()


def read_own_recipe(
    inventory: Inventory, desk: Desk, remote: tuple[str, ...], *, made_from: bool = False
) -> OwnRecipe:
    """Read the files of a release that say something of its recipe.

    Args:
        inventory: the release's files.
        desk: where they are read.
        remote: the classes and programs that loading would run, by where they would stand.
        made_from: whether there may be a base model, which has what is not here.

    """
    files = RecipeFiles(inventory, desk)
    unread = [*files.unread, *_unread_claims(inventory, desk)]
    programs = Programs.of(files, home=desk.home, most=MOST_TOKENS)
    read = code_of(files, programs, home=desk.home)
    found: dict[str, Artefact] = {one.path: one for one in read.artefacts}
    measured: list[Measured] = []
    written: list[StatedValue] = []
    citations: list[Citation] = []
    for path in files:
        one = files.document(path)
        special = partial(_special, path, one.data, one.where)
        found |= {it.path: it for it in _read(special, path, unread)}
        if reads_results(path):
            results = partial(measured_in_file, one.data, path=path, where=one.where)
            measured += _read(results, path, unread)
        if is_citation(path):
            citations += _read(partial(citations_of, path, one.data, one.where), path, unread)
        if is_document(path):
            written += stated_in_document(one.data, path=path, where=one.where)
    found |= {it.path: it for it in _remote_code(programs, remote)}
    template = _chat_template(files, inventory, unread, made_from=made_from)
    if template:
        found[template.path] = template
    listed = [entry.path.text for entry in inventory]
    code = attrs.evolve(
        read,
        artefacts=tuple(found[path] for path in sorted(found)),
        whole=read.whole and files.whole,
        unread=(
            *(*read.unread, *unread, *unread_programs(listed), *launched(files)),
            *kept_elsewhere(listed),
        ),
    )
    return OwnRecipe(code, programs, tuple(measured), tuple(written), tuple(citations))


def _unread_claims(inventory: Inventory, desk: Desk) -> Iterator[Unread]:
    """Yield the configurations whose base models and data are not known: they cannot be read."""
    for entry in inventory:
        path = entry.path.text
        if may_claim(path) and entry.observed:
            one = small_file(entry, desk)
            if isinstance(one, Unseen):
                yield Unread(one.code, path, one.reason, OF_CLAIMS)
                continue
            try:
                claims_in(path, one.data, address=one.where.address)
            except TextError as error:
                yield Unread(error.code, path, error.what, OF_CLAIMS)


def _read(read: Callable[[], tuple[T, ...]], path: str, unread: list[Unread]) -> tuple[T, ...]:
    """Return what a file says; what it could have said is unknown where it cannot be read."""
    try:
        return read()
    except TextError as error:
        unread.append(Unread(error.code, path, error.what, told_by(path)))
        return ()


def _special(path: str, data: bytes, where: Where) -> tuple[Artefact, ...]:
    """Return what a file is that no other release's repository would hold."""
    found = None if path.endswith(PYTHON) else small_document_of(path, data, where)
    return (found,) if found else ()


def _remote_code(programs: Programs, remote: tuple[str, ...]) -> Iterator[Artefact]:
    """Yield the programs that loading would run."""
    for path, one in programs.outlines.items():
        if remote and path.endswith(PYTHON):
            code = remote_code_of(one.defined, path=path, where=one.where, named=remote)
            yield from (code,) if code else ()


def _chat_template(
    files: RecipeFiles, inventory: Inventory, unread: list[Unread], *, made_from: bool
) -> Artefact | None:
    """Return the template of the first file that holds one, in the order of loaders."""
    found: list[Artefact] = []
    for path in sorted(filter(reads_chat_template, files), key=chat_template_order):
        one = files.document(path)
        found += _read(partial(_templates, path, one.data, one.where), path, unread)
    if not found:
        unread += _templates_elsewhere([one.path.text for one in inventory], made_from=made_from)
    return found[0] if found else None


def _templates_elsewhere(listed: list[str], *, made_from: bool) -> Iterator[Unread]:
    """Yield why a template that was not found may be there: it goes where the tokenizer goes."""
    carried = [path for path in listed if carries_chat_template(path)]
    if not any(is_vocabulary(path) for path in listed):
        carried = carried or [
            path for path in listed if may_hold_tokenizer(path) and not path.endswith(PYTHON)
        ]
        if made_from and not carried:
            why = "it may be that of the model that this was made from"
            yield Unread(Code.NOT_COVERED, "chat template", why, _OF_TEMPLATES)
    if carried:
        why = "a file of this form may hold a chat template"
        yield Unread(Code.NOT_COVERED, shown(carried), why, _OF_TEMPLATES)


def _templates(path: str, data: bytes, where: Where) -> tuple[Artefact, ...]:
    found = chat_template_of(path, data, where)
    return (found,) if found else ()
