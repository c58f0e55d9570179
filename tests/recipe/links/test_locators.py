import pytest

from provenance.recipe.links.locators import (
    Forbidden,
    git_address,
    hub_dataset,
    hub_model,
    parse_locator,
    parse_mention,
    repository_id,
    same,
)
from provenance.values.locator import Locator, LocatorKind

SHA = "a" * 40
SPELLINGS = [
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
    ("https://huggingface.co/org/name?library=x#usage", "hub-model:org/name"),
    ("http://huggingface.co/org/name/", "hub-model:org/name"),
    ("HTTPS://HuggingFace.co/Org/Name", "hub-model:Org/Name"),
    ("https://huggingface.co/org/name).", "hub-model:org/name"),
    ("https://huggingface.co/org/name/tree/refs%2Fpr%2F1", "hub-model:org/name@refs/pr/1"),
    ("https://huggingface.co/org/name/resolve/main/a%20b.bin", "hub-model:org/name@main"),
    (f"https://huggingface.co/o/n/commit/{SHA.upper()}", f"hub-model:o/n@{SHA}"),
    ("hf://org/name", "hub-model:org/name"),
    ("hf://models/org/name@v1/a.bin", "hub-model:org/name@v1"),
    (
        "hf://datasets/org/d@refs%2Fconvert%2Fparquet/x",
        "hub-dataset:org/d@refs/convert/parquet",
    ),
    ("hf://spaces/org/s", "hub-space:org/s"),
    ("http://github.com/o/r", "git:https://github.com/o/r"),
    ("https://github.com/O/R", "git:https://github.com/O/R"),
    ("https://gitlab.com/g/s/p/-/blob/v1/a.py#L3", "git:https://gitlab.com/g/s/p@v1"),
    ("git@github.com:o/r.git", "git:https://github.com/o/r"),
    ("git@gitlab.com:g/s/p.git", "git:https://gitlab.com/g/s/p"),
    ("git@git.sr.ht:~o/r", "git:https://git.sr.ht/~o/r"),
    ("ssh://git@github.com/o/r.git", "git:https://github.com/o/r"),
    ("ssh://git@github.com:22/o/r", "git:https://github.com/o/r"),
    ("git+ssh://git@github.com/o/r.git@v2", "git:https://github.com/o/r@v2"),
    ("git+https://github.com/o/r.git@v1#egg=r", "git:https://github.com/o/r@v1"),
    ("git+https://github.com/o/r@feature/x", "git:https://github.com/o/r@feature/x"),
    ("git+https://git.example.org/a/b/c.git", "git:https://git.example.org/a/b/c"),
    ("https://git.example.org/a/b.git", "git:https://git.example.org/a/b"),
    ("https://git.example.org/.git", "http:https://git.example.org/.git"),
    ("https://arxiv.org/pdf/2401.00001.pdf", "arxiv:2401.00001"),
    ("https://arxiv.org/abs/hep-th/9901001v1", "arxiv:hep-th/9901001@v1"),
    ("arXiv:2303.03915", "arxiv:2303.03915"),
    ("arxiv: 2303.03915v3.", "arxiv:2303.03915@v3"),
    ("https://evilarxiv.org/abs/2401.00001", "http:https://evilarxiv.org/abs/2401.00001"),
    ("https://dx.doi.org/10.57967/HF/0003", "doi:10.57967/hf/0003"),
    ("https://doi.org/10.1000/a%28b%29", "doi:10.1000/a(b)"),
    ("https://doi.org/10.48550/arXiv.2303.03915", "arxiv:2303.03915"),
    ("doi:10.57967/hf/0003.", "doi:10.57967/hf/0003"),
    (f"swh:1:rev:{SHA};path=/x", f"swhid:swh:1:rev:{SHA};path=/x"),
    (
        f"https://archive.softwareheritage.org/swh:1:cnt:{SHA};origin=https://github.com/o/r/",
        f"swhid:swh:1:cnt:{SHA};origin=https://github.com/o/r",
    ),
    ("HTTP://Example.ORG:80", "http:http://example.org/"),
    ("https://www.example.org/%7ea/%c3%a9#x", "http:https://www.example.org/~a/%C3%A9"),
    ("https://zh.example.org/wiki/中文", "http:https://zh.example.org/wiki/%E4%B8%AD%E6%96%87"),
    ("https://example.org/?utm_source=x&id=3&gclid", "http:https://example.org/?id=3"),
    ("https://example.org/a?", "http:https://example.org/a"),
]
FORBIDDEN = [
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
    "https://github.com/o/%2e%2e/x",
    "https://github.com/o/r%00",
    "https://github.com/o/r%0d%0aX",
    "https://g\u0456thub.com/o/r",
    "https://xn--gthub-n4a.com/o/r",
    "https://a.xn--gthub-n4a.com/o/r",
    "https://github.com/o/r?" + "a" * 2048,
    "http://github.com:443/o/r",
    "git+https://token@github.com/o/r",
    "git+https://github.com",
    "git+https://example.org/a b",
    "git+https://example.org/é",
    "git+https://localhost/a/b",
    "git+file:///x",
    "git+http://github.com/o/r",
    "git@example.org:o/r.git",
    "git@gitlab.localhost:o/r.git",
    "ssh://root@github.com/o/r",
    "ssh://git@github.com",
    "hf:org/name",
    "hf://org/é",
    "hf://org/../x",
    "data:text/html,x",
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
]


@pytest.mark.parametrize(("text", "found"), SPELLINGS)
def test_a_link_is_sorted_by_what_it_leads_to(text: str, found: str) -> None:
    assert str(parse_locator(text)) == found


@pytest.mark.parametrize("text", FORBIDDEN)
def test_a_link_that_leads_where_nothing_may_go_is_forbidden(text: str) -> None:
    found = parse_locator(text)

    assert isinstance(found, Forbidden)
    assert found.reason


@pytest.mark.parametrize(
    "text", ["#section", "LICENSE", "docs/a.md", "mailto:a@example.org", "tel:1", ""]
)
def test_a_link_inside_the_page_or_the_repository_leads_nowhere_else(text: str) -> None:
    assert parse_locator(text) is None


def test_an_id_in_metadata_names_a_dataset_and_other_texts_do_not() -> None:
    assert str(hub_dataset("org/name")) == "hub-dataset:org/name"
    assert str(hub_dataset("squad")) == "hub-dataset:squad"
    assert hub_dataset("a/b/c") is None
    assert hub_dataset("my data") is None
    assert str(hub_dataset("org/name", "v1")) == "hub-dataset:org/name@v1"
    assert str(hub_model("org/name")) == "hub-model:org/name"


@pytest.mark.parametrize("text", ["arXiv:x", "doi:x", "swh:1:x", "hf://org", "hf://"])
def test_an_identifier_that_names_nothing_is_no_link(text: str) -> None:
    assert parse_locator(text) is None


def test_only_prose_leaves_the_scheme_out() -> None:
    assert parse_locator("github.com/o/r") is None
    assert str(parse_mention("github.com/o/r")) == "git:https://github.com/o/r"
    assert str(parse_mention("www.arxiv.org/abs/2401.00001")) == "arxiv:2401.00001"
    assert parse_mention("example.org/o/r") is None


def test_git_hosts_do_not_tell_cases_apart_and_the_hub_does() -> None:
    upper, lower = (
        Locator(LocatorKind.GIT, uri)
        for uri in ("https://github.com/Org/Name", "https://github.com/org/name")
    )
    other = Locator(LocatorKind.GIT, "https://git.example.org/Org/Name")
    hub = Locator(LocatorKind.HUB_MODEL, "Org/Name")

    assert same(upper) == same(lower) == lower
    assert same(other) == other
    assert same(hub) == hub


def test_where_a_file_may_stand_only_two_parts_without_an_ending_name_a_repository() -> None:
    kind = LocatorKind.HUB_DATASET

    assert str(repository_id(kind, "org/name", "v1")) == "hub-dataset:org/name@v1"
    assert repository_id(kind, "squad") is None
    assert repository_id(kind, "data/train.json") is None
    assert repository_id(kind, "./data") is None


def test_where_only_a_repository_can_stand_every_host_is_a_git_host() -> None:
    assert str(git_address("https://example.org/a/b")) == "git:https://example.org/a/b"
    assert str(git_address("https://example.org/a/b", "v1")) == "git:https://example.org/a/b@v1"
    assert str(git_address("https://huggingface.co/org/name")) == "hub-model:org/name"
    assert isinstance(git_address("http://example.org/a/b"), Forbidden)
    assert isinstance(git_address("https://example.org/"), Forbidden)
    assert isinstance(git_address("a/b"), Forbidden)
    assert isinstance(git_address("ext::sh"), Forbidden)
