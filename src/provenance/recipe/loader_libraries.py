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
#: What NeMo lets a configuration name, and what else its configurations hold of large libraries.
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
#: The packages that Keras imports a layer's module from.
KERAS: Final = frozenset(
    {"keras", "keras_hub", "keras_cv", "keras_nlp", "builtins", "tensorflow", "tf_keras"}
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

DIFFUSERS: Final = frozenset(_DIFFUSERS.split())
SPACY_FACTORIES: Final = frozenset(_SPACY.split())


def is_below(name: str, prefixes: tuple[str, ...]) -> bool:
    """Tell whether a dotted name is one of these, or below one that ends with a dot."""
    return any(name.startswith(one) if one.endswith(".") else name == one for one in prefixes)


def is_of_a_recipe(name: str) -> bool:
    """Tell whether a name in HyperPyYAML is of a library, and loads no code by itself.

    >>> is_of_a_recipe("torch.zeros"), is_of_a_recipe("torch.hub.load"), is_of_a_recipe("os.system")
    (True, False, False)
    """
    torch = name.startswith(_TORCH) and not name.startswith(_TORCH_RUNS)
    return torch or is_below(name, SPEECH)
