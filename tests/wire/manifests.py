"""Any manifest at all: strategies for every value that one can hold."""

import unicodedata
from datetime import UTC, datetime

from hypothesis import strategies as st

from provenance.errors import Code
from provenance.values.access import Access
from provenance.values.address import Address
from provenance.values.assessment import (
    Grade,
    MofAnswer,
    MofAssessment,
    OsaiAnswer,
    OsaiAssessment,
    OsaidAnswer,
    OsaidAssessment,
    OsaidOutcome,
    OsaidQuestion,
    OsaiParameter,
    Status,
    rank,
)
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.composition import Composition, Part
from provenance.values.dataset import Availability, DatasetRecord, Declared
from provenance.values.digest import Algorithm, Digest, DigestSet
from provenance.values.evidence import Evidence, EvidenceKind, Where
from provenance.values.finding import (
    Absent,
    Confirmed,
    Contradicted,
    Finding,
    Inapplicable,
    Outcome,
    Unknown,
)
from provenance.values.hazard import Hazard, Limit
from provenance.values.interval import Interval
from provenance.values.inventory import FileEntry, How, Inventory, Kind
from provenance.values.label import Label, Qualifier, Stage
from provenance.values.license import Inherited, License, Likeness, Match, Relation, Terms
from provenance.values.locator import Locator, LocatorKind
from provenance.values.manifest import (
    Assurance,
    Dangling,
    End,
    Manifest,
    Release,
    Scores,
    StageScore,
    Tool,
)
from provenance.values.next_step import Cost, NextStep
from provenance.values.path import RelPath
from provenance.values.ref import Ref, Scheme
from provenance.values.revision import Commit, Named
from provenance.values.rung import Reach, Rung
from provenance.values.source import HowPinned, PinnedSource
from provenance.values.weights import Profile

TEXTS = st.text(st.characters(codec="utf-8"), max_size=6)
COUNTS = st.integers(0, 2**53 - 1)
SHA256S = st.binary(min_size=32, max_size=32).map(lambda value: Digest(Algorithm.SHA256, value))
GIT_OIDS = st.binary(min_size=20, max_size=20).map(lambda value: Digest(Algorithm.GIT_BLOB, value))
TREES = st.binary(min_size=32, max_size=32).map(lambda value: Digest(Algorithm.TREE_SHA256, value))
MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31, 23)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
COMMITS = st.sampled_from(("a" * 40, "0" * 64)).map(Commit)
REVISIONS = COMMITS | st.sampled_from(("main", "v1.0", "feature/x+y")).map(Named)
INTERVALS = st.lists(st.floats(0, 1), min_size=2, max_size=2).map(
    lambda ends: Interval(min(ends), max(ends))
)
_NAMES = (
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="/"),
        min_size=1,
        max_size=5,
    )
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(lambda text: text not in {".", ".."})
)
PATHS = (
    st.lists(_NAMES, min_size=1, max_size=3)
    .map("/".join)
    .filter(lambda text: unicodedata.is_normalized("NFC", text))
    .map(RelPath)
)
REFS = st.sampled_from(
    (
        Ref(Scheme.HF, "org/name"),
        Ref(Scheme.HF, "gpt2", Commit("a" * 40)),
        Ref(Scheme.HF, "org/name", Named("main")),
        Ref(Scheme.LOCAL, "a folder: ü"),
    )
)


def some(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """Return a strategy for tuples of a few values."""
    return st.lists(strategy, max_size=2).map(tuple)


def _digests(*strategies: st.SearchStrategy[Digest]) -> st.SearchStrategy[DigestSet]:
    return st.tuples(*(st.none() | one for one in strategies)).map(
        lambda found: DigestSet(tuple(one for one in found if one))
    )


CLAIMED_SETS = _digests(SHA256S, GIT_OIDS)
DIGEST_SETS = _digests(SHA256S, GIT_OIDS, TREES)
ENTRIES = st.builds(
    FileEntry,
    path=PATHS,
    size=COUNTS,
    kind=st.sampled_from(Kind),
    how=st.just(How.UNREAD),
    claimed=CLAIMED_SETS,
) | st.builds(
    FileEntry,
    path=PATHS,
    size=COUNTS,
    kind=st.sampled_from(Kind),
    how=st.sampled_from([how for how in How if how is not How.UNREAD]),
    digests=DIGEST_SETS.filter(lambda found: bool(found.digests)),
    claimed=CLAIMED_SETS,
)
INVENTORIES = st.builds(
    Inventory,
    st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.path).map(tuple),
    st.booleans(),
)
ADDRESSES = (TEXTS | TEXTS.map("local:toy/{}".format)).map(Address.parse)
WHERES = st.builds(
    lambda address, digest, ends: Where(address, digest, min(ends), max(ends)),
    ADDRESSES,
    SHA256S,
    st.tuples(COUNTS, COUNTS),
)
EVIDENCE = st.builds(
    Evidence,
    kind=st.sampled_from(EvidenceKind),
    address=ADDRESSES,
    digest=SHA256S,
    size=COUNTS,
    media_type=TEXTS,
    seen_at=MOMENTS,
)
LOCATORS = st.builds(Locator, st.sampled_from(LocatorKind), TEXTS, st.none() | REVISIONS)
OUTCOMES: st.SearchStrategy[Outcome] = st.one_of(
    *(
        st.builds(kind, TEXTS, some(WHERES))
        for kind in (Confirmed, Contradicted, Absent, Unknown, Inapplicable)
    )
)
REACHES = st.tuples(st.sampled_from(Rung), st.sampled_from(Rung)).map(
    lambda ends: Reach(min(ends), max(ends))
)
LIKENESSES = st.builds(
    Likeness, TEXTS, st.floats(0, 1), some(TEXTS), st.none() | some(TEXTS), st.integers(0, 9)
)
INHERITED = st.builds(
    Inherited,
    TEXTS,
    st.sampled_from(Relation),
    st.sampled_from(Terms),
    st.none() | TEXTS,
    some(WHERES),
)
LICENSES = st.builds(
    License,
    st.sampled_from(Terms),
    st.none() | TEXTS,
    st.none() | TEXTS,
    some(WHERES),
    st.none() | st.sampled_from(Match),
    st.none() | LIKENESSES,
    st.none() | INHERITED,
)


COMPOSITIONS = st.builds(
    Composition,
    st.lists(
        st.builds(Part, TEXTS, REACHES, st.none() | COUNTS),
        min_size=1,
        max_size=2,
        unique_by=lambda one: one.facet,
    ).map(tuple),
    st.none() | st.integers(1, 2**53 - 1),
)


def reports(component: Component) -> st.SearchStrategy[ComponentReport]:
    """Return a strategy for reports on one component."""
    about = st.just(component)
    claims = st.builds(Claim, about, TEXTS, WHERES, st.none() | LOCATORS, st.booleans())
    findings = st.builds(Finding, TEXTS, about, st.sampled_from(Rung), OUTCOMES, TEXTS)
    return st.builds(
        ComponentReport,
        about,
        REACHES,
        LICENSES,
        st.sampled_from(Access),
        st.none() | INTERVALS,
        some(claims),
        some(findings),
        st.none() | COMPOSITIONS,
        st.none() | st.builds(NextStep, about, st.sampled_from(Rung), st.sampled_from(Cost), TEXTS),
    )


PLAIN = tuple(
    ComponentReport(one, Reach(Rung.ABSENT, Rung.ABSENT), License(Terms.NONE), Access.PUBLIC)
    for one in Component
)
# One report at a time: twenty-eight at once are large and find nothing more.
COMPONENTS = st.sampled_from(list(enumerate(Component))).flatmap(
    lambda place: reports(place[1]).map(
        lambda report: (*PLAIN[: place[0]], report, *PLAIN[place[0] + 1 :])
    )
)
PROFILES = st.builds(
    Profile, TEXTS, some(PATHS), COUNTS, COUNTS, COUNTS, some(TEXTS), st.none() | SHA256S
)
SOURCES = st.builds(PinnedSource, TEXTS, TEXTS, COMMITS, COMMITS, st.sampled_from(HowPinned))
DECLARED = st.builds(
    lambda sizes, examples: Declared(min(sizes), max(sizes), examples),
    st.tuples(*(st.integers(1, 2**53 - 1),) * 2),
    st.none() | COUNTS,
)
DATASETS = st.builds(
    DatasetRecord,
    TEXTS,
    st.sampled_from(Availability),
    st.none() | COMMITS,
    st.none() | SHA256S,
    *(COUNTS,) * 4,
    st.booleans(),
    st.none() | TEXTS,
    st.none() | DECLARED,
)
ANSWERS = st.builds(MofAnswer, st.sampled_from(Component), *(st.sampled_from(Status),) * 2)
_CLASSES = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(
    lambda ends: (min(ends, key=rank), max(ends, key=rank))
)
MOF = st.builds(
    lambda claimed, ends, answers, version, rubric: MofAssessment(
        version, rubric, claimed, ends[0], ends[1], answers
    ),
    st.integers(0, 3),
    _CLASSES,
    some(ANSWERS),
    TEXTS,
    SHA256S,
)
OSAID = st.builds(
    OsaidAssessment,
    TEXTS,
    SHA256S,
    st.tuples(
        *(
            st.builds(OsaidAnswer, st.just(one), st.sampled_from(OsaidOutcome), TEXTS, some(WHERES))
            for one in OsaidQuestion
        )
    ),
)
OSAI = st.builds(
    OsaiAssessment,
    TEXTS,
    SHA256S,
    st.tuples(
        *(
            st.builds(OsaiAnswer, st.just(one), st.sampled_from(Grade), TEXTS, TEXTS, some(WHERES))
            for one in OsaiParameter
        )
    ),
)
ASSESSMENTS = MOF | OSAID | OSAI
SCORES = st.builds(
    Scores,
    SHA256S,
    st.tuples(*(st.builds(StageScore, st.just(stage), INTERVALS) for stage in Stage)),
)
MANIFESTS = st.builds(
    Manifest,
    release=st.builds(Release, REFS, MOMENTS, st.none() | TEXTS, st.booleans()),
    inventory=INVENTORIES,
    profile=st.none() | PROFILES,
    sources=some(SOURCES),
    datasets=some(DATASETS),
    components=COMPONENTS,
    dangling=some(st.builds(Dangling, TEXTS, TEXTS, st.none() | st.sampled_from(End))),
    assessments=some(ASSESSMENTS),
    label=st.sampled_from(Label),
    label_at_most=st.sampled_from(Label),
    label_qualifiers=some(st.sampled_from(Qualifier)),
    label_rubric=SHA256S,
    scores=SCORES,
    evidence=some(EVIDENCE),
    hazards=some(st.builds(Hazard, st.sampled_from(Code), TEXTS, TEXTS)),
    limits=some(st.builds(Limit, st.sampled_from(Code), TEXTS, TEXTS)),
    assurance=st.sampled_from(Assurance),
    tool=st.builds(Tool, TEXTS, TEXTS, SHA256S),
    replayed=st.booleans(),
)
