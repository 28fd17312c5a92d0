// What every peer of 'edge-bench model --compare' does: says what it is, then takes a turn for each line that it reads.
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";

const TURN_MS = 25, PACED_TIMES = 25, PACED_MS = 20; // as Turn.cs
const isPaced = process.argv.at(-1) === "--paced";

/** How ONNX Runtime runs in every peer: as in the appliance. */
export const sessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
  graphOptimizationLevel: "all",
  extra: { session: { intra_op: { allow_spinning: "0" } } },
};

/**
 * @param {{bundle: string, precision: string, runtime: string}} ready What it says of itself.
 * @param {(line: string) => Promise<unknown>} run Answers a line once.
 */
export async function serve(ready, run) {
  console.log(JSON.stringify({ ...ready, texts: [] }));
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(isPaced ? await pacedTurn(() => run(line)) : await turn(() => run(line))));
  }
}

async function turn(once) {
  await once(); // the turn before left other things in the caches
  const milliseconds = [];
  const start = performance.now();
  let before = start;
  do {
    await once();
    const after = performance.now();
    milliseconds.push(after - before);
    before = after;
  } while (before - start < TURN_MS);
  return milliseconds;
}

async function pacedTurn(once) {
  const milliseconds = [];
  const start = performance.now();
  for (let i = 0; i <= PACED_TIMES; i++) {
    await setTimeout(Math.max(0, start + i * PACED_MS - performance.now()));
    const before = performance.now();
    await once();
    milliseconds.push(performance.now() - before);
  }
  return milliseconds.slice(1);
}
