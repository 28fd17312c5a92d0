#!/usr/bin/env bash
# Brings, into .deps/peers, what tests and 'edge-bench model --compare' hold Edge against in Node.js. Optional: without it those tests are skipped.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../../.."
command -v npm >/dev/null || { echo "  no npm: nothing is held against Node.js"; exit 0; }

if ! cmp -s tools/bench/peers/package-lock.json .deps/peers/.lock; then
  echo "==> bringing ONNX Runtime for Node.js and @huggingface/transformers from npm"
  rm -rf .deps/peers; mkdir -p .deps/peers
  cp tools/bench/peers/package.json tools/bench/peers/package-lock.json .deps/peers/
  log=$(mktemp)
  if ! (cd .deps/peers && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1; then
    echo "  npm could not bring them, nothing is held against Node.js: $(grep -m 1 'npm error' "$log" || tail -n 1 "$log")"
    rm -f "$log"; exit 0
  fi
  rm -f "$log"; cp .deps/peers/package-lock.json .deps/peers/.lock
fi
ln -sfn .deps/peers/node_modules node_modules
