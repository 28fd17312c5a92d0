// What every peer of 'edge-bench model --compare' does: says what it is, then takes a turn for each line that it reads.
import { createInterface } from "node:readline";

const TURN_MS = 25; // as Turn.cs

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
    await run(line); // the turn before left other things in the caches
    const milliseconds = [];
    const start = performance.now();
    let before = start;
    do {
      await run(line);
      const after = performance.now();
      milliseconds.push(after - before);
      before = after;
    } while (before - start < TURN_MS);
    console.log(JSON.stringify(milliseconds));
  }
}
