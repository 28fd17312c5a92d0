#!/usr/bin/env bash
# gpu-check.sh BUNDLE [OUT]: eight minutes on a machine with a GPU. Does CUDA answer as the processor does, alone and in batches; how fast,
# by bucket, with and without CUDA graphs; does memory stay; does a change of the bundle lose anything; what follows a lost device?
# Figures go to OUT/gpu-check.json (default: the working directory). Ends 1 where something is wrong.
# Needs out/ of './build.sh build --gpu' (or EDGE_APPLIANCE and EDGE_BENCH), python3 and a bundle with fp16, fp32 and golden.jsonl.
# Not checked: device memory against the pinned memory that inputs and outputs lie in, as there is no other code path; how the appliance
# itself ends when its device is lost (tests/appliance/CudaLossTests.cs does, on stand-in libraries).
set -euo pipefail
[ $# -ge 1 ] || { sed -n 2,7p "$0" | cut -c3-; exit 2; }
bundle=$(readlink -f "$1") out=$(mkdir -p "${2:-.}" && cd "${2:-.}" && pwd) here=$(dirname "$(readlink -f "$0")")
export EDGE_APPLIANCE=${EDGE_APPLIANCE:-$here/../out/edge-appliance} EDGE_BENCH=${EDGE_BENCH:-$here/../out/edge-bench}
# 1. What is there, and what is said where nothing is
nvidia-smi --query-gpu=name,driver_version,memory.used,memory.total,compute_cap --format=csv || echo "nvidia-smi is not there"
"$EDGE_APPLIANCE" check --bundle "$bundle" --set Analysis:Provider=cuda --set Mqtt:Enabled=false
if CUDA_VISIBLE_DEVICES= "$EDGE_APPLIANCE" check --bundle "$bundle" --set Analysis:Provider=cuda --set Mqtt:Enabled=false; then
  echo "a check without a visible GPU must say no"; exit 1
fi
exec python3 "$here/gpu_check.py" "$bundle" "$out"
