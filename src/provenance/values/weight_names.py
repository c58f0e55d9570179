"""The ends of the names of weight files, as the format of manifests has them.

Part of the format, and so no table of what this version can read: weight files become subjects of a
statement, and no model signature may leave them out.
"""

WEIGHT_SUFFIXES = frozenset(
    {
        *(".bin", ".ckpt", ".dill", ".ggml", ".gguf", ".h5", ".joblib", ".keras", ".msgpack"),
        *(".nemo", ".npy", ".npz", ".onnx", ".ot", ".pickle", ".pkl", ".pt", ".pt2", ".ptc"),
        *(".pth", ".safetensors", ".tflite"),
    }
)
