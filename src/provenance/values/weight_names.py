"""The ends of the names of weight files that statements are about: part of the format."""

#: Weight files that become subjects of a statement. Part of the format of manifests, and so no
#: table of what this version knows: an ending added here changes what old manifests are about.
WEIGHT_SUFFIXES = frozenset(
    {
        *(".bin", ".ckpt", ".dill", ".ggml", ".gguf", ".h5", ".joblib", ".keras", ".msgpack"),
        *(".nemo", ".npy", ".npz", ".onnx", ".ot", ".pickle", ".pkl", ".pt", ".pt2", ".ptc"),
        *(".pth", ".safetensors", ".tflite"),
    }
)
