"""Every reader of a text that others wrote, found by its signature, and what is slow to read.

A reader is a public function of ``text`` or ``recipe`` that takes bytes. Which kind of text it
reads decides what is tried on it; a new reader has to be given a kind here.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

import provenance.recipe
import provenance.text
from provenance.recipe.prose.card import Subject
from provenance.values.digest import Digest
from provenance.values.evidence import Where
from tests.building import TOY

CARD = (
    *(b"<b>", b"<!-- ", b"e.g. ", b"No. training data e.g. ", b"a", b"a_b_", b"`", b"* a ", b"["),
    *(b"[a](b) ", b"![", b"> ", b"- a\n", b"|a", b"\\", b"&amp;", b"<a href='", b"---\n", b"\n "),
    *(
        b"training data not ",
        b"https://a.b/c ",
        b"training data lack ",
        b"| ",
        b"a: b\n",
        b"\xc3\xa9",
    ),
)
JSON = (b"[", b'{"a":', b"1", b'"', b"\\", b" ", b'[1,"a",', b"-")
YAML = (b"a: b\n", b"[", b"- a\n", b"- ", b"a", b"#", b"? ", b"a: &b c\n", b"'", b"\n", b"{a: ")
PYTHON = (
    *(
        b"a\n",
        b"(",
        b"a.",
        b"a,",
        b"-",
        b"f(a)\n",
        b"'",
        b"#",
        b"not ",
        b"if a:\n b\n",
        b"x='{a}'\n",
    ),
    *(b"for a in b: f()\n", b"def f(): f()\n", b"f'{a}' ", b"[a for a in ", b"lambda:", b"\\\n"),
)
PDF = (
    b"(a) Tj ",
    b"(",
    b"<4",
    b"1 ",
    b"(\\",
    b"0 0 Td (a)Tj ",
    b"[(a)-200(b)]TJ ",
    b"stream\n",
    b"a ",
)
HTML = (b"<p>", b"<p>a</p>", b"<!--", b"&", b"<a ", b"<script>", b"a", b"<td>1</td>", b"<title>")
LINES = (b"a==1\n", b"a", b"-r ", b"\n", b"git+https://a.b/c ", b"# ", b"'", b"[", b"=", b" \\\n")
TOML = (b"a=1\n", b"[a]\n", b"a='b'\n", b"#", b"a.b=1\n", b"[", b"{a=", b"a='''", b'"', b"a.")
CONFIGURATION = (b"a = b\n", b"[a.b]\n", b"@architectures = 'a'\n", b'"', b"a", b"#", b"\n")
TAGS = (b"a: !new:b.c\n", b"!", b"!!python/object:", b"_target_: a\n", b"a: [", b"%TAG ! a\n")
PIECES = (b"\x0a\x02\x0a\x00", b"\x0a\x00", b"\x0a", b"\xff", b"\x12\x02ab")
RANKS = (b"YQ== 1\n", b"a ", b"\n", b"a b\n", b"a\t1\n")
BIBLIOGRAPHY = (b"@article{a, title={b}}\n", b"@a{", b"{", b"title=", b'"', b"a", b"\n", b"doi={1")


class Read(NamedTuple):
    """How a kind of text is given to its reader: a name, what stands around it, what is in it."""

    units: tuple[bytes, ...]
    path: str = ""
    before: bytes = b""
    after: bytes = b""


_CARDS = (Read(CARD, "README.md"), Read(YAML, "README.md", b"---\n", b"\n---\n"))
_PDFS = Read(PDF, "a.pdf", b"%PDF-1.4\n1 0 obj <<>>stream\nBT ", b"\nendstream\n")
#: By module and function: what it reads.
KINDS: Mapping[str, tuple[Read, ...]] = {
    "text.canonical_json.parse_canonical": (Read(JSON),),
    "text.front_matter.split": _CARDS,
    "text.restricted_toml.parse": (Read(TOML),),
    "text.plain_text.searchable": (Read((b"a", b"a\x00", b"\xff\xfe", b"\xe9")),),
    "text.html_text.html_lines": (Read(HTML),),
    "text.loader_json.read_as_loaders_do": (Read(JSON),),
    "text.markdown.read": _CARDS,
    "text.markdown.decoded": _CARDS,
    "text.markdown_links.read_mentions": _CARDS,
    "text.markdown_page.read_page": _CARDS,
    "text.pdf_text.pdf_text": (_PDFS,),
    "text.python_source.parse": (Read(PYTHON),),
    "text.restricted_yaml.parse": (Read(YAML),),
    "text.strict_json.parse": (Read(JSON),),
    "text.sum_list.parse": (Read(LINES),),
    "recipe.prose.card.read_card": _CARDS,
    "recipe.documents.chat_template.chat_template_of": (
        Read((b"{% a %}", b"{{ a }}", b"{", b"a"), "chat_template.jinja"),
        Read(JSON, "tokenizer_config.json"),
    ),
    "recipe.documents.citations.citations_of": (
        Read(BIBLIOGRAPHY, "README.md", b"```bibtex\n", b"\n```\n"),
        Read(BIBLIOGRAPHY, "a.bib"),
        Read(YAML, "CITATION.cff"),
    ),
    "recipe.links.code_links.read_code_links": (Read(PYTHON),),
    "recipe.code_read.read_code": (
        Read(PYTHON, "a.py"),
        Read(YAML, "train.yaml"),
        Read(JSON, "train.json"),
        Read(LINES, "requirements.txt"),
        _PDFS,
    ),
    "recipe.documents.config.read_config": (Read(JSON, "config.json"),),
    "recipe.data.croissant.read_croissant": (Read(JSON, "croissant.json"),),
    "recipe.data.dataset_card.read_dataset_card": _CARDS,
    "recipe.documents.document.page_title": (Read(HTML), _PDFS),
    "recipe.documents.document.document_of": (Read(HTML, "a.html"), _PDFS),
    "recipe.documents.evaluations.measured_in_card": _CARDS,
    "recipe.documents.evaluations.measured_in_file": (Read(JSON, "eval_results.json"),),
    "recipe.prose.file_claims.claims_in": (
        Read(YAML, "axolotl.yaml"),
        Read(JSON, "adapter_config.json"),
    ),
    "recipe.links.file_links.links_in": (
        Read(CARD, "README.md"),
        Read(LINES, "requirements.txt"),
        Read((b"[submodule 'a']\n", b"a=b\n", b"[", b"a", b'"', b"\\\n"), ".gitmodules"),
    ),
    "recipe.links.gitmodules.read_gitmodules": (
        Read((b'[submodule "a"]\npath=a\n', b"a=b\n", b"[", b"a", b'"', b"\\\n")),
    ),
    "recipe.links.json_links.read_json_links": (Read(JSON),),
    "recipe.code.launched.started": (
        Read((b"python -m a.train\n", b" -m ", b"a.", b"#", b"trl ")),
    ),
    "recipe.code.loaded_code.read_for_code": (
        Read(JSON, "config.json"),
        Read((b'"auto_map":', b'"auto_map": {"a": "b.c"},', b"{", b'"'), "config.json", b"//"),
        Read((*YAML, *TAGS), "hyperparams.yaml"),
        Read((*YAML, *TAGS), "model_config.yaml"),
        Read(CONFIGURATION, "config.cfg"),
        Read(YAML, "MLmodel"),
        Read((b'"auto_map":', b"a"), "tokenizer.json", b"{", b"}"),
    ),
    "recipe.code.loaded_code.components_of": (Read(JSON),),
    "recipe.code.notebook.read_notebook": (
        Read(JSON),
        Read(
            (b'{"cell_type":"code","source":"x=1"},', b'{"cell_type":"code","source":"%a\\n("},'),
            "",
            b'{"nbformat":4,"cells":[',
            b"{}]}",
        ),
    ),
    "recipe.documents.pipeline.read_pipeline": (Read(JSON, "model_index.json"),),
    "recipe.documents.sentencepiece.pieces_in": (Read(PIECES),),
    "recipe.documents.tokenizer_class.tokenizer_class": (Read(JSON, "tokenizer_config.json"),),
    "recipe.licenses.license_text.read_license": (
        Read(
            (b"the ", b"licensed under the MIT license ", b"a", b"Permission is ", b"(c) ", b"\n")
        ),
    ),
    "recipe.links.links.read_links": _CARDS,
    "recipe.prose.praise.praises": _CARDS,
    "recipe.links.requirement_links.read_requirement_links": (Read(LINES),),
    "recipe.links.requirement_links.read_toml_links": (Read(TOML),),
    "recipe.code.requirements.requirements_of": (Read(LINES, "requirements.txt"),),
    "recipe.sample.small_document_of": (Read((b"a ", b"a", b"\n", b"1"), "samples/a.txt"),),
    "recipe.code.settings.settings_in": (Read(JSON, "a.json"),),
    "recipe.prose.stated_card.stated_in_card": _CARDS,
    "recipe.documents.stated_document.stated_in_document": (_PDFS, Read(HTML, "a.html")),
    "recipe.code.stated_settings.stated_in": (Read(YAML, "a.yaml"), Read(JSON, "train.json")),
    "recipe.documents.tokenizer.read_tokenizer": (
        Read(JSON, "tokenizer.json"),
        Read(LINES, "vocab.txt"),
        Read(RANKS, "a.tiktoken"),
        Read(PIECES, "tokenizer.model"),
        Read(RANKS, "dict.txt"),
    ),
    "recipe.links.training_config_links.read_training_config_links": (Read(YAML),),
    "recipe.documents.training_record.record_of": (Read(JSON, "trainer_state.json"),),
}
#: Functions that take bytes and are no door for them: others, which are tried, call them.
PARTS = frozenset(
    {
        "text.lfs_pointer.pointer_in",
        "text.lfs_pointer.reads_as_pointer",
        "text.markdown.prose_of",
        "text.markdown.trouble_of",
        "text.markdown_links.mentions_of",
        "text.strict_json.items_in",
        "text.strict_json.one_value",
        "text.plain_text.encoding_of",
        "text.sum_list.write",
        "recipe.prose.card_metadata.licenses_twice",
        "recipe.prose.card_page.said_on",
        "recipe.code_read.code_of",
        "recipe.licenses.license_shingles.covered_by_prints",
        "recipe.prose.sentences.located",
        "recipe.code.launched.launched",
        "recipe.code.loaded_code.imported_by_name",
        "recipe.documents.loaded_json.loaded_json",
        "recipe.code.loaded_text.text_of",
        "recipe.source_tree.read_source",
        "recipe.code.stated_settings.unread_settings",
        "recipe.documents.tokenizer.tokenizer_file",
        "recipe.documents.tokenizer_copies.tokenizers_listed",
        "recipe.documents.vocabulary.vocabulary_in",
    }
)

_WHERE = Where(TOY, Digest.sha256("0" * 64))
_BYTES = frozenset({"data", "body", "listing"})


def readers() -> Iterator[tuple[str, Callable[..., object]]]:
    """Yield every public function that takes bytes, or files as bytes, by its module and name."""
    for package in (provenance.text, provenance.recipe):
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(one.name)
            for name, found in inspect.getmembers(module, inspect.isfunction):
                asked = inspect.signature(found).parameters.values()
                takes = any("bytes" in str(each.annotation) for each in asked)
                if takes and found.__module__ == module.__name__ and not name.startswith("_"):
                    yield f"{module.__name__.removeprefix('provenance.')}.{name}", found


def given(reader: Callable[..., object], kind: Read) -> Callable[[bytes], object]:
    """Return what lets a reader read a text of a kind, to the end of what it yields."""
    names = inspect.signature(reader).parameters
    known = {
        "address": TOY,
        "home": TOY,
        "path": kind.path,
        "where": _WHERE,
        "subject": Subject.MODEL,
    }
    rest = {name: value for name, value in known.items() if name in names}

    def read(data: bytes) -> object:
        whole = kind.before + data + kind.after
        if "files" in names:
            pairs = "Iterable" in str(names["files"].annotation)
            return reader([(kind.path, whole)] if pairs else {kind.path: whole}, **rest)
        first = next(name for name in names if name in _BYTES)
        found = partial(reader, **rest)(**{first: whole})
        return list(found) if isinstance(found, Iterator) else found

    return read
