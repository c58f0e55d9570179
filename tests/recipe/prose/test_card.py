import pytest

from provenance.errors import Code, TextError
from provenance.recipe.links.links import read_links
from provenance.recipe.prose.card import CardRead, Subject, read_card
from provenance.values.address import Address
from provenance.values.claim import Claim
from provenance.values.component import Component
from tests.building import TOY

SHA = "c" * 40
HEAD = b"---\nlicense: apache-2.0\ndatasets:\n- org/data\nbase_model: org/base\n---\n"


def card(body: str, head: bytes = HEAD, subject: Subject = Subject.MODEL) -> CardRead:
    return read_card(
        head + body.encode(),
        address=Address.parse(f"hf:o/n@{SHA}/README.md"),
        path="README.md",
        subject=subject,
    )


def about(read: CardRead, component: Component) -> list[Claim]:
    return [claim for claim in read.claims if claim.component is component]


def codes(read: CardRead) -> set[Code]:
    return {hazard.code for hazard in read.hazards}


def test_metadata_and_pinned_links_both_claim_the_data() -> None:
    read = card(f"# M\n\nData: https://huggingface.co/datasets/org/data/tree/{SHA}\n")

    targets = [str(claim.target) for claim in about(read, Component.DATASETS)]
    assert targets == ["hub-dataset:org/data", f"hub-dataset:org/data@{SHA}"]


def test_every_quote_stands_where_the_claim_says() -> None:
    body = f"# M\n\nThe training code is at https://github.com/o/r/tree/{SHA} for all.\n"
    data = HEAD + body.encode()

    (claim,) = about(card(body), Component.TRAINING_CODE)

    quoted = data[claim.where.start : claim.where.end]
    assert quoted == f"The training code is at https://github.com/o/r/tree/{SHA} for all".encode()
    assert claim.text == f"{quoted.decode()}."
    assert str(claim.target) == f"git:https://github.com/o/r@{SHA}"


def test_a_link_to_somebody_else_s_repository_claims_nothing() -> None:
    read = card("# M\n\nWe use the training code of https://github.com/huggingface/transformers.\n")

    assert about(read, Component.TRAINING_CODE) == []


def test_a_repository_without_a_word_about_code_claims_nothing() -> None:
    assert about(card("# M\n\nhttps://github.com/o/r\n"), Component.TRAINING_CODE) == []


def test_a_denial_is_kept_as_one() -> None:
    read = card("# M\n\nWe do not release the training code.\n")

    assert [claim.denied for claim in about(read, Component.TRAINING_CODE)] == [True]


def test_a_promise_claims_nothing_with_or_without_a_link() -> None:
    read = card("# M\n\nTraining code is coming soon. See https://github.com/o/r coming soon.\n")

    assert about(read, Component.TRAINING_CODE) == []


def test_papers_and_base_models_and_results_are_claims() -> None:
    head = (
        b"---\nlicense: mit\nbase_model: [org/base, 'my base']\nmodel-index:\n- results:\n"
        b"  - dataset: {type: d}\n    metrics: [{type: loss, value: 1}]\n---\n"
    )
    read = card("# M\n\nhttps://arxiv.org/abs/2401.00001 and https://example.org/x\n", head)

    assert [str(c.target) for c in about(read, Component.RESEARCH_PAPER)] == ["arxiv:2401.00001"]
    targets = [claim.target for claim in about(read, Component.BASE_MODELS)]
    assert [str(target) for target in targets] == ["hub-model:org/base", "None"]
    assert [c.text for c in about(read, Component.EVALUATION_RESULTS)] == ["{type: loss, value: 1}"]


def test_one_claim_of_each_component_is_enough_where_no_link_is() -> None:
    read = card("# M\n\nSeed 1.\n\nSeed 2.\n\nThe seed is not released.\n")

    assert [claim.denied for claim in about(read, Component.SEEDS)] == [False, True]


def test_a_dataset_s_card_claims_nothing_about_a_release() -> None:
    assert card("# D\n\nThe training data.\n", subject=Subject.DATASET).claims == ()


def test_sections_are_counted_in_words() -> None:
    read = card("# One\n\na b c\n\n## Two\n\nd\n")

    assert [(one.title, one.words) for one in read.facts.sections] == [("One", 3), ("Two", 1)]
    assert read.facts.words == 4


@pytest.mark.parametrize(
    ("head", "body", "code"),
    [
        (HEAD, "# M\n\nLicense: see LICENSE (Llama 3 Community License)\n", Code.LICENSE_CONFLICT),
        (HEAD, "# M\n\n- code: http://10.0.0.1/\n", Code.URL_FORBIDDEN),
        (HEAD, "# M\n\n<script>x</script>\n", Code.MARKUP),
        (b"", "# M\n", Code.CARD_EMPTY),
        (b"---\nlicense: no\n---\n", "# M\n", Code.YAML_TYPE),
        (HEAD, "# \u202eNEPO\n", Code.BIDI),
    ],
)
def test_what_is_wrong_with_a_card_is_reported_by_its_code(
    head: bytes, body: str, code: Code
) -> None:
    assert code in codes(card(body, head))


def test_prose_that_names_the_licence_of_the_metadata_is_no_conflict() -> None:
    assert codes(card("# M\n\nThe licence is Apache 2.0. No licence is named here.\n")) == set()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"---\nlicense: \xff\n---\n", Code.CARD_ENCODING),
        (b"---\nlicense: mit\x00\n---\n", Code.CARD_CTRL),
        (b"---\na: !!python/object x\n---\n", Code.YAML_TAG),
    ],
)
def test_a_card_that_cannot_be_read_is_refused(data: bytes, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        read_card(data, address=TOY, path="README.md", subject=Subject.MODEL)

    assert caught.value.code is code


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("We do n\u043et release it.\n", "mix alphabets"),
        ("We do n\u200bot release it.\n", "without width"),
    ],
)
def test_letters_that_look_like_others_are_told(body: str, words: str) -> None:
    details = [one.detail for one in card(body).hazards if one.code is Code.CARD_AMBIGUOUS]

    assert len(details) == 1
    assert words in details[0]


def test_the_licence_of_code_or_data_is_no_conflict_with_the_model_s() -> None:
    read = card("# M\n\nThe code is under the MIT license.\n\n## Related work\n\nX: MIT license.\n")

    assert Code.LICENSE_CONFLICT not in codes(read)


def test_what_a_template_wrote_counts_for_no_words() -> None:
    read = card("# M\n\n## Data\n\n[More Information Needed]\n\nOne two.\n")

    assert [one.words for one in read.facts.sections] == [0, 2]


def test_the_links_of_a_card_are_those_of_its_page() -> None:
    data = HEAD + b"# M\n\nhttps://github.com/o/r `https://github.com/o/s`\n"

    read = read_card(data, address=TOY, path="README.md", subject=Subject.MODEL)

    assert read.links == read_links(data)


@pytest.mark.parametrize(
    "body",
    [
        "We do not release the training code. " * 2_500,
        "| a | b |\n|---|---|\n" + "| training code | not released |\n" * 2_500,
        "- The training code is here\n" * 2_500,
        "Training code\n" * 25_000,
    ],
)
def test_of_a_card_without_end_only_the_beginning_is_understood(body: str) -> None:
    read = card(body)

    assert len([one for one in read.claims if one.component is Component.TRAINING_CODE]) <= 1
    assert not read.facts.complete
    assert Code.RESOURCE in codes(read)


@pytest.mark.parametrize("body", ["training code " * 70_000, "not " * 200_000, "a, the " * 100_000])
def test_one_sentence_without_end_says_nothing(body: str) -> None:
    assert about(card(body), Component.TRAINING_CODE) == []


def test_a_card_whose_links_were_not_all_read_is_not_complete() -> None:
    read = card("# M\n\n" + "x ++++++ y\n" * 20_000)

    assert not read.facts.complete
    assert Code.RESOURCE in codes(read)


def test_an_address_that_nothing_may_follow_is_no_hazard_in_a_sample() -> None:
    assert codes(card("# M\n\n```\nhttp://10.0.0.1/\n```\n")) == set()
