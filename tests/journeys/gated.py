"""Releases that a gate is held against: an ordinary one, and files that are laid over it."""

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
NUMBERS = (
    b"\x93NUMPY\x01\0\x76\0{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n\0\0\0\0"
)
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


def pipeline(**more: JsonValue) -> bytes:
    """Return the index of a pipeline of images, with more in it."""
    assert isinstance(COMPONENTS, dict)
    return js({**COMPONENTS, **more})


def keras(**more: JsonValue) -> bytes:
    """Return a model of Keras of one layer, with more said of the layer."""
    assert isinstance(LAYER, dict)
    layers: JsonValue = [{**LAYER, "config": {}, **more}]
    return js({"class_name": "Sequential", "module": "keras", "config": {"layers": layers}})


def hdf5(text: bytes) -> bytes:
    """Return what begins as HDF5 does, and holds this text of a model of Keras."""
    return b"\x89HDF\r\n\x1a\n" + text


def skops(module: str, name: str) -> bytes:
    """Return a file of skops with a pipeline, and a step of this class in it."""
    step: JsonValue = {"__class__": name, "__module__": module, "__loader__": "ObjectNode"}
    content: JsonValue = {"__class__": "dict", "__module__": "builtins", "content": {"step": step}}
    whole = {"__class__": "Pipeline", "__module__": "sklearn.pipeline", "content": content}
    return zipped({"schema.json": js(whole), "1.npy": NUMBERS})


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
    "a module in HDF5 that stands too far from its key": {
        "m.h5": hdf5(keras(module="evil").replace(b'"module": ', b'"module":' + b" " * 9999))
    },
    "a name in HDF5 without an end": {
        "m.h5": hdf5(b'{"class_name": "X", "module": "' + b"a" * 5000)
    },
    "a package that cannot be listed": {"m.pt2": b"PK\x03\x04 and no more"},
    "half a schema of skops": {"m.skops": zipped({"schema.json": b'{"__module__": '})},
    "half the steps of a processor": {"policy_preprocessor.json": b'{"steps": ['},
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
    "layers": {"model.keras": zipped({"config.json": keras(), "model.weights.h5": b"\x89HDF"})},
    "hdf5": {"model.h5": b"\x89HDF\r\n\x1a\n" + keras() + b'{"name": "lambda"}'},
    "mlx": {"config.json": js({"model_type": "llama", "model_file": None})},
    "mlflow": {"m/MLmodel": b"flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n"},
    "modelscope": {"configuration.json": js({"framework": "pytorch", "allow_remote": False})},
    "image classes": {"config.json": js({"architecture": "resnet50", "pretrained_cfg": {}})},
    "clip": {"open_clip_config.json": js({"model_cfg": {"text_cfg": {"hf_model_name": "a/b"}}})},
    "gelu": {"config.json": js({"activation_function": "gelu_new", "attn_implementation": "sdpa"})},
    "gguf beside": {"model.gguf": b"GGUF\x03\0\0\0" + b"\0" * 16},
    "a zip of data": {"data.zip": zipped({"a.txt": b"a", "train.py": b"1\n"})},
    "a tar of pictures": {"pictures.tar.gz": gzip.compress(tarred({"a.svg": b"<svg/>"}))},
    "a model of Keras in HDF5, as it is written": {
        "model.h5": hdf5(
            js(
                {
                    "class_name": "Functional",
                    "module": "keras.src.models.functional",
                    "registered_name": "Functional",
                    "config": {
                        "layers": [
                            {
                                "module": "keras.layers",
                                "class_name": "Dense",
                                "registered_name": None,
                                "config": {
                                    "module": None,
                                    "kernel_initializer": {
                                        "module": "keras.initializers",
                                        "class_name": "GlorotUniform",
                                        "config": {"seed": None},
                                    },
                                },
                            }
                        ]
                    },
                }
            )
        )
    },
    "HDF5 of another tool": {"data.h5": hdf5(b'{"module": "scanner.v2", "config": "open"}')},
    "weights of Keras alone": {"model.weights.h5": hdf5(b"\0" * 4096 + b"layers/dense/vars/0")},
    "a graph of TensorFlow": {
        "saved_model.pb": b"\x08\x01" + keras(registered_name="Custom>MyLayer"),
        "variables/variables.index": b"\0" * 64,
        "variables/variables.data-00000-of-00001": b"\0" * 64,
    },
    "a robot's policy": {
        "config.json": js({"type": "act", "input_features": {}, "n_obs_steps": 1}),
        "policy_preprocessor.json": js(
            {
                "name": "policy_preprocessor",
                "steps": [
                    {"registry_name": "rename_observations_processor", "config": {}},
                    {"class": "lerobot.processor.DeviceProcessorStep", "config": {"device": "cpu"}},
                    {
                        "registry_name": "tokenizer_processor",
                        "config": {"tokenizer_name": "google/paligemma-3b-pt-224"},
                    },
                ],
            }
        ),
    },
    "an environment that no loader asks for": {"env.py": b"class Env: ...\n"},
    "scikit-learn": {"m.skops": skops("sklearn.linear_model._logistic", "LogisticRegression")},
    "boosted trees": {"m.skops": skops("xgboost.sklearn", "XGBClassifier")},
    "a schema of data": {"schema.json": js({"type": "object", "properties": {"a": {}}})},
    "a program that was exported": {
        "m.pt2": zipped(
            {"m/version": b"0", "m/models/model.json": b"{}", "m/data/weights/w_0": b"a"}
        )
    },
    "TorchScript": {
        "m.pt": zipped({"m/code/__torch__.py": b"class M(Module): ...\n", "m/data.pkl": PICKLED})
    },
    "a library beside": {"libs/libggml.so": b"\x7fELF"},
    "a model for ONNX Runtime": {
        "genai_config.json": js({"model": {"decoder": {"session_options": {"log_id": "x"}}}})
    },
    "a script that predicts": {"predict.py": b"print(1)\n", "scripts/predict.py": b"1\n"},
}
