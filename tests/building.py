"""Made-up facts and manifests: a whole small release, of which a test changes one thing."""

from datetime import UTC, datetime

import attrs

from provenance.errors import Code
from provenance.ports.check import Check
from provenance.values.access import Access
from provenance.values.address import Address
from provenance.values.artefact import Artefact, Kind, StatedValue
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.dataset import Availability, DatasetRecord
from provenance.values.dataset_card import DatasetCard
from provenance.values.digest import Digest, DigestSet
from provenance.values.evidence import Evidence, EvidenceKind, Where
from provenance.values.facts import (
    CardFacts,
    ConfigFacts,
    DatasetFacts,
    Facts,
    LicenseText,
    LinkedDataset,
    LinkedSource,
    Quote,
    Section,
    Setting,
    SourceFacts,
    TokenizerFacts,
    TrainingLoop,
    WeightFacts,
)
from provenance.values.finding import Confirmed, Finding, Outcome
from provenance.values.interval import Interval
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.label import Label, Qualifier, Stage
from provenance.values.license import License, Terms
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.manifest import Assurance, Manifest, Release, Scores, StageScore, Tool
from provenance.values.path import RelPath
from provenance.values.ref import Ref
from provenance.values.revision import Commit
from provenance.values.rung import Reach, Rung
from provenance.values.source import HowPinned, PinnedSource
from provenance.values.weights import Profile

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
COMMIT = Commit("c" * 40)
REF = Ref.parse(f"org/name@{COMMIT}")
SHA = Digest.sha256("ab" * 32)
AT = Address.of(REF)
TOY = Address.parse("local:toy")
WHERE = Where(AT.file("README.md"), SHA, 10, 20)
LISTING = Where(AT, Digest.sha256("01" * 32))
WEIGHTS = RelPath("model.safetensors")
SOURCE = Locator(LocatorKind.GIT, "https://example.org/org/code", COMMIT)
DATASET = Locator(LocatorKind.HUB_DATASET, "org/data", COMMIT)


def read(path: str, *, bound: bool = True) -> FileEntry:
    """Return a file that was read, and that the publisher's commit binds."""
    digests = DigestSet((SHA,))
    return FileEntry(
        RelPath(path),
        16,
        how=How.READ,
        digests=digests,
        claimed=digests if bound else DigestSet(),
    )


def claimed(path: str) -> FileEntry:
    """Return a file of which only the server's word is known."""
    digests = DigestSet((SHA,))
    return FileEntry(RelPath(path), 16, how=How.CLAIMED, digests=digests, claimed=digests)


def claim(component: Component, target: Locator | None = None, *, denied: bool = False) -> Claim:
    """Return a claim about a component."""
    return Claim(component, f"our {component.title}", WHERE, target, denied)


def unseen() -> Unseen:
    """Return that the network was not there."""
    return Unseen("the network was not there", Code.NETWORK)


PROFILE = Profile("safetensors", (WEIGHTS,), 1, 8, 16, ("BF16",))
LOOP = TrainingLoop(WHERE, "train.py", ("backward", "step"))
CARD = CardFacts(
    WHERE,
    license=Quote("apache-2.0", WHERE),
    sections=tuple(Section(title, 40, WHERE) for title in ("Data", "Training", "Use")),
    words=120,
)
CONFIG = ConfigFacts(
    WHERE, "toy", ("Toy",), settings=(Setting("hidden_size", 8, WHERE), Setting("layers", 2, WHERE))
)
APACHE = LicenseText(WHERE, "Apache-2.0")
PIN = PinnedSource(SOURCE.uri, SOURCE.uri, COMMIT, Commit("d" * 40), HowPinned.COMMIT_IN_LINK)
CODE = SourceFacts(
    PIN,
    LISTING,
    ("train.py", "LICENSE"),
    loops=(LOOP,),
    settings=(Setting("hidden_size", 8, WHERE),),
    license=Seen(APACHE),
)
DATA = DatasetFacts(
    DatasetRecord("org/data", Availability.PRESENT, COMMIT, SHA, 2, 2, 2, 32),
    Access.PUBLIC,
    LISTING,
    Seen(attrs.evolve(CARD, license=Quote("cc0-1.0", WHERE))),
    Seen(LicenseText(WHERE, "CC0-1.0")),
    Seen(DatasetCard(WHERE)),
    Missing("there is no croissant.json"),
)
CODE_CLAIM = claim(Component.TRAINING_CODE, SOURCE)
DATA_CLAIM = claim(Component.DATASETS, DATASET)

FACTS = Facts(
    ref=REF,
    publisher_bound=True,
    access=Access.PUBLIC,
    listing=LISTING,
    inventory=Inventory(
        tuple(map(read, ("README.md", "config.json", "model.safetensors", "tokenizer.json")))
    ),
    weight_files=(WEIGHTS,),
    weights=Seen(WeightFacts(PROFILE, (WHERE,))),
    config=Seen(CONFIG),
    tokenizer=Seen(TokenizerFacts(WHERE, "character", 96)),
    card=Seen(CARD),
    license=Seen(APACHE),
    claims=(CODE_CLAIM, DATA_CLAIM),
    sources=(LinkedSource(SOURCE, (CODE_CLAIM,), Seen(CODE)),),
    datasets=(LinkedDataset(DATASET, (DATA_CLAIM,), Seen(DATA)),),
)


def artefact(
    component: Component, path: str, *names: str, what: str = "is what it should be"
) -> Artefact:
    """Return a file that passed the type test of a component."""
    return Artefact(component, path, attrs.evolve(WHERE, address=AT.file(path)), what, names)


def stated(
    kind: Kind, value: str, path: str = "README.md", *, uri: str | None = None
) -> StatedValue:
    """Return a value that a file of the release states, or one of another place."""
    address = Address.parse(uri) if uri else AT.file(path)
    return StatedValue(kind, value, path, attrs.evolve(WHERE, address=address))


def code_with(*artefacts: Artefact, **other: object) -> Facts:
    """Return facts of a release whose repository holds these files."""
    source = attrs.evolve(CODE, artefacts=artefacts, **other)  # type: ignore[arg-type]
    return attrs.evolve(FACTS, sources=(LinkedSource(SOURCE, (CODE_CLAIM,), Seen(source)),))


def own_with(*artefacts: Artefact, **other: object) -> Facts:
    """Return facts of a release that holds these files itself, and links nothing."""
    entries = (*EMPTY.inventory, *(read(one.path) for one in artefacts))
    return attrs.evolve(
        EMPTY,
        inventory=Inventory(entries),
        artefacts=artefacts,
        **other,  # type: ignore[arg-type]
    )


def outcome_of(check: Check, facts: Facts, rung: Rung) -> Outcome:
    """Return what a check says of one rung, of which it speaks once."""
    (found,) = (one.outcome for one in check.judge(facts) if one.rung is rung)
    return found


EMPTY = attrs.evolve(
    FACTS,
    inventory=Inventory((read("LICENSE"),)),
    weight_files=(),
    claims=(),
    sources=(),
    datasets=(),
)


def report(
    component: Component,
    shown: Rung = Rung.ABSENT,
    at_most: Rung | None = None,
    terms: Terms = Terms.OPEN,
    *findings: Finding,
) -> ComponentReport:
    """Return a report about one component."""
    reach = Reach(shown, shown if at_most is None else at_most)
    licence = License(terms, "apache-2.0", "Apache-2.0" if terms is Terms.OPEN else None)
    return ComponentReport(component, reach, licence, Access.PUBLIC, findings=findings)


def reports(
    default: Rung = Rung.ABSENT, /, **overrides: ComponentReport
) -> dict[Component, ComponentReport]:
    """Return one report for every component; overrides go by the component's name in lowercase."""
    return {
        one: overrides.get(one.name.lower(), report(one, default, default)) for one in Component
    }


CONSISTENT = Finding(
    "made-up", Component.TRAINING_CODE, Rung.CONSISTENT, Confirmed("they agree", (WHERE,))
)

MANIFEST = Manifest(
    release=Release(REF, NOW),
    inventory=FACTS.inventory,
    profile=PROFILE,
    sources=(PIN,),
    datasets=(DATA.record,),
    components=tuple(reports(Rung.BOUND).values()),
    dangling=(),
    assessments=(),
    label=Label.OPEN_WEIGHTS,
    label_at_most=Label.OPEN_SOURCE,
    label_qualifiers=(Qualifier.PARTIAL,),
    label_rubric=SHA,
    scores=Scores(SHA, tuple(StageScore(stage, Interval(0.5, 1.0)) for stage in Stage)),
    evidence=(Evidence(EvidenceKind.LISTING, AT, SHA, 3, "application/json", NOW),),
    hazards=(),
    limits=(),
    assurance=Assurance.THIRD_PARTY,
    tool=Tool("provenance-verifier", "0", SHA),
)
