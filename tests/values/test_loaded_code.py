import pytest

from provenance.errors import Code
from provenance.values.hazard import Limit
from provenance.values.loaded_code import CodeSearch, LoadedCode


@pytest.mark.parametrize(
    ("path", "name", "member", "places"),
    [
        ("config.json", "m.X", "", ("m.X",)),
        ("vit/config.json", "m.X", "", ("m.X", "vit.m.X")),
        ("mlx/config.json", "custom.py", "", ("custom.py", "mlx/custom.py")),
        ("a/custom_generate/generate.py", "generate", "", ("a/custom_generate/generate.py",)),
        ("config.json", "org/other--m.X", "", ()),
        ("m.zip", "m.X", "config.json", ()),
    ],
)
def test_code_stands_beside_what_names_it_or_at_the_root(
    path: str, name: str, member: str, places: tuple[str, ...]
) -> None:
    assert LoadedCode(path, name, "auto-map", member).places == places


def test_a_search_is_whole_while_nothing_was_left_unread() -> None:
    found = CodeSearch((LoadedCode("config.json", "m.X", "auto-map"),))
    unread = CodeSearch(unread=(Limit(Code.CODE_UNSEEN, "a.json", "no"),))

    assert (found.whole, unread.whole) == (True, False)
    assert found.places == ("m.X",)
