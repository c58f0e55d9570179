from pathlib import Path

import pytest

from provenance.errors import ReleaseError, UsageError
from provenance.flows.compare import AUDITED, compare
from provenance.flows.signing.read_manifest import UNSIGNED
from provenance.flows.signing.sign import dump_manifest
from provenance.values.movement import Aspect, Turn
from provenance.values.settings import Settings
from tests.building import MANIFEST
from tests.charlm import Charlm, noon
from tests.cli.running import my_model

OFFLINE = Settings(offline=True, jobs=1)


def test_a_folder_is_compared_with_what_it_became(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    old, new = my_model(tmp_path / "a"), my_model(tmp_path / "b")
    (new / "README.md").write_text("---\nlicense: llama3\n---\n# My model\n\nSay nothing.\n")
    (new / "extra.txt").write_text("more")

    found = compare(old, new, settings=OFFLINE, clock=noon)

    told = {(one.aspect, one.turn, one.about) for one in found.movements}
    assert (Aspect.FILES, Turn.CHANGED, "added") in told
    assert (Aspect.FILES, Turn.CHANGED, "changed") in told
    assert Aspect.LICENSE in {one.aspect for one in found.movements}
    assert Aspect.WEIGHTS not in {one.aspect for one in found.movements}


def test_a_manifest_is_compared_with_the_release_that_it_is_about(
    charlm: Charlm, tmp_path: Path
) -> None:
    again = compare(
        charlm.published.model, charlm.published.model, settings=charlm.settings, clock=noon
    )
    kept = tmp_path / "manifest.json"
    kept.write_bytes(dump_manifest(again.before))

    found = compare(kept, charlm.published.model, settings=charlm.settings, clock=noon)

    assert again.movements == found.movements == ()
    assert found.before == again.before
    assert (again.standings, found.standings) == ((AUDITED, AUDITED), (UNSIGNED, AUDITED))


def test_a_file_that_is_no_manifest_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "manifest.json"
    bad.write_bytes(dump_manifest(MANIFEST) + b"\n")

    with pytest.raises(ReleaseError):
        compare(bad, bad, settings=OFFLINE)
    with pytest.raises(UsageError):
        compare("./nothing", bad, settings=OFFLINE)
