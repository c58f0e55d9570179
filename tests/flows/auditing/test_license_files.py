from pathlib import Path

import attrs
import pytest

from provenance.errors import Code
from provenance.flows.auditing.audit import audit
from provenance.flows.auditing.desk import LARGEST_DOCUMENT
from provenance.flows.auditing.license_files import license_behind
from provenance.values.component import Component
from provenance.values.facts import CardFacts, LicenseText, LinkedPage, PageFacts, Quote
from provenance.values.license import License, Terms
from provenance.values.locator import Locator, LocatorKind
from provenance.values.look import Missing, Seen, Unseen
from provenance.values.manifest import Manifest
from provenance.values.settings import Mirror, Settings
from tests.building import TOY, WHERE, unseen
from tests.charlm import noon
from tests.doors.served import Answer, Request, served

APACHE = (Path(__file__).resolve().parents[3] / "LICENSE").read_bytes()
LLAMA = (
    b"LLAMA 3 COMMUNITY LICENSE AGREEMENT\n700 million monthly active users; Acceptable Use Policy"
)
LINK = "https://example.org/terms"
OTHER = "license: other\nlicense_name: toy-1.0\nlicense_link: "


def audited(folder: Path, front: str, settings: Settings | None = None, **files: bytes) -> Manifest:
    folder.mkdir(exist_ok=True)
    (folder / "README.md").write_text(f"---\n{front}\n---\n# M\n")
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return audit(folder, settings=settings or Settings(offline=True, jobs=1), clock=noon)


def terms(manifest: Manifest) -> License:
    found = (one for one in manifest.components if one.component is Component.MODEL_CARD)
    return next(found).license


def conflicts(manifest: Manifest, code: Code) -> list[str]:
    return [one.detail for one in manifest.hazards if one.code is code]


def test_a_link_inside_names_the_text_that_is_meant(tmp_path: Path) -> None:
    found = audited(tmp_path, f"{OTHER}TERMS.txt", TERMS_txt=LLAMA)

    licence = terms(found)
    assert (licence.claimed, licence.evident) == ("toy-1.0", "LicenseRef-llama3")
    assert licence.terms is Terms.RESTRICTED
    assert licence.because[-1].uri.endswith("/TERMS.txt")
    card = (tmp_path / "README.md").read_bytes()
    quoted = [card[one.start : one.end] for one in licence.because[:-1]]
    assert quoted == [b"other", b"toy-1.0", b"TERMS.txt"]


@pytest.mark.parametrize("usual", [LLAMA, b"my own words"])
def test_of_two_texts_that_differ_the_stricter_counts_whichever_is_linked(
    tmp_path: Path, usual: bytes
) -> None:
    loose = audited(tmp_path / "a", f"{OTHER}TERMS.txt", TERMS_txt=APACHE, LICENSE=usual)
    strict = audited(tmp_path / "b", f"{OTHER}TERMS.txt", TERMS_txt=usual, LICENSE=APACHE)

    assert terms(loose).evident == terms(strict).evident != "Apache-2.0"
    assert terms(loose).terms is terms(strict).terms is not Terms.OPEN
    (detail,) = conflicts(loose, Code.LICENSE_CONFLICT)
    assert "names the text of Apache-2.0, and LICENSE is that of" in detail
    assert len(conflicts(strict, Code.LICENSE_CONFLICT)) == 1


def test_two_texts_that_are_the_same_are_no_conflict(tmp_path: Path) -> None:
    found = audited(tmp_path, f"{OTHER}TERMS.txt", TERMS_txt=APACHE, LICENSE=APACHE)

    assert conflicts(found, Code.LICENSE_CONFLICT) == []


def test_a_link_to_a_file_that_is_not_there_is_dead_and_leaves_the_terms_unknown(
    tmp_path: Path,
) -> None:
    found = audited(tmp_path, f"{OTHER}GONE.txt")

    assert terms(found).terms is Terms.UNKNOWN
    assert conflicts(found, Code.LINK_DEAD) == [
        "license_link names 'GONE.txt', and no such file is listed"
    ]


@pytest.mark.parametrize(
    "front", ["license_link: https://example.org/terms", "license: [mit, isc]", "license: {a: b}"]
)
def test_terms_that_stand_elsewhere_or_are_several_are_unknown_and_never_none(
    tmp_path: Path, front: str
) -> None:
    found = terms(audited(tmp_path, front))

    assert (found.claimed, found.terms) == (None, Terms.UNKNOWN)
    assert found.because


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (APACHE, (Terms.OPEN, "Apache-2.0")),
        (b"<title>Terms</title><pre>" + APACHE + b"</pre>", (Terms.OPEN, "Apache-2.0")),
        (b"<title>Terms</title>a license of our own", (Terms.UNKNOWN, None)),
        (b"nothing", (Terms.UNKNOWN, None)),
        (None, (Terms.UNKNOWN, None)),
    ],
)
def test_a_page_is_looked_at_as_any_link_is_and_its_text_judged(
    tmp_path: Path, page: bytes | None, expected: tuple[Terms, str | None]
) -> None:
    def answer(_: Request) -> Answer:
        return Answer(404) if page is None else Answer(200, page, {"Content-Type": "text/plain"})

    with served(answer) as url:
        mirror = Mirror("https://example.org/", f"{url}/")
        found = audited(tmp_path / "m", f"{OTHER}{LINK}", Settings(mirrors=(mirror,), jobs=1))

    licence = terms(found)
    assert (licence.terms, licence.evident) == expected


def test_a_text_that_is_there_counts_before_one_elsewhere(tmp_path: Path) -> None:
    found = audited(tmp_path, f"{OTHER}{LINK}", LICENSE=APACHE)

    assert terms(found).evident == "Apache-2.0"


def test_what_is_no_link_changes_nothing() -> None:
    gone = Missing("there is no LICENSE")
    card = CardFacts(WHERE)
    page = LinkedPage(
        Locator(LocatorKind.HTTP, LINK), Seen(PageFacts(None, WHERE, (), LicenseText(WHERE, "MIT")))
    )
    linking = Seen(attrs.evolve(card, license_link=Quote(LINK, WHERE)))
    local = Seen(attrs.evolve(card, license_link=Quote("https://127.0.0.1/", WHERE)))

    assert license_behind(gone, Seen(card), (page,), TOY) is gone
    assert license_behind(gone, unseen(), (page,), TOY) is gone
    assert license_behind(gone, linking, (page,), TOY) == Seen(LicenseText(WHERE, "MIT"))
    assert isinstance(license_behind(gone, local, (page,), TOY), Unseen)


def test_what_is_longer_than_any_licence_is_not_read_for_one(tmp_path: Path) -> None:
    with (tmp_path / "big.bin").open("wb") as file:
        file.truncate(LARGEST_DOCUMENT + 1)

    found = audited(tmp_path, f"{OTHER}big.bin", LICENSE=APACHE)

    assert terms(found).terms is Terms.UNKNOWN
    assert conflicts(found, Code.LICENSE_CONFLICT) == []


@pytest.mark.parametrize(
    ("front", "files", "expected"),
    [
        ("license: apache-2.0", {"LICENSE": APACHE}, Terms.OPEN),
        ("license: other", {"LICENSE": APACHE}, Terms.UNKNOWN),
        ("license: other\nlicense_name: my-own", {"LICENSE": APACHE}, Terms.UNKNOWN),
        ("license: other\nlicense_name: apache-2.0", {"LICENSE": APACHE}, Terms.OPEN),
        ("license: apache-2.0", {"LICENSE": APACHE, "LICENSE.md": b"my own words"}, Terms.UNKNOWN),
        ("license: apache-2.0", {"LICENSE": APACHE, "LICENSE.txt": APACHE}, Terms.OPEN),
        ("license: apache-2.0", {"LICENSE": APACHE, "LICENSE.txt": LLAMA}, Terms.RESTRICTED),
        ("license: apache-2.0", {"LICENSE": APACHE, "LICENSE.pdf": b"%PDF"}, Terms.UNKNOWN),
        ("license: apache-2.0", {"LICENSE.pdf": b"%PDF"}, Terms.UNKNOWN),
        ("x: y", {"LICENSE.html": b"<p>"}, Terms.UNKNOWN),
        ("x: y", {}, Terms.NONE),
        ("license: apache-2.0", {"LICENSE": b"\xff\xfe\0L\0i"}, Terms.UNKNOWN),
        ("license: apache-2.0", {"LICENSE": APACHE, "LICENSE-CODE": LLAMA}, Terms.OPEN),
        ("license: apache-2.0", {"LICENSE-MODEL": APACHE, "LICENSE": LLAMA}, Terms.OPEN),
    ],
)
def test_a_text_beside_another_or_that_nobody_reads_leaves_terms_unknown(
    tmp_path: Path, front: str, files: dict[str, bytes], expected: Terms
) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)

    assert terms(audited(tmp_path, front)).terms is expected
