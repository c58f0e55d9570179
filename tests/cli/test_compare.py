import json
from pathlib import Path

import attrs

from provenance.cli.exit_codes import ExitCode
from provenance.flows.signing.read_manifest import UNCHECKED, UNSIGNED
from provenance.flows.signing.sign import dump_manifest, sign
from provenance.signers.key import generate
from provenance.signers.signing import Signing
from provenance.values.access import Access
from provenance.values.manifest import Manifest
from tests.building import MANIFEST
from tests.cli.running import Shell
from tests.flows.signed import PRIVATE, PUBLIC

GATED = attrs.evolve(
    MANIFEST,
    components=tuple(attrs.evolve(one, access=Access.MANUAL_GATE) for one in MANIFEST.components),
    datasets=(attrs.evolve(MANIFEST.datasets[0], uri="org/\x1b[31m"),),
)


def compared(shell: Shell, tmp_path: Path, *manifests: Manifest, json_: bool = False) -> str:
    paths = []
    for place, one in enumerate(manifests):
        paths.append(tmp_path / f"{place}.json")
        paths[-1].write_bytes(dump_manifest(one))
    said = shell("compare", *paths, *(("--format", "json") if json_ else ()))
    assert (said.code, said.err) == (ExitCode.DONE, "")
    return said.out


def test_movements_are_told_by_which_way_they_went(shell: Shell, tmp_path: Path) -> None:
    said = compared(shell, tmp_path, MANIFEST, GATED)

    opened, closed = said.split("\nclosed\n")
    assert "opened\n  dataset of org/" in opened
    assert "access of model-architecture, " in closed
    assert " and 24 more: public -> manual-gate" in closed
    assert "dataset of org/data: present at" in closed
    assert "-> nothing" in closed
    assert "\x1b" not in said


def test_movements_are_json(shell: Shell, tmp_path: Path) -> None:
    found = json.loads(compared(shell, tmp_path, MANIFEST, GATED, json_=True))

    release = {"uri": "hf:org/name", "revision": "c" * 40}
    assert found["before"] == found["after"] == release | {"standing": UNSIGNED}
    assert {one["aspect"] for one in found["movements"]} == {"access", "dataset"}
    assert {one["turn"] for one in found["movements"]} == {"opened", "closed"}
    assert set(found["movements"][0]) == {"aspect", "turn", "about", "before", "after"}


def test_nothing_that_moved_is_said_to_be_nothing(shell: Shell, tmp_path: Path) -> None:
    assert "nothing moved" in compared(shell, tmp_path, MANIFEST, MANIFEST)


def test_what_is_no_manifest_is_a_negative(shell: Shell, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{}")

    assert shell("compare", bad, bad).code is ExitCode.NEGATIVE
    assert shell("compare", "./none", bad).code is ExitCode.USAGE


def test_bundles_are_compared_and_it_is_said_who_stands_behind_them(
    shell: Shell, tmp_path: Path
) -> None:
    plain, bundle, key = (tmp_path / name for name in ("m.json", "m.bundle", "key.pub"))
    plain.write_bytes(dump_manifest(MANIFEST))
    bundle.write_bytes(sign(dump_manifest(MANIFEST), signing=Signing.by_key(PRIVATE)))
    key.write_bytes(PUBLIC)

    unchecked = shell("compare", plain, bundle)
    checked = shell("compare", bundle, bundle, "--public-key", key)

    assert f"before {UNSIGNED}\n  after  {UNCHECKED}\n" in unchecked.out
    assert checked.out.count("signed\n") == 2
    assert "nothing moved" in checked.out


def test_a_bundle_of_another_key_is_refused(shell: Shell, tmp_path: Path) -> None:
    bundle, key = tmp_path / "m.bundle", tmp_path / "key.pub"
    bundle.write_bytes(sign(dump_manifest(MANIFEST), signing=Signing.by_key(PRIVATE)))
    key.write_bytes(generate()[1])

    assert shell("compare", bundle, bundle, "--public-key", key).code is ExitCode.NEGATIVE
