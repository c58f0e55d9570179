from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Code, TextError
from provenance.recipe.links.links import read_links

BOM = b"\xef\xbb\xbf"
CARD = """---
license: mit
datasets:
- org/data # é
base_model: "org/base"
tags: [arxiv:2303.03915]
---
# Tïtle https://github.com/o/heading

Trained on [the data](https://huggingface.co/datasets/org/d/tree/main?x=1&amp;y#z)
and arXiv:2303.03916.
见https://github.com/QwenLM/Qwen\uff0c其中 and github.com/o/bare. `https://github.com/o/inline`

[ref][r] and <https://codeberg.org/a/b/src/branch/main/x.py>. [docs](https://hf.co/docs/x)
[rel](LICENSE) [in](#a) [hub](https://huggingface.co) [all](https://hf.co/datasets?sort=x)
[![b](https://img.shields.io/x.svg)](https://github.com/o/badge) [ci](https://a.org/badge.svg)
[shield](https://img.shields.io/y) <a href="https://gitlab.com/g/s/p/-/tree/v1">é</a>
[person](https://huggingface.co/someone) [bad](http://10.0.0.1/) https://g\u0456thub.com/x

[r]: https://github.com/o/reference "t"

| a | b |
|---|---|
| https://github.com/o/t1 | b |

```
git clone https://github.com/o/fence
```

<!-- https://github.com/o/comment -->
"""
FOUND = [
    ("metadata", "hub-dataset:org/data"),
    ("metadata", "hub-model:org/base"),
    ("metadata", "arxiv:2303.03915"),
    ("heading", "git:https://github.com/o/heading"),
    ("prose", "hub-dataset:org/d@main"),
    ("prose", "arxiv:2303.03916"),
    ("prose", "git:https://github.com/QwenLM/Qwen"),
    ("prose", "git:https://github.com/o/bare"),
    ("inline code", "git:https://github.com/o/inline"),
    ("prose", "git:https://github.com/o/reference"),
    ("prose", "git:https://codeberg.org/a/b@main"),
    ("navigation", "http:https://hf.co/docs/x"),
    ("navigation", "http:https://huggingface.co/"),
    ("navigation", "http:https://hf.co/datasets?sort=x"),
    ("badge", "http:https://img.shields.io/x.svg"),
    ("badge", "git:https://github.com/o/badge"),
    ("badge", "http:https://a.org/badge.svg"),
    ("badge", "http:https://img.shields.io/y"),
    ("prose", "git:https://gitlab.com/g/s/p@v1"),
    ("prose", "http:https://huggingface.co/someone"),
    ("table", "git:https://github.com/o/t1"),
    ("code block", "git:https://github.com/o/fence"),
    ("comment", "git:https://github.com/o/comment"),
]


@pytest.mark.parametrize("mark", [b"", BOM], ids=["plain", "BOM"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_card_leads_where_it_says(mark: bytes, line_end: str) -> None:
    data = mark + CARD.replace("\n", line_end).encode()

    links = read_links(data)

    assert [(str(one.context), str(one.locator)) for one in links.found] == FOUND
    assert [one.target for one in links.refused] == [
        "http://10.0.0.1/",
        "https://g\u0456thub.com/x",
    ]
    assert links.complete
    for one in links.found:
        last = one.locator.uri.rstrip("/").rpartition("/")[2]
        assert last in one.span.of(data).decode()


# What real cards write, each in a sentence of its own; the span has to show the address.
SPELLINGS = [
    "https://huggingface.co/org/name",
    "https://huggingface.co/org/name/tree/v1.0",
    "https://huggingface.co/org/name/blob/main/config.json",
    "https://huggingface.co/org/name/resolve/main/model.safetensors",
    "https://huggingface.co/datasets/org/name",
    "https://huggingface.co/datasets/squad",
    "https://huggingface.co/spaces/org/name",
    "https://huggingface.co/papers/2303.03915",
    "https://hf.co/org/name",
    "http://huggingface.co/org/name",
    "huggingface.co/datasets/org/name",
    "hf://datasets/org/name@main/train.csv",
    "hf://org/name",
    "https://github.com/org/name",
    "https://github.com/org/name.git",
    "https://www.github.com/org/name/",
    "https://github.com/org/name/tree/main/examples",
    "https://github.com/org/name/blob/v1/train.py#L10",
    "https://github.com/org/name/releases/tag/v1",
    "https://github.com/org/name/commit/0123456789abcdef0123456789abcdef01234567",
    "https://raw.githubusercontent.com/org/name/main/a.py",
    "github.com/org/name",
    "git@github.com:org/name.git",
    "ssh://git@github.com/org/name.git",
    "git+https://github.com/org/name@v1",
    "https://gitlab.com/group/sub/name/-/tree/main",
    "https://gitlab.com/group/name.git",
    "https://codeberg.org/org/name/src/tag/v1",
    "https://bitbucket.org/org/name/src/main/a.py",
    "https://git.sr.ht/~org/name/tree/main",
    "https://arxiv.org/abs/2303.03915",
    "https://arxiv.org/abs/2303.03915v2",
    "https://arxiv.org/pdf/2303.03915.pdf",
    "https://arxiv.org/html/2303.03915v1",
    "https://arxiv.org/abs/hep-th/9901001",
    "arXiv:2303.03915",
    "arxiv:2303.03915v3",
    "https://doi.org/10.57967/hf/0003",
    "https://dx.doi.org/10.1000/xyz123",
    "doi:10.57967/hf/0003",
    "swh:1:rev:0123456789abcdef0123456789abcdef01234567",
    "https://archive.softwareheritage.org/swh:1:dir:0123456789abcdef0123456789abcdef01234567",
    "https://zenodo.org/doi/10.5281/zenodo.7",
    "https://example.org/paper.pdf?version=2",
    "http://example.org/data",
]
SENTENCES = [
    "We trained it on {0}.",
    "(see {0})",
    "Weights: <b>{0}</b>!",
    "**{0}**, and more",
    "数据在 {0}\uff0c见上",
    "- é {0}",
    "> {0}\n> more",
    "# About {0}",
    "| a |\n|---|\n| {0} |",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_found_in_every_sentence(spelling: str) -> None:
    for sentence in SENTENCES:
        data = sentence.format(spelling).encode()

        (link,) = read_links(data).found

        assert link.is_evidence
        assert link.span.of(data).decode() == spelling


@given(
    st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from(SPELLINGS)), max_size=6),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.text(alphabet="aé😀`*[]()<>!#&|\n", max_size=20),
)
def test_every_span_shows_its_link(
    written: list[tuple[str, str]], line_end: str, marked: bool, noise: str
) -> None:
    blocks = [sentence.format(spelling) for sentence, spelling in written]
    text = "\n\n".join([*blocks, noise, *blocks]).replace("\n", line_end)
    data = (BOM if marked else b"") + text.encode()

    for one in read_links(data).found:
        shown = unescape(one.span.of(data).decode())
        last = one.locator.uri.rpartition("/")[2]
        assert last.lower() in shown.lower()


def test_prose_that_is_not_read_is_said_to_be_missing() -> None:
    links = read_links(b"---\ndatasets: org/d\n---\n" + b"[" * 2**20)

    assert [str(one.locator) for one in links.found] == ["hub-dataset:org/d"]
    assert not links.complete


def test_a_card_without_metadata_is_all_prose() -> None:
    assert read_links(b"").found == ()
    with pytest.raises(TextError) as caught:
        read_links(b"\0")
    assert caught.value.code is Code.CARD_CTRL
