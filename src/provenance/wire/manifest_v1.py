"""A manifest as the predicate of a statement, and back: one manifest, one JSON object.

Keys that have nothing to say are ``null`` or empty; the only ones that may be missing are
``replayed``, ``release.origin``, ``release.proven_by_git``, ``inventory[].claimed`` and
``inventory[].git_oid``. Nothing else is read: an unknown key is refused.
"""

from provenance.errors import Code
from provenance.text.shape import Reader
from provenance.text.strict_json import JsonValue
from provenance.values.label import Label, Qualifier
from provenance.values.manifest import Assurance, Manifest, Release, Tool
from provenance.values.ref import Ref
from provenance.wire.components_json import encode_components, parse_components
from provenance.wire.evidence_json import encode_evidence, parse_evidence
from provenance.wire.hazards_json import encode_hazard, encode_limit, parse_hazard, parse_limit
from provenance.wire.inventory_json import encode_entry, parse_inventory
from provenance.wire.judgement_json import (
    encode_assessment,
    encode_scores,
    parse_assessment,
    parse_scores,
)
from provenance.wire.linked_json import (
    encode_closure,
    encode_dataset,
    encode_profile,
    encode_source,
    parse_closure,
    parse_dataset,
    parse_profile,
    parse_source,
)
from provenance.wire.scalars import (
    JsonObject,
    encode_digest,
    encode_moment,
    encode_revision,
    nullable,
    parse_digest,
    parse_moment,
    parse_revision_at,
    sensible,
)

# The name of this format: the type of the predicate, and what its ``schema`` says. No address.
PREDICATE_TYPE = "https://provenance-verifier/recipe/v0.1"

_KEYS = (
    *("assessments", "assurance", "closure", "components", "datasets", "evidence", "hazards"),
    *("inventory", "inventory_complete", "label", "label_at_most", "label_qualifiers"),
    *(
        "label_rubric",
        "limits",
        "profile",
        "release",
        "replayed",
        "runs",
        "schema",
        "scores",
        "sources",
        "tool",
    ),
)


def encode_predicate(manifest: Manifest) -> JsonObject:
    """Return the predicate; equal manifests give equal objects.

    Raises:
        InvalidValueError: for a manifest that this format cannot write: a component or a stage is
            missing or out of order, a digest of evidence is no SHA-256, a moment no whole second.
    """
    encoded: JsonObject = {
        "assessments": [encode_assessment(one) for one in manifest.assessments],
        "assurance": manifest.assurance.value,
        "closure": encode_closure(manifest.dangling),
        "components": encode_components(manifest.components),
        "datasets": [encode_dataset(one) for one in manifest.datasets],
        "evidence": [encode_evidence(one) for one in manifest.evidence],
        "hazards": [encode_hazard(one) for one in manifest.hazards],
        "inventory": [encode_entry(one) for one in manifest.inventory],
        "inventory_complete": manifest.inventory.complete,
        "label": manifest.label.value,
        "label_at_most": manifest.label_at_most.value,
        "label_qualifiers": [one.value for one in manifest.label_qualifiers],
        "label_rubric": encode_digest(manifest.label_rubric),
        "limits": [encode_limit(one) for one in manifest.limits],
        "profile": encode_profile(manifest.profile) if manifest.profile else None,
        "release": _encode_release(manifest.release),
        # Reproductions are recorded here; this version makes none.
        "runs": [],
        "schema": PREDICATE_TYPE,
        "scores": encode_scores(manifest.scores),
        "sources": [encode_source(one) for one in manifest.sources],
        "tool": _encode_tool(manifest.tool),
    }
    if manifest.replayed:
        encoded["replayed"] = True
    return encoded


def parse_predicate(value: JsonValue) -> Manifest:
    """Read a predicate; the inverse of :func:`encode_predicate`.

    Raises:
        TextError: MANIFEST_SHAPE, naming the place, for anything that no manifest is written as.
    """
    reader = Reader.of(value, "predicate", code=Code.MANIFEST_SHAPE)
    reader.only_keys(*_KEYS)
    if reader.text("schema") != PREDICATE_TYPE:
        raise reader.wrong("schema", f"expected {PREDICATE_TYPE}")
    if reader.array("runs"):
        raise reader.wrong("runs", "this version reads no runs")
    if reader.optional_boolean("replayed") is False:
        raise reader.wrong("replayed", "it is false: leave it out")
    return Manifest(
        release=_parse_release(reader.object("release")),
        inventory=parse_inventory(reader),
        profile=nullable(reader, "profile", parse_profile),
        sources=tuple(parse_source(one) for one in reader.objects("sources")),
        datasets=tuple(parse_dataset(one) for one in reader.objects("datasets")),
        components=parse_components(reader),
        dangling=parse_closure(reader.object("closure")),
        assessments=tuple(parse_assessment(one) for one in reader.objects("assessments")),
        label=reader.choice("label", Label),
        label_at_most=reader.choice("label_at_most", Label),
        label_qualifiers=_parse_qualifiers(reader),
        label_rubric=parse_digest(reader, "label_rubric"),
        scores=parse_scores(reader.object("scores")),
        evidence=tuple(parse_evidence(one) for one in reader.objects("evidence")),
        hazards=tuple(parse_hazard(one) for one in reader.objects("hazards")),
        limits=tuple(parse_limit(one) for one in reader.objects("limits")),
        assurance=reader.choice("assurance", Assurance),
        tool=_parse_tool(reader.object("tool")),
        replayed=reader.has("replayed"),
    )


def _parse_qualifiers(reader: Reader) -> tuple[Qualifier, ...]:
    known = {one.value: one for one in Qualifier}
    texts = reader.texts("label_qualifiers")
    if not known.keys() >= set(texts):
        raise reader.wrong("label_qualifiers", f"expected only {', '.join(known)}")
    return tuple(known[text] for text in texts)


def _encode_release(release: Release) -> JsonObject:
    encoded: JsonObject = {
        "resolved_at": encode_moment(release.resolved_at),
        "revision": encode_revision(release.ref.revision),
        "uri": release.ref.uri,
    }
    if release.origin is not None:
        encoded["origin"] = release.origin
    if release.proven_by_git:
        encoded["proven_by_git"] = True
    return encoded


def _parse_release(reader: Reader) -> Release:
    reader.only_keys("origin", "proven_by_git", "resolved_at", "revision", "uri")
    if reader.optional_boolean("proven_by_git") is False:
        raise reader.wrong("proven_by_git", "it is false: leave it out")
    revision = nullable(reader, "revision", parse_revision_at)
    uri = reader.text("uri")
    with sensible(reader, "uri"):
        ref = Ref.parse(uri)
    if ref.uri != uri:
        raise reader.wrong("uri", "expected scheme:name, and no revision")
    return Release(
        ref=ref.at(revision) if revision else ref,
        resolved_at=parse_moment(reader, "resolved_at"),
        origin=reader.optional_text("origin"),
        proven_by_git=reader.has("proven_by_git"),
    )


def _encode_tool(tool: Tool) -> JsonObject:
    return {"digest": encode_digest(tool.digest), "name": tool.name, "version": tool.version}


def _parse_tool(reader: Reader) -> Tool:
    reader.only_keys("digest", "name", "version")
    return Tool(reader.text("name"), reader.text("version"), parse_digest(reader, "digest"))
