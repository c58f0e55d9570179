import pytest

from provenance.recipe.links.hosts import at_known_host, is_known, is_name, keeps_git

SHA = "c" * 40


@pytest.mark.parametrize(
    ("host", "path", "found"),
    [
        ("huggingface.co", "org/name", "hub-model:org/name"),
        ("huggingface.co", "org/name./", "hub-model:org/name"),
        ("huggingface.co", "org/name/tree/refs/pr/1", "hub-model:org/name@refs/pr/1"),
        ("huggingface.co", "gpt2/blob/main/README.md", "hub-model:gpt2@main"),
        ("huggingface.co", "datasets/squad", "hub-dataset:squad"),
        ("huggingface.co", "datasets/squad/viewer/plain_text", "hub-dataset:squad"),
        ("huggingface.co", "datasets/org/d/discussions/3", "hub-dataset:org/d"),
        ("huggingface.co", "api/models/org/name/revision/x", "hub-model:org/name"),
        ("huggingface.co", "api/datasets/org/d", "hub-dataset:org/d"),
        ("huggingface.co", "papers/2303.03915", "arxiv:2303.03915"),
        ("github.com", "o/r/tree/v1/src", "git:https://github.com/o/r@v1"),
        ("github.com", "o/r/releases/download/v1/a.zip", "git:https://github.com/o/r@v1"),
        ("github.com", "o/r/releases/latest", "git:https://github.com/o/r"),
        ("github.com", "o/r/archive/refs/tags/v1.2.tar.gz", "git:https://github.com/o/r@v1.2"),
        ("github.com", "o/r/tree", "git:https://github.com/o/r"),
        ("raw.githubusercontent.com", "o/r/main/a.py", "git:https://github.com/o/r@main"),
        (
            "raw.githubusercontent.com",
            "o/r/refs/heads/main/a.py",
            "git:https://github.com/o/r@main",
        ),
        ("gitlab.com", "g/s/t/p/-/tree/v1", "git:https://gitlab.com/g/s/t/p@v1"),
        ("gitlab.com", "g/p/tree/v1", "git:https://gitlab.com/g/p@v1"),
        ("gitlab.com", "g/s/p.git", "git:https://gitlab.com/g/s/p"),
        ("gitlab.example.org", "g/p", "git:https://gitlab.example.org/g/p"),
        ("codeberg.org", "o/r/src/branch/dev/a.py", "git:https://codeberg.org/o/r@dev"),
        ("codeberg.org", "o/r/src/tag/v1", "git:https://codeberg.org/o/r@v1"),
        ("bitbucket.org", f"o/r/src/{SHA}/a", f"git:https://bitbucket.org/o/r@{SHA}"),
        ("git.sr.ht", "~o/r/tree/main/item/a", "git:https://git.sr.ht/~o/r@main"),
        ("git.sr.ht", "~o/r/refs/v1", "git:https://git.sr.ht/~o/r@v1"),
        ("arxiv.org", "pdf/2303.03915v2.pdf", "arxiv:2303.03915@v2"),
        ("arxiv.org", "html/2303.03915", "arxiv:2303.03915"),
        ("arxiv.org", "abs/hep-th/9901001", "arxiv:hep-th/9901001"),
        ("export.arxiv.org", "abs/2303.03915", "arxiv:2303.03915"),
        ("doi.org", "10.57967/hf/0003", "doi:10.57967/hf/0003"),
        ("zenodo.org", "doi/10.5281/zenodo.7", "doi:10.5281/zenodo.7"),
    ],
)
def test_a_path_of_a_known_host_names_something(host: str, path: str, found: str) -> None:
    parts = [one for one in path.split("/") if one]

    assert str(at_known_host(host, parts)) == found


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("huggingface.co", ""),
        ("huggingface.co", "gpt2"),
        ("huggingface.co", "api"),
        ("huggingface.co", "docs/transformers"),
        ("huggingface.co", "models/org"),
        ("huggingface.co", "datasets"),
        ("huggingface.co", "datasets/a b"),
        ("huggingface.co", "papers"),
        ("github.com", ""),
        ("github.com", "topics/x"),
        ("github.com", "o"),
        ("github.com", "o/é"),
        ("gitlab.com", "explore/x"),
        ("gitlab.com", "g/-/p"),
        ("git.sr.ht", "o/r"),
        ("git.sr.ht", "~o"),
        ("git.sr.ht", "~o/é"),
        ("arxiv.org", "list/cs.CL/recent"),
        ("arxiv.org", "abs"),
        ("zenodo.org", "records/1"),
        ("example.org", "o/r"),
    ],
)
def test_a_hosts_own_pages_name_nothing(host: str, path: str) -> None:
    assert at_known_host(host, [one for one in path.split("/") if one]) is None


def test_a_name_that_only_ends_like_a_known_host_is_another_host() -> None:
    assert not is_known("evilarxiv.org")
    assert not is_known("github.com.example.org")
    assert is_known("gitlab.example.org")
    assert is_known("export.arxiv.org")
    assert is_known("hf.co")
    assert not keeps_git("hf.co")
    assert keeps_git("gitlab.example.org")


def test_a_name_neither_starts_nor_ends_with_a_dot() -> None:
    assert is_name("a.b-c_d")
    assert not is_name(".a")
    assert not is_name("a.")
