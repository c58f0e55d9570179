"""Code that loaders run, hidden in each place where one looks."""

import gzip
from collections.abc import Mapping

from tests.journeys.gated import (
    AUTO_MAP,
    SPACY,
    Files,
    js,
    keras,
    pipeline,
    tarred,
    zipped,
)
from tests.journeys.hidden_inside import INSIDE
from tests.journeys.hidden_served import SERVED

#: Code that a loader runs, each in another place; under each, the rule that finds it.
HIDDEN: Mapping[str, tuple[str, Files]] = {
    **SERVED,
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
    "a name that ends in a dot": ("auto-map", {"vision/config.json.": AUTO_MAP}),
    "a name of another system in a zip": (
        "auto-map",
        {"m.zip": zipped({"a\\config.json": AUTO_MAP})},
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
    "lambda": ("lambda", {"config.json": keras(class_name="Lambda")}),
    "lambda in .keras": (
        "lambda",
        {"m.keras": zipped({"config.json": keras(class_name="Lambda")})},
    ),
    "lambda in HDF5": (
        "lambda",
        {"m.h5": b"\x89HDF\r\n\x1a\n" + b"\0" * 2**20 + keras(class_name="Lambda")},
    ),
    "lambda in HDF5, with escapes and blanks": (
        "lambda",
        {
            "m.h5": b"\x89HDF\r\n\x1a\n"
            + keras(class_name="Lambda").replace(
                b': "Lambda"', b":" + b" " * 99 + rb'"Lam\u0062da"'
            )
        },
    ),
    "a layer of another model": ("lambda", {"config.json": keras(class_name="TFSMLayer")}),
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
    "keras module": ("keras-class", {"model.json": keras(module="evil.layers")}),
    "keras function": (
        "keras-class",
        {"config.json": js({"class_name": "function", "module": "builtins", "config": "eval"})},
    ),
    "keras registered": ("keras-class", {"config.json": keras(registered_name="Mine>L")}),
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
            "modular_model_index.json": pipeline(unet=["diffusers", "UNet2DConditionModel"]),
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
        {"sd/model_index.json": pipeline(), "sd/pipeline.py": b"class P: ...\n"},
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
    **INSIDE,
}
