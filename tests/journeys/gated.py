"""Releases that a gate is held against: an ordinary one, and files that are laid over it."""

import bz2
import gzip
import io
import json
import lzma
import pickle
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from provenance.text.strict_json import JsonValue
from tests.cli.running import FILES

Files = Mapping[str, bytes]


def js(value: JsonValue) -> bytes:
    """Return a value as JSON."""
    return json.dumps(value).encode()


def zipped(files: Files) -> bytes:
    """Return files as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: Files) -> bytes:
    """Return files as a tar."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def old_tar(data: bytes) -> bytes:
    """Return a tar of one member without the mark that came with POSIX."""
    head = data[:148] + b" " * 8 + data[156:257] + bytes(8) + data[265:512]
    return head[:148] + b"%06o\0 " % sum(head) + head[156:] + data[512:]


def linked(name: str) -> bytes:
    """Return a tar with a link of this name."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = tarfile.SYMTYPE, "notes.txt"
        archive.addfile(info)
    return out.getvalue()


def extended(key: str, value: str, kind: bytes) -> bytes:
    """Return a tar with a header of this kind, of one line, before its member."""
    body = f" {key}={value}\n".encode()
    line = str(len(body) + 2).encode() + body
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("x")
        info.type, info.size = kind, len(line)
        archive.addfile(info, io.BytesIO(line))
        archive.addfile(tarfile.TarInfo("notes.txt"))
    return out.getvalue()


def lay(folder: Path, files: Files) -> Path:
    """Write an ordinary release, and these files over it."""
    for name, data in {**FILES, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


PICKLED = pickle.dumps({"weight": [1.0, 2.0]})
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 9\n"
AUTO_MAP = js({"auto_map": {"AutoModel": "modeling_x.X"}})
COMPONENTS: JsonValue = {
    "_class_name": "StableDiffusionPipeline",
    "_diffusers_version": "0.30.0",
    "scheduler": ["diffusers", "PNDMScheduler"],
    "safety_checker": [None, None],
    "text_encoder": ["transformers", "CLIPTextModel"],
    "feature_extractor": ["stable_diffusion", "SafetyChecker"],
    "requires_safety_checker": False,
    "image_size": [512, 512],
}
LAYER: JsonValue = {"module": "keras.layers", "class_name": "Dense", "registered_name": None}
SPACY = b'[nlp]\nlang = "en"\n[components.ner]\nfactory = "ner"\n'


def _pipeline(**more: JsonValue) -> bytes:
    assert isinstance(COMPONENTS, dict)
    return js({**COMPONENTS, **more})


def _keras(**more: JsonValue) -> bytes:
    assert isinstance(LAYER, dict)
    layers: JsonValue = [{**LAYER, "config": {}, **more}]
    return js({"class_name": "Sequential", "module": "keras", "config": {"layers": layers}})


#: Code that a loader runs, each in another place; under each, the rule that finds it.
HIDDEN: Mapping[str, tuple[str, Files]] = {
    "config": ("auto-map", {"config.json": AUTO_MAP}),
    "tokenizer, a list": (
        "auto-map",
        {"tokenizer_config.json": js({"auto_map": {"AutoTokenizer": ["tok_x.X", None]}})},
    ),
    "tokenizer, of old": ("auto-map", {"tokenizer_config.json": js({"auto_map": ["a.B", None]})}),
    "processor": (
        "auto-map",
        {"processor_config.json": js({"auto_map": {"AutoProcessor": "p.P"}})},
    ),
    "image processor": (
        "auto-map",
        {"preprocessor_config.json": js({"auto_map": {"AutoImageProcessor": "i.I"}})},
    ),
    "video processor": (
        "auto-map",
        {"video_preprocessor_config.json": js({"auto_map": {"AutoVideoProcessor": "v.V"}})},
    ),
    "generation": ("auto-map", {"generation_config.json": AUTO_MAP}),
    "in another repository": (
        "auto-map",
        {"config.json": js({"auto_map": {"AutoModel": "evil/repo--m.X"}})},
    ),
    "a part of a configuration": (
        "auto-map",
        {"config.json": js({"vision_config": {"towers": [{"auto_map": {"AutoModel": "v.V"}}]}})},
    ),
    "a folder": ("auto-map", {"a/b/c/config.json": AUTO_MAP}),
    "another version": ("auto-map", {"config.4.30.0.json": AUTO_MAP}),
    "a name in capitals": ("auto-map", {"vision/Config.JSON": AUTO_MAP}),
    "beside Infinity": (
        "auto-map",
        {"tokenizer_config.json": b'{"x": [0.0, Infinity, NaN, 1e400], "auto_map": ["a.B", null]}'},
    ),
    "beside a huge number": (
        "auto-map",
        {"processor_config.json": b'{"n": 1000000000000000019884624838656, "auto_map": "a.B"}'},
    ),
    "behind a byte order mark": (
        "auto-map",
        {"processor_config.json": b"\xef\xbb\xbf" + AUTO_MAP},
    ),
    "under a key that comes twice": (
        "auto-map",
        {"processor_config.json": b'{"auto_map": {"A": "m.X"}, "auto_map": {}}'},
    ),
    "with escapes": ("auto-map", {"processor_config.json": rb'{"auto\u005fmap": {"A": "m.X"}}'}),
    "in UTF-16": ("auto-map", {"processor_config.json": AUTO_MAP.decode().encode("utf-16")}),
    "in half a file": ("auto-map", {"processor_config.json": AUTO_MAP[:-1] + b', "x": [1, '}),
    "beside a comment": ("auto-map", {"processor_config.json": b"// hi\n" + AUTO_MAP}),
    "pipelines": (
        "custom-pipelines",
        {"config.json": js({"custom_pipelines": {"text": {"impl": "pipe_x.X", "pt": ["A"]}}})},
    ),
    "generate": ("custom-generate", {"custom_generate/generate.py": b"def generate(): ...\n"}),
    "kernel": ("kernel", {"config.json": js({"attn_implementation": "org/kernel:fn"})}),
    "modules": (
        "module-type",
        {"modules.json": js([{"idx": 0, "name": "0", "path": "", "type": "custom_st.T"}])},
    ),
    "router": (
        "module-type",
        {"router_config.json": js({"types": {"q": "mine.T"}, "structure": {"q": ["q"]}})},
    ),
    "activation": (
        "activation",
        {"2_Dense/config.json": js({"in_features": 2, "activation_function": "evil.mod.F"})},
    ),
    "cross-encoder": (
        "activation",
        {"config.json": js({"sentence_transformers": {"activation_fn": "evil.mod.F"}})},
    ),
    "pipeline class": (
        "pipeline-class",
        {"model_index.json": _pipeline(_class_name=["pipeline_x", "XPipeline"])},
    ),
    "component of no library": (
        "model-index",
        {"model_index.json": _pipeline(unet=["my_unet", "MyUNet"])},
    ),
    "component with a program": (
        "model-index",
        {
            "model_index.json": _pipeline(unet=["diffusers", "UNet2DConditionModel"]),
            "unet/diffusers.py": b"class UNet2DConditionModel: ...\n",
        },
    ),
    "pipeline file": ("pipeline-file", {"pipeline.py": b"class P(DiffusionPipeline): ...\n"}),
    "component's auto_map": (
        "auto-map",
        {"transformer/config.json": js({"_class_name": "X", "auto_map": {"AutoModel": "t.T"}})},
    ),
    "adapter": (
        "auto-mapping",
        {
            "adapter_config.json": js(
                {"auto_mapping": {"base_model_class": "X", "parent_library": "mine.models"}}
            )
        },
    ),
    "adapter's core": ("auto-mapping", {"adapter_config.json": js({"megatron_core": "evil"})}),
    "yaml tag": ("yaml-tag", {"hyperparams.yaml": b"run: !apply:os.system [id]\n"}),
    "yaml tag with escapes": ("yaml-tag", {"hyperparams.yaml": b"run: !apply:%6fs.system [id]\n"}),
    "yaml tag in brackets": ("yaml-tag", {"hyperparams.yaml": b"a: !<!new:custom.Encoder>\n"}),
    "yaml tag with more escapes": ("yaml-tag", {"h.yaml": b"run: !%61pply:os.system [id]\n"}),
    "yaml tag after references": ("yaml-tag", {"h.yaml": b"run: !applyref:os.system\n"}),
    "yaml tag of a shell": (
        "yaml-tag",
        {"h.yaml": b"a: !apply:speechbrain.utils.superpowers.run_shell [id]\n"},
    ),
    "yaml tag that trusts": (
        "yaml-tag",
        {
            "h.yaml": b"a: !apply:transformers.AutoModel.from_pretrained\n"
            b"  pretrained_model_name_or_path: a/b\n  trust_remote_code: True\n"
        },
    ),
    "yaml tag after an old line's end": (
        "yaml-tag",
        {"h.yaml": b"# a comment\rrun: !apply:os.system [id]\r"},
    ),
    "yaml tag after a line's end of Unicode": (
        "yaml-tag",
        {"h.yaml": "# a comment\u2028run: !apply:os.system [id]\n".encode()},
    ),
    "python tag with escapes": (
        "python-tag",
        {"a/config.yaml": b"x: !!%70ython/object/apply:os.system [id]\n"},
    ),
    "yaml tag of torch's hub": ("yaml-tag", {"h.yaml": b"a: !apply:torch.hub.load [org/x]\n"}),
    "python tag": ("python-tag", {"a/config.yaml": b"x: !!python/object/apply:os.system [id]\n"}),
    "custom module": (
        "custom-module",
        {"hyperparams.yaml": b"modules: {}\n", "custom.py": b"class C: ...\n"},
    ),
    "target": ("target", {"model_config.yaml": b"encoder:\n  _target_: my_project.Encoder\n"}),
    "target in an archive": (
        "target",
        {"m.nemo": tarred({"./model_config.yaml": b"_target_: os.system\n"})},
    ),
    "target under an escape": (
        "target",
        {"model_config.yaml": b'"_target\\x5f": my_project.Encoder\n'},
    ),
    "objects of NeMo": (
        "target",
        {"context/io.json": js({"objects": {"a": {"type": {"module": "os", "name": "system"}}}})},
    ),
    "source distribution": (
        "wheel",
        {"en_x-1.0.tar.gz": gzip.compress(tarred({"en_x-1.0/setup.py": b"import os\n"}))},
    ),
    "registry": (
        "registry",
        {"config.cfg": SPACY + b'[components.x.model]\n@architectures = "mine.Arch.v1"\n'},
    ),
    "factory": ("registry", {"config.cfg": SPACY + b'[components.x]\nfactory = "my_part"\n'}),
    "wheel": ("wheel", {"x-1-py3-none-any.whl": zipped({"x/__init__.py": b"import os\n"})}),
    "lambda": ("lambda", {"config.json": _keras(class_name="Lambda")}),
    "lambda in .keras": (
        "lambda",
        {"m.keras": zipped({"config.json": _keras(class_name="Lambda")})},
    ),
    "lambda in HDF5": (
        "lambda",
        {"m.h5": b"\x89HDF\r\n\x1a\n" + b"\0" * 2**20 + _keras(class_name="Lambda")},
    ),
    "lambda in HDF5, with escapes and blanks": (
        "lambda",
        {
            "m.h5": b"\x89HDF\r\n\x1a\n"
            + _keras(class_name="Lambda").replace(
                b': "Lambda"', b":" + b" " * 99 + rb'"Lam\u0062da"'
            )
        },
    ),
    "a layer of another model": ("lambda", {"config.json": _keras(class_name="TFSMLayer")}),
    "lambda without a configuration": (
        "lambda",
        {"m.keras": zipped({"config.json": js({"class_name": "Lambda"})})},
    ),
    "kernel, for its own use": (
        "kernel",
        {"config.json": js({"_attn_implementation_internal": "x|org/kernel"})},
    ),
    "tokenizer that is trusted": (
        "tokenizer-kwargs",
        {
            "open_clip_config.json": js(
                {"model_cfg": {"text_cfg": {"tokenizer_kwargs": {"trust_remote_code": True}}}}
            )
        },
    ),
    "keras module": ("keras-class", {"model.json": _keras(module="evil.layers")}),
    "keras registered": ("keras-class", {"config.json": _keras(registered_name="Mine>L")}),
    "model file": ("model-file", {"config.json": js({"model_file": "custom_model.py"})}),
    "mlflow loader": (
        "mlmodel",
        {"MLmodel": b"flavors:\n  python_function:\n    loader_module: evil.loader\n"},
    ),
    "mlflow code": (
        "mlmodel",
        {"m/MLmodel": b"flavors: {python_function: {loader_module: mlflow.sklearn, code: code}}\n"},
    ),
    "allow remote": ("allow-remote", {"configuration.json": js({"allow_remote": True})}),
    "plugins": ("allow-remote", {"configuration.json": js({"plugins": ["evil-plugin>=1"]})}),
    "wrapper": ("wrapper", {"ms_wrapper.py": b"class M: ...\n"}),
    "handler": ("handler", {"handler.py": b"class EndpointHandler: ...\n"}),
    "sagemaker": ("handler", {"code/inference.py": b"def model_fn(d): ...\n"}),
    "torchserve": ("handler", {"m.mar": zipped({"MAR-INF/MANIFEST.json": b"{}", "h.py": b"1\n"})}),
    "hubconf": ("hubconf", {"hubconf.py": b"def m(): ...\n"}),
    "custom module in a folder": (
        "custom-module",
        {"Big/hyperparams.yml": b"modules: {}\n", "Big/custom.py": b"class C: ...\n"},
    ),
    "component of a modular pipeline": (
        "model-index",
        {
            "modular_model_index.json": _pipeline(unet=["diffusers", "UNet2DConditionModel"]),
            "unet/Diffusers.py": b"class UNet2DConditionModel: ...\n",
        },
    ),
    "component that comes twice": (
        "model-index",
        {
            "Model_Index.json": b'{"_class_name": "X", "unet": ["mine", "X"], "unet": null}',
            "unet/mine.py": b"class X: ...\n",
        },
    ),
    "pipeline file in a folder": (
        "pipeline-file",
        {"sd/model_index.json": _pipeline(), "sd/pipeline.py": b"class P: ...\n"},
    ),
    "a server's model": (
        "handler",
        {"m/config.pbtxt": b'backend: "python"\n', "m/1/model.py": b"class M: ...\n"},
    ),
    "torchserve, unpacked": ("handler", {"MAR-INF/MANIFEST.json": b"{}", "h.py": b"1\n"}),
    "sagemaker, packed": (
        "handler",
        {"model.tar.gz": gzip.compress(tarred({"./code/inference.py": b"1\n", "./a": b"a"}))},
    ),
    "generate in a zip": (
        "custom-generate",
        {"m.zip": zipped({"custom_generate/generate.py": b"1\n"})},
    ),
    "hubconf in a folder of a zip": ("hubconf", {"m.zip": zipped({"m-main/hubconf.py": b"1\n"})}),
    "in a zip": ("auto-map", {"model.zip": zipped({"m/config.json": AUTO_MAP})}),
    "in a tar.gz": ("auto-map", {"m.tar.gz": gzip.compress(tarred({"config.json": AUTO_MAP}))}),
    "in a tar of old": ("auto-map", {"weights": old_tar(tarred({"config.json": AUTO_MAP}))}),
    "in a tgz of old": (
        "auto-map",
        {"m.tgz": gzip.compress(old_tar(tarred({"config.json": AUTO_MAP})))},
    ),
    "behind another beginning": (
        "lambda",
        {"m.keras": b"\x89HDF\r\n\x1a\n" + zipped({"config.json": _keras(class_name="Lambda")})},
    ),
    "in a tar.bz2": ("auto-map", {"m.tar.bz2": bz2.compress(tarred({"config.json": AUTO_MAP}))}),
    "in a tar.xz": ("auto-map", {"m.tar.xz": lzma.compress(tarred({"config.json": AUTO_MAP}))}),
}

#: What may name such code, and cannot be read.
UNREAD: Mapping[str, Files] = {
    "truncated": {"processor_config.json": b'{"image_size": 3, "x": ['},
    "empty": {"tokenizer_config.json": b""},
    "not UTF-8": {"processor_config.json": b'{"a": "\xff\xfe\xff"}'},
    "in UTF-16": {"processor_config.json": '{"a": 1}'.encode("utf-16")},
    "deep": {"processor_config.json": b"[" * 200 + b"]" * 200},
    "large": {"vision/config.json": b'{"a": "' + b"x" * (17 * 2**20) + b'"}'},
    "something follows": {"vision/config.json": b"{}{}"},
    "half a tokenizer": {"part/tokenizer.json": b'{"model": {"vocab": {"a'},
    "of no known kind": {"config.hocon": b"auto_map = x"},
    "tags with other names": {"x.yaml": b"%TAG !e! tag:yaml.org,2002:python/\n---\na: !e!name:x\n"},
    "tags with other names after an old line's end": {
        "x.yaml": b"# a\r%TAG !e! tag:yaml.org,2002:python/\r---\ra: !e!name:x\r"
    },
    "yaml that includes": {"x.yaml": b"a: !include:other.txt\n", "other.txt": b"b: 1\n"},
    "a pointer to yaml": {"hyperparams.yaml": POINTER},
    "a pointer to a pipeline": {"config.cfg": POINTER},
    "a pointer to what loads": {"MLmodel": POINTER},
    "a pointer to any file": {"weights.dat": POINTER},
    "a link in a tar": {"a.tar": linked("hyperparams.yaml")},
    "two names in a tar": {"a.tar": extended("path", "config.json", tarfile.XGLTYPE)},
    "holes in a tar": {"a.tar": extended("GNU.sparse.name", "config.json", tarfile.XHDTYPE)},
    "lz4": {"a.tar.lz4": b"\x04\x22\x4d\x18"},
    "lzma": {"a.tar.lzma": lzma.compress(tarred({"a": b"a"}), lzma.FORMAT_ALONE)},
    "compress": {"weights": b"\x1f\x9d\x90"},
    "a cabinet": {"a.cab": b"MSCF\0\0\0\0"},
    "brotli": {"a.br": b"\x0b\x02\x80"},
    "an archive in an archive": {"a.zip": zipped({"b.zip": zipped({"config.json": AUTO_MAP})})},
    "no archive": {"a.zip": b"PK\x03\x04 and no more"},
    "half an archive": {"a.tar.gz": gzip.compress(tarred({"a.txt": b"a" * 9999}))[:60]},
    "merged keys": {"MLmodel": b"a: &a\n  loader_module: mlflow.x\nflavors:\n  <<: *a\n"},
    "seven": {"a.7z": b"7z\xbc\xaf\x27\x1c\0\x04"},
    "rar": {"a.rar": b"Rar!\x1a\x07\x01\0"},
    "zstandard": {"a.tar.zst": b"\x28\xb5\x2f\xfd\0"},
    "a tar that goes on": {"a.tar": tarred({"a.txt": b"a"}) + tarred({"config.json": AUTO_MAP})},
    "half a configuration in an archive": {"a.zip": zipped({"config.json": b'{"a": '})},
}

_TOKENIZER = js(
    {"tokenizer_class": "LlamaTokenizer", "model_max_length": 4096, "chat_template": "x"}
)
#: Ordinary releases.
CONTROLS: Mapping[str, Files] = {
    "nothing more": {},
    "helper scripts": {"train.py": b"import torch\n", "utils.py": b"x = 1\n", "setup.py": b"1\n"},
    "handlers in folders": {
        "docs/handler.py": b"# how to write one\n",
        "scripts/custom.py": b"1\n",
        "src/pipeline.py": b"class DiffusionPipeline: ...\n",
    },
    "a pipeline of data": {"pipeline.py": b"def clean(rows):\n    return rows\n"},
    "words about auto_map": {
        "README.md": b'---\nlicense: mit\n---\n# M\n\nNo `"auto_map": {"A": "m.X"}` here.\n',
        "docs/auto_map.md": b'`{"auto_map": {"A": "m.X"}}`\n',
    },
    "words in a template": {
        "tokenizer_config.json": js({"chat_template": "{# auto_map: m.X #}", "model_type": "x"})
    },
    "words in a vocabulary": {
        "tokenizer.json": js({"model": {"type": "BPE", "vocab": {"auto_map": 0, "_target_": 1}}})
    },
    "a standard tokenizer": {"tokenizer_config.json": _TOKENIZER, "special_tokens_map.json": b"{}"},
    "a tokenizer without a limit": {
        "tokenizer_config.json": b'{"model_max_length": 1000000000000000019884624838656}'
    },
    "empty maps": {"processor_config.json": js({"auto_map": {}, "custom_pipelines": None})},
    "a configuration with Infinity": {"vision/config.json": b'{"limit": [0.0, Infinity]}'},
    "a sentence encoder": {
        "modules.json": js(
            [
                {
                    "idx": 0,
                    "name": "0",
                    "path": "",
                    "type": "sentence_transformers.models.Transformer",
                },
                {"idx": 1, "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            ]
        ),
        "1_Pooling/config.json": js({"word_embedding_dimension": 8}),
        "2_Dense/config.json": js({"activation_function": "torch.nn.modules.activation.Tanh"}),
        "config_sentence_transformers.json": js({"__version__": {"sentence_transformers": "3.0"}}),
    },
    "an image pipeline": {
        "model_index.json": js(COMPONENTS),
        "unet/config.json": js({"_class_name": "UNet2DConditionModel", "act_fn": "silu"}),
        "unet/diffusion_pytorch_model.fp16.safetensors": FILES["model.safetensors"],
        "scheduler/scheduler_config.json": js({"_class_name": "PNDMScheduler"}),
    },
    "an adapter": {
        "adapter_config.json": js(
            {
                "peft_type": "LORA",
                "auto_mapping": {
                    "base_model_class": "X",
                    "parent_library": "transformers.models.x",
                },
                "megatron_core": "megatron.core",
            }
        )
    },
    "speech": {
        "hyperparams.yaml": b"enc: !new:speechbrain.nnet.RNN.GRU\n"
        b"act: !name:torch.nn.LeakyReLU\nsaved: !ref <a>/b\n# !apply:os.system\n"
    },
    "an unpacked speech model": {
        "model_config.yaml": b"encoder:\n  _target_: nemo.collections.asr.modules.Encoder\n"
    },
    "a speech model as it is written": {
        "model_config.yaml": b"sample_rate: 16000\ntrain_ds:\n  shuffle: true\n  is_tarred: null\n"
        b"preprocessor:\n  _target_: nemo.collections.asr.modules.Mel\n  dither: 1.0e-05\n"
        b"optim:\n  name: adamw\n  betas:\n  - 0.9\n  - 0.98\nlabels:\n- ' '\n- a\n- n\n- 'y'\n"
    },
    "training with targets": {"configs/train.yaml": b"model:\n  _target_: my_project.Model\n"},
    "a language pipeline": {
        "config.cfg": SPACY + b'[training.optimizer]\n@optimizers = "Adam.v1"\n'
        b'[components.ner.model]\n@architectures = "spacy.TransitionBasedParser.v2"\n',
        "meta.json": js({"lang": "en", "name": "x"}),
    },
    "layers": {"model.keras": zipped({"config.json": _keras(), "model.weights.h5": b"\x89HDF"})},
    "hdf5": {"model.h5": b"\x89HDF\r\n\x1a\n" + _keras() + b'{"name": "lambda"}'},
    "mlx": {"config.json": js({"model_type": "llama", "model_file": None})},
    "mlflow": {"m/MLmodel": b"flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n"},
    "modelscope": {"configuration.json": js({"framework": "pytorch", "allow_remote": False})},
    "image classes": {"config.json": js({"architecture": "resnet50", "pretrained_cfg": {}})},
    "clip": {"open_clip_config.json": js({"model_cfg": {"text_cfg": {"hf_model_name": "a/b"}}})},
    "gelu": {"config.json": js({"activation_function": "gelu_new", "attn_implementation": "sdpa"})},
    "gguf beside": {"model.gguf": b"GGUF\x03\0\0\0" + b"\0" * 16},
    "a zip of data": {"data.zip": zipped({"a.txt": b"a", "train.py": b"1\n"})},
    "a tar of pictures": {"pictures.tar.gz": gzip.compress(tarred({"a.svg": b"<svg/>"}))},
}
