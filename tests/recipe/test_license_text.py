from pathlib import Path

import pytest

from provenance.recipe.license_text import license_path, normalized, read_license

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
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
    return read_license(text.encode(), uri="u").id


@pytest.mark.parametrize("name", ["Apache-2.0", "CC0-1.0"])
def test_a_whole_text_is_recognised(name: str) -> None:
    assert found(TEXTS[name].read_text(encoding="utf-8")) == name


def test_names_years_and_layout_do_not_matter() -> None:
    assert found(MIT) == "MIT"
    assert found(MIT.replace("MIT License\n\n", "").replace("\n", "\r\n")) == "MIT"
    assert found(MIT + "\nAll rights reserved.\n") == "MIT"


@pytest.mark.parametrize(
    "changed",
    [
        MIT.replace("to use, copy", "to copy"),
        MIT + "\nUse for military purposes is not allowed.\n",
        "We ask that you be nice.\n" + MIT,
        MIT.replace("Some Company", "Some Company. No commercial use"),
    ],
)
def test_a_modified_text_is_not_the_licence(changed: str) -> None:
    assert found(changed) is None


def test_a_text_without_words_is_no_licence() -> None:
    assert (found(""), normalized("")) == (None, "")


def test_the_licence_of_the_whole_is_found_by_its_name_at_the_top() -> None:
    assert license_path(["a/LICENSE", "LICENSE.md", "README.md"]) == "LICENSE.md"
    assert license_path(["a/LICENSE"]) is None
