#!/bin/sh
# Compiles the shim and links it: build.sh OUT_FOLDER [LIBTORCH_FOLDER]. Only sources newer than their objects are compiled,
# two at a time, because each of them keeps a compiler busy with ATen's headers for a quarter of a minute.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1
libtorch=${2:-}
cxx=${CXX:-g++}
mkdir -p "$out"

if [ -n "$libtorch" ]; then
    include=$libtorch/include
    link="-L$libtorch/lib -Wl,-rpath,$libtorch/lib"
    # Without --no-as-needed the linker drops libtorch_cuda, which nothing refers to by name, and CUDA stays invisible.
    if [ -e "$libtorch/lib/libtorch_cuda.so" ]; then cuda="-Wl,--no-as-needed -ltorch_cuda -lc10_cuda -Wl,--as-needed"; fi
else
    include=/usr/include
    link=
fi
includes="-isystem $include/torch/csrc/api/include"
if [ -n "$libtorch" ]; then includes="-isystem $include $includes"; fi
flags="-O3 -fno-math-errno -std=c++17 -fPIC -fvisibility=hidden -fvisibility-inlines-hidden -Wall -Wextra -Wno-unused-parameter ${EDGE_TORCH_CXXFLAGS:-}"

# Another libtorch or other flags: nothing of the old objects can stay.
recipe="$cxx $flags $includes $link ${cuda:-}"
if [ "$(cat "$out/recipe" 2>/dev/null || true)" != "$recipe" ]; then
    rm -f "$out"/*.o
    printf '%s' "$recipe" > "$out/recipe"
fi

stale=
for source in "$here"/*.cpp; do
    object=$out/$(basename "$source" .cpp).o
    if [ ! -e "$object" ] || [ "$source" -nt "$object" ] || [ "$here/edge_torch.h" -nt "$object" ]; then
        stale="$stale $(basename "$source" .cpp)"
    fi
done
if [ -n "$stale" ]; then
    # Written aside and renamed: an interrupted compiler leaves no half object that looks fresh.
    printf '%s\n' $stale | xargs -P 2 -I{} sh -c \
        "$cxx -c $flags $includes '$here/{}.cpp' -o '$out/{}.o.part' && mv '$out/{}.o.part' '$out/{}.o'"
fi
$cxx -shared -o "$out/libEdgeTorch.so.part" "$out"/*.o -Wl,-Bsymbolic -Wl,--no-undefined $link -ltorch_cpu -lc10 ${cuda:-}
mv "$out/libEdgeTorch.so.part" "$out/libEdgeTorch.so"
