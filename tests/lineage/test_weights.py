import attrs

from provenance.lineage.weights import base_models, files, weights
from provenance.values.claim import Claim
from provenance.values.component import Component
from provenance.values.digest import Digest, DigestSet
from provenance.values.inventory import FileEntry, How, Inventory
from provenance.values.locator import Locator, LocatorKind
from provenance.values.manifest import Manifest
from provenance.values.movement import Aspect, Movement, Turn
from provenance.values.path import RelPath
from provenance.values.rung import Rung
from tests.building import MANIFEST, PROFILE, SHA, WEIGHTS, WHERE, read, report, reports
from tests.lineage.test_linked import UNREAD

OTHER = Digest.sha256("ef" * 32)


def with_file(path: str, digest: Digest | None, size: int = 16) -> Manifest:
    how, digests = (How.READ, DigestSet((digest,))) if digest else (How.UNREAD, DigestSet())
    changed = FileEntry(RelPath(path), size, how=how, digests=digests)
    rest = [one for one in MANIFEST.inventory if one.path.text != path]
    return attrs.evolve(MANIFEST, inventory=Inventory((*rest, changed)))


def test_weights_change_with_their_digests_or_sizes() -> None:
    for moved in (with_file(WEIGHTS.text, OTHER), with_file(WEIGHTS.text, None, 17)):
        (found,) = weights(MANIFEST, moved)

        assert (found.turn, found.about) == (Turn.CHANGED, "final parameters")
        assert found.before == "8 parameters in 1 tensors, BF16, 1 files (abababababab)"


def test_weights_of_which_one_side_has_no_digest_are_unknown() -> None:
    (found,) = weights(MANIFEST, with_file(WEIGHTS.text, None))

    assert found.turn is Turn.UNKNOWN
    assert found.after.endswith("(no digest)")


def test_other_files_with_the_same_tensors_are_said_to_hold_them() -> None:
    before = attrs.evolve(MANIFEST, profile=attrs.evolve(PROFILE, tensor_root=SHA))
    after = attrs.evolve(with_file(WEIGHTS.text, OTHER), profile=before.profile)

    (found,) = weights(before, after)

    assert (found.turn, found.about) == (Turn.CHANGED, "files, the same tensors")


def test_weights_that_one_side_does_not_have_are_left_to_the_component() -> None:
    assert list(weights(attrs.evolve(MANIFEST, profile=None), MANIFEST)) == []
    assert list(weights(MANIFEST, attrs.evolve(MANIFEST, profile=None))) == []
    assert list(weights(MANIFEST, MANIFEST)) == []


def based_on(name: str) -> Manifest:
    said = Claim(Component.BASE_MODELS, name, WHERE, Locator(LocatorKind.HUB_MODEL, name))
    found = attrs.evolve(report(Component.BASE_MODELS, Rung.LOCATED), claims=(said,))
    return attrs.evolve(MANIFEST, components=tuple(reports(base_models=found).values()))


def test_another_base_model_is_a_change_unless_the_card_was_not_read() -> None:
    (found,) = base_models(based_on("org/a"), based_on("org/b"))
    (lost,) = base_models(based_on("org/a"), UNREAD)

    assert (found.turn, found.after) == (Turn.CHANGED, "hub-model:org/b")
    assert lost.turn is Turn.UNKNOWN
    assert list(base_models(MANIFEST, MANIFEST)) == []


def test_files_that_came_went_and_changed_are_named() -> None:
    after = attrs.evolve(
        MANIFEST,
        inventory=Inventory(
            (
                *(read("new.txt"), read(WEIGHTS.text)),
                FileEntry(RelPath("README.md"), 17),
                FileEntry(RelPath("config.json"), 16),
            )
        ),
    )

    assert list(files(MANIFEST, after)) == [
        Movement(Aspect.FILES, Turn.CHANGED, "added", "", "new.txt"),
        Movement(Aspect.FILES, Turn.CHANGED, "removed", "tokenizer.json", ""),
        Movement(Aspect.FILES, Turn.CHANGED, "changed", "README.md", "README.md"),
        Movement(Aspect.FILES, Turn.UNKNOWN, "not compared", "config.json", "config.json"),
    ]


def test_many_files_are_counted() -> None:
    many = Inventory((*MANIFEST.inventory, *(read(f"{place:03}.txt") for place in range(20))))

    (found,) = files(MANIFEST, attrs.evolve(MANIFEST, inventory=many))

    assert found.after.endswith("007.txt and 12 more")
