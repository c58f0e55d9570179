from pathlib import Path

import pytest

from provenance.errors import Code, ReleaseError
from provenance.flows.auditing.audit import audit
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.links import Followed, follow
from provenance.flows.auditing.models import LARGEST
from provenance.ports.silence import Silence
from provenance.stores.evidence import EvidenceStore
from provenance.testing.hub import LoopbackHub
from provenance.values.component import Component
from provenance.values.facts import Ancestor, ModelFacts
from provenance.values.license import Terms
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.revision import Commit
from provenance.values.settings import Settings
from tests.building import claim
from tests.charlm import noon

MIT = (Path(__file__).resolve().parents[2] / "fixtures/recipes/charlm/LICENSE").read_bytes()
LLAMA = (
    b"LLAMA 3 COMMUNITY LICENSE AGREEMENT\n700 million monthly active users; Acceptable Use Policy"
)


def base(name: str) -> Locator:
    return Locator(LocatorKind.HUB_MODEL, name)


def looked(hub: LoopbackHub, folder: Path, *names: str) -> Followed:
    settings = Settings(endpoint=hub.url, cache=folder / "cache", weights=False)
    there = Follower(settings, EvidenceStore(None), noon, Silence())
    claims = [claim(Component.BASE_MODELS, base(name)) for name in names]
    return follow(claims, there)


def only(read: Followed) -> Ancestor:
    (ancestor,) = read.ancestors
    return ancestor


def seen(ancestor: Ancestor) -> ModelFacts:
    assert isinstance(ancestor.look, Seen)
    return ancestor.look.value


def card(parent: str) -> bytes:
    return f"---\nlicense: mit\nbase_model: {parent}\n---\n# M\n".encode()


def test_the_terms_of_every_generation_are_read(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("o/child").commit({"README.md": card("o/base"), "LICENSE": MIT}, message="m")
        hub.add_model("o/base").commit({"README.md": b"# B\n", "LICENSE": LLAMA}, message="m")

        read = looked(hub, tmp_path, "o/child")

    child, parent = read.ancestors
    assert (child.generation, parent.generation, read.limits) == (1, 2, ())
    text = seen(parent).license
    assert isinstance(text, Seen)
    assert text.value.id == "LicenseRef-llama3"


def test_a_circle_ends_and_a_long_line_is_cut_and_told(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("o/a").commit({"README.md": card("o/a")}, message="m")
        for at in range(5):
            hub.add_model(f"o/m{at}").commit({"README.md": card(f"o/m{at + 1}")}, message="m")

        circle = looked(hub, tmp_path, "o/a")
        line = looked(hub, tmp_path, "o/m0")

    assert len(circle.ancestors) == 1
    assert [one.locator.uri for one in line.ancestors] == ["o/m0", "o/m1", "o/m2"]
    assert [(one.code, one.what) for one in line.limits] == [(Code.RESOURCE, "hub-model:o/m3")]


def test_what_could_not_be_looked_at_is_unknown_and_what_is_gone_is_missing(
    tmp_path: Path,
) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("o/g", gated="manual").commit({"LICENSE": LLAMA}, message="m")

        gated, gone = looked(hub, tmp_path, "o/g"), looked(hub, tmp_path, "o/no")

    assert isinstance(seen(only(gated)).license, Unseen)
    assert isinstance(seen(only(gated)).card, Missing)
    assert not isinstance(only(gone).look, Seen)


def test_trouble_with_a_base_model_ends_no_audit(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        files = {"README.md": b"---\na: !!x y\n---\n", "LICENSE": b"x" * (LARGEST + 1)}
        hub.add_model("o/m").commit(files, message="m")
        hub.add_model("o/w").commit({"LICENSE": MIT}, message="m")

        odd = looked(hub, tmp_path, "o/m")
        hub.fault("GET", "/api/models/o/w", times=20, status=500)
        lost = looked(hub, tmp_path, "o/w")

    assert isinstance(seen(only(odd)).card, Unseen)
    assert isinstance(seen(only(odd)).license, Unseen)
    assert isinstance(only(lost).look, Unseen)
    assert len(lost.limits) == 1


def test_more_base_models_than_anybody_has_are_cut_and_told(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        read = looked(hub, tmp_path, *(f"o/m{at}" for at in range(14)))

    assert len(read.ancestors) == 12
    assert {"hub-model:o/m12", "hub-model:o/m13"} <= {one.what for one in read.limits}


def audited(hub: LoopbackHub, folder: Path, *, offline: bool = False) -> Terms:
    settings = Settings(
        endpoint=hub.url, cache=folder / "cache", evidence=folder / "evidence", offline=offline
    )
    manifest = audit("o/tuned", settings=settings, clock=noon)
    (report,) = (it for it in manifest.components if it.component is Component.FINAL_PARAMETERS)
    assert report.license.inherited
    return report.license.terms


def test_an_audit_reports_the_terms_of_the_base_model_and_replays_them(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("o/base").commit({"LICENSE": LLAMA}, message="m")
        hub.add_model("o/tuned").commit({"README.md": card("o/base"), "LICENSE": MIT}, message="m")

        found = audited(hub, tmp_path)
        again = audited(hub, tmp_path, offline=True)

    assert (found, again) == (Terms.RESTRICTED, Terms.RESTRICTED)


def test_evidence_of_a_base_model_that_somebody_changed_ends_the_replay(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("o/base").commit({"LICENSE": LLAMA}, message="m")
        hub.add_model("o/tuned").commit({"README.md": card("o/base")}, message="m")
        audited(hub, tmp_path)
        kept = [one for one in (tmp_path / "evidence").rglob("*") if one.is_file()]
        (changed,) = (one for one in kept if one.read_bytes() == LLAMA)
        changed.chmod(0o600)
        changed.write_bytes(b"MIT")

        with pytest.raises(ReleaseError) as caught:
            audited(hub, tmp_path, offline=True)

    assert caught.value.code is Code.FILE_CHANGED


def test_a_model_that_is_named_twice_is_looked_at_once_where_it_is_pinned_best(
    tmp_path: Path,
) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        commit = hub.add_model("o/m").commit({"config.json": b'{"model_type": "t"}'}, message="m")
        pinned = Locator(LocatorKind.HUB_MODEL, "o/m", Commit(commit))
        settings = Settings(endpoint=hub.url, cache=tmp_path / "cache", weights=False)
        there = Follower(settings, EvidenceStore(None), noon, Silence())

        read = follow(
            [claim(Component.BASE_MODELS, base("o/m")), claim(Component.BASE_MODELS, pinned)], there
        )

    assert only(read).locator == pinned
    config = seen(only(read)).config
    assert isinstance(config, Seen)
    assert config.value.model_type == "t"


def test_a_base_model_is_asked_for_once_in_an_audit(tmp_path: Path) -> None:
    with LoopbackHub(tmp_path / "hub") as hub:
        hub.add_model("o/base").commit(
            {"LICENSE": LLAMA, "config.json": b'{"model_type": "t"}'}, message="m"
        )
        hub.add_model("o/tuned").commit({"README.md": card("o/base"), "LICENSE": MIT}, message="m")

        audited(hub, tmp_path)
        paths = [one.path for one in hub.requests if "/api/models/o/base" in one.path]

    assert len(paths) == len(set(paths))
