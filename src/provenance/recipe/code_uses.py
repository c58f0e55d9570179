"""What a program is for, by what it calls: to measure a model, to run one, to prepare data.

Names are all that the rule knows; a program that is for two things is taken for the first of them.
Training comes before all of these: what trains is nothing else.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from provenance.recipe.call_graph import CallGraph, alive, own
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


def use_of(
    graph: CallGraph, *, path: str, where: Where, constants: Mapping[str, str]
) -> Artefact | None:
    """Return what a program is for; ``None`` for a library, and for what is none of the three.

    Args:
        graph: the program's syntax tree, and its calls.
        path: the file's path in its repository.
        where: the file as a whole.
        constants: the texts that modules of the repository give a name to, by that name.

    """
    calls = sorted(graph.called_at_top)
    texts = tuple(islice(_texts(graph, constants), MOST_NAMES))
    found = _evaluates(calls, graph, texts) or _runs(calls) or _prepares(calls, graph)
    if found is None:
        return None
    component, what = found
    names = (one for one in texts if len(one) <= _LONGEST_NAME and not any(map(str.isspace, one)))
    return Artefact(component, path, where, what, tuple(sorted({*names} - {""})))


_Found = tuple[Component, str]


def _first(pattern: re.Pattern[str], names: list[str]) -> str | None:
    return next((one for one in names if pattern.fullmatch(one)), None)


def _evaluates(calls: list[str], graph: CallGraph, texts: tuple[str, ...]) -> _Found | None:
    harness, runs = _first(_HARNESS, calls), _first(_RUN, calls)
    metrics = [one for one in (*calls, *_keys(graph), *texts) if _METRIC.fullmatch(one)]
    if not metrics and harness is None:
        return None
    loads = _first(_LOAD, calls)
    if harness and (loads or metrics):
        return Component.EVALUATION_CODE, f"calls {harness}"
    if loads and runs and metrics:
        return Component.EVALUATION_CODE, f"calls {loads} and {runs}, and measures {metrics[0]}"
    return None


def _prepares(calls: list[str], graph: CallGraph) -> _Found | None:
    reads, process, writes = (_first(one, calls) for one in (_READ, _PROCESS, _WRITE))
    if not (reads and process and writes) or _first(_WEIGHTS, calls):
        return None
    about = (node.id for node in graph.nodes if isinstance(node, ast.Name))
    if not any(map(_DATA.fullmatch, about)):
        return None
    return Component.DATA_PREPROCESSING_CODE, f"calls {reads}, {process} and {writes}"


def _runs(calls: list[str]) -> _Found | None:
    loads, generates = _first(_LOAD, calls), _first(_GENERATE, calls)
    if not (loads and generates):
        return None
    return Component.INFERENCE_CODE, f"calls {loads} and {generates}"


def _keys(graph: CallGraph) -> Iterator[str]:
    """Yield the texts that reached statements use as keys: what a report of results is made of."""
    for body in graph.reached():
        for statement in alive(body):
            for node in own(statement):
                keys = node.keys if isinstance(node, ast.Dict) else ()
                for key in keys:
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        yield key.value


def _texts(graph: CallGraph, constants: Mapping[str, str]) -> Iterator[str]:
    """Yield the texts in a program, and those that it imports by name."""
    for node in graph.nodes:
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.ImportFrom(names=names):
                yield from (constants[one.name] for one in names if one.name in constants)
            case _:
                continue


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
