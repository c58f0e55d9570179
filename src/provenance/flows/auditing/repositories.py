"""Reading a linked repository: its listing, the files that say something, what stands inside it."""

from collections.abc import Iterator, Sequence

import attrs

from provenance.doors.git_process import Limits
from provenance.doors.workspace import workspace
from provenance.errors import Code, TextError
from provenance.flows.auditing.followed import look_at_link
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.recipe_files import MARKUP
from provenance.flows.auditing.walk import Arrived, Stop
from provenance.recipe.documents.tokenizer_copies import tokenizers_listed
from provenance.recipe.links.gitmodules import read_gitmodules
from provenance.recipe.source_tree import interesting, read_source
from provenance.sources.git import GitSource
from provenance.sources.git_pin import Wanted
from provenance.values.answers import FetchedCode
from provenance.values.facts import LinkedSource, SourceFacts, Submodule
from provenance.values.hazard import Hazard
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Seen
from provenance.values.source import Gitlink
from provenance.wire.notes_json import CODE

MODULES = ".gitmodules"
#: Of the files of one repository that are read, together.
MOST_BYTES = 32 * 2**20
#: Of those in YAML and TOML.
MOST_MARKUP = 2 * 2**20


def visit_repository(stop: Stop, follower: Follower) -> Arrived:
    """Look at a linked repository; it leads to the repositories inside it."""
    wanted = stop.wanted or Wanted.of(stop.locator)

    def read(one: Locator, follower: Follower) -> tuple[SourceFacts, tuple[Hazard, ...]]:
        return read_repository(str(one), wanted, follower)

    look, hazards = look_at_link(stop.locator, follower, read)
    further = tuple(_inside(look.value, stop)) if isinstance(look, Seen) else ()
    return Arrived(LinkedSource(stop.locator, stop.claims, look), hazards, further)


def _inside(facts: SourceFacts, stop: Stop) -> Iterator[Stop]:
    for one in facts.submodules:
        wanted = Wanted.submodule(Gitlink(one.path, one.commit), one.uri, facts.pin)
        locator = Locator(LocatorKind.GIT, one.uri, one.commit)
        yield Stop(locator, steps=stop.steps + 1, wanted=wanted)


def read_repository(
    asked: str, wanted: Wanted, follower: Follower
) -> tuple[SourceFacts, tuple[Hazard, ...]]:
    """Look at a repository at its pin; ``asked`` is the name under which it is noted.

    Raises:
        SourceError: when it cannot be fetched.
        ReleaseError: for objects that are not what their names say.
    """
    code = follower.store.answer(f"code {asked}", CODE, lambda: _fetched(wanted, follower))
    facts = read_source(
        code.pin,
        code.listing.where,
        code.paths,
        code.files,
        whole=code.whole,
        hazards=code.hazards,
    )
    tokenizers = tokenizers_listed(code.listing.payload, code.listing.where)
    return attrs.evolve(facts, submodules=code.submodules, tokenizers=tokenizers), code.hazards


def _fetched(wanted: Wanted, follower: Follower) -> FetchedCode:
    settings, usual = follower.settings, Limits()
    limits = attrs.evolve(
        usual,
        file=settings.budget.repository,
        seconds=min(usual.seconds, follower.seconds_left()),
    )
    with (
        workspace(settings.cache) as folder,
        GitSource.fetch(
            wanted, settings=settings, into=folder, clock=follower.clock, limits=limits
        ) as source,
    ):
        here = {file.path for file in source.files if file.size is not None}
        chosen = interesting(file.path for file in source.files)
        files = _read(source, [path for path in chosen if path in here])
        inside, hazards = _submodules(source, here)
        return FetchedCode(
            source.pin,
            source.listing,
            tuple(file.path for file in source.files),
            files,
            (*source.captures(files), *([source.refs] if source.refs else [])),
            (*source.hazards, *hazards),
            inside,
            whole=len(files) == len(chosen) and not source.truncated,
        )


def _read(source: GitSource, paths: Sequence[str]) -> dict[str, bytes]:
    """Return the bytes of files, as many as may be held; what is too large for that is left out."""
    files: dict[str, bytes] = {}
    left, slow = MOST_BYTES, MOST_MARKUP
    for path in paths:
        size = source.size(path)
        due = size if path.endswith(MARKUP) else 0
        if size <= left and due <= slow:
            files[path] = source.read(path)
            left -= size
            slow -= due
    return files


def _submodules(
    source: GitSource, here: set[str]
) -> tuple[tuple[Submodule, ...], tuple[Hazard, ...]]:
    """Return the repositories inside: their commits stand in the tree, their addresses in a file.

    Git itself never follows them: each is fetched as any other link is.
    """
    if not source.gitlinks or MODULES not in here:
        return (), ()
    parent = Locator(LocatorKind.GIT, source.pin.uri, source.pin.commit)
    try:
        named = read_gitmodules(source.read(MODULES), parent=parent)
    except TextError as error:
        return (), (Hazard(Code.GIT_SUBMODULE, MODULES, error.what),)
    commits = {link.path: link.commit for link in source.gitlinks}
    found = tuple(
        Submodule(one.path.text, one.locator.uri, commits[one.path.text])
        for one in named.found
        if one.locator.kind is LocatorKind.GIT and one.path.text in commits
    )
    refused = (
        Hazard(Code.GIT_SUBMODULE, MODULES, f"{one.target[:200]!a}: {one.reason}")
        for one in named.refused
    )
    return found, tuple(refused)
