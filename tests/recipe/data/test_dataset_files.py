import pytest

from provenance.recipe.data.dataset_files import Role, role_of


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("README.md", Role.CARD),
        ("LICENSE.txt", Role.LICENSE),
        (".gitattributes", Role.HOUSEKEEPING),
        ("dataset_infos.json", Role.HOUSEKEEPING),
        ("croissant.json", Role.CROISSANT),
        ("squad.croissant.json", Role.CROISSANT),
        ("notcroissant.json", Role.DATA),
        ("squad.py", Role.SCRIPT),
        ("code/one.py", Role.DATA),
        ("data/README.md", Role.DATA),
        ("data/LICENSE", Role.DATA),
        ("train.parquet", Role.DATA),
        ("readme.md", Role.DATA),
    ],
)
def test_a_file_is_data_unless_its_name_and_place_say_otherwise(path: str, expected: Role) -> None:
    assert role_of(path) is expected
