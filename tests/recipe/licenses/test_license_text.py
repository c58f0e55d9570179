from pathlib import Path

import pytest

from provenance.recipe.licenses.license_text import LONGEST_TEXT, license_path, read_license
from provenance.values.license import Match
from tests.building import TOY

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
TEXTS = {
    "Apache-2.0": FIXTURES / "recipes" / "charlm" / "LICENSE",
    "CC0-1.0": FIXTURES / "building" / "CC0-1.0.txt",
}
# The text that the licence's own name stands for, as its authors publish it.
MIT = """MIT License

Copyright (c) 2024 Some Author, Some Company

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def found(text: str) -> str | None:
    return read_license(text.encode(), address=TOY).id


@pytest.mark.parametrize("name", ["Apache-2.0", "CC0-1.0"])
def test_a_whole_text_is_recognised(name: str) -> None:
    assert found(TEXTS[name].read_text(encoding="utf-8")) == name


def test_names_years_and_layout_do_not_matter() -> None:
    assert found(MIT) == "MIT"
    assert found(MIT.replace("MIT License\n\n", "").replace("\n", "\r\n")) == "MIT"
    assert found(MIT + "\nAll rights reserved.\n") == "MIT"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (MIT.replace("to use, copy", "to copy"), "use"),
        (MIT + "\nUse for military purposes is not allowed.\n", "use for military purposes"),
        ("We ask that you be nice.\n" + MIT, "we ask that you be nice"),
        (MIT.replace("Some Company", "Some Company. No commercial use"), "no commercial use"),
        (MIT + "\n不得用于商业用途\n", "不 得 用 于 商 业 用 途"),
        (MIT.replace("restriction", "restricti\u043en"), "restricti\u043en"),
        ("<!-- Not for companies. -->\n" + MIT, "not for companies"),
    ],
)
def test_a_modified_text_is_not_the_licence_and_the_difference_is_shown(
    changed: str, words: str
) -> None:
    read = read_license(changed.encode(), address=TOY)

    assert (read.id, read.match) == (None, None)
    assert read.nearest
    assert read.nearest.id == "MIT"
    assert read.nearest.similarity < 1
    assert words in " | ".join((*read.nearest.added, *(read.nearest.missing or ())))


def test_terms_behind_the_end_of_a_licence_make_it_another() -> None:
    apache = TEXTS["Apache-2.0"].read_text(encoding="utf-8")
    end = apache.index("END OF TERMS AND CONDITIONS") + len("END OF TERMS AND CONDITIONS")

    assert found(apache[:end]) == "Apache-2.0"
    assert found(apache + "\nYou may not use this commercially.\n") is None
    assert found(apache[:end] + "\nNot for companies.\n" + apache[end:]) is None


def test_a_licence_s_name_above_another_text_makes_it_neither() -> None:
    apache = TEXTS["Apache-2.0"].read_text(encoding="utf-8")

    read = read_license(b"MIT License\n\nCopyright (c) 2024 A\n\n" + apache.encode(), address=TOY)

    assert (read.id, read.headline) == (None, "mit license")
    assert read.nearest
    assert (read.nearest.id, read.nearest.added) == ("Apache-2.0", ("mit license",))


def test_a_known_modification_is_recognised_as_what_it_is() -> None:
    gpt2 = MIT.replace("MIT License", "Modified MIT License").replace(
        "Permission is",
        "We don\u2019t claim ownership of the content you create with GPT-2, so it is yours to do "
        "with as you please.\nWe only ask that you use GPT-2 responsibly and clearly indicate your "
        "content was created using GPT-2.\n\nPermission is",
        1,
    )

    read = read_license(gpt2.encode(), address=TOY)

    assert (read.id or (read.nearest and read.nearest.id)) not in {None, "MIT", "MIT-0"}


def test_an_edited_licence_of_a_model_is_recognised_by_its_clauses() -> None:
    text = (
        "LLAMA 3 COMMUNITY LICENSE AGREEMENT\nIf you have more than 700 million monthly active "
        "users, ask. Keep to the Acceptable Use Policy."
    )

    read = read_license(text.encode(), address=TOY)

    assert (read.id, read.match) == ("LicenseRef-llama3", Match.CLAUSES)


def test_a_text_longer_than_any_licence_is_none() -> None:
    assert found(MIT + " word" * LONGEST_TEXT) is None


@pytest.mark.parametrize("text", ["", "MIT License", "\n\n", "…"])
def test_a_text_without_terms_is_no_licence(text: str) -> None:
    assert found(text) is None


def test_the_licence_of_the_whole_is_found_by_its_name_at_the_top() -> None:
    assert license_path(["a/LICENSE", "LICENSE.md", "README.md"]) == "LICENSE.md"
    assert license_path(["license.TXT", "LICENSE-CODE"]) == "license.TXT"
    assert license_path(["a/LICENSE"]) is None


def test_the_terms_of_weights_come_before_those_of_code() -> None:
    names = ["LICENSE", "LICENSE-CODE", "MODEL_LICENSE"]

    assert license_path(names, of_model=True) == "MODEL_LICENSE"
    assert license_path(["LICENSE", "WEIGHTS_TERMS_OF_USE.md"], of_model=True) != "LICENSE"
    assert license_path(["LICENSE", "USE_POLICY.md"], of_model=True) == "LICENSE"
    assert license_path(names) == "LICENSE"
    assert license_path(["LICENSE-CODE"], of_model=True) is None
    assert license_path(["LICENSE-CODE"]) == "LICENSE-CODE"


def test_a_text_that_a_comment_hides_is_no_licence() -> None:
    for text in (f"<!--\n{MIT}-->\nAll rights reserved.\n", f"<!-- {MIT}"):
        assert read_license(text.encode(), address=TOY).id is None
    assert read_license(f"<!-- -->\n{MIT}".encode(), address=TOY).id == "MIT"
