"""The libraries that loaders take classes from by a release's word, and run none of its code."""

from typing import Final

#: Where ``model_index.json`` may take a class from: libraries, and folders of diffusers' pipelines.
_DIFFUSERS: Final = """
    diffusers transformers onnxruntime.training
    ace_step allegro animatediff anyflow audioldm audioldm2 aura_flow blip_diffusion bria bria_fibo
    bria_fibo2 chroma chronoedit cogvideo cogview3 cogview4 consisid consistency_models controlnet
    controlnet_hunyuandit controlnet_sd3 controlnet_xs cosmos ddim ddpm deepfloyd_if deprecated
    diffusion_gemma dit dreamlite easyanimate ernie_image flux flux2 glm_image helios hidream_image
    hunyuan_image hunyuan_video hunyuan_video1_5 hunyuandit i2vgen_xl ideogram4 joyimage kandinsky
    kandinsky2_2 kandinsky3 kandinsky5 kandinsky6 kolors krea2 latent_consistency_models
    latent_diffusion latte ledits_pp llada2 longcat_audio_dit longcat_image ltx ltx2 lucy lumina
    lumina2 marigold mochi motif_video musicldm nucleusmoe_image omnigen ovis_image pag
    paint_by_example pia pixart_alpha prx qwenimage qwenimage21 rfd4_proteina sana sana_video
    sana_wm semantic_stable_diffusion shap_e skyreels_v2 stable_audio stable_audio_3 stable_cascade
    stable_diffusion stable_diffusion_3 stable_diffusion_attend_and_excite stable_diffusion_diffedit
    stable_diffusion_gligen stable_diffusion_k_diffusion stable_diffusion_ldm3d
    stable_diffusion_panorama stable_diffusion_safe stable_diffusion_sag stable_diffusion_xl
    stable_video_diffusion t2i_adapter text_to_video_synthesis unclip unidiffuser
    versatile_diffusion visualcloze vq_diffusion wan wuerstchen z_image
    """
#: What PEFT lets an adapter import.
PEFT: Final = ("diffusers", "lerobot", "megatron-core", "transformers")
#: The runtimes of MLServer that its makers publish.
MLSERVER: Final = frozenset(
    {"mlserver"}
    | {
        f"mlserver_{one}"
        for one in (
            *("alibi_detect", "alibi_explain", "catboost", "huggingface", "lightgbm", "mlflow"),
            *("mllib", "onnx", "sklearn", "xgboost"),
        )
    }
)
#: What NeMo lets a configuration name, and what else its configurations hold of large libraries.
NEMO_BUILTINS: Final = frozenset({"dict", "list", "tuple", "set", "int", "float", "str", "bool"})
NEMO: Final = (
    "nemo.collections.",
    "nemo.core.",
    "nemo.utils.",
    "nemo.lightning.",
    "nemo_text_processing.text_normalization.normalize.Normalizer",
    "torch.nn.",
    "torch.distributed.fsdp.",
    "torch.optim.",
    "torch.utils.data.",
    "torchmetrics.",
    "lightning.pytorch.",
    "pytorch_lightning.",
    "omegaconf.",
    "megatron.",
    "transformers.",
    "diffusers.",
)
#: What recipes in HyperPyYAML are made of; of torch, nothing that loads or imports by name.
SPEECH: Final = (
    "speechbrain.",
    "torchaudio.",
    "torchvision.transforms.",
    "transformers.",
    "sentencepiece.SentencePieceProcessor",
    "numpy.random.seed",
    "random.seed",
    "collections.OrderedDict",
    "functools.partial",
    "torch.nn.",
    "torch.optim.",
    "torch.utils.data.",
)
_TORCH: Final = "torch."
_TORCH_RUNS: Final = (
    "torch.hub",
    "torch.load",
    "torch.jit",
    "torch.package",
    "torch.ops",
    "torch.classes",
    "torch.serialization",
    "torch.utils",
    "torch.distributed",
    "torch._",
    "torch.multiprocessing",
    "torch.export",
)
# Of SpeechBrain, what runs a command, or imports a file by its name.
_SPEECH_RUNS: Final = (
    "speechbrain.utils.superpowers",
    "speechbrain.utils.importutils",
    "speechbrain.inference.interfaces.foreign_class",
    "speechbrain.pretrained.interfaces.foreign_class",
    "speechbrain.pretrained.foreign_class",
)
#: The packages that Keras imports a layer's module from.
KERAS: Final = frozenset(
    {"keras", "keras_hub", "keras_cv", "keras_nlp", "builtins", "tensorflow", "tf_keras"}
)
#: Of Python's own functions, those that no configuration of Keras has a use for.
KERAS_RUNS: Final = ("eval", "exec", "compile", "__import__", "open", "getattr", "setattr")
#: Below which LeRobot's own steps of a processor stand.
LEROBOT: Final = ("lerobot.",)
# Whose classes skops builds: its own trusted ones, and libraries of trees that are saved with it.
_SKOPS: Final = frozenset(
    {"sklearn", "numpy", "scipy", "xgboost", "lightgbm", "catboost", "quantile_forest"}
)
_SKOPS_BUILTINS: Final = frozenset(
    {
        *("int", "float", "complex", "str", "bool", "bytes", "bytearray", "NoneType", "slice"),
        *("list", "set", "frozenset", "map", "tuple", "dict", "type", "method", "function"),
    }
)
_SKOPS_PLAIN: Final = frozenset(
    {"collections.OrderedDict", "collections.defaultdict", "functools.partial"}
)
# Of those libraries, what runs a text, a command or a pickle that it is given.
_SKOPS_RUNS: Final = (
    *("numpy.testing", "numpy.f2py", "numpy.distutils", "numpy.ctypeslib", "numpy.lib.npyio"),
    *("numpy.lib._npyio", "numpy.load", "sklearn.externals", "sklearn.utils._testing"),
    *("sklearn.datasets", "scipy._lib", "scipy.io"),
)
#: The plugins that ModelScope takes without being trusted.
MODELSCOPE: Final = frozenset({"pai-easycv"})
#: The factories that spaCy has by itself, with those of its own extensions.
_SPACY: Final = """
    attribute_ruler beam_ner beam_parser curated_transformer doc_cleaner entity_linker entity_ruler
    future_entity_ruler lemmatizer llm llm_ner llm_textcat llm_spancat llm_rel merge_entities
    merge_noun_chunks merge_subtokens morphologizer ner nn_labeller parser sentencizer senter
    span_finder span_ruler spancat spancat_singlelabel tagger textcat textcat_multilabel tok2vec
    token_splitter trainable_lemmatizer transformer experimental_char_ner_tokenizer
    experimental_edit_tree_lemmatizer experimental_biaffine_parser experimental_arc_predicter
    experimental_arc_labeler experimental_coref experimental_span_resolver
    """

#: What thinc registers, and spaCy without its own name before it.
_REGISTERED: Final = """
    Adam.v1 CategoricalCrossentropy.v1 CategoricalCrossentropy.v2 CategoricalCrossentropy.v3
    CauchySimilarity.v1 ClippedLinear.v1 CosineDistance.v1 CupyOps Dish.v1 Dropout.v1 Embed.v1
    Gelu.v1 HardSigmoid.v1 HardSwish.v1 HardSwishMobilenet.v1 HardTanh.v1 HashEmbed.v1
    L2Distance.v1 LSTM.v1 LayerNorm.v1 Linear.v1 Logistic.v1 MPSOps MXNetWrapper.v1 Maxout.v1
    Mish.v1 MultiSoftmax.v1 ParametricAttention.v1 ParametricAttention.v2 PyTorchLSTM.v1
    PyTorchRNNWrapper.v1 PyTorchWrapper.v1 PyTorchWrapper.v2 PyTorchWrapper.v3 RAdam.v1
    Relu.v1 ReluK.v1 SGD.v1 SequenceCategoricalCrossentropy.v1
    SequenceCategoricalCrossentropy.v2 SequenceCategoricalCrossentropy.v3 Sigmoid.v1
    Softmax.v1 Softmax.v2 Swish.v1 add.v1 bidirectional.v1 chain.v1 clone.v1 compounding.v1
    concatenate.v1 constant.v1 constant_then.v1 cyclic_triangular.v1 decaying.v1
    expand_window.v1 glorot_normal_init.v1 glorot_uniform_init.v1 he_normal_init.v1
    he_uniform_init.v1 lecun_normal_init.v1 lecun_uniform_init.v1 list2array.v1 list2padded.v1
    list2ragged.v1 noop.v1 normal_init.v1 padded2list.v1 plateau.v1 ragged2list.v1
    reduce_first.v1 reduce_last.v1 reduce_max.v1 reduce_mean.v1 reduce_sum.v1 remap_ids.v1
    remap_ids.v2 residual.v1 resizable.v1 siamese.v1 sigmoid_activation.v1
    slanted_triangular.v1 softmax_activation.v1 strings2arrays.v1 tuplify.v1 uniform_init.v1
    uniqued.v1 warmup_linear.v1 with_array.v1 with_array2d.v1 with_cpu.v1 with_flatten.v1
    with_flatten.v2 with_getitem.v1 with_list.v1 with_padded.v1 with_ragged.v1 with_reshape.v1
    zero_init.v1 attribute_ruler_patterns entity_ruler_patterns lemmatizer_init_lookups
    span_ruler_patterns
"""
DIFFUSERS: Final = frozenset(_DIFFUSERS.split())
SPACY_FACTORIES: Final = frozenset(_SPACY.split())
SPACY_REGISTERED: Final = frozenset(_REGISTERED.split())


def is_below(name: str, prefixes: tuple[str, ...]) -> bool:
    """Tell whether a dotted name is one of these, or below one that ends with a dot."""
    return any(name.startswith(one) if one.endswith(".") else name == one for one in prefixes)


def is_built_by_skops(name: str) -> bool:
    """Tell whether a name in skops' schema is of a library, and runs no code by itself.

    >>> is_built_by_skops("sklearn.svm._classes.SVC"), is_built_by_skops("builtins.eval")
    (True, False)
    """
    module, _, last = name.rpartition(".")
    if module == "builtins":
        return last in _SKOPS_BUILTINS
    known = name.split(".", maxsplit=1)[0] in _SKOPS and not name.startswith(_SKOPS_RUNS)
    return known or name in _SKOPS_PLAIN


def is_of_a_recipe(name: str) -> bool:
    """Tell whether a name in HyperPyYAML is of a library, and loads no code by itself.

    >>> is_of_a_recipe("torch.zeros"), is_of_a_recipe("torch.hub.load"), is_of_a_recipe("os.system")
    (True, False, False)
    """
    if name.startswith(_SPEECH_RUNS):
        return False
    torch = name.startswith(_TORCH) and not name.startswith(_TORCH_RUNS)
    return torch or is_below(name, SPEECH)
