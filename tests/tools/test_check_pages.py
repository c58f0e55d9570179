import attrs
import pytest

from provenance.checks.table import CHECKS
from provenance.values.component import Component
from provenance.values.facts import Facts
from provenance.values.finding import Finding
from tools.check_pages import PAGE, main, page, parts_of


@attrs.frozen
class Silent:
    """It says nothing of what it needs."""

    id: str = "silent"
    component: Component = Component.SEEDS

    def judge(self, facts: Facts) -> tuple[Finding, ...]:
        """Return nothing."""
        del facts
        return ()


def test_the_page_of_the_checks_is_what_they_say_of_themselves() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
    assert main(["--check"]) == 0


def test_every_check_says_what_it_needs_proves_does_not_prove_and_an_example() -> None:
    for check in CHECKS:
        assert all(parts_of(check).values()), check.id
    with pytest.raises(ValueError, match="silent does not say"):
        parts_of(Silent())
