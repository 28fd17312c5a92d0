// A bundle's model in onnxruntime-node, for 'edge-bench model --compare'. Arguments: model file, precision, bundle id.
// Speaks the protocol of 'edge-bench side': a line of JSON when ready, then for each line that it reads, {"ids":[...],"types":[...]}, one
// turn: the milliseconds of every run, as a JSON array.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { InferenceSession, Tensor } from "onnxruntime-node";

const TURN_MS = 25; // as Turn.cs
const [file, precision, bundle] = process.argv.slice(2);
const { version } = createRequire(import.meta.url)("onnxruntime-node/package.json");
const session = await InferenceSession.create(file, {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
  graphOptimizationLevel: "all",
  extra: { session: { intra_op: { allow_spinning: "0" } } },
});

// A request brings its own tokens: tensors are made anew each time, as a service would.
async function run({ ids, types }) {
  const shape = [1, ids.length];
  const all = {
    input_ids: () => new Tensor("int64", BigInt64Array.from(ids, BigInt), shape),
    attention_mask: () => new Tensor("int64", new BigInt64Array(ids.length).fill(1n), shape),
    token_type_ids: () => new Tensor("int64", BigInt64Array.from(types, BigInt), shape),
  };
  await session.run(Object.fromEntries(session.inputNames.map((name) => [name, all[name]()])));
}

console.log(JSON.stringify({ bundle, precision, runtime: `onnxruntime-node ${version}`, texts: [] }));
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  await run(request); // the turn before left other things in the caches
  const milliseconds = [];
  const start = performance.now();
  let before = start;
  do {
    await run(request);
    const after = performance.now();
    milliseconds.push(after - before);
    before = after;
  } while (before - start < TURN_MS);
  console.log(JSON.stringify(milliseconds));
}
