// An exported file in onnxruntime-node, another build of ONNX Runtime in another language: reads {"file","inputs":{name:[..]},"shape":[..]} and
// prints {name:[..]}, every output. What an input is, it learns from its name alone, as others' programs do. Packages: ./build.sh test brings them.
import { readFileSync } from "node:fs";
import { InferenceSession, Tensor } from "onnxruntime-node";

const { file, inputs, shape } = JSON.parse(readFileSync(0, "utf8"));
const session = await InferenceSession.create(file);
const feeds = Object.fromEntries(session.inputNames.map((name) => [name, new Tensor("int64", BigInt64Array.from(inputs[name], BigInt), shape)]));
const outputs = await session.run(feeds);
console.log(JSON.stringify(Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, Array.from(tensor.data)]))));
