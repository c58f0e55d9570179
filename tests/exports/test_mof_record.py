import random
from collections.abc import Callable

import attrs
import pytest
import yaml

from provenance.errors import UsageError
from provenance.exports.mof_record import Side, export_record
from provenance.frameworks.mof import assess, classify
from provenance.frameworks.mof_record import parse_record
from provenance.frameworks.openness import spdx_id
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.component_report import ComponentReport
from provenance.values.license import License, Terms
from provenance.values.locator import Locator, LocatorKind
from provenance.values.manifest import Manifest
from provenance.values.ref import Ref, Scheme
from provenance.values.rung import Rung
from tests import mot
from tests.building import CODE_CLAIM, MANIFEST, WHERE, report, reports
from tests.frameworks.releases import any_release

LICENSES = (
    License(Terms.OPEN, "mit", "MIT"),
    License(Terms.OPEN, None, "CC-BY-4.0"),
    License(Terms.RESTRICTED, "llama3", "LicenseRef-llama3"),
    License(Terms.UNKNOWN, "apache-2.0"),
    License(Terms.NONE),
)


def manifest_of(made: dict[Component, ComponentReport]) -> Manifest:
    return attrs.evolve(MANIFEST, components=tuple(made.values()), assessments=(assess(made),))


def test_the_tool_says_of_the_record_what_the_audit_says(
    how_many: Callable[[int, int], int],
) -> None:
    choose = random.Random(11)  # noqa: S311 - the same releases in every run
    for _ in range(how_many(80, 2000)):
        made = {
            one: attrs.evolve(each, license=choose.choice(LICENSES))
            for one, each in any_release(choose).reports().items()
        }
        manifest = manifest_of(made)
        found = assess(made)

        claimed = export_record(manifest, Side.CLAIMED, spdx_id)
        evident = export_record(manifest, Side.EVIDENCED, spdx_id)

        assert mot.evaluate(claimed).mof_class == found.claimed
        assert mot.evaluate(evident).mof_class == found.evidenced
        assert classify(parse_record(claimed).statuses).mof_class == found.claimed


def test_a_record_names_the_release_its_parts_and_their_places() -> None:
    base = Claim(
        Component.BASE_MODELS, "org/base", WHERE, Locator(LocatorKind.HUB_MODEL, "org/base")
    )
    made = reports(
        Rung.BOUND,
        training_code=attrs.evolve(
            report(Component.TRAINING_CODE, Rung.BOUND), claims=(CODE_CLAIM,)
        ),
        base_models=attrs.evolve(report(Component.BASE_MODELS, Rung.BOUND), claims=(base,)),
    )

    record = yaml.safe_load(export_record(manifest_of(made), Side.EVIDENCED, spdx_id))

    release = record["release"]
    assert record["framework"]["version"] == "1.0"
    assert (release["name"], release["producer"], release["origin"]) == ("name", "org", "org/base")
    assert release["huggingface"] == "https://huggingface.co/org/name"
    assert release["repository"] == "https://example.org/org/code"
    assert len(release["components"]) == 17
    (code,) = [one for one in release["components"] if one["name"] == "Training code"]
    assert code["component_path"] == "https://example.org/org/code"
    assert code["license"] == "Apache-2.0"


def test_a_component_without_a_licence_inherits_none() -> None:
    bare = attrs.evolve(report(Component.DATASETS, Rung.BOUND), license=License(Terms.NONE))

    record = export_record(manifest_of(reports(datasets=bare)), Side.CLAIMED, spdx_id)

    assert b"license: unlicensed" in record


def test_a_folder_has_no_page_on_the_hub() -> None:
    release = attrs.evolve(MANIFEST.release, ref=Ref(Scheme.LOCAL, "a folder: \u202e"))
    local = attrs.evolve(manifest_of(reports()), release=release)

    record = export_record(local, Side.CLAIMED, spdx_id)

    assert yaml.safe_load(record)["release"]["huggingface"] == ""
    assert record.isascii()


def test_a_manifest_without_the_framework_gives_no_record() -> None:
    with pytest.raises(UsageError):
        export_record(attrs.evolve(MANIFEST, assessments=()), Side.CLAIMED, spdx_id)
