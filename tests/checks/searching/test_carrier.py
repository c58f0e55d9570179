from provenance.checks.searching.carrier import Carrier, best
from provenance.values.component import Component
from provenance.values.finding import Absent, Confirmed, Contradicted, Unknown
from provenance.values.rung import Rung

YES, NO, OPEN = Confirmed("yes"), Absent("no"), Unknown("nobody looked")


def test_a_carrier_speaks_of_each_rung_that_it_has_an_outcome_for() -> None:
    found = Carrier(YES, YES, YES, NO, facet="f").findings("id", Component.SEEDS)

    assert [one.rung for one in found] == [Rung(1), Rung(2), Rung(3), Rung(4)]
    assert {one.facet for one in found} == {"f"}


def test_the_best_place_is_the_one_that_stands_highest_and_does_not_differ() -> None:
    pinned = Carrier(YES, YES, YES, YES, Contradicted("a decoy"))
    loose = Carrier(YES, YES, YES, NO)
    empty = Carrier(YES, YES, NO, NO)

    assert best([empty, pinned, loose], None) is loose
    assert best([empty, pinned], None) is pinned
    assert best([], OPEN) is None


def test_what_one_place_lacks_may_stand_where_nobody_could_look() -> None:
    lacking = best([Carrier(YES, YES, NO, NO)], OPEN)
    nowhere = best([Carrier(YES, NO, YES, NO)], OPEN)
    whole = best([Carrier(YES, YES, YES, NO)], OPEN)

    differing = best([Carrier(YES, YES, YES, YES, Contradicted("a decoy"))], OPEN)

    either = Unknown("no; nobody looked")
    assert lacking == Carrier(YES, YES, either, either)
    assert nowhere == Carrier(YES, either, YES, either)
    assert whole == Carrier(YES, YES, YES, either)
    assert differing
    assert differing.agrees == Unknown("a decoy; nobody looked")
