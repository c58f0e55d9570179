import pytest

from provenance.errors import Code, TextError
from provenance.recipe.code.requirements import reads_requirements, requirements_of
from provenance.values.component import Component
from tests.building import WHERE

ENV, LIBS = Component.ENVIRONMENT, Component.SUPPORTING_LIBRARIES
HASH = "0" * 64


@pytest.mark.parametrize(
    ("path", "text", "component", "names"),
    [
        ("requirements.txt", "numpy==2.0\n# why\nTorch_X == 1.0 ; a\n", ENV, ("numpy", "torch-x")),
        ("requirements.lock", f"a==1 \\\n    --hash=sha256:{HASH}\n", ENV, ("a",)),
        ("r/requirements-dev.txt", "a @ git+https://e.org/a@" + "a" * 40, ENV, ("a",)),
        (
            "requirements.txt",
            "numpy>=2\ntorch==1  # pinned\n-r other.txt\n",
            LIBS,
            ("numpy", "torch"),
        ),
        ("requirements.txt", "a[b]==1", ENV, ("a",)),
        ("uv.lock", '[[package]]\nname = "a"\nversion = "1"\n', ENV, ("a",)),
        ("pylock.toml", '[[packages]]\nname = "a"\nversion = "1"\n', ENV, ("a",)),
        ("poetry.lock", '[[package]]\nname = "a"\n[[package]]\nname = 1\n', LIBS, ("a",)),
        ("pyproject.toml", '[project]\ndependencies = ["a>1", "b", "!"]\n', LIBS, ("a", "b")),
        ("pyproject.toml", '[tool.poetry.dependencies]\na = "^1"\n', LIBS, ("a",)),
        ("Pipfile.lock", '{"default": {"a": {"version": "==1"}}}', ENV, ("a",)),
        (
            "environment.yml",
            "dependencies:\n- a=1.0\n- b==2=py\n- pip:\n  - c==1\n",
            ENV,
            ("a", "b", "c"),
        ),
        ("environment.yaml", "dependencies:\n- a>=1\n", LIBS, ("a",)),
        ("conda-lock.yml", "package:\n- name: a\n  version: 1\n- other: b\n", ENV, ("a",)),
        ("Dockerfile", f"FROM scratch\nFROM --platform=x a/b@sha256:{HASH} AS c\n", ENV, None),
        ("docker/Dockerfile", "FROM python:3.11\n", LIBS, ("python:3.11",)),
    ],
)
def test_a_list_is_a_lock_when_every_package_has_one_version(
    path: str, text: str, component: Component, names: tuple[str, ...] | None
) -> None:
    found = requirements_of(path, text.encode(), WHERE)

    assert reads_requirements(path)
    assert found
    assert found.component is component
    assert names is None or found.names == names


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("requirements.txt", b""),
        ("pyproject.toml", b"[project]\ndependencies = 1\n"),
        ("Pipfile.lock", b"[]"),
        ("environment.yml", b""),
        ("environment.yml", b"dependencies: 1"),
        ("environment.yml", b"dependencies:\n- '!'\n- pip: 1\n"),
        ("Dockerfile", b"RUN x"),
        ("notes.txt", b"a==1"),
    ],
)
def test_what_is_no_list_is_none(path: str, data: bytes) -> None:
    assert requirements_of(path, data, WHERE) is None


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("requirements.txt", b"\xff", Code.RECIPE_SYNTAX),
        ("uv.lock", b"[", Code.RECIPE_SYNTAX),
        ("Pipfile.lock", b"{", Code.JSON_SYNTAX),
        ("environment.yml", b"dependencies:\n- [!]\n", Code.YAML_SYNTAX),
        ("requirements.txt", b"\n".join(b"a%d==1" % n for n in range(6000)), Code.RESOURCE),
        ("requirements.txt", b"a" * (9 * 2**20), Code.RESOURCE),
    ],
)
def test_a_list_that_cannot_be_read_is_not_passed_over(path: str, data: bytes, code: Code) -> None:
    with pytest.raises(TextError) as caught:
        requirements_of(path, data, WHERE)

    assert caught.value.code is code


def test_the_words_for_one_and_for_several() -> None:
    one = requirements_of("requirements.txt", b"a==1", WHERE)
    two = requirements_of("requirements.txt", b"a\nb", WHERE)

    assert one
    assert one.what == "locks one package, a"
    assert two
    assert two.what == "names 2 packages, a first, and does not lock each"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("requirements.txt", b"numpy==2.0\n"),
        ("Dockerfile", b"FROM x@sha256:" + b"a" * 64 + b"\n"),
    ],
)
def test_a_mark_of_byte_order_hides_no_package_and_a_zero_is_told(path: str, data: bytes) -> None:
    assert requirements_of(path, b"\xef\xbb\xbf" + data, WHERE) is not None

    with pytest.raises(TextError) as caught:
        requirements_of(path, b"\0" + data, WHERE)
    assert caught.value.code is Code.RECIPE_SYNTAX
