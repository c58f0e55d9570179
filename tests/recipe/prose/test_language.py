import pytest

from provenance.recipe.prose.language import is_understood, words_in

ENGLISH = (
    "Our training data is public, and so is the code that the model was trained with.",
    "Code: https://github.com/o/r/tree/v1 and https://example.org/de/la/le/les/des/du",
    "| MMLU | 5-shot | acc | 71.2 | HellaSwag | 10-shot | acc_norm | 82.1 | ARC | TruthfulQA |",
    (
        "We evaluate on FLORES: die, das, und, der are G"
        "erman articles that the model has to translate."
    ),
    "Supported languages: \u4e2d\u6587, \u65e5\u672c\u8a9e, Fran\u00e7ais, Deutsch",
    "tr\u0430ining c\u043ede is n\u043et rele\u0430sed",
    "",
    "data",
)
FOREIGN = (
    "\u6211\u4eec\u4e0d\u4f1a\u516c\u5f00\u7528\u4e8e\u8bad\u7ec3\u7684\u6570\u636e\u96c6",
    (
        "\u041c\u044b \u043d\u0435 \u043f\u0443\u0431\u043b\u0438"
        "\u043a\u0443\u0435\u043c \u0434\u0430\u043d\u043d\u044b\u0435"
    ),
    (
        "\u0644\u0646 \u0646\u0646\u0634\u0631 \u0628\u064a\u0627"
        "\u0646\u0627\u062a \u0627\u0644\u062a\u062f\u0631\u064a\u0628"
    ),
    "Nous ne publions pas les donn\u00e9es qui ont servi \u00e0 entra\u00eener ce mod\u00e8le.",
    "Wir werden die Daten nicht ver\u00f6ffentlichen, mit denen das Modell trainiert wurde.",
    "No vamos a publicar los datos con los que se entren\u00f3 el modelo en el futuro.",
    "N\u00e3o publicamos os dados com que o modelo foi treinado, nem uma parte das amostras.",
)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_and_what_is_too_little_to_tell_is_understood(text: str) -> None:
    assert is_understood(text)


@pytest.mark.parametrize("text", FOREIGN)
def test_any_other_language_is_not(text: str) -> None:
    assert not is_understood(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("two words", 2),
        ("\u6211\u4eec\u516c\u5f00\u6570\u636e", 3),
        ("\u3042\u3044 and \u0e01\u0e02\u0e04", 4),
        ("\U00020000", 1),
        ("\u00e9t\u00e9 et hiver", 3),
        ("", 0),
    ],
)
def test_words_are_counted_in_scripts_that_part_none(text: str, words: int) -> None:
    assert words_in(text) == words
