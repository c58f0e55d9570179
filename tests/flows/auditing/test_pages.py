from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from provenance.errors import Code
from provenance.flows.auditing.audit import audit
from provenance.flows.auditing.follower import Follower
from provenance.flows.auditing.links import Followed, follow
from provenance.flows.auditing.pages import is_page
from provenance.ports.silence import Silence
from provenance.stores.evidence import EvidenceStore
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.revision import Named
from provenance.values.settings import Mirror, Settings
from tests.charlm import noon
from tests.doors.served import Answer, Request, served

PAGE = Locator(LocatorKind.HTTP, "https://example.org/report")
GONE = Locator(LocatorKind.HTTP, "https://example.org/gone")
PAPER = Locator(LocatorKind.ARXIV, "2303.03915", Named("v2"))


@pytest.fixture
def settings() -> Iterator[Settings]:
    def answer(request: Request) -> Answer:
        if request.path.endswith(("/gone", "/nothing")):
            return Answer(404)
        page = f"<title>A page</title> {request.path}".encode()
        return Answer(200, page, {"Content-Type": "text/html"})

    with served(answer) as url:
        hosts = ("https://example.org/", "https://arxiv.org/", "https://doi.org/")
        yield Settings(mirrors=tuple(Mirror(host, f"{url}/") for host in hosts))


def follower(settings: Settings, store: EvidenceStore) -> Follower:
    return Follower(settings, store, noon, Silence())


def followed(settings: Settings, store: EvidenceStore, *pages: Locator) -> Followed:
    return follow((), follower(settings, store), said=pages)


def test_a_page_is_kept_with_its_answer(settings: Settings) -> None:
    store = EvidenceStore(None)

    found = followed(settings, store, PAGE)

    (page,) = found.pages
    assert isinstance(page.look, Seen)
    assert page.look.value.title == "A page"
    assert found.limits == ()
    assert {(str(one.kind), one.uri) for one in store.evidence} == {
        ("answer", "http:https://example.org/report"),
        ("file", "http:https://example.org/report"),
    }


def test_a_page_that_is_gone_is_dead_and_one_that_cannot_be_asked_for_is_not(
    settings: Settings,
) -> None:
    store = EvidenceStore(None)
    offline = attrs.evolve(settings, offline=True)

    gone = followed(settings, store, GONE)
    unasked = followed(offline, store, PAGE)

    assert [it.code for it in gone.limits] == [Code.LINK_DEAD]
    assert isinstance(gone.pages[0].look, Missing)
    assert gone.pages[0].look.because
    assert [it.code for it in unasked.limits] == [Code.OFFLINE]
    assert isinstance(unasked.pages[0].look, Unseen)


def test_a_paper_is_looked_at_where_its_identifier_leads(settings: Settings) -> None:
    store = EvidenceStore(None)
    doi = Locator(LocatorKind.DOI, "10.1234/x")

    assert followed(settings, store, PAPER, doi).limits == ()
    assert {one.uri for one in store.evidence} == {
        "http:https://arxiv.org/abs/2303.03915v2",
        "http:https://doi.org/10.1234/x",
    }


def test_nothing_is_looked_at_where_nothing_is_linked(settings: Settings) -> None:
    assert followed(settings, EvidenceStore(None)).pages == ()


def test_a_repository_is_no_page() -> None:
    assert not is_page(Locator(LocatorKind.GIT, "https://github.com/o/r"))
    assert is_page(PAPER)


def test_pages_are_replayed(settings: Settings, tmp_path: Path) -> None:
    model = tmp_path / "m"
    model.mkdir()
    (model / "README.md").write_bytes(
        b"# M\n\nSee [r](https://example.org/report), [g](https://example.org/gone)"
        b" and arXiv:2303.03915"
    )
    kept = attrs.evolve(settings, evidence=tmp_path / "evidence", jobs=1)
    first = audit(model, settings=kept, clock=noon)

    again = audit(model, settings=attrs.evolve(kept, offline=True), clock=noon)

    assert any(one.uri == "http:https://example.org/report" for one in first.evidence)
    assert [one.code for one in first.limits] == [Code.LINK_DEAD]
    assert again == attrs.evolve(first, replayed=True)
