"""Values that publishers state: which files state them, and whether two files say the same."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from provenance.checks.searching.claimed import claims_about
from provenance.checks.searching.holding import Found, Holding, holdings
from provenance.checks.searching.searched import given
from provenance.values.artefact import Kind, StatedValue
from provenance.values.component import Component
from provenance.values.evidence import Where
from provenance.values.facts import Facts
from provenance.values.finding import Confirmed, Contradicted, Outcome, Unknown
from provenance.values.look import Seen

_DOCUMENTS = (Component.RESEARCH_PAPER, Component.TECHNICAL_REPORT)


def by_file(stated: Iterable[StatedValue]) -> Mapping[str, tuple[StatedValue, ...]]:
    """Return the values of each file."""
    files: dict[str, list[StatedValue]] = {}
    for one in stated:
        files.setdefault(one.path, []).append(one)
    return {path: tuple(values) for path, values in files.items()}


def file_with(kinds: Iterable[Kind], least: int) -> Callable[[Holding], Found | None]:
    """Return the type test that is: one file states at least so many kinds of value."""
    wanted = tuple(kinds)

    def find(holding: Holding) -> Found | None:
        files = by_file(one for one in holding.stated if one.kind in wanted)
        path = max(files, key=lambda name: len({one.kind for one in files[name]}), default="")
        stated = {one.kind: one for one in reversed(files.get(path, ()))}
        if len(stated) < least:
            return None
        shown = ", ".join(f"{kind} {stated[kind].value}" for kind in wanted if kind in stated)
        return Found(
            f"{path} states {shown}"[:300],
            (path,),
            tuple(stated[kind].where for kind in wanted if kind in stated),
        )

    return find


def agree_with_other_files(
    kinds: Iterable[Kind],
) -> Callable[[Found, Holding, Facts], Outcome]:
    """Return the cross-check that is: another file states the same values.

    A repository may state the values of many models, and so may a paper: another that states the
    same is enough.
    It is contradicted where the release's own files, of which there is one of each kind, differ.
    """
    wanted = frozenset(kinds)

    def agrees(found: Found, holding: Holding, facts: Facts) -> Outcome:
        ours = [one for one in holding.stated if one.path in found.paths and one.kind in wanted]
        files = {one.where.address for one in ours}
        places = (
            *(each for one in holdings(facts) for each in by_file(one.stated).values()),
            *_written(facts),
        )
        return _compared(
            ours, [each for each in places if each[0].where.address not in files], facts
        )

    return agrees


def _written(facts: Facts) -> Iterator[tuple[StatedValue, ...]]:
    """Yield what each paper and report of the publisher states, in the release or linked."""
    yield from by_file(facts.written).values()
    claims = (one for component in _DOCUMENTS for one in given(claims_about(facts, component)))
    linked = {one.target.uri for one in claims if one.target}
    for page in facts.pages:
        if page.locator.uri in linked and isinstance(page.look, Seen) and page.look.value.stated:
            yield page.look.value.stated


def _compared(
    ours: list[StatedValue], places: list[tuple[StatedValue, ...]], facts: Facts
) -> Outcome:
    mine = _values(ours)
    differing: Outcome | None = None
    for each in places:
        theirs = _values(each)
        shared = [kind for kind in mine if mine[kind].keys() & theirs.get(kind, {}).keys()]
        other = [kind for kind in mine if kind in theirs and kind not in shared]
        if shared and not other:
            return _same(mine, theirs, shared, each[0].path)
        if other and each[0] in facts.stated:
            kind = other[0]
            (value, where), (second, there) = _first(mine[kind]), _first(theirs[kind])
            reason = f"{kind} is {value} in {ours[0].path} and {second} in {each[0].path}"
            differing = Contradicted(reason, (where, there))
    return differing or Unknown("no other file of the publisher states the same values")


_Values = Mapping[Kind, Mapping[str, Where]]


def _values(stated: Iterable[StatedValue]) -> _Values:
    found: dict[Kind, dict[str, Where]] = {}
    for one in stated:
        found.setdefault(one.kind, {}).setdefault(one.value, one.where)
    return found


def _first(values: Mapping[str, Where]) -> tuple[str, Where]:
    return next(iter(values.items()))


def _same(mine: _Values, theirs: _Values, shared: list[Kind], path: str) -> Outcome:
    pairs = [
        (kind, value, mine[kind][value], theirs[kind][value])
        for kind in shared
        for value in sorted(mine[kind].keys() & theirs[kind].keys())[:1]
    ]
    said = ", ".join(f"{kind} {value}" for kind, value, _, _ in pairs)
    where = (*(ours for _, _, ours, _ in pairs), *(other for _, _, _, other in pairs))
    return Confirmed(f"{path} states the same {said}", where)
