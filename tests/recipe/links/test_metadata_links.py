import pytest

from provenance.recipe.links.locators import Forbidden
from provenance.recipe.links.metadata_links import MOST, links_in_metadata, metadata_links
from provenance.text.restricted_yaml import parse


def found(text: str) -> list[tuple[str, str]]:
    data = text.encode()
    return [
        (str(one.read), one.span.of(b"---" + data).decode())
        for one in metadata_links(parse(data).root, 3)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "datasets: [org/d, squad]",
            [("hub-dataset:org/d", "org/d"), ("hub-dataset:squad", "squad")],
        ),
        ("base_model: 'org/é'", []),
        ("datasets: [~, null, org/d]", [("hub-dataset:org/d", "org/d")]),
        ("base_model: 'org/b'", [("hub-model:org/b", "'org/b'")]),
        ("new_version: org/n", [("hub-model:org/n", "org/n")]),
        ("source_datasets: [original, org/s]", [("hub-dataset:org/s", "org/s")]),
        ("tags: [dataset:org/d, x, dataset]", [("hub-dataset:org/d", "dataset:org/d")]),
        ("tags: [base_model:org/b]", [("hub-model:org/b", "base_model:org/b")]),
        ("tags:\n- arxiv:2303.03915", [("arxiv:2303.03915", "arxiv:2303.03915")]),
        ("license_link: LICENSE", []),
        ("license_link: https://a.org/l", [("http:https://a.org/l", "https://a.org/l")]),
        (
            "datasets: https://hf.co/datasets/o/d",
            [("hub-dataset:o/d", "https://hf.co/datasets/o/d")],
        ),
        ("widget: [{src: 'https://a.org/x'}]", []),
        (
            "model-index: [{results: [{dataset: {type: o/d, revision: v1}}]}]",
            [("hub-dataset:o/d@v1", "o/d")],
        ),
        ("model-index: [{results: [{dataset: {type: o/d}}]}]", [("hub-dataset:o/d", "o/d")]),
        ("model-index: [{results: [{dataset: {type: [x]}}]}]", []),
        ("", []),
    ],
)
def test_metadata_names_what_the_hubs_keys_say(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_an_address_that_leads_nowhere_good_is_kept_for_the_report() -> None:
    (one,) = metadata_links(parse(b"x: http://10.0.0.1/").root, 0)

    assert isinstance(one.read, Forbidden)


def test_links_over_the_bound_leave_the_rest_open() -> None:
    lists = ["".join(f"- o/d{one}\n" for one in range(count)) for count in (MOST, MOST + 1)]

    whole, cut = (links_in_metadata(parse(f"datasets:\n{it}".encode()).root, 0) for it in lists)

    assert whole.complete
    assert whole.found == cut.found
    assert not cut.complete
