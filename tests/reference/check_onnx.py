"""Judges a model by the onnx package: python3 check_onnx.py MODEL [--infer-all]

Runs onnx.checker with full shape inference. --infer-all also demands that inference alone, without the shapes stored in the
file, arrives at every stored type and shape. Prints what is wrong, a line each; ends 1 if anything is.
"""
import sys

import onnx


def describe(value):
    tensor = value.type.tensor_type
    return tensor.elem_type, [size.dim_param or size.dim_value for size in tensor.shape.dim]


def problems(path, infer_all):
    try:
        onnx.checker.check_model(path, full_check=True)
    except Exception as failure:  # the checker and inference raise types of their own
        yield f"checker: {failure}"
        return
    if not infer_all:
        return
    model = onnx.load(path)
    stored = {value.name: describe(value) for value in model.graph.value_info}
    outputs = {value.name: describe(value) for value in model.graph.output}
    del model.graph.value_info[:]
    for value in model.graph.output:
        value.type.tensor_type.ClearField("shape")
    inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
    found = {value.name: describe(value) for value in [*inferred.graph.value_info, *inferred.graph.output]}
    names = [name for node in model.graph.node for name in node.output]
    for name in names:
        expected = outputs.get(name) or stored.get(name)
        if expected is None or expected != found.get(name):
            yield f"{name}: stored {expected}, inferred {found.get(name)}"


found = list(problems(sys.argv[1], "--infer-all" in sys.argv))
print("\n".join(found))
sys.exit(1 if found else 0)
