"""The ends of the names of weight files: as the format of manifests has them, and all of them."""

#: Weight files that become subjects of a statement. Part of the format of manifests, and so no
#: table of what this version knows: an ending added here changes what old manifests are about.
WEIGHT_SUFFIXES = frozenset(
    {
        *(".bin", ".ckpt", ".dill", ".ggml", ".gguf", ".h5", ".joblib", ".keras", ".msgpack"),
        *(".nemo", ".npy", ".npz", ".onnx", ".ot", ".pickle", ".pkl", ".pt", ".pt2", ".ptc"),
        *(".pth", ".safetensors", ".tflite"),
    }
)

#: All endings that the table of weight formats has: no model signature may leave such a file out.
ALL_WEIGHT_SUFFIXES = WEIGHT_SUFFIXES | frozenset(
    {
        *(".axmodel", ".bmodel", ".caffemodel", ".cbm", ".cloudpickle", ".dduf", ".distcp", ".dlc"),
        *(".engine", ".ftz", ".ggjt", ".hdf5", ".hef", ".jit", ".kmodel", ".kv", ".lgb"),
        *(".litertlm", ".llamafile", ".mar", ".mlmodel", ".mlx", ".mnn", ".mpk", ".om"),
        *(".onnx_data", ".ort", ".params", ".pb", ".pdiparams", ".pdmodel", ".pdparams", ".plan"),
        *(".ptd", ".pte", ".ptl", ".rkllm", ".rknn", ".skops", ".t7", ".task", ".torchscript"),
        *(".trt", ".ubj", ".vec", ".vmfb", ".w2v", ".weights", ".xgb", ".xmodel"),
    }
)
