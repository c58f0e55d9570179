"""Where a card says that something is, and nobody of ours goes: unknown, and not nowhere."""

import pytest

from provenance.errors import Code
from provenance.recipe.prose.card import CardRead, Subject, read_card
from provenance.values.address import Address
from provenance.values.component import Component

CODE, DATA = Component.TRAINING_CODE, Component.DATASETS


def card(body: str) -> CardRead:
    address = Address.parse("hf:acme/toy@x/README.md")
    return read_card(body.encode(), address=address, path="README.md", subject=Subject.MODEL)


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ("We release the training code [here](https://gist.github.com/u/0a).", "gist.github.com"),
        ("- [Training code](https://example.org/x.zip)", "example.org"),
        ("## Training code\n\n[Download](https://example.org/x.zip)", "example.org"),
        ("Our training code is [here](https://huggingface.co/spaces/o/r).", "hub-space:o/r"),
        ("Our [training code](https://huggingface.co/o/code).", "hub-model:o/code"),
    ],
)
def test_code_at_an_address_that_is_not_followed_is_claimed_there(body: str, target: str) -> None:
    targets = [str(one.target) for one in card(body).claims if one.component is CODE]

    assert len(targets) == 1
    assert target in targets[0]


def test_a_repository_beside_a_page_is_what_is_meant() -> None:
    body = "Our training code is [here](https://github.com/o/r), with [help](https://example.org)."

    (claim,) = (one for one in card(body).claims if one.component is CODE)

    assert str(claim.target) == "git:https://github.com/o/r"


@pytest.mark.parametrize(
    ("body", "code", "about"),
    [
        ("We release the training code [here](file:///srv/x).", Code.URL_FORBIDDEN, CODE),
        ("We release the training code [here](http://127.0.0.1/o/r).", Code.URL_FORBIDDEN, CODE),
        ("We release the training code [here](../../code).", Code.URL_FORBIDDEN, CODE),
        ("We release the training code at git@git.lab.org:o/r.git.", Code.URL_FORBIDDEN, CODE),
        ("- [Training code](git@git.lab.org:o/r.git)", Code.URL_FORBIDDEN, CODE),
        ("Training code: git@git.lab.org:o/r.git", Code.URL_FORBIDDEN, CODE),
        ("We release the training code at git.lab.org/o/r.", Code.NOT_COVERED, CODE),
        ("We release our training dataset [here](s3://bucket/x).", Code.URL_FORBIDDEN, DATA),
        (
            "The training code is released here:\n\n- https://github.com/o/r",
            Code.NOT_COVERED,
            CODE,
        ),
    ],
)
def test_an_address_that_nothing_follows_leaves_open_what_is_claimed_there(
    body: str, code: Code, about: Component
) -> None:
    found = [(one.code, one.about) for one in card(body).unread]

    assert any(code is one and about in components for one, components in found)


@pytest.mark.parametrize(
    "body",
    [
        "We release the training code.",
        "We release the training code in [the chapter below](#code).",
        "The training code is not released. See [this](ftp://example.org/x).",
        "We love [birds](ftp://example.org/x).",
        "Others compare training code of others on [their page](https://example.org/x).",
    ],
)
def test_an_address_of_something_else_leaves_nothing_open(body: str) -> None:
    read = card(body)

    assert not any(CODE in one.about for one in read.unread)
    assert all(one.target is None for one in read.claims)
