import attrs
import pytest

from provenance.errors import Code
from provenance.policy.advise import advise
from provenance.values.advice import Advice, Rule, Severity
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.evidence import Where
from provenance.values.hazard import Hazard
from provenance.values.license import License, Terms
from provenance.values.locator import Locator, LocatorKind
from provenance.values.manifest import Manifest
from provenance.values.next_step import Cost, NextStep
from provenance.values.revision import Commit, Named, Revision
from provenance.values.rung import Rung
from tests.building import AT, COMMIT, MANIFEST, SHA, report, reports

CARD = b"---\nlicense: mit\n---\n# M\n\nOur training code is elsewhere.\n"
FILES = {"README.md": CARD}
QUOTE = Where(AT.file("README.md"), SHA, CARD.index(b"mit"), CARD.index(b"mit") + 3)
SENTENCE = Where(AT.file("README.md"), SHA, CARD.index(b"Our"), len(CARD))
TEXT = Where(AT.file("LICENSE"), SHA)
OPEN = License(Terms.OPEN, "mit", "MIT", (QUOTE, TEXT))


def found(manifest: Manifest) -> tuple[Advice, ...]:
    return advise(manifest, FILES, str.upper)


def under(licence: License, **others: ComponentReport) -> Manifest:
    made = {
        one: attrs.evolve(each, license=licence)
        for one, each in reports(Rung.BOUND, **others).items()
    }
    return attrs.evolve(MANIFEST, components=tuple(made.values()))


def claiming(component: Component, target: Locator | None, *, denied: bool = False) -> Manifest:
    said = Claim(component, "Our training code", SENTENCE, target, denied)
    made = attrs.evolve(report(component, Rung.BOUND), claims=(said,))
    return under(OPEN, **{component.name.lower(): made})


def test_a_release_that_says_all_gets_no_advice() -> None:
    assert found(under(OPEN)) == ()


@pytest.mark.parametrize(
    ("licence", "rule", "path", "line"),
    [
        (License(Terms.NONE), Rule.LICENSE_MISSING, "README.md", 0),
        (License(Terms.OPEN, None, "MIT", (TEXT,)), Rule.LICENSE_MISSING, "README.md", 0),
        (
            License(Terms.OPEN, "apache", "MIT", (QUOTE, TEXT)),
            Rule.LICENSE_DIFFERS,
            "README.md",
            2,
        ),
        (License(Terms.UNKNOWN, "mit", None, (QUOTE,)), Rule.LICENSE_TEXT_MISSING, "", 0),
        (
            License(Terms.UNKNOWN, "mit", None, (QUOTE, TEXT)),
            Rule.LICENSE_TEXT_UNKNOWN,
            "LICENSE",
            0,
        ),
    ],
)
def test_a_licence_is_named_and_its_text_is_there_and_both_agree(
    licence: License, rule: Rule, path: str, line: int
) -> None:
    (advice,) = found(under(licence))

    assert (advice.rule, advice.path, advice.line) == (rule, path, line)


@pytest.mark.parametrize("revision", [None, Named("main")])
def test_a_link_that_can_move_is_told_where_it_stands(revision: Revision | None) -> None:
    target = Locator(LocatorKind.GIT, "https://example.org/a/b", revision)

    (advice,) = found(claiming(Component.TRAINING_CODE, target))

    assert (advice.rule, advice.path, advice.line) == (Rule.LINK_NOT_PINNED, "README.md", 6)
    assert "https://example.org/a/b" in advice.what


@pytest.mark.parametrize(
    "target",
    [
        Locator(LocatorKind.GIT, "https://example.org/a/b", COMMIT),
        Locator(LocatorKind.ARXIV, "2211.05100"),
    ],
)
def test_a_link_that_cannot_move_is_not(target: Locator) -> None:
    assert isinstance(COMMIT, Commit)
    assert found(claiming(Component.TRAINING_CODE, target)) == ()


def test_what_is_spoken_of_and_linked_nowhere_is_told() -> None:
    (advice,) = found(claiming(Component.TRAINING_CODE, None))

    assert (advice.rule, advice.line) == (Rule.CLAIM_WITHOUT_LINK, 6)
    assert found(claiming(Component.TRAINING_CODE, None, denied=True)) == ()
    assert found(claiming(Component.SEEDS, None)) == ()


def test_a_pointer_is_an_error_with_the_way_to_mend_it() -> None:
    path = next(iter(MANIFEST.inventory)).path.text
    pointer = Hazard(Code.GIT_LFS, path, "a pointer of git-lfs: its 12 bytes are elsewhere")
    far = Hazard(Code.GIT_LFS, "https://example.org/r/m.bin", "a pointer of git-lfs")

    told = found(attrs.evolve(under(OPEN), hazards=(pointer, far)))

    assert [(one.rule, one.path) for one in told] == [(Rule.UNREADABLE, path), (Rule.HAZARD, "")]
    assert "git lfs pull" in told[0].todo


def test_hazards_are_told_once() -> None:
    hazards = (Hazard(Code.PICKLE, "README.md", "a pickle"), Hazard(Code.EMPTY, "gone", "nothing"))
    told = found(attrs.evolve(under(OPEN), hazards=hazards))

    assert [(one.rule, one.path) for one in told] == [
        (Rule.PICKLE, "README.md"),
        (Rule.HAZARD, ""),
    ]
    odd = {"README.md": CARD + b"\xe2\x80\xaea\n"}
    (advice,) = [one for one in advise(under(OPEN), odd, str.upper) if one.rule is Rule.CARD]
    again = attrs.evolve(under(OPEN), hazards=(Hazard(Code.BIDI, "README.md", advice.what),))
    assert [one.rule for one in advise(again, odd, str.upper)] == [Rule.CARD]


def test_what_is_not_shown_is_a_note_with_its_cheapest_step() -> None:
    step = NextStep(Component.SEEDS, Rung.CLAIMED, Cost.LINE, "name the seeds")
    missing = attrs.evolve(report(Component.SEEDS), next_step=step)
    unseen = attrs.evolve(missing, next_step=attrs.evolve(step, cost=Cost.LOOK))

    (advice,) = found(under(OPEN, seeds=missing))

    assert (advice.rule, advice.todo) == (Rule.NOT_SHOWN, "[a line] name the seeds")
    assert found(under(OPEN, seeds=unseen)) == ()


def test_the_gravest_comes_first() -> None:
    step = NextStep(Component.SEEDS, Rung.CLAIMED, Cost.LINE, "name the seeds")
    seeds = attrs.evolve(report(Component.SEEDS), next_step=step)
    both = attrs.evolve(
        under(License(Terms.OPEN, "apache", "MIT", (QUOTE, TEXT)), seeds=seeds),
        hazards=(Hazard(Code.BIDI, "a.md", "a character"),),
    )

    assert [one.rule.severity for one in found(both)] == [
        Severity.ERROR,
        Severity.WARNING,
        Severity.NOTE,
    ]


def test_what_could_not_be_read_is_not_called_missing() -> None:
    manifest = under(License(Terms.NONE, None), seeds=report(Component.SEEDS))
    whole = {one.rule for one in found(manifest)}
    broken = Advice(Rule.UNREADABLE, "config.json", 3, "JSON_DUP_KEY: twice", "correct it")
    card = attrs.evolve(broken, path="README.md")

    def rules(unreadable: Advice) -> set[Rule]:
        return {one.rule for one in advise(manifest, FILES, str.upper, (unreadable,))}

    assert Rule.LICENSE_MISSING in whole
    assert rules(broken) == (whole | {Rule.UNREADABLE}) - {Rule.NOT_SHOWN}
    assert Rule.LICENSE_MISSING not in rules(card)


@pytest.mark.parametrize(
    ("front", "claimed", "told"),
    [
        (b"license: other\nlicense_name: toy-1.0", "toy-1.0", False),
        (b"license: other\nlicense_name: mit", "mit", True),
        (b"license: 'toy-1.0'", "toy-1.0", True),
    ],
)
def test_a_free_name_is_not_held_against_the_text(
    front: bytes, claimed: str, *, told: bool
) -> None:
    card = b"---\n" + front + b"\n---\n# M\n"
    start = card.index(b": ") + 2
    quote = Where(AT.file("README.md"), SHA, start, card.index(b"\n", start))
    manifest = under(License(Terms.OPEN, claimed, "Apache-2.0", (quote, TEXT)))

    def spdx(text: str) -> str:
        return {"mit": "MIT"}.get(text, text)

    rules = {one.rule for one in advise(manifest, {"README.md": card}, spdx)}
    assert (Rule.LICENSE_DIFFERS in rules) == told


def test_a_text_that_breaks_off_is_told_with_its_line() -> None:
    hazards = (
        Hazard(Code.PYTHON_SYNTAX, "README.md", "it is not Python: invalid syntax (x, line 7)"),
        Hazard(Code.EMPTY, "README.md", "line 9 says nothing of a place"),
    )

    told = found(attrs.evolve(under(OPEN), hazards=hazards))

    assert sorted((one.line, one.what.partition(":")[0]) for one in told) == [
        (0, "EMPTY"),
        (7, "PYTHON_SYNTAX"),
    ]
    assert all("see `provenance explain" in one.todo and ";" in one.todo for one in told)


def test_one_hazard_in_two_ways_of_quoting_is_told_once() -> None:
    two = tuple(Hazard(Code.URL_FORBIDDEN, "README.md", text) for text in ("'/x': no", "/x: no"))

    assert len(found(attrs.evolve(under(OPEN), hazards=two))) == 1


def test_a_link_that_stands_in_many_places_is_told_once_in_the_first() -> None:
    target = Locator(LocatorKind.GIT, "https://github.com/a/b")
    later = Claim(Component.TRAINING_CODE, "Our training code", SENTENCE, target)
    first = attrs.evolve(later, where=QUOTE)
    made = attrs.evolve(report(Component.TRAINING_CODE, Rung.BOUND), claims=(later, first))

    (told,) = found(under(OPEN, training_code=made))

    assert (told.rule, told.line) == (Rule.LINK_NOT_PINNED, 2)
    assert "an id alone has no place for one" in told.todo


def test_a_link_in_the_text_is_to_name_the_commit_itself() -> None:
    card = CARD.replace(b"elsewhere", b"at https://github.com/a/b")
    target = Locator(LocatorKind.GIT, "https://github.com/a/b")
    where = Where(AT.file("README.md"), SHA, card.index(b"Our"), len(card))
    said = Claim(Component.TRAINING_CODE, "Our training code", where, target)
    made = attrs.evolve(report(Component.TRAINING_CODE, Rung.BOUND), claims=(said,))

    (told,) = advise(under(OPEN, training_code=made), {"README.md": card}, str.upper)

    assert told.todo == "name the commit in the link"
