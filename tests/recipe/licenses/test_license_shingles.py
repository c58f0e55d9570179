from provenance.recipe.licenses.license_shingles import (
    ANCHORS,
    anchors,
    covered,
    covered_by_prints,
    every_print,
    prints,
    runs,
    shingles,
)

WORDS = tuple(f"w{number}" for number in range(40))


def test_a_short_text_is_one_run() -> None:
    assert list(shingles(("a", "b"))) == [("a", "b")]
    assert len(prints(("a", "b"))) == 1


def test_a_changed_word_is_the_only_one_that_is_not_common() -> None:
    changed = (*WORDS[:20], "else", *WORDS[21:])

    marks = covered(changed, frozenset(shingles(WORDS)))

    assert runs(changed, marks) == ("else",)


def test_digests_find_a_change_within_a_few_words() -> None:
    changed = (*WORDS[:20], "else", *WORDS[21:])

    (run,) = runs(changed, covered_by_prints(changed, frozenset(prints(WORDS))))

    assert "else" in run.split()
    assert len(run.split()) <= 9


def test_every_word_stands_in_a_digest_that_is_kept() -> None:
    assert all(covered_by_prints(WORDS, frozenset(prints(WORDS))))
    assert set(prints(WORDS)) <= set(every_print(WORDS))


def test_a_text_has_a_few_anchors_in_order() -> None:
    assert len(anchors(WORDS)) == ANCHORS
    assert list(anchors(WORDS)) == sorted(anchors(WORDS))
