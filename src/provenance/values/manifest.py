"""The manifest: everything an audit says of a release, each statement beside its evidence."""

from datetime import datetime
from enum import StrEnum, unique

import attrs

from provenance.values.assessment import Assessment
from provenance.values.component_report import ComponentReport
from provenance.values.dataset import DatasetRecord
from provenance.values.digest import Digest
from provenance.values.evidence import Evidence
from provenance.values.hazard import Hazard, Limit
from provenance.values.interval import Interval
from provenance.values.inventory import Inventory
from provenance.values.label import Label, Qualifier, Stage
from provenance.values.ref import Ref
from provenance.values.source import PinnedSource
from provenance.values.weights import Profile


@unique
class Assurance(StrEnum):
    """Who looked: the publisher itself, somebody else, or somebody who cooked it again."""

    SELF_ATTESTED = "self-attested"
    THIRD_PARTY = "third-party"
    REPRODUCED = "reproduced"


@attrs.frozen
class Release:
    """The release that was audited, when it was resolved, and from where.

    ``origin`` is the endpoint that the caller named instead of the scheme's public one. With
    ``proven_by_git`` the list of files does not rest on the Hub's word for its commit: the tree
    behind the commit was fetched with git, and every object of it hashed again.
    """

    ref: Ref
    resolved_at: datetime
    origin: str | None = None
    proven_by_git: bool = False


@attrs.frozen
class Tool:
    """The program that made the manifest, and the digest of its own source files."""

    name: str
    version: str
    digest: Digest


@attrs.frozen
class StageScore:
    """One stage's score, between what is shown and what the unknown leaves possible."""

    stage: Stage
    score: Interval


@attrs.frozen
class Scores:
    """The stage scores, and the digest of the rubric that gave them."""

    rubric: Digest
    stages: tuple[StageScore, ...]


@unique
class End(StrEnum):
    """How an end of the recipe came to be one: it was looked at, or nobody could."""

    NOWHERE = "leads-nowhere"
    UNSEEN = "not-looked-at"
    NAMED = "named-without-address"


@attrs.frozen
class Dangling:
    """An end of the recipe that leads no further, why, and whether that was seen.

    ``end`` is ``None`` where an older manifest does not say: there, too, nothing is known to lead
    nowhere.
    """

    what: str
    why: str
    end: End | None = None


@attrs.frozen
class Manifest:
    """What was audited, what was found, and what it rests on.

    ``label_rubric`` is the digest of the gates that decided the labels. One that is ``replayed``
    repeats an earlier audit from the evidence that was kept: nobody looked again.
    """

    release: Release
    inventory: Inventory
    profile: Profile | None
    sources: tuple[PinnedSource, ...]
    datasets: tuple[DatasetRecord, ...]
    components: tuple[ComponentReport, ...]
    dangling: tuple[Dangling, ...]
    assessments: tuple[Assessment, ...]
    label: Label
    label_at_most: Label
    label_qualifiers: tuple[Qualifier, ...]
    label_rubric: Digest
    scores: Scores
    evidence: tuple[Evidence, ...]
    hazards: tuple[Hazard, ...]
    limits: tuple[Limit, ...]
    assurance: Assurance
    tool: Tool
    replayed: bool = False
