import pytest

from provenance.recipe.locators import Forbidden, hub_dataset, parse_locator

SHA = "a" * 40


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://huggingface.co/org/name", "hub-model:org/name"),
        ("https://hf.co/org/name/blob/main/README.md", "hub-model:org/name@main"),
        (f"https://huggingface.co/datasets/org/d/tree/{SHA}", f"hub-dataset:org/d@{SHA}"),
        ("https://huggingface.co/spaces/org/s", "hub-space:org/s"),
        ("https://huggingface.co/docs", "http:https://huggingface.co/docs"),
        ("https://huggingface.co/", "http:https://huggingface.co/"),
        ("https://github.com/o/r.git", "git:https://github.com/o/r"),
        (f"https://www.github.com/o/r/commit/{SHA}", f"git:https://github.com/o/r@{SHA}"),
        ("https://github.com/o/r/releases/tag/v1.0", "git:https://github.com/o/r@v1.0"),
        ("https://gitlab.com/o/r/-/tree/main/src", "git:https://gitlab.com/o/r@main"),
        ("https://github.com/o/r/issues/3", "git:https://github.com/o/r"),
        ("https://github.com/o/r/tree/@{1}", "git:https://github.com/o/r"),
        ("https://github.com/o", "http:https://github.com/o"),
        ("https://arxiv.org/abs/2401.00001v2", "arxiv:2401.00001@v2"),
        ("https://doi.org/10.5281/zenodo.1", "doi:10.5281/zenodo.1"),
        ("https://example.org/x?a=b", "http:https://example.org/x?a=b"),
    ],
)
def test_a_link_is_sorted_by_what_it_leads_to(text: str, found: str) -> None:
    assert str(parse_locator(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost:8080/",
        "https://localhost/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[nonsense/",
        "https://10.0.0.1/",
        "https://metadata.google.internal/",
        "https://127.0.0.1.nip.io/",
        "https://user:pw@github.com@127.0.0.1/",
        "https://github.com\\@127.0.0.1/",
        "https://github.com/o/../../x",
        "https://github.com:8443/o/r",
        "https:///evil.example/r",
        "https:github.com/o/r",
        "https://github.com/o/r\r\nX: y",
        "https://github.com/o/r.git;touch x",
        "https://github.com/o/é",
        "gopher://127.0.0.1:6379/_x",
        "git://github.com/o/r",
        "ssh://-oProxyCommand=x/y",
        "ext::sh -c x",
        "fd::17",
        "file:///etc",
        "javascript:alert(1)",
        "git@-oProxyCommand=x:y",
        "--upload-pack=touch",
        "-u x",
        "/etc/passwd",
        "../../x",
    ],
)
def test_a_link_that_leads_where_nothing_may_go_is_forbidden(text: str) -> None:
    found = parse_locator(text)

    assert isinstance(found, Forbidden)
    assert found.reason


@pytest.mark.parametrize("text", ["#section", "LICENSE", "docs/a.md", "mailto:a@example.org", ""])
def test_a_link_inside_the_page_or_the_repository_leads_nowhere_else(text: str) -> None:
    assert parse_locator(text) is None


def test_an_id_in_metadata_names_a_dataset_and_other_texts_do_not() -> None:
    assert str(hub_dataset("org/name")) == "hub-dataset:org/name"
    assert str(hub_dataset("squad")) == "hub-dataset:squad"
    assert hub_dataset("a/b/c") is None
    assert hub_dataset("my data") is None
