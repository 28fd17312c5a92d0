// A bundle's model in onnxruntime-node, for 'edge-bench model --compare': lines of {"ids":[...],"types":[...]}. Arguments: bundle id, model
// file, precision.
import { createRequire } from "node:module";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { serve, sessionOptions } from "./turns.mjs";

const [bundle, file, precision] = process.argv.slice(2);
const { version } = createRequire(import.meta.url)("onnxruntime-node/package.json");
const session = await InferenceSession.create(file, sessionOptions);

// A request brings its own tokens: tensors are made anew each time, as a service would.
async function run(line) {
  const { ids, types } = JSON.parse(line);
  const shape = [1, ids.length];
  const all = {
    input_ids: () => new Tensor("int64", BigInt64Array.from(ids, BigInt), shape),
    attention_mask: () => new Tensor("int64", new BigInt64Array(ids.length).fill(1n), shape),
    token_type_ids: () => new Tensor("int64", BigInt64Array.from(types, BigInt), shape),
  };
  await session.run(Object.fromEntries(session.inputNames.map((name) => [name, all[name]()])));
}

await serve({ bundle, precision, runtime: `onnxruntime-node ${version}` }, run);
