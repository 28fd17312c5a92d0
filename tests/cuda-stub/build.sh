#!/usr/bin/env bash
# build.sh OUT: stand-in CUDA 13 libraries that compute nothing, for looking at what ONNX Runtime does where no GPU is.
# Then LD_LIBRARY_PATH=OUT:OUT/dnn PROGRAM. FAKE_LOG=FILE logs calls; FAKE_FAIL=name:from:code[:sticky[:times]] (or the same in the file that FAKE_FAIL_FILE names, at any time) makes a call fail; FAKE_CC=90 is the compute capability.
# Device memory is host memory, kernels are named and counted, results are whatever was in memory: placement, copies, captures, errors are real; answers and times are not.
set -euo pipefail
out=$(mkdir -p "$1/dnn" && cd "$1" && pwd); cd "$(dirname "$(readlink -f "$0")")"
lib() { gcc -shared -fPIC -O1 -w -o "$out/$2" "$1.c" -Wl,-soname,"$2" ${3:+-Wl,--version-script=$3} "${@:4}" -lpthread; }
lib cudart libcudart.so.13 libcudart.map
lib libcublas libcublas.so.13 libcublas.map -L"$out" -l:libcudart.so.13
lib libcublasLt libcublasLt.so.13 libcublasLt.map -L"$out" -l:libcudart.so.13
lib libcurand libcurand.so.10 libcurand.map
lib libcuda libcuda.so.1 "" -L"$out" -l:libcudart.so.13
lib libcudnn dnn/libcudnn.so.9 "" -L"$out" -l:libcudart.so.13
