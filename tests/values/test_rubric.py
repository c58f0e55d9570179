import hashlib

import attrs

from provenance.values.rubric import Rubric

TOY = Rubric("toy", "1.0", ("a", "b"))


def test_the_digest_is_that_of_the_text() -> None:
    assert TOY.digest.hex == hashlib.sha256(b"toy 1.0\na\nb\n").hexdigest()


def test_another_rule_or_version_has_another_digest() -> None:
    others = [attrs.evolve(TOY, version="1.1"), attrs.evolve(TOY, rules=("a",))]

    assert TOY.digest not in [one.digest for one in others]
