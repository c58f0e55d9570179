"""Code that loaders run, hidden in archives, in HDF5, in packages, and beside what runs them."""

import bz2
import gzip
import lzma
from collections.abc import Mapping

from tests.journeys.gated import (
    AUTO_MAP,
    Files,
    hdf5,
    js,
    keras,
    old_tar,
    skops,
    tarred,
    zipped,
)

#: Each in another place; under each, the rule that finds it.
INSIDE: Mapping[str, tuple[str, Files]] = {
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
        {"m.keras": b"\x89HDF\r\n\x1a\n" + zipped({"config.json": keras(class_name="Lambda")})},
    ),
    "in a tar.bz2": ("auto-map", {"m.tar.bz2": bz2.compress(tarred({"config.json": AUTO_MAP}))}),
    "in a tar.xz": ("auto-map", {"m.tar.xz": lzma.compress(tarred({"config.json": AUTO_MAP}))}),
    "keras module in HDF5": ("keras-class", {"m.h5": hdf5(keras(module="evil.layers"))}),
    "keras module in HDF5, with escapes": (
        "keras-class",
        {"m.h5": hdf5(keras(module="evil.layers").replace(b'"module"', rb'"\u006Dodule"'))},
    ),
    "keras module across what is read at once": (
        "keras-class",
        {"m.h5": hdf5(b"\0" * (2**20 - 120) + keras(module="evil.layers"))},
    ),
    "keras registered in HDF5": ("keras-class", {"m.h5": hdf5(keras(registered_name="Mine>L"))}),
    "keras function in HDF5": (
        "keras-class",
        {"m.h5": hdf5(js({"class_name": "function", "module": "builtins", "config": "eval"}))},
    ),
    "keras module in .keras": (
        "keras-class",
        {"m.keras": zipped({"config.json": keras(module="evil.layers")})},
    ),
    "keras module beside a graph": (
        "keras-class",
        {"keras_metadata.pb": b"\n\x20" + keras(module="evil.layers")},
    ),
    "HDF5 under another name": ("keras-class", {"weights": hdf5(keras(module="evil.layers"))}),
    "HDF5 in what ends as PyTorch's": ("lambda", {"m.bin": hdf5(keras(class_name="Lambda"))}),
    **{
        f"HDF5 after {block} bytes of the user's": (
            rule,
            {name: b"#" * block + hdf5(keras(**{key: value}))},
        )
        for block in (512, 1024, 4096, 2**20)
        for name in ("weights.dat", "model.pt")
        for rule, key, value in (
            ("lambda", "class_name", "Lambda"),
            ("keras-class", "module", "evil.layers"),
        )
    },
    "HDF5 after a zip": (
        "lambda",
        {"a.dat": zipped({"a": b"a"}).ljust(512, b"\0") + hdf5(keras(class_name="Lambda"))},
    ),
    "compiled ahead of time": (
        "aot-inductor",
        {"m.pt2": zipped({"m/data/aotinductor/model/x.wrapper.so": b"\x7fELF"})},
    ),
    "compiled, elsewhere in a package": ("aot-inductor", {"m.pt2": zipped({"a.so": b"\x7fELF"})}),
    "to be compiled when it is loaded": (
        "aot-inductor",
        {"m.pt2": zipped({"data/aotinductor/model/x.cpp": b"int x;"})},
    ),
    "compiled, under another name": (
        "aot-inductor",
        {"model": zipped({"data/aotinductor/model/x.SO": b"\x7fELF"})},
    ),
    "compiled, unpacked": ("aot-inductor", {"m/data/aotinductor/model/x.so": b"\x7fELF"}),
    "a package of torch's": (
        "torch-package",
        {"m.pt": zipped({"m/.data/extern_modules": b"os\n", "m/mine/net.py": b"1\n"})},
    ),
    "a package of torch's, under another name": (
        "torch-package",
        {"m.package": zipped({"m/.data/extern_modules": b"os\n", "m/net.py": b"1\n"})},
    ),
    "a step of a robot's processor": (
        "processor-step",
        {"policy_preprocessor.json": js({"name": "p", "steps": [{"class": "evil.steps.S"}]})},
    ),
    "a step after an ordinary one": (
        "processor-step",
        {
            "policy_postprocessor.json": js(
                {"steps": [{"registry_name": "unnormalizer"}, {"class": "os.system"}]}
            )
        },
    ),
    "a step in a folder": (
        "processor-step",
        {"pretrained_model/policy_preprocessor.json": js({"steps": [{"class": "mine.S"}]})},
    ),
    "a tokenizer of actions": (
        "processor-step",
        {
            "policy_preprocessor.json": js(
                {
                    "steps": [
                        {
                            "registry_name": "action_tokenizer_processor",
                            "config": {"action_tokenizer_name": "evil/tokenizer"},
                        }
                    ]
                }
            )
        },
    ),
    "an environment": ("environment", {"env.py": b"def make_env(n_envs=1): ...\n"}),
    "skops, a class": ("skops", {"m.skops": skops("evil.module", "Estimator")}),
    "skops, of Python": ("skops", {"m.skops": skops("builtins", "eval")}),
    "skops, of the machine": ("skops", {"m.skops": skops("os", "system")}),
    "skops, of NumPy": ("skops", {"m.skops": skops("numpy.testing", "runstring")}),
    "skops, a function": (
        "skops",
        {
            "model.zip": zipped(
                {
                    "schema.json": js(
                        {
                            "__class__": "function",
                            "__module__": "builtins",
                            "content": {"module_path": "os", "function": "system"},
                        }
                    )
                }
            )
        },
    ),
    "a library of operators": (
        "custom-ops",
        {
            "genai_config.json": js(
                {"model": {"decoder": {"session_options": {"custom_ops_library": "lib/x.so"}}}}
            )
        },
    ),
    "a model that is a program": ("llamafile", {"m.llamafile": b"MZqFpD='\n"}),
    "cog": ("handler", {"cog.yaml": b"predict: predict.py:P\n", "predict.py": b"1\n"}),
}
