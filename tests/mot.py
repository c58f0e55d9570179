"""The Model Openness Tool's own records and licence lists, and a second evaluator that is naive.

It follows the tool's rules one statement after another, with lists of names, and shares no line
with the package.
"""

import functools
import json
import random
import re
import tarfile
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ARCHIVE = Path(__file__).parents[1] / "fixtures" / "mot" / "records.tar.xz"
PAPER, REPORT = "Research paper", "Technical report"
# The list of the framework's open-data licences, and its own.
_OPEN_DATA = """
CC0-1.0 CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-2.5-AU CC-BY-3.0 CC-BY-3.0-AT CC-BY-3.0-AU CC-BY-3.0-DE
CC-BY-3.0-IGO CC-BY-3.0-NL CC-BY-3.0-US CC-BY-4.0 CC-BY-SA-1.0 CC-BY-SA-2.0 CC-BY-SA-2.0-UK
CC-BY-SA-2.1-JP CC-BY-SA-2.5 CC-BY-SA-3.0 CC-BY-SA-3.0-AT CC-BY-SA-4.0 CDLA-Permissive-1.0
CDLA-Permissive-2.0 CDLA-Sharing-1.0 ODC-PDDL-1.0 ODC-By-1.0 ODbL-1.0 GFDL-1.3 OGL-Canada-2.0
OGL-UK-2.0 OGL-UK-3.0 OpenMDW-1.0
"""


class Found(NamedTuple):
    """What an evaluator says of one record."""

    mof_class: int
    progress: dict[str, float]
    components: dict[str, str]


@functools.cache
def files() -> dict[str, bytes]:
    """Return every file of the archive, by its name."""
    with tarfile.open(ARCHIVE) as archive:
        opened = {one.name: archive.extractfile(one) for one in archive if one.isfile()}
        return {name: file.read() for name, file in opened.items() if file}


def records(folder: str) -> dict[str, bytes]:
    """Return the records of a folder: ``models`` or ``Test_Data``."""
    return {name: data for name, data in files().items() if re.match(rf"{folder}/.*\.yml$", name)}


@functools.cache
def settings() -> list[dict[str, Any]]:
    """Return the components as the tool is configured with them."""
    found: list[dict[str, Any]] = yaml.safe_load(files()["mof.settings.yml"])["components"]
    return found


@functools.cache
def licenses() -> dict[str, dict[str, Any]]:
    """Return the licence list; whole records of the framework's own replace those of SPDX."""
    found: dict[str, dict[str, Any]] = {}
    for name in ("licenses.json", "mof-licenses.json"):
        for one in json.loads(files()[name])["licenses"]:
            found[one["licenseId"]] = one
    return found


@functools.cache
def open_ids() -> frozenset[str]:
    """Return the ids that count as open."""
    approved = (
        name
        for name, one in licenses().items()
        if one.get("isOsiApproved") or one.get("isFsfLibre")
    )
    return frozenset([*approved, *_OPEN_DATA.split()])


def expected() -> dict[str, Found]:
    """Return what the tool itself said of its 27 test files; its JSON has trailing commas."""
    text = re.sub(rb",(\s*[}\]])", rb"\1", files()["Test_Data/expected_results.json"])
    models = json.loads(text)["models"]
    return {
        one["release"]["name"]: Found(
            one["classification"]["class"], one["classification"]["progress"], {}
        )
        for one in models
    }


def name_of(data: bytes) -> str:
    """Return what a record calls its release."""
    return str(yaml.safe_load(data)["release"]["name"])


def evaluate(data: bytes) -> Found:
    """Evaluate a record, naively."""
    release = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["release"]  # noqa: S506
    general = release.get("license") or {}
    status: dict[str, str] = {}
    for component in release["components"]:
        about = next((one for one in settings() if one["name"] == component["name"]), None)
        if about is None:
            continue
        found = component.get("license")
        if found == "unlicensed":
            found = None
        elif found is None or found == "":
            of_type = general.get(about["content_type"]) or {}
            of_all = general.get("distribution") or {}
            found = of_type.get("name") or of_all.get("name") or None
            found = None if found == "unlicensed" else found
        if found is None:
            status[component["name"]] = "unlicensed"
        else:
            status[component["name"]] = "open" if found in open_ids() else "invalid"
    return Found(*_classes(status), status)


def _classes(status: dict[str, str]) -> tuple[int, dict[str, float]]:
    included = {3: 0, 2: 0, 1: 0}
    need = {3: 6, 2: 10, 1: 14}
    for one in settings():
        if one["required"] and status.get(one["name"]) == "open":
            for mof_class in range(1, one["class"] + 1):
                included[mof_class] += 1
    if status.get(REPORT) != "open" and PAPER in status and status[PAPER] == "open":
        included[3] += 1
        included[2] += 1
        need[1] = 13
    progress = {3: included[3] / need[3] * 100, 2: 0.0, 1: 0.0}
    if included[3] == need[3]:
        progress[2] = included[2] / need[2] * 100
        if included[2] == need[2]:
            progress[1] = included[1] / need[1] * 100
    reached = next((at for at in (1, 2, 3) if progress[at] == 100), 0)
    return reached, {str(at): part for at, part in progress.items()}


ODD = ("", None, "unlicensed", "mit", "MIT ", "MIT OR Apache-2.0", "Unlicensed", "0", "null", "no")


def any_record(choose: random.Random) -> bytes:
    """Return a record at random: from nearly nothing to nearly all under open licences."""
    openness, presence = choose.random(), choose.choice((0.3, 0.7, 0.95, 1.0))
    names = [one["name"] for one in settings()]
    components = [
        _component(choose, name, openness)
        for name in choose.sample(names, len(names))
        if choose.random() < presence
    ]
    if components and choose.random() < 0.02:
        components.append(_component(choose, components[0]["name"], openness))
    release = {"name": "x", "license": _general(choose, openness), "components": components}
    if choose.random() < 0.05:
        del release["license"]
    framework = {"name": "Model Openness Framework", "version": "1.0"}
    return yaml.dump(
        {"framework": framework, "release": release},
        Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper),
        sort_keys=choose.random() < 0.5,
        default_flow_style=choose.choice((None, False, True)),
        allow_unicode=True,
    ).encode()


def _license(choose: random.Random, openness: float) -> str | None:
    if choose.random() < openness:
        return choose.choice(sorted(open_ids()))
    ids = sorted(licenses())
    return choose.choice((*ODD, choose.choice(ids), choose.choice(ids)))


def _component(choose: random.Random, name: str, openness: float) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": name, "description": "x: 'y'"}
    if choose.random() < 0.6:
        entry["license"] = _license(choose, openness)
    if choose.random() < 0.2:
        entry["license_path"] = "https://example.org/LICENSE"
    return entry


def _general(choose: random.Random, openness: float) -> dict[str, Any] | None:
    general: dict[str, Any] = {}
    for kind in ("distribution", "code", "data", "document"):
        if choose.random() < 0.4:
            name = _license(choose, openness)
            entries: list[dict[str, Any] | None] = [{"name": name, "path": ""}, {"name": name}]
            general[kind] = choose.choice([*entries, {"path": "x"}, None, {}])
    return choose.choice((general, general, general, None, {}))
