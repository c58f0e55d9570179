import time
import zlib

import pytest

from provenance.recipe.documents.stated_document import MOST_LINES, stated_in_document
from provenance.recipe.prose.stated_card import MOST_VALUES
from provenance.values.artefact import Kind
from tests.building import WHERE

PAGE = b"""<html><p>A model of 24 layers was trained with a learning
rate of 4e-3.</p>
<table><tr><td>Batch size</td><td>512</td></tr><tr><td>Seed</td><td>none</td></tr></table>
<p hidden>seed 7</p></html>"""


def said(data: bytes) -> list[tuple[Kind, str]]:
    return [(one.kind, one.value) for one in stated_in_document(data, path="p", where=WHERE)]


def test_a_page_states_what_its_sentences_and_tables_do() -> None:
    assert set(said(PAGE)) == {
        (Kind.LAYERS, "24"),
        (Kind.LEARNING_RATE, "0.004"),
        (Kind.BATCH_SIZE, "512"),
    }
    assert {one.where for one in stated_in_document(PAGE, path="p", where=WHERE)} == {WHERE}


def test_a_value_of_a_pdf_stands_in_the_stream_of_its_page() -> None:
    content = b"BT (We use a batch) Tj 0 -9 Td (size of 8.) Tj 0 -9 Td (Layers: 24) Tj ET"
    packed = zlib.compress(content)
    data = b"%PDF-1.4\n1 0 obj <</Filter /FlateDecode>> stream\n" + packed + b"\nendstream"

    found = stated_in_document(data, path="report.pdf", where=WHERE)

    assert {(one.kind, one.value) for one in found} == {(Kind.BATCH_SIZE, "8"), (Kind.LAYERS, "24")}
    for one in found:
        assert data[one.where.start : one.where.end] == packed + b"\n"
        assert (one.path, one.where.digest) == ("report.pdf", WHERE.digest)


def test_a_very_long_document_states_so_many_values() -> None:
    rows = b"".join(b"<tr><td>seed</td><td>%d</td></tr>" % n for n in range(MOST_VALUES + 1))

    assert len(said(rows)) == MOST_VALUES


def test_what_stands_behind_very_many_lines_or_in_a_very_long_one_is_not_read() -> None:
    many = b"x<br>" * MOST_LINES + b"seed: 7"

    assert said(many) == []
    assert said(b"<p>" + b"word " * 500 + b"seed 7</p>") == []


@pytest.mark.parametrize("unit", [b"<p>1 a", b"seed: 1<br>", b"<td>1</td>", b"1", b"<", b"<!--"])
def test_no_page_is_slow_to_read(unit: bytes) -> None:
    start = time.process_time()

    said(unit * (2**21 // len(unit)))

    assert time.process_time() - start < 5
