"""What a program is for, by what it calls: to measure a model, to run one, to prepare data.

Names are all that the rule knows; a program that is for two things is taken for the first of them.
Training comes before all of these: what trains is nothing else.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import attrs

from provenance.recipe.code.call_graph import CallGraph, alive
from provenance.values.artefact import Artefact
from provenance.values.component import Component
from provenance.values.evidence import Where

#: Of one program: the texts that cross-checks compare.
MOST_NAMES = 400
_LONGEST_NAME = 200
_LOAD = re.compile(r"(?:auto_)?load(?:_.+)?|from_pretrained|from_checkpoint|LLM|pipeline|build")
_RUN = re.compile(
    r"(?:.+_)?(?:generate|sample|chat|complet(?:e|ion)|infer(?:ence)?|predict|decode|stream_chat)"
    r"(?:_.+)?|forward|logits|model"
)
_GENERATE = re.compile(
    r"(?!apply_)(?:.+_)?(?:generate|sample|chat|complet(?:e|ion)|infer(?:ence)?|predict)"
    r"(?:_(?!rate|size|weights|dict|template|index|ids).+)?"
)
_HARNESS = re.compile(
    r"(?:simple_)?evaluate(?:_.+)?|cli_evaluate|get_task(?:_dict|_manager)?s?|run_eval(?:uation)?|eval_(?:.+)"
)
_METRIC = re.compile(
    r"acc(?:uracy)?(?:_norm)?|perplexity|ppl|bleu|rouge\w*|exact_match|em|f1|pass@\w+|loss|"
    r"bits_per_(?:byte|character)|wer|cer|mmlu|chrf",
    re.IGNORECASE,
)
_READ = re.compile(
    r"load_dataset|read(?:_.+|lines?)?|open|iter_.+|load(?:_.+)?|(?:Memory)?[Mm]ap|glob|download(?:_.+)?"
)
_PROCESS = re.compile(
    r"(?:.+_)?(?:map|filter|split|tokeni[sz]e|encode(?:_.+)?|dedup(?:licate)?|clean(?:_.+)?|"
    r"shuffle|concatenate_.+|normali[sz]e|add_item|sentences)(?:_.+)?"
)
_WRITE = re.compile(
    r"write(?:_.+|lines)?|to_(?:parquet|json|csv)|save_to_disk|push_to_hub|tofile|memmap|finalize|"
    r"flush|dump"
)
# What copies weights from one form into another prepares no data.
_WEIGHTS = re.compile(r".*(?:state_dict|save_pretrained|from_pretrained|checkpoint|safetensors).*")
_DATA = re.compile(r".*(?:data|corpus|sentence|document|shard|token|text).*", re.IGNORECASE)


# A component, and what shows that a program is for it.
_Found = tuple[Component, str]
# A text in a program, or the name of one that it imports.
_Text = str | ast.alias


@attrs.frozen
class Use:
    """What a program may be for, by what it calls, and the texts in it.

    Of those that it imports only the names are known: what they are, and whether it measures by
    one, other modules tell. ``measured`` is what the program itself says that it measures.
    """

    path: str
    where: Where
    loads: str | None
    runs: str | None
    harness: str | None
    measured: str | None
    other: _Found | None
    texts: tuple[_Text, ...] = attrs.field(repr=False)

    def settled(self, constants: Mapping[str, str]) -> Artefact | None:
        """Return what the program is for; ``None`` for what is none of the three.

        ``constants`` are the texts that modules give a name to, by that name.
        """
        texts = tuple(islice(self._known(constants), MOST_NAMES))
        found = self._evaluates(texts) or self.other
        if found is None:
            return None
        names = (one for one in texts if len(one) <= _LONGEST_NAME)
        kept = {one for one in names if not any(map(str.isspace, one))} - {""}
        return Artefact(found[0], self.path, self.where, found[1], tuple(sorted(kept)))

    def _known(self, constants: Mapping[str, str]) -> Iterator[str]:
        for one in self.texts:
            if isinstance(one, str):
                yield one
            elif one.name in constants:
                yield constants[one.name]

    def _evaluates(self, texts: Iterable[str]) -> _Found | None:
        measured = self.measured or next(filter(_METRIC.fullmatch, texts), None)
        if self.harness and (self.loads or measured):
            return Component.EVALUATION_CODE, f"calls {self.harness}"
        if self.loads and self.runs and measured:
            what = f"calls {self.loads} and {self.runs}, and measures {measured}"
            return Component.EVALUATION_CODE, what
        return None


def use_of(graph: CallGraph, *, path: str, where: Where) -> Use | None:
    """Return what a program may be for; ``None`` for a library, and for what is none of the three.

    Args:
        graph: the program's tree, and its calls.
        path: the file's path in its repository.
        where: the file as a whole.

    """
    calls = sorted(graph.called_at_top)
    loads, runs, harness = (_first(one, calls) for one in (_LOAD, _RUN, _HARNESS))
    other = _runs(calls) or _prepares(calls, graph)
    if other is None and harness is None and not (loads and runs):
        return None
    measured = _first(_METRIC, (*calls, *_keys(graph)))
    return Use(path, where, loads, runs, harness, measured, other, tuple(_texts(graph)))


def _first(pattern: re.Pattern[str], names: Iterable[str]) -> str | None:
    return next((one for one in names if pattern.fullmatch(one)), None)


def _prepares(calls: Sequence[str], graph: CallGraph) -> _Found | None:
    reads, process, writes = (_first(one, calls) for one in (_READ, _PROCESS, _WRITE))
    if not (reads and process and writes) or _first(_WEIGHTS, calls):
        return None
    about = (node.id for node in graph.nodes if isinstance(node, ast.Name))
    if not any(map(_DATA.fullmatch, about)):
        return None
    return Component.DATA_PREPROCESSING_CODE, f"calls {reads}, {process} and {writes}"


def _runs(calls: Sequence[str]) -> _Found | None:
    loads, generates = _first(_LOAD, calls), _first(_GENERATE, calls)
    if not (loads and generates):
        return None
    return Component.INFERENCE_CODE, f"calls {loads} and {generates}"


def _keys(graph: CallGraph) -> Iterator[str]:
    """Yield the texts that reached statements use as keys: what a report of results is made of."""
    tables = graph.tree.tables
    for statement in (one for body in graph.reached() for one in alive(body)):
        for key in (key for table in tables.get(statement, ()) for key in table.keys):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value


def _texts(graph: CallGraph) -> Iterator[_Text]:
    """Yield the texts in a program, as many as are compared, and what it imports by name."""
    left = MOST_NAMES
    for node in graph.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value if _counts(node.value) else ""
            left -= 1
        elif isinstance(node, ast.ImportFrom):
            yield from node.names
        if not left:
            return


def _counts(text: str) -> bool:
    return len(text) <= _LONGEST_NAME or _METRIC.fullmatch(text) is not None


def constants_of(graph: CallGraph) -> dict[str, str]:
    """Return the texts that a module's own statements give a name to, long ones left out."""
    found: dict[str, str] = {}
    for statement in graph.top:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))) if (
                len(text) <= _LONGEST_NAME
            ):
                found[name] = text
            case _:
                continue
    return found
